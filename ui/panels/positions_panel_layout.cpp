// SPDX-License-Identifier: GPL-3.0-or-later
// PositionsPanel: its parts and controls, where they stand, and what of them a figure repeats.
#include "ui/panels/positions_panel.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QHBoxLayout>
#include <QJsonArray>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr QLatin1String kindKey("kind");
constexpr QLatin1String lengthKey("length");
constexpr QLatin1String dimensionKey("dimension");
constexpr QLatin1String baseKey("base");
constexpr QLatin1String rowsKey("rows");
constexpr QLatin1String columnsKey("columns");
constexpr QLatin1String partKey("part");
const std::array kindNames = {QStringLiteral("sinusoidal"), QStringLiteral("learned"),
                              QStringLiteral("both")};

constexpr int usualBase = 10000;
constexpr int leastWaves = 190;
constexpr int leastSum = 270;
constexpr int mapSpacing = 20;

QWidget* box(QWidget* parent, std::initializer_list<QWidget*> content) {
    auto* widget = new QWidget(parent);
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QWidget* each : content) {
        layout->addWidget(each, qobject_cast<ElidedLabel*>(each) == nullptr ? 1 : 0);
    }
    return widget;
}

QBoxLayout* pairLayout(QWidget* of) {
    auto* layout = new QHBoxLayout(of);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(mapSpacing);
    return layout;
}

QSpinBox* numberField(QWidget* parent, const QString& name, int most, const QString& tip) {
    auto* field = new QSpinBox(parent);
    field->setObjectName(name);
    field->setRange(1, most);
    field->setGroupSeparatorShown(true);
    field->setPrefix(name + u' ');
    field->setAccessibleName(name);
    field->setToolTip(tip);
    field->setKeyboardTracking(false);
    return field;
}

}  // namespace

PositionsPanel::PositionsPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("positions"), tr("Positions"), {Analyses::Encoding, Analyses::RowValues},
            parent),
      m_analysis(new PositionAnalysis(context.analyses.runner(), this)),
      m_shelf(new QWidget(this)),
      m_kind(new Segmented(context.theme, m_shelf)),
      m_parts(new PartRow(context.theme, Qt::Horizontal, this)),
      m_waveTitle(new ElidedLabel(this)),
      m_waves(new WavePlot(context.theme, this)),
      m_sumTitle(new ElidedLabel(this)),
      m_sumNote(new ElidedLabel(this)),
      m_sum(new SumStrips(context.theme, this)) {
    buildControls();
    layOut();
    listen();
}

void PositionsPanel::buildControls() {
    // Where no host takes them, in a figure, they are not to be seen.
    m_shelf->hide();
    m_kind->setObjectName(QStringLiteral("kind"));
    m_kind->setItems({tr("Sinusoidal")});
    m_length = numberField(m_shelf, tr("length"), 16384, tr("How many positions: the rows of the matrix"));
    m_dimension =
        numberField(m_shelf, tr("dimension"), 8192,
                    tr("Numbers for each position: the columns. A model adds them to the token's row, "
                       "so it needs as many as that has"));
    m_base = numberField(m_shelf, tr("base"), 10000000,
                         tr("How slow the slowest wave is: a period of nearly 2π · base positions"));
    m_length->setValue(usualLength);
    m_dimension->setValue(usualLength);
    m_base->setValue(usualBase);
}

QList<QWidget*> PositionsPanel::tools() {
    return {m_kind, m_length, m_dimension, m_base};
}

void PositionsPanel::setRoom(double width) {
    constexpr double roomForNames = 1300;
    const bool isShort = width < roomForNames;
    m_length->setPrefix(isShort ? tr("L ") : tr("length "));
    m_dimension->setPrefix(isShort ? tr("D ") : tr("dimension "));
}

