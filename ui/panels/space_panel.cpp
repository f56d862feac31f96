// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/space_panel.h"

#include "ui/plots/space_labels.h"
#include "ui/plots/view_range.h"
#include "ui/plots/view_transform.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int widthForAllTools = 430;

/// Of a box around half the cloud, the names of the first ones are more than there is room for.
constexpr std::size_t boxedNamed = 2000;

const std::vector<Row> noRows;

std::vector<Analyses::Need> needsFor(ColorBy by) {
    std::vector<Analyses::Need> needs = {Analyses::Projection, Analyses::Neighbors, Analyses::Encoding};
    if (const std::optional<Analyses::Need> more = needOf(by)) {
        needs.push_back(*more);
    }
    return needs;
}

std::vector<MapTools::Coloring> colorings() {
    const auto entry = [](ColorBy by, const QString& text) { return MapTools::Coloring{nameOf(by), text}; };
    return {entry(ColorBy::Density, SpacePanel::tr("&Density alone")),
            entry(ColorBy::RowOrder, SpacePanel::tr("&Row order (most vocabularies: by frequency)")),
            entry(ColorBy::Norm, SpacePanel::tr("&Norm: length of the vector")),
            entry(ColorBy::Length, SpacePanel::tr("&Length of the token")),
            entry(ColorBy::Script, SpacePanel::tr("&Script")),
            entry(ColorBy::WordStart, SpacePanel::tr("&Word start or part of a word"))};
}

constexpr QLatin1String xKey("x");
constexpr QLatin1String yKey("y");
constexpr QLatin1String colorKey("color");
constexpr QLatin1String hiddenKey("hidden");

QString percent(double ratio) {
    return QString::number(ratio * 100, 'f', 1) + QStringLiteral(" %");
}

}  // namespace

SpacePanel::SpacePanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("space"), tr("Embedding space"), needsFor(ColorBy::Density), parent),
      m_plot(new SpacePlot(context.theme, this)),
      m_legend(new ColorLegend(context.theme, this)),
      m_tools(new MapTools(colorings(), this)) {
    m_legend->setObjectName(QStringLiteral("legend"));
    m_legend->setClickable(context.controls);
    m_legend->setClickable(context.controls);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_legend);
    listenToTools();

    connect(m_legend, &ColorLegend::hiddenChanged, this, [this](quint32 hidden) {
        m_hidden = hidden;
        refresh();
    });
    connect(m_plot, &SpacePlot::hovered, this, [this](bool any, Row row) {
        m_context.selection.hover(any ? std::optional(Selected{slot(), row, std::nullopt}) : std::nullopt);
    });
    connect(m_plot, &SpacePlot::clicked, this, [this](Row row, Qt::KeyboardModifiers modifiers) {
        if (modifiers.testFlag(Qt::ControlModifier) && isInFront()) {
            m_context.selection.togglePinned(row);
        } else {
            m_context.selection.select({slot(), row, std::nullopt});
        }
    });
    connect(m_plot, &SpacePlot::boxSelected, this, [this](const std::vector<Row>& rows) {
        m_context.session.setActiveSlot(slot());
        m_context.selection.setBoxed(rows);
    });
    for (const auto signal :
         {&Selection::hoveredChanged, &Selection::pinnedChanged, &Selection::boxedChanged}) {
        connect(&context.selection, signal, this, &SpacePanel::scheduleRefresh);
    }
    connect(&context.selection, &Selection::boxedChanged, this, [this] { m_boxed = nullptr; });
}

void SpacePanel::listenToTools() {
    m_tools->hide();  // until a host has a place for them
    connect(m_tools, &MapTools::coloringChosen, this,
            [this](int index) { setColors(static_cast<ColorBy>(index)); });
    connect(m_tools, &MapTools::zoomWanted, m_plot, &SpacePlot::zoom);
    connect(m_tools, &MapTools::allWanted, m_plot, &SpacePlot::resetView);
    connect(m_tools, &MapTools::selectionWanted, m_plot, &SpacePlot::glideToSelection);
}

