// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pair_neighbor_panel.h"

#include "core/compare/shared_words.h"
#include "ui/models/copy_menu.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/slot_mark.h"

#include <set>

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr std::array<int, 6> counts = {5, 10, 12, 20, 50, 100};

QString shownName(Metric metric) {
    switch (metric) {
        case Metric::Cosine:
            return Panel::tr("Cosine");
        case Metric::Euclidean:
            return Panel::tr("Euclidean");
        case Metric::Dot:
            return Panel::tr("Dot product");
    }
    return {};
}

std::vector<Row> rowsOf(const NeighborModel& model) {
    std::vector<Row> rows;
    for (const Neighbor& neighbor : model.result()->neighbors) {
        rows.push_back(neighbor.row);
    }
    return rows;
}

}  // namespace

PairNeighborPanel::PairNeighborPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("neighborsAB"), tr("Nearest neighbours"), {Analyses::Neighbors}, parent),
      m_options(new QPushButton(this)),
      m_menu(new QMenu(this)),
      m_metrics(new QActionGroup(this)),
      m_counts(new QActionGroup(this)) {
    setShownSlots({0, 1});
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        buildSide(slot);
    }
    m_links = new LinkLines(context.theme, *side(0).list, *side(1).list, this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side(0).widget, 1);
    layout->addWidget(m_links);
    layout->addWidget(side(1).widget, 1);
    buildMenu();
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        listen(slot);
    }
}

void PairNeighborPanel::buildSide(int slot) {
    const QString letter = slotLetter(slot);
    Side& built = side(slot);
    built.widget = new QWidget(this);
    built.token = new ElidedLabel(built.widget);
    built.id = new ElidedLabel(built.widget);
    built.message = new ElidedLabel(built.widget);
    built.again = new AgainButton(tr("Search again"), built.widget);
    built.list = new NeighborList(m_context.theme, built.widget);
    built.model = new NeighborModel(this);
    built.token->setObjectName(QStringLiteral("token") + letter);
    built.message->setObjectName(QStringLiteral("message") + letter);
    built.list->setObjectName(QStringLiteral("list") + letter);
    built.list->setAccessibleName(tr("Nearest neighbours in model %1").arg(letter));
    built.list->setModel(built.model);
    built.id->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new SlotMark(m_context.theme, slot, built.widget));
    head->addWidget(built.token, 1);
    head->addWidget(built.id);
    auto* layout = new QVBoxLayout(built.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(built.message);
    layout->addWidget(built.again, 0, Qt::AlignLeft);
    layout->addWidget(built.list, 1);
}

void PairNeighborPanel::buildMenu() {
    m_options->setObjectName(QStringLiteral("options"));
    m_options->setAccessibleName(tr("Measure and number of neighbours"));
    m_options->setToolTip(tr("By what measure, and how many neighbours are listed"));
    m_options->setMenu(m_menu);
    m_options->hide();  // until a host has a place for it
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot}) {
        QAction* action = m_metrics->addAction(shownName(metric));
        action->setCheckable(true);
        action->setData(static_cast<int>(metric));
        connect(action, &QAction::triggered, this, [this, metric] {
            NeighborOptions options = m_context.analyses.neighborOptions();
            options.metric = metric;
            m_context.analyses.setNeighborOptions(options);
        });
    }
    for (const int number : counts) {
        QAction* action = m_counts->addAction(tr("%1 neighbours").arg(number));
        action->setCheckable(true);
        action->setData(number);
        connect(action, &QAction::triggered, this, [this, number] {
            NeighborOptions options = m_context.analyses.neighborOptions();
            options.k = static_cast<std::size_t>(number);
            m_context.analyses.setNeighborOptions(options);
        });
    }
    m_menu->addActions(m_metrics->actions());
    m_menu->addSeparator();
    m_menu->addActions(m_counts->actions());
}

QList<QWidget*> PairNeighborPanel::tools() {
    m_options->setHidden(false);
    return {m_options};
}

QStringList PairNeighborPanel::parameters() const {
    const NeighborOptions& options = m_context.analyses.neighborOptions();
    const std::string_view metric = name(options.metric);
    return {tr("%1 nearest by %2")
                .arg(options.k)
                .arg(QString::fromLatin1(metric.data(), static_cast<qsizetype>(metric.size())))};
}

void PairNeighborPanel::listen(int slot) {
    NeighborList* list = side(slot).list;
    connect(list, &NeighborList::rowActivated, this, [this, slot](int index) {
        if (const std::optional<Selected> token = tokenAt(slot, index)) {
            m_context.selection.select(*token);
        }
    });
    connect(side(slot).again, &QPushButton::clicked, this,
            [this, slot] { m_context.analyses.retry(slot, Analyses::Neighbors); });
    connect(list, &NeighborList::rowHovered, this,
            [this, slot](int index) { m_context.selection.hover(tokenAt(slot, index)); });
    // Ranks stay beside each other.
    QScrollBar* other = side(1 - slot).list->verticalScrollBar();
    connect(list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this, other](int value) {
        if (!std::exchange(m_scrolling, true)) {
            other->setValue(value);
            m_scrolling = false;
        }
    });
}