void PositionsPanel::buildMap(Map& map, PositionKind kind, QBoxLayout* matrices, QBoxLayout* similarities) {
    const bool computed = kind == PositionKind::Sinusoidal;
    map.kind = kind;
    map.matrixTitle = new ElidedLabel(this);
    map.matrix = new HeatMapView(m_context.theme, this);
    map.matrix->setObjectName(computed ? QStringLiteral("sinusoidal") : QStringLiteral("learned"));
    map.matrix->setAccessibleName(computed ? tr("Sinusoidal positions") : tr("Learned positions"));
    map.matrix->setAccessibleDescription(tr(
        "One row per position. Up and Down choose a position, Page Up and Page Down scroll, plus and minus "
        "zoom; Left and Right scroll the dimensions, Ctrl with plus and minus zooms them."));
    map.similarityTitle = new ElidedLabel(this);
    map.similarityTitle->setExplanation(
        tr("The cosine of each position's vector with each other's. Positions that are near each other are "
           "alike, wherever they are: so a model can tell what stands near."));
    map.similarity = new HeatMapView(m_context.theme, this);
    map.similarity->setObjectName(map.matrix->objectName() + QStringLiteral("Similarity"));
    map.similarity->setAccessibleName(tr("Similarity of positions"));
    map.similarity->setAccessibleDescription(tr("Cosines as colours. Up and Down choose a position."));
    map.similarity->setFixed(true);
    map.similarity->setSquare(true);
    map.similarity->setMinimumWidth(leastSimilarity);
    map.matrixAgain = new AgainButton(tr("Compute again"), this);
    map.matrixAgain->standIn(map.matrix, [view = map.matrix] { return QRectF(view->rect()); });
    map.similarityAgain = new AgainButton(tr("Compare again"), this);
    map.similarityAgain->standIn(map.similarity, [view = map.similarity] { return QRectF(view->rect()); });
    map.matrixBox = box(this, {map.matrixTitle, map.matrix});
    map.similarityBox = box(this, {map.similarityTitle, map.similarity});
    matrices->addWidget(map.matrixBox, 1);
    similarities->addWidget(map.similarityBox, 1);
}

void PositionsPanel::layOut() {
    auto* matrices = new QWidget(this);
    auto* similarities = new QWidget(this);
    QBoxLayout* matrixLayout = pairLayout(matrices);
    QBoxLayout* similarityLayout = pairLayout(similarities);
    buildMap(m_maps[0], PositionKind::Sinusoidal, matrixLayout, similarityLayout);
    buildMap(m_maps[1], PositionKind::Learned, matrixLayout, similarityLayout);
    m_waves->setObjectName(QStringLiteral("waves"));
    m_waveTitle->setText(tr("Waves per dimension"));
    m_waveTitle->setExplanation(tr(
        "Each pair of dimensions is a sine and a cosine of one wavelength, short ones first. Together they "
        "number the positions as the hands of a clock number the minutes. Point at the matrix to see the "
        "dimension under the pointer."));
    m_sum->setObjectName(QStringLiteral("sum"));
    m_sumTitle->setExplanation(
        tr("Row of the token plus row of its position, number by number: nothing else of the text enters the "
           "model. Without the second row it could not tell in which order the tokens stand."));
    m_parts->addPart(QStringLiteral("matrix"), tr("Matrix"), matrices, 10, leastMap);
    m_parts->addPart(QStringLiteral("similarity"), tr("Similarity"), similarities, 4, leastSimilarity);
    m_parts->addPart(QStringLiteral("waves"), tr("Waves"), box(this, {m_waveTitle, m_waves}), 6, leastWaves);
    m_parts->addPart(QStringLiteral("sum"), tr("Sum"), box(this, {m_sumTitle, m_sumNote, m_sum}), 10,
                     leastSum);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_parts, 1);
}