void SpacePanel::setColors(ColorBy by, std::uint32_t hidden) {
    m_hidden = hidden;
    if (by != m_colorBy) {
        m_colorBy = by;
        m_tools->setColoring(static_cast<std::size_t>(by));
        setNeeds(needsFor(by));
    }
    scheduleRefresh();
}

bool SpacePanel::isInFront() const {
    return slot() == m_context.session.activeSlot();
}

const std::vector<Row>& SpacePanel::boxedRows() const {
    return isInFront() ? m_context.selection.boxed() : noRows;
}

QList<QWidget*> SpacePanel::tools() {
    m_tools->setHidden(false);
    return {m_tools};
}

void SpacePanel::refreshFrequent() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    if (projection == m_frequentOf) {
        return;
    }
    m_frequentOf = projection;
    m_frequent.clear();
    // While a new model's projection is on its way, its vocabulary does not belong to the points shown.
    if (!projection || !model() || projection->rows != model()->vocabulary->size()) {
        return;
    }
    m_frequent = frequentWords(*model()->vocabulary);
}

void SpacePanel::refreshTraits() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    if (m_traits && (m_traits->by != m_colorBy || m_traitsOf != projection)) {
        m_traits = nullptr;
    }
    const bool belongTogether = projection && model() && isCurrent(Analyses::Projection) &&
                                projection->rows == model()->vocabulary->size();
    if (m_traits || m_colorBy == ColorBy::Density || !belongTogether) {
        return;
    }
    m_traitsOf = projection;
    const auto norms = isCurrent(Analyses::Norms) ? m_context.analyses.norms(slot()) : nullptr;
    const auto tokens = isCurrent(Analyses::Traits) ? m_context.analyses.traits(slot()) : nullptr;
    m_traits = traitsOf(m_colorBy, *projection, norms.get(), tokens.get());
}

void SpacePanel::refreshTools() {
    const bool hasPoints = m_plot->figure().projection != nullptr;
    // Controls of a plot that has nothing to show would do nothing.
    m_tools->setVisible(hasPoints && m_tools->parentWidget() != this);
    m_tools->setSelectionOffered(selectedRow().has_value());
    m_tools->setNarrow(width() < widthForAllTools || tiedSlot().has_value());
    m_tools->setColorsOffered(!tiedSlot());
    m_tools->setColoringOffered(static_cast<std::size_t>(ColorBy::WordStart),
                                model() && model()->vocabulary->wordMark() != WordMark::None);
}

void SpacePanel::refreshLegend() {
    if (!m_plot->figure().projection || m_colorBy == ColorBy::Density) {
        return m_legend->clear();
    }
    if (!m_traits) {
        const Analyses::Need need = needOf(m_colorBy).value_or(Analyses::Projection);
        const std::optional<Error>& failure = m_context.analyses.failure(slot(), need);
        const bool isMarked = model() && model()->vocabulary->wordMark() != WordMark::None;
        return m_legend->setMessage(m_colorBy == ColorBy::WordStart && !isMarked
                                        ? tr("This vocabulary marks no word starts.")
                                    : failure ? QString::fromStdString(toString(*failure))
                                              : tr("The colours are being worked out…"));
    }
    if (m_traits->classes.empty()) {
        const NumberScale& scale = m_traits->scale;
        const auto number = [&](double value) {
            return m_traits->decimals > 0 ? numberText(value, m_traits->decimals)
                                          : grouped(static_cast<std::size_t>(std::llround(value)));
        };
        return m_legend->setScale(m_traits->title, (scale.isBelow ? tr("≤ ") : QString()) + number(scale.low),
                                  (scale.isAbove ? tr("≥ ") : QString()) + number(scale.high));
    }
    std::vector<ColorLegend::Entry> entries;
    std::uint32_t present = 0;
    for (std::size_t i = 0; i < m_traits->classes.size(); ++i) {
        const PointClass& one = m_traits->classes[i];
        if (one.points > 0) {
            entries.push_back({one.name, one.description, one.color, one.points, static_cast<int>(i)});
            present |= std::uint32_t{1} << i;
        }
    }
    m_legend->setClasses(m_traits->title, entries, m_hidden & present);
}

