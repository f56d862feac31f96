// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parts/position_controls.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/plots/position_lines.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <array>

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {
namespace {

const std::array kindNames = {QStringLiteral("sinusoidal"), QStringLiteral("learned"),
                              QStringLiteral("rotary"), QStringLiteral("alibi"), QStringLiteral("t5")};
const std::array scalingNames = {QStringLiteral("none"), QStringLiteral("linear"), QStringLiteral("dynamic"),
                                 QStringLiteral("yarn"), QStringLiteral("llama3")};

constexpr int usualSize = 128;  ///< length without a model's own, and dimensions without one
constexpr std::size_t longestUnasked = 512;
constexpr int mostLength = 16384;
constexpr int mostSquare = 4096;  ///< positions of a matrix with a column for each
constexpr int usualBase = 10000;
constexpr int usualHeads = 8;
constexpr int usualOriginal = 2048;

/// What a view of it can say.
struct PositionKeys : ViewKeys {
    ViewKey kind = oneOf("kind", QStringList(kindNames.begin(), kindNames.end()));
    ViewKey beside = oneOf("beside", QStringList(kindNames.begin(), kindNames.end()));
    ViewKey length = whole("length", 1, mostLength);
    ViewKey dimension = whole("dimension", 1);
    ViewKey base = whole("base", 1);
    ViewKey layout = oneOf("layout", {QStringLiteral("interleaved"), QStringLiteral("split")});
    ViewKey heads = whole("heads", 1);
    ViewKey head = whole("head");
    ViewKey scaling = oneOf("scaling", QStringList(scalingNames.begin(), scalingNames.end()));
    ViewKey factor = number("factor", 1, 1000);
    ViewKey original = whole("original", 1);
};

const PositionKeys& positionKeys() {
    static const PositionKeys all;
    return all;
}

template <std::size_t N>
int indexOf(const std::array<QString, N>& names, const QString& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace

PositionControls::PositionControls(const ThemeSource& theme, QWidget* shelf, QObject* parent)
    : QObject(parent) {
    buildKinds(shelf);
    buildSettings(theme, shelf);
    offerKinds();
    showFields();
}

void PositionControls::buildKinds(QWidget* shelf) {
    m_kinds = new QWidget(shelf);
    m_kind = new ChoiceButton(m_kinds);
    m_kind->setObjectName(QStringLiteral("kind"));
    m_kind->setAccessibleName(tr("Kind of positions"));
    m_beside = new ChoiceButton(m_kinds);
    m_beside->setObjectName(QStringLiteral("beside"));
    m_beside->setAccessibleName(tr("Beside them"));
    m_beside->setPrefix(tr("beside: "));
    auto* row = new QHBoxLayout(m_kinds);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_kind);
    row->addWidget(m_beside);
    connect(m_kind, &ChoiceButton::chosen, this, [this](int index) {
        m_kindChosen = index;
        offerKinds();
        showFields();
        Q_EMIT kindsChanged();
        Q_EMIT changed();
    });
    connect(m_beside, &ChoiceButton::chosen, this, [this](int index) {
        m_besideChosen = index;
        showFields();
        Q_EMIT kindsChanged();
        Q_EMIT changed();
    });
}

void PositionControls::buildSettings(const ThemeSource& theme, QWidget* shelf) {
    m_settings = new QWidget(shelf);
    auto* flow = new FlowLayout(m_settings, 6);
    m_length = numberField(m_settings, tr("length"), 1, mostLength,
                           tr("How many positions: the rows of the matrix"));
    m_dimension = numberField(m_settings, tr("dimension"), 1, 8192,
                              tr("Numbers for each position: the columns. A model adds them to the token's "
                                 "row, so it needs as many as that has; rotary ones turn a head's"));
    m_base = numberField(m_settings, tr("base"), 1, 100'000'000,
                         tr("How slow the slowest wave is: a period of nearly 2π · base positions"));
    m_layout = new Segmented(theme, m_settings);
    m_layout->setObjectName(QStringLiteral("layout"));
    m_layout->setItems({tr("interleaved"), tr("split")});
    m_layout->setToolTipOf(0, tr("The two numbers of a pair stand beside each other"));
    m_layout->setToolTipOf(1, tr("All first numbers of the pairs, then all second ones"));
    m_heads = numberField(m_settings, tr("heads"), 1, static_cast<int>(mostHeads),
                          tr("Heads of attention: each has a slope of its own"));
    m_head = numberField(m_settings, tr("head"), 0, usualHeads - 1, tr("The head whose matrix is shown"));
    buildScaling();
    m_length->setValue(usualSize);
    m_dimension->setValue(usualSize);
    m_base->setValue(usualBase);
    m_heads->setValue(usualHeads);
    m_factor->setValue(2);
    m_original->setValue(usualOriginal);
    for (QWidget* field : std::initializer_list<QWidget*>{m_length, m_dimension, m_base, m_layout, m_heads,
                                                          m_head, m_scaling, m_factor, m_original}) {
        flow->addWidget(field);
    }
    listen();
}

void PositionControls::buildScaling() {
    m_scaling = new ChoiceButton(m_settings);
    m_scaling->setObjectName(QStringLiteral("scaling"));
    m_scaling->setAccessibleName(tr("Scaling"));
    m_scaling->setPrefix(tr("scaling: "));
    m_scaling->setChoices(
        {{tr("none"), tr("The waves as they were trained")},
         {tr("linear"), tr("All waves slower by the factor (position interpolation)")},
         {tr("dynamic"), tr("NTK-aware: a larger base, by as much as the length exceeds the original one")},
         {tr("YaRN"), tr("Short waves as they are, long ones slower by the factor, and larger scores")},
         {tr("Llama 3"), tr("Short waves as they are, long ones slower by the factor")}});
    m_factor = new QDoubleSpinBox(m_settings);
    m_factor->setObjectName(QStringLiteral("factor"));
    m_factor->setRange(1, 1000);
    m_factor->setDecimals(2);
    m_factor->setPrefix(tr("factor "));
    m_factor->setAccessibleName(tr("factor"));
    m_factor->setToolTip(tr("How many times as long as in training the texts are"));
    m_factor->setKeyboardTracking(false);
    m_original = numberField(m_settings, tr("original"), 1, static_cast<int>(mostPositions),
                             tr("Original length: how many positions the model was trained on"));
}

void PositionControls::listen() {
    connect(m_length, &QSpinBox::valueChanged, this, [this] { m_lengthChosen = true; });
    connect(m_dimension, &QSpinBox::valueChanged, this, [this] { m_dimensionChosen = true; });
    for (QSpinBox* field : {m_base, m_original}) {
        connect(field, &QSpinBox::valueChanged, this, [this] { m_wavesChosen = true; });
    }
    connect(m_heads, &QSpinBox::valueChanged, this, [this](int heads) { m_head->setMaximum(heads - 1); });
    for (QSpinBox* field : {m_length, m_dimension, m_base, m_heads, m_head, m_original}) {
        connect(field, &QSpinBox::valueChanged, this, &PositionControls::changed);
    }
    connect(m_factor, &QDoubleSpinBox::valueChanged, this, &PositionControls::changed);
    connect(m_factor, &QDoubleSpinBox::valueChanged, this, [this] { m_wavesChosen = true; });
    connect(m_layout, &Segmented::chosen, this, [this] {
        m_wavesChosen = true;
        Q_EMIT changed();
    });
    connect(m_scaling, &ChoiceButton::chosen, this, [this] {
        m_wavesChosen = true;
        showFields();
        Q_EMIT changed();
    });
}

void PositionControls::setShort(bool isShort) {
    m_length->setPrefix(isShort ? tr("L ") : tr("length "));
    m_dimension->setPrefix(isShort ? tr("D ") : tr("dimension "));
    m_original->setPrefix(isShort ? tr("orig. ") : tr("original "));
}

int PositionControls::usualKind() const {
    const bool isRotary = m_model && m_model->rotary && !m_model->positions;
    return static_cast<int>(isRotary ? PositionKind::Rotary : PositionKind::Sinusoidal);
}

void PositionControls::offerKinds() {
    const bool hasLearned = m_model && m_model->positions;
    const std::array tips = {
        tr("Computed: sines and cosines of growing wavelength (Vaswani et al. 2017)"),
        tr("The model's own table, learned in training"),
        tr("Queries and keys are turned in pairs, by angles that grow with the position (Su et al. 2021)"),
        tr("Attention with linear biases: scores fall with the distance (Press et al. 2022)"),
        tr("A learned number for each range of distances (Raffel et al. 2020)")};
    std::vector<ChoiceButton::Choice> kinds;
    for (std::size_t i = 0; i < positionKinds.size(); ++i) {
        const bool isOffered = positionKinds.at(i) != PositionKind::Learned || hasLearned;
        kinds.push_back({positionKindName(positionKinds.at(i)), tips.at(i), isOffered});
    }
    m_kind->setChoices(kinds);
    m_kind->setCurrent(m_kindChosen.value_or(usualKind()));
    std::vector<ChoiceButton::Choice> beside = {{tr("none"), tr("One kind alone")}};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        kinds[i].isOffered = kinds[i].isOffered && static_cast<int>(i) != m_kind->current();
        beside.push_back(kinds[i]);
    }
    m_beside->setChoices(beside);
    m_beside->setCurrent(m_besideChosen);
}

std::vector<PositionKind> PositionControls::kinds() const {
    std::vector<PositionKind> shown{static_cast<PositionKind>(m_kind->current())};
    if (m_beside->current() > 0) {
        shown.push_back(static_cast<PositionKind>(m_beside->current() - 1));
    }
    return shown;
}

bool PositionControls::shows(PositionKind kind) const {
    const std::vector<PositionKind> shown = kinds();
    return std::find(shown.begin(), shown.end(), kind) != shown.end();
}

void PositionControls::showFields() {
    const bool sinusoidal = shows(PositionKind::Sinusoidal);
    const bool rotary = shows(PositionKind::Rotary);
    const bool alibi = shows(PositionKind::Alibi);
    const bool square = alibi || shows(PositionKind::T5);
    const int scaling = rotary ? m_scaling->current() : 0;
    m_length->setVisible(sinusoidal || rotary || square);
    for (QWidget* field : std::initializer_list<QWidget*>{m_dimension, m_base, m_layout}) {
        field->setVisible(sinusoidal || rotary);
    }
    m_heads->setVisible(alibi);
    m_head->setVisible(alibi);
    m_scaling->setVisible(rotary);
    m_factor->setVisible(scaling != 0);
    m_original->setVisible(scaling != 0 && scaling != static_cast<int>(RotaryScalingKind::Linear));
}

RotaryScaling PositionControls::scaling() const {
    RotaryScaling scaling = m_modelScaling;
    scaling.kind = static_cast<RotaryScalingKind>(m_scaling->current());
    scaling.factor = m_factor->value();
    scaling.originalLength = static_cast<std::size_t>(m_original->value());
    return scaling;
}

PositionInputs PositionControls::inputs() const {
    const auto length = static_cast<std::size_t>(m_length->value());
    const auto dimension = static_cast<std::size_t>(m_dimension->value());
    const auto base = static_cast<double>(m_base->value());
    const std::size_t square = std::min<std::size_t>(length, mostSquare);
    const bool split = m_layout->current() == 1;
    PositionInputs inputs;
    inputs.model = m_model && m_model->positions ? m_model : nullptr;
    inputs.sinusoidal = {length, dimension, base,
                         split ? SinusoidalLayout::Split : SinusoidalLayout::Interleaved};
    inputs.rotary = {length, dimension, base, split ? RotaryLayout::Split : RotaryLayout::Interleaved,
                     scaling()};
    inputs.alibi = {square, static_cast<std::size_t>(m_heads->value())};
    inputs.head = static_cast<std::size_t>(m_head->value());
    inputs.bucketLength = square;
    return inputs;
}

void PositionControls::follow(const std::shared_ptr<const Model>& model) {
    if (model == m_model) {
        return;
    }
    m_model = model;
    offerKinds();
    showFields();
    const bool hasLearned = model && model->positions;
    const QSignalBlocker lengthSilence(m_length);
    const QSignalBlocker dimensionSilence(m_dimension);
    if (!m_lengthChosen) {
        const std::size_t own = hasLearned ? placeCount(*model) : static_cast<std::size_t>(usualSize);
        m_length->setValue(static_cast<int>(std::min(own, longestUnasked)));
    }
    if (!m_dimensionChosen) {
        const bool isRotary = usualKind() == static_cast<int>(PositionKind::Rotary);
        const std::size_t own = isRotary ? model->rotary->dimension
                                : model  ? model->table->dimension()
                                         : static_cast<std::size_t>(usualSize);
        m_dimension->setValue(static_cast<int>(std::min<std::size_t>(own, 1U << 16U)));
    }
    if (!m_wavesChosen) {
        followRotary();
    }
    showFields();
    Q_EMIT kindsChanged();
}

void PositionControls::followRotary() {
    const bool isRotary = m_model && m_model->rotary;
    const RotarySettings settings = isRotary ? *m_model->rotary : RotarySettings();
    const QSignalBlocker baseSilence(m_base);
    const QSignalBlocker factorSilence(m_factor);
    const QSignalBlocker originalSilence(m_original);
    m_modelScaling = settings.scaling;
    m_base->setValue(static_cast<int>(std::clamp(settings.base, 1.0, 1e8)));
    m_layout->setCurrent(isRotary && settings.layout == RotaryLayout::Split ? 1 : 0);
    m_scaling->setCurrent(static_cast<int>(settings.scaling.kind));
    if (settings.scaling.kind != RotaryScalingKind::None) {
        m_factor->setValue(settings.scaling.factor);
        m_original->setValue(static_cast<int>(std::min(settings.scaling.originalLength, mostPositions)));
    }
}

const ViewKeys& PositionControls::viewKeys() {
    return positionKeys();
}

void PositionControls::save(QJsonObject& view) const {
    if (m_kindChosen && m_kind->current() != usualKind()) {
        view[positionKeys().kind] = kindNames.at(static_cast<std::size_t>(m_kind->current()));
    }
    if (m_beside->current() > 0) {
        view[positionKeys().beside] = kindNames.at(static_cast<std::size_t>(m_beside->current()) - 1);
    }
    if (m_lengthChosen) {
        view[positionKeys().length] = m_length->value();
    }
    if (m_dimensionChosen) {
        view[positionKeys().dimension] = m_dimension->value();
    }
    if (m_wavesChosen) {
        view[positionKeys().base] = m_base->value();
        if (m_layout->current() > 0) {
            view[positionKeys().layout] = QStringLiteral("split");
        }
        if (m_scaling->current() > 0) {
            view[positionKeys().scaling] = scalingNames.at(static_cast<std::size_t>(m_scaling->current()));
            view[positionKeys().factor] = m_factor->value();
            view[positionKeys().original] = m_original->value();
        }
    }
    if (m_heads->value() != usualHeads) {
        view[positionKeys().heads] = m_heads->value();
    }
    if (m_head->value() > 0) {
        view[positionKeys().head] = m_head->value();
    }
}

void PositionControls::restoreKinds(const QJsonObject& view) {
    // Once the two kinds that there were had one name together.
    const QString kind = view[positionKeys().kind].toString();
    const int shown = indexOf(kindNames, kind);
    if (shown >= 0 && m_kind->isOffered(shown)) {
        m_kindChosen = shown;
    }
    const int beside = indexOf(
        kindNames, kind == QLatin1String("both") ? kindNames[1] : view[positionKeys().beside].toString());
    m_besideChosen = beside >= 0 ? beside + 1 : m_besideChosen;
    offerKinds();
}

void PositionControls::restoreFields(const QJsonObject& view) {
    for (const auto& [key, field] :
         {std::pair(positionKeys().length, m_length), std::pair(positionKeys().dimension, m_dimension),
          std::pair(positionKeys().base, m_base), std::pair(positionKeys().original, m_original),
          std::pair(positionKeys().heads, m_heads), std::pair(positionKeys().head, m_head)}) {
        const int value = view[key].toInt(-1);
        if (value >= field->minimum() && value <= field->maximum()) {
            field->setValue(value);
        }
    }
    const double factor = view[positionKeys().factor].toDouble();
    if (factor >= m_factor->minimum() && factor <= m_factor->maximum()) {
        m_factor->setValue(factor);
    }
    if (view[positionKeys().layout].isString()) {
        m_layout->setCurrent(view[positionKeys().layout].toString() == QLatin1String("split") ? 1 : 0);
        m_wavesChosen = true;
    }
    if (const int scaling = indexOf(scalingNames, view[positionKeys().scaling].toString()); scaling >= 0) {
        m_scaling->setCurrent(scaling);
        m_wavesChosen = true;
    }
}

void PositionControls::restore(const QJsonObject& view) {
    restoreKinds(view);
    restoreFields(view);
    showFields();
    Q_EMIT kindsChanged();
    Q_EMIT changed();
}

}  // namespace lexiscope