void PositionsPanel::arrange() {
    const bool both = isShown(PositionKind::Sinusoidal) && isShown(PositionKind::Learned);
    int least = 0;
    for (const Map& map : m_maps) {
        map.matrixBox->setVisible(isShown(map.kind));
        map.similarityBox->setVisible(isShown(map.kind));
        map.matrixTitle->setVisible(both);
        // A square map needs no more width than height; what it leaves is the others'.
        const int narrowest = std::max(leastSimilarity, map.similarityTitle->sizeHint().width());
        map.similarityBox->setMinimumWidth(narrowest);
        map.similarityBox->setMaximumWidth(std::max(narrowest, map.similarity->squareWidth()));
        least = std::max(least, narrowest);
    }
    m_parts->setLeast(MatrixPart, both ? 2 * leastMap + mapSpacing : leastMap);
    m_parts->setLeast(SimilarityPart, both ? 2 * least + mapSpacing : least);
}

void PositionsPanel::refreshTitles() {
    const QFont bold = theme().textFont(13, QFont::DemiBold);
    for (ElidedLabel* title : {m_waveTitle, m_sumTitle, m_maps[0].matrixTitle, m_maps[1].matrixTitle,
                               m_maps[0].similarityTitle, m_maps[1].similarityTitle}) {
        title->setFont(bold);
        title->setColor(theme().text);
    }
    m_maps[0].matrixTitle->setText(tr("Sinusoidal"));
    m_maps[1].matrixTitle->setText(tr("Learned"));
    const bool both = isShown(PositionKind::Sinusoidal) && isShown(PositionKind::Learned);
    for (const Map& map : m_maps) {
        const std::shared_ptr<const PositionSimilarityResult> result = m_analysis->similarity(map.kind);
        const std::size_t step = result ? result->similarity.step : 1;
        const QString base = !both                                  ? tr("Similarity of positions")
                             : map.kind == PositionKind::Sinusoidal ? tr("Similarity, sinusoidal")
                                                                    : tr("Similarity, learned");
        map.similarityTitle->setText(step == 1 ? base : tr("%1 · one in %2").arg(base, grouped(step)));
    }
    const bool none = model() && !hasLearned();
    const bool goesOn = hasLearned() && !model()->afterSum.empty();
    m_sumTitle->setText(none     ? tr("Token + sinusoidal position")
                        : goesOn ? tr("Token + position")
                                 : tr("Token + position = what the transformer reads"));
    m_sumNote->setFont(theme().textFont(12));
    m_sumNote->setColor(theme().muted);
    const std::string note = none ? model()->noPositions : goesOn ? model()->afterSum : std::string();
    m_sumNote->setText(QString::fromStdString(note));
    m_sumNote->setVisible(!note.empty());
}

void PositionsPanel::refreshFact() {
    if (m_parts->isAlone(SumPart)) {
        setFact(sumFact());
        return;
    }
    QStringList facts;
    const auto size = [](std::size_t length, std::size_t dimension) {
        return QStringList{tr("length %1").arg(grouped(length)), tr("dimension %1").arg(grouped(dimension))};
    };
    if (isShown(PositionKind::Sinusoidal)) {
        const SinusoidalOptions shown = options();
        facts << tr("sinusoidal") << tr("base %1").arg(grouped(static_cast<std::size_t>(shown.base)))
              << size(shown.length, shown.dimension);
    }
    if (isShown(PositionKind::Learned)) {
        const EmbeddingTable& table = *model()->positions;
        // Beside the sinusoidal ones there is room for less.
        facts << (facts.isEmpty()
                      ? QStringList{tr("learned")} + size(placeCount(*model()), table.dimension())
                      : QStringList{tr("learned %1 × %2")
                                        .arg(grouped(placeCount(*model())), grouped(table.dimension()))});
    }
    if (model() && !hasLearned()) {
        facts << tr("the model itself has none");
    }
    const Map& map = m_maps[isShown(PositionKind::Sinusoidal) ? 0 : 1];
    const HeatMapFigure& figure = map.matrix->figure();
    if (figure.rowCount < figure.totalRows) {
        facts << tr("%1 … %2 shown").arg(figure.firstRow).arg(figure.firstRow + figure.rowCount - 1);
    }
    if (figure.rowsPerLine > 1 && m_parts->isShown(MatrixPart)) {
        facts << tr("largest of %1 rows in a line").arg(grouped(figure.rowsPerLine));
    }
    setFact(facts.join(QStringLiteral(" · ")));
}