std::vector<MarkedPoint> SpacePanel::marks() const {
    std::vector<MarkedPoint> marks = m_frequent;
    const std::shared_ptr<const Model> shown = model();
    std::set<Row> marked;
    // From the most important role down: a row is marked once.
    const auto mark = [&](Row row, PointRole role) {
        if (row.value < shown->vocabulary->size() && marked.insert(row).second) {
            marks.push_back({row, role, bareLabel(*shown, row)});
        }
    };
    const Selection& selection = m_context.selection;
    if (const std::optional<Row> row = selectedRow()) {
        mark(*row, PointRole::Selected);
    }
    if (selection.hovered() && selection.hovered()->slot == slot()) {
        mark(selection.hovered()->row, PointRole::Hovered);
    }
    for (const Row row : isInFront() ? selection.pinned() : noRows) {
        mark(row, PointRole::Pinned);
    }
    const std::shared_ptr<const EncodedText> text = m_context.analyses.encoding(slot());
    if (text && text->tokenizer == shown->tokenizer) {
        std::set<Row> ofText;
        for (const Token& token : text->encoding.tokens) {
            if (token.id && ofText.insert(rowOf(*token.id)).second) {
                mark(rowOf(*token.id), PointRole::Token);
            }
        }
    }
    const std::shared_ptr<const NeighborResult> neighbors = m_context.analyses.neighbors(slot());
    if (neighbors && selectedRow() && isCurrent(Analyses::Neighbors)) {
        for (const Neighbor& neighbor : neighbors->neighbors) {
            mark(neighbor.row, PointRole::Neighbor);
        }
    }
    const std::vector<Row>& inBox = boxedRows();
    const std::size_t named = std::min(inBox.size(), boxedNamed);
    for (std::size_t i = 0; i < named; ++i) {
        mark(inBox[i], PointRole::Boxed);
    }
    tellApart(marks, m_frequent.size(), *shown);
    return marks;
}

std::shared_ptr<const std::vector<Row>> SpacePanel::boxed() {
    const std::vector<Row>& rows = boxedRows();
    if (rows.empty()) {
        return nullptr;
    }
    if (!m_boxed) {
        m_boxed = std::make_shared<std::vector<Row>>(rows);
    }
    return m_boxed;
}

QString SpacePanel::message() const {
    const std::optional<Error>& failure = m_context.analyses.failure(slot(), Analyses::Projection);
    if (!model()) {
        return noModel(slot());
    }
    if (failure && failure->code == ErrorCode::Cancelled) {
        return tr("The projection was cancelled.");
    }
    if (failure) {
        return QString::fromStdString(toString(*failure));
    }
    return m_context.analyses.projection(slot()) ? QString() : tr("Projecting all rows…");
}

void SpacePanel::refresh() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    refreshFrequent();
    refreshTraits();
    SpaceFigure figure;
    figure.message = message();
    figure.slot = slot();
    figure.dimmed = !isCurrent(Analyses::Projection);
    if (figure.message.isEmpty() && projection && projection->components >= 2) {
        figure.projection = projection;
        figure.xTitle = tr("PC 1 (%1)").arg(percent(projection->explainedVarianceRatio[0]));
        figure.yTitle = tr("PC 2 (%1)").arg(percent(projection->explainedVarianceRatio[1]));
        figure.traits = m_traits;
        figure.hidden = m_hidden;
        if (!figure.dimmed) {
            figure.marks = marks();
            figure.boxed = boxed();
        }
    } else if (figure.message.isEmpty()) {
        figure.message = tr("Vectors of one dimension lie on a line; there is nothing to project.");
    }
    m_plot->setFigure(std::move(figure));
    refreshTools();
    refreshLegend();
    refreshFact();
}

QJsonObject SpacePanel::saveView() const {
    QJsonObject saved;
    if (!m_plot->showsAll()) {
        const QRectF view = m_plot->view();
        saved[xKey] = rangeToJson(view.left(), view.right());
        saved[yKey] = rangeToJson(view.top(), view.bottom());
    }
    if (m_colorBy != ColorBy::Density) {
        saved[colorKey] = nameOf(m_colorBy);
    }
    if (m_hidden != 0) {
        saved[hiddenKey] = static_cast<qint64>(m_hidden);
    }
    return saved;
}

