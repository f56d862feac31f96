// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layer_form.h"

#include <algorithm>
#include <limits>

#include <QComboBox>
#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr int leastColumns = 2;
constexpr int mostColumns = 6;
constexpr double leastSpread = 0.0001;

}  // namespace

LayerForm::LayerForm(QWidget* parent)
    : FieldGrid(QStringLiteral("padding 999"), leastColumns, mostColumns, parent),
      m_rows(addNumber(tr("V"), 1, static_cast<int>(mostLayerRows),
                       tr("How many tokens there are, each with an ID: the rows of the table"))),
      m_dimension(addNumber(tr("D"), 1, static_cast<int>(mostLayerDimensions),
                            tr("Numbers for each token: the columns of the table"))),
      m_start(new QComboBox(this)),
      m_spread(new PlainNumberField(this)),
      m_padding(
          addNumber(tr("padding"), -1, 0,
                    tr("The row that fills up short texts and stands for nothing: it holds zeros and is "
                       "never trained"))),
      m_seed(addNumber(tr("seed"), 0, std::numeric_limits<int>::max(),
                       tr("Where chance begins; the same seed gives the same table, but not PyTorch's"))) {
    // In the order of LayerStart.
    m_start->addItems(
        {tr("normal"), tr("uniform"), tr("Xavier normal"), tr("Xavier uniform"), tr("zeros"), tr("ones")});
    m_spread->setDecimals(4);
    m_spread->setRange(leastSpread, mostLayerSpread);
    m_spread->setSingleStep(0.1);
    m_start->setObjectName(QStringLiteral("distribution"));
    m_start->setAccessibleName(tr("distribution"));
    m_start->setToolTip(tr(
        "What the weights are drawn from before anything has been learned. Xavier: as wide as keeps signals "
        "even, by V and D"));
    m_spread->setObjectName(QStringLiteral("spread"));
    m_spread->setAccessibleName(tr("spread"));
    m_spread->setToolTip(
        tr("Standard deviation of normal, largest weight of uniform; Xavier computes its own"));
    add(m_start);
    add(m_spread);
    m_padding->setSpecialValueText(tr("no padding"));
    setOptions({});
    listen();
}

void LayerForm::listen() {
    for (QSpinBox* field : {m_rows, m_dimension, m_padding, m_seed}) {
        connect(field, &QSpinBox::valueChanged, this, [this] {
            bound();
            showSpread();
            Q_EMIT edited();
        });
    }
    connect(m_start, &QComboBox::currentIndexChanged, this, [this] {
        showSpread();
        Q_EMIT edited();
    });
    connect(m_spread, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_chosenSpread = value;
        Q_EMIT edited();
    });
}

LayerStart LayerForm::start() const {
    return static_cast<LayerStart>(m_start->currentIndex());
}

bool LayerForm::hasSpread() const {
    return start() == LayerStart::Normal || start() == LayerStart::Uniform;
}

void LayerForm::bound() {
    const auto others = [](std::size_t most, const QSpinBox* other) {
        return static_cast<int>(std::min(most, mostLayerWeights / static_cast<std::size_t>(other->value())));
    };
    m_rows->setMaximum(others(mostLayerRows, m_dimension));
    m_dimension->setMaximum(others(mostLayerDimensions, m_rows));
    m_padding->setMaximum(m_rows->value() - 1);
}

void LayerForm::showSpread() {
    const QSignalBlocker quiet(m_spread);
    const bool isNormal = start() == LayerStart::Normal || start() == LayerStart::XavierNormal;
    const bool isConstant = start() == LayerStart::Zeros || start() == LayerStart::Ones;
    m_spread->setPrefix(isNormal ? tr("σ ") : tr("a "));
    m_spread->setValue(hasSpread() ? m_chosenSpread : layerSpread(options()));
    m_spread->setEnabled(hasSpread());
    m_spread->setSpecialValueText(isConstant ? tr("no spread") : QString());
    if (isConstant) {
        m_spread->setValue(leastSpread);
    }
}

LayerOptions LayerForm::options() const {
    LayerOptions options;
    options.rows = static_cast<std::size_t>(m_rows->value());
    options.dimension = static_cast<std::size_t>(m_dimension->value());
    options.start = start();
    options.spread = m_chosenSpread;
    if (m_padding->value() >= 0) {
        options.paddingRow = static_cast<std::size_t>(m_padding->value());
    }
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    return options;
}

void LayerForm::setOptions(const LayerOptions& options) {
    const QSignalBlocker quiet[] = {QSignalBlocker(m_rows),    QSignalBlocker(m_dimension),
                                    QSignalBlocker(m_start),   QSignalBlocker(m_spread),
                                    QSignalBlocker(m_padding), QSignalBlocker(m_seed)};
    // What bounds the one is the value of the other, from before.
    m_rows->setMaximum(static_cast<int>(mostLayerRows));
    m_dimension->setMaximum(static_cast<int>(mostLayerDimensions));
    m_rows->setValue(static_cast<int>(options.rows));
    m_dimension->setValue(static_cast<int>(options.dimension));
    m_start->setCurrentIndex(static_cast<int>(options.start));
    m_chosenSpread = options.spread;
    bound();
    m_padding->setValue(options.paddingRow ? static_cast<int>(*options.paddingRow) : -1);
    m_seed->setValue(
        static_cast<int>(std::min<std::uint64_t>(options.seed, std::numeric_limits<int>::max())));
    showSpread();
}

}  // namespace lexiscope