QString PositionsPanel::sumFact() const {
    const std::optional<Row> row = selectedRow();
    const std::optional<std::size_t> position = framedPosition();
    if (!row || !position) {
        return {};
    }
    const QString kind = hasLearned() ? tr("learned positions") : tr("sinusoidal positions");
    return tr("%1 (ID %2) at position %3").arg(shownToken(*model(), *row)).arg(row->value).arg(*position) +
           QStringLiteral(" · ") + kind;
}

QJsonObject PositionsPanel::saveView() const {
    QJsonObject view;
    if (m_kind->current() > 0) {
        view[kindKey] = kindNames.at(static_cast<std::size_t>(m_kind->current()));
    }
    if (m_lengthChosen) {
        view[lengthKey] = m_length->value();
    }
    if (m_dimensionChosen) {
        view[dimensionKey] = m_dimension->value();
    }
    if (m_base->value() != usualBase) {
        view[baseKey] = m_base->value();
    }
    if (!m_parts->chosen().isEmpty()) {
        view[partKey] = m_parts->chosen();
    }
    if (m_viewChosen) {
        view[rowsKey] = QJsonArray{m_view.first, m_view.count};
    }
    const HeatMapView& map = *m_maps[isShown(PositionKind::Sinusoidal) ? 0 : 1].matrix;
    if (map.figure().columns > 0 && map.columnCount() < map.figure().columns) {
        view[columnsKey] =
            QJsonArray{static_cast<qint64>(map.firstColumn()), static_cast<qint64>(map.columnCount())};
    }
    return view;
}

void PositionsPanel::restoreView(const QJsonObject& view) {
    followModel();
    const auto kind = std::find(kindNames.begin(), kindNames.end(), view[kindKey].toString());
    const auto index = static_cast<int>(kind - kindNames.begin());
    if (kind != kindNames.end() && index < m_kind->count()) {
        m_kindChosen = index;
        m_kind->setCurrent(index);
    }
    for (const auto& [key, field] :
         {std::pair(lengthKey, m_length), std::pair(dimensionKey, m_dimension), std::pair(baseKey, m_base)}) {
        const int value = view[key].toInt();
        if (value >= field->minimum() && value <= field->maximum()) {
            field->setValue(value);
        }
    }
    const auto rangeOf = [&view](QLatin1String key) -> std::optional<PositionView> {
        const QJsonArray ends = view[key].toArray();
        const PositionView range{ends.at(0).toDouble(), ends.at(1).toDouble()};
        return ends.size() == 2 && range.first >= 0 && range.count > 0 ? std::optional(range) : std::nullopt;
    };
    if (const std::optional<PositionView> rows = rangeOf(rowsKey)) {
        m_view = *rows;
        m_viewChosen = true;
        m_framed = framedPosition();
    }
    m_columns = rangeOf(columnsKey);
    m_parts->choose(view[partKey].toString());
    scheduleRefresh();
}

bool PositionsPanel::showsModel() const {
    return isShown(PositionKind::Learned) || m_parts->isShown(SumPart);
}

QStringList PositionsPanel::parameters() const {
    const HeatMapFigure& figure = m_maps[isShown(PositionKind::Sinusoidal) ? 0 : 1].matrix->figure();
    if (figure.rowCount == 0) {
        return {};
    }
    const QString rows =
        tr("positions %1 to %2").arg(figure.firstRow).arg(figure.firstRow + figure.rowCount - 1);
    return showsModel() ? QStringList{rows}
                        : QStringList{tr("sinusoidal positions, Vaswani et al. 2017"), rows};
}

}  // namespace lexiscope