void SpacePanel::restoreView(const QJsonObject& view) {
    const std::optional<std::pair<double, double>> x = rangeFromJson(view[xKey]);
    const std::optional<std::pair<double, double>> y = rangeFromJson(view[yKey]);
    if (x && y) {
        m_plot->restoreView(QRectF(QPointF(x->first, y->first), QPointF(x->second, y->second)));
    }
    if (const std::optional<ColorBy> by = colorByFromName(view[colorKey].toString())) {
        setColors(*by, static_cast<std::uint32_t>(view[hiddenKey].toInteger()));
    }
}

QStringList SpacePanel::parameters() const {
    QStringList parts{tr("PCA, both axes on one scale")};
    if (!m_plot->showsAll()) {
        parts << tr("a part of the plane");
    }
    if (m_traits) {
        parts << tr("colour: %1").arg(m_traits->title);
    }
    return parts;
}

std::vector<DataTable> SpacePanel::data() const {
    const std::shared_ptr<const PcaResult> projection = m_plot->figure().projection;
    // Of a model of before there are points still, but no words.
    if (!projection || !model() || !isCurrent(Analyses::Projection) ||
        projection->rows != model()->vocabulary->size()) {
        return {};
    }
    return {mapTable(
        tr("%1 coordinates of %2 tokens").arg(grouped(projection->components), grouped(projection->rows)),
        model(), projection)};
}

void SpacePanel::refreshFact() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    if (!projection || projection->components < 2 || !isCurrent(Analyses::Projection)) {
        setFact({});
        return;
    }
    const bool isTied = tiedSlot().has_value();  // beside another map there is less room
    QStringList parts;
    const std::size_t points = projection->rows - projection->rowsLeftOut;
    const std::size_t hidden = m_traits ? countHidden(*m_traits, m_hidden) : 0;
    if (hidden > 0) {
        parts << tr("%1 of %2 points hidden by the legend").arg(grouped(hidden), grouped(points));
    }
    if (projection->rowsLeftOut > 0) {
        parts << tr("%1 of %2 rows, centred; the others hold no numbers")
                     .arg(grouped(points), grouped(projection->rows));
    } else {
        const QString all = isTied ? tr("all %1 rows") : tr("all %1 rows, centred");
        parts << (hidden > 0 ? tr("all centred") : all.arg(grouped(points)));
    }
    const QString kept = isTied ? tr("PC 1 + PC 2 keep %1") : tr("PC 1 + PC 2 keep %1 of the variance");
    parts << kept.arg(percent(projection->explainedVarianceRatio[0] + projection->explainedVarianceRatio[1]));
    if (!boxedRows().empty()) {
        parts.prepend(tr("%1 in the box").arg(grouped(boxedRows().size())));
    }
    setFact(parts.join(QStringLiteral(" · ")));
}

void SpacePanel::copyBoxed() const {
    QStringList tokens;
    for (const Row row : boxedRows()) {
        tokens << QString::fromStdString(textOf(*model()->vocabulary, row));
    }
    QApplication::clipboard()->setText(tokens.join(u'\n'));
}

void SpacePanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    refreshTools();
}

void SpacePanel::addToMenu(QMenu& menu) {
    menu.addAction(tr("Show all points"), m_plot, &SpacePlot::resetView);
    menu.addAction(tr("Zoom in"), this, [this] { m_plot->zoom(MapTools::zoomFactor); });
    menu.addAction(tr("Zoom out"), this, [this] { m_plot->zoom(1 / MapTools::zoomFactor); });
    if (selectedRow()) {
        menu.addAction(tr("Go to the selected point"), m_plot, &SpacePlot::glideToSelection);
    }
    menu.addMenu(m_tools->colorMenu());
    if (!boxedRows().empty()) {
        menu.addSeparator();
        menu.addAction(tr("Copy the tokens in the box"), this, &SpacePanel::copyBoxed);
        menu.addAction(tr("Clear the box"), this, [this] { m_context.selection.setBoxed({}); });
    }
    if (isInFront() && !m_context.selection.pinned().empty()) {
        menu.addAction(tr("Unpin all"), this, [this] { m_context.selection.clearPinned(); });
    }
}

}  // namespace lexiscope
