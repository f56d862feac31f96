// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/space_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/plots/space_labels.h"
#include "ui/plots/view_range.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/paint.h"

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

bool isRange(const QJsonValue& value) {
    return rangeFromJson(value).has_value();
}

/// What a view of it can say.
struct SpaceKeys : ViewKeys {
    SpaceKeys() { include(SpaceColors::viewKeys()); }

    ViewKey x = add("x", QStringLiteral("[from, to]"), isRange);
    ViewKey y = add("y", QStringLiteral("[from, to]"), isRange);
};

const SpaceKeys& spaceKeys() {
    static const SpaceKeys all;
    return all;
}

QString percent(double ratio) {
    return QString::number(ratio * 100, 'f', 1) + QStringLiteral(" %");
}

}  // namespace

SpacePanel::SpacePanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("space"), tr("Embedding space"), needsFor(ColorBy::Density), parent),
      m_plot(new SpacePlot(context.theme, this)),
      m_colors(new SpaceColors(context.theme, context.controls, this)),
      m_tools(new MapTools(colorings(), this)),
      m_again(new AgainButton(tr("Project again"), this)) {
    m_again->standIn(m_plot, [this] { return m_plot->fieldRect(); });
    connect(m_again, &QPushButton::clicked, this,
            [this] { m_context.analyses.retry(slot(), Analyses::Projection); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_colors);
    listenToTools();

    connect(m_colors, &SpaceColors::hiddenChanged, this, [this] { refresh(); });
    connect(m_colors, &SpaceColors::againWanted, this, [this] {
        if (const std::optional<Analyses::Need> need = m_colors->need()) {
            m_context.analyses.retry(slot(), *need);
        }
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

void SpacePanel::setColors(ColorBy by) {
    m_colors->choose(by);
    followColors();
}

void SpacePanel::followColors() {
    m_tools->setColoring(static_cast<std::size_t>(m_colors->by()));
    setNeeds(needsFor(m_colors->by()));
    scheduleRefresh();
}

void SpacePanel::refreshColors(const std::shared_ptr<const PcaResult>& shown) {
    SpaceColors::Inputs inputs;
    inputs.model = model();
    inputs.projection = shown;
    inputs.belongTogether = hasNames(shown);
    inputs.norms = isCurrent(Analyses::Norms) ? m_context.analyses.norms(slot()) : nullptr;
    inputs.tokens = isCurrent(Analyses::Traits) ? m_context.analyses.traits(slot()) : nullptr;
    if (const std::optional<Analyses::Need> need = m_colors->need()) {
        inputs.failure = failureText(slot(), *need, tr("Working the colours out was cancelled."));
        inputs.wasCancelled = m_context.analyses.wasCancelled(slot(), *need);
    }
    m_colors->refresh(inputs);
}

bool SpacePanel::hasNames(const std::shared_ptr<const PcaResult>& shown) const {
    // While a new model's projection is on its way, its vocabulary does not belong to the points shown.
    return shown && model() && isCurrent(Analyses::Projection) && shown->rows == model()->vocabulary->size();
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
    if (!projection || !model() || projection->rows != model()->vocabulary->size()) {
        return;
    }
    m_frequent = frequentWords(*model()->vocabulary);
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
    if (!vectorModel()) {
        return noVectors(slot());
    }
    if (m_context.analyses.failure(slot(), Analyses::Projection)) {
        return failureText(slot(), Analyses::Projection, tr("The projection was cancelled."));
    }
    return m_context.analyses.projection(slot()) ? QString() : tr("Projecting all rows…");
}

void SpacePanel::refresh() {
    const std::shared_ptr<const PcaResult> projection = m_context.analyses.projection(slot());
    const bool isPlane = projection && projection->components >= 2;
    refreshFrequent();
    SpaceFigure figure;
    figure.message = message();
    figure.slot = slot();
    figure.dimmed = !isCurrent(Analyses::Projection);
    refreshColors(isPlane && figure.message.isEmpty() ? projection : nullptr);
    if (figure.message.isEmpty() && isPlane) {
        figure.projection = projection;
        figure.xTitle = tr("PC 1 (%1)").arg(percent(projection->explainedVarianceRatio[0]));
        figure.yTitle = tr("PC 2 (%1)").arg(percent(projection->explainedVarianceRatio[1]));
        figure.traits = m_colors->traits();
        figure.hidden = m_colors->hidden();
        figure.model = hasNames(projection) ? model() : nullptr;
        if (!figure.dimmed) {
            figure.marks = marks();
            figure.boxed = boxed();
        }
    } else if (figure.message.isEmpty()) {
        figure.message = tr("Vectors of one dimension lie on a line; there is nothing to project.");
    }
    m_plot->setFigure(std::move(figure));
    m_again->offer(vectorModel() && m_context.analyses.wasCancelled(slot(), Analyses::Projection));
    refreshTools();
    refreshFact();
}

const ViewKeys& SpacePanel::viewKeys() {
    return spaceKeys();
}

QJsonObject SpacePanel::saveView() const {
    QJsonObject saved;
    if (!m_plot->showsAll()) {
        const QRectF view = m_plot->view();
        saved[spaceKeys().x] = rangeToJson(view.left(), view.right());
        saved[spaceKeys().y] = rangeToJson(view.top(), view.bottom());
    }
    m_colors->save(saved);
    return saved;
}

void SpacePanel::restoreView(const QJsonObject& view) {
    const std::optional<std::pair<double, double>> x = rangeFromJson(view[spaceKeys().x]);
    const std::optional<std::pair<double, double>> y = rangeFromJson(view[spaceKeys().y]);
    if (x && y) {
        m_plot->restoreView(QRectF(QPointF(x->first, y->first), QPointF(x->second, y->second)));
    }
    if (m_colors->restore(view)) {
        followColors();
    }
}

QStringList SpacePanel::parameters() const {
    QStringList parts{tr("PCA, both axes on one scale")};
    if (!m_plot->showsAll()) {
        parts << tr("a part of the plane");
    }
    if (m_colors->traits()) {
        parts << tr("colour: %1").arg(m_colors->traits()->title);
    }
    return parts;
}

std::vector<DataTable> SpacePanel::data() const {
    const std::shared_ptr<const PcaResult> projection = m_plot->figure().projection;
    if (!hasNames(projection)) {
        return {};
    }
    return {mapTable(tr("%1 coordinates of %2 tokens")
                         .arg(groupedText(projection->components), groupedText(projection->rows)),
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
    const QString hidden = m_colors->hiddenText(points);
    if (!hidden.isEmpty()) {
        parts << hidden;
    }
    if (projection->rowsLeftOut > 0) {
        parts << tr("%1 of %2 rows, centred; the others hold no numbers")
                     .arg(groupedText(points), groupedText(projection->rows));
    } else {
        const QString all = isTied ? tr("all %1 rows") : tr("all %1 rows, centred");
        parts << (hidden.isEmpty() ? all.arg(groupedText(points)) : tr("all centred"));
    }
    if (!boxedRows().empty()) {
        parts.prepend(tr("%1 in the box").arg(groupedText(boxedRows().size())));
    }
    const QString share =
        percent(projection->explainedVarianceRatio[0] + projection->explainedVarianceRatio[1]);
    QStringList facts;
    for (const QString& kept : {isTied ? QString() : tr("PC 1 + PC 2 keep %1 of the variance"),
                                tr("PC 1 + PC 2 keep %1"), tr("%1 kept")}) {
        if (!kept.isEmpty()) {
            facts << (parts + QStringList(kept.arg(share))).join(QStringLiteral(" · "));
        }
    }
    setFact(thatFits(facts, QFontMetrics(theme().textFont(12.5)), width()));
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
    refreshFact();
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