std::optional<Selected> PairNeighborPanel::tokenAt(int slot, int index) const {
    const NeighborModel& model = *side(slot).model;
    if (!model.result() || model.result()->model != m_context.session.slot(slot).model || index < 0 ||
        index >= model.rowCount()) {
        return std::nullopt;
    }
    return Selected{slot, model.result()->neighbors[static_cast<std::size_t>(index)].row, std::nullopt};
}

std::shared_ptr<const NeighborResult> PairNeighborPanel::current(int slot) const {
    const bool isCurrent = m_context.analyses.isCurrent(slot, Analyses::Neighbors);
    return isCurrent && side(slot).model->rowCount() > 0 ? side(slot).model->result() : nullptr;
}

std::vector<DataTable> PairNeighborPanel::data() const {
    std::vector<DataTable> tables;
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        if (const std::shared_ptr<const NeighborResult> shown = current(slot)) {
            tables.push_back(neighborTable(
                tr("%1 %2 neighbours").arg(slotLetter(slot), groupedText(shown->neighbors.size())), shown));
        }
    }
    return tables;
}

void PairNeighborPanel::addToMenu(QMenu& menu) {
    addCopyMenu(menu, tr("Copy the table of %1 as").arg(slotLetter(0)), current(0));
    addCopyMenu(menu, tr("Copy the table of %1 as").arg(slotLetter(1)), current(1));
}

void PairNeighborPanel::refresh() {
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        refreshSide(slot);
    }
    refreshFact(refreshLinks());
    const NeighborOptions& options = m_context.analyses.neighborOptions();
    m_options->setText(shownName(options.metric) + QStringLiteral(" ▾"));
    for (QAction* action : m_metrics->actions()) {
        action->setChecked(action->data().toInt() == static_cast<int>(options.metric));
    }
    for (QAction* action : m_counts->actions()) {
        action->setChecked(action->data().toULongLong() == options.k);
    }
}

QString PairNeighborPanel::messageOf(int slot) const {
    if (!vectorModel(slot)) {
        return noVectors(slot);
    }
    if (!m_context.analyses.selectedRow(slot)) {
        const bool isSought =
            m_context.selection.selected() && !m_context.analyses.isCurrent(slot, Analyses::Counterpart);
        return isSought ? QString() : nothingSelected(slot);
    }
    if (m_context.analyses.failure(slot, Analyses::Neighbors)) {
        return failureText(slot, Analyses::Neighbors, tr("The search was cancelled."));
    }
    if (m_context.analyses.isCurrent(slot, Analyses::Neighbors) && side(slot).model->rowCount() == 0) {
        return tr("No neighbours: this vector is all zeros or holds no numbers.");
    }
    return {};
}

void PairNeighborPanel::refreshSide(int slot) {
    Side& shown = side(slot);
    const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
    const std::optional<Row> row = m_context.analyses.selectedRow(slot);
    shown.model->setResult(row ? m_context.analyses.neighbors(slot) : nullptr, slot);
    shown.list->setDimmed(!m_context.analyses.isCurrent(slot, Analyses::Neighbors));
    setToken(*shown.token, row ? shownToken(*model, *row) : QString(), theme().monoFont(14, QFont::DemiBold),
             theme().text);
    shown.id->setFont(theme().monoFont(12));
    shown.id->setColor(theme().muted);
    shown.id->setText(row ? tr("ID %1").arg(row->value) : QString());
    const QString message = messageOf(slot);
    shown.message->setFont(theme().textFont(13));
    shown.message->setColor(theme().muted);
    shown.message->setText(message);
    shown.message->setVisible(!message.isEmpty());
    shown.again->offer(row && m_context.analyses.wasCancelled(slot, Analyses::Neighbors));
}

std::optional<std::size_t> PairNeighborPanel::refreshLinks() {
    const NeighborModel& here = *side(0).model;
    const NeighborModel& there = *side(1).model;
    const auto isReady = [this](int slot) {
        return side(slot).model->rowCount() > 0 && m_context.analyses.isCurrent(slot, Analyses::Neighbors);
    };
    if (!isReady(0) || !isReady(1)) {
        m_links->setLinks({});
        return std::nullopt;
    }
    std::vector<std::pair<int, int>> links;
    std::set<int> shared;
    std::set<int> sharedThere;
    for (const SharedPlace& place : sharedPlaces(*here.result()->model->vocabulary, rowsOf(here),
                                                 *there.result()->model->vocabulary, rowsOf(there))) {
        links.emplace_back(static_cast<int>(place.first), static_cast<int>(place.second));
        shared.insert(static_cast<int>(place.first));
        sharedThere.insert(static_cast<int>(place.second));
    }
    side(0).model->setShared(shared);
    side(1).model->setShared(sharedThere);
    m_links->setLinks(std::move(links));
    return shared.size();
}

void PairNeighborPanel::refreshFact(std::optional<std::size_t> shared) {
    const std::string_view metric = name(m_context.analyses.neighborOptions().metric);
    QString fact = QString::fromLatin1(metric.data(), static_cast<qsizetype>(metric.size()));
    if (shared) {
        const int listed = std::min(side(0).model->rowCount(), side(1).model->rowCount());
        fact += tr(" · %1 of %2 shared").arg(*shared).arg(listed);
    }
    setFact(fact);
}

}  // namespace lexiscope
