// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/id_panel.h"

#include "ui/models/copy_menu.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/panel_pieces.h"

#include <cmath>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int leastWidth = 230;

}  // namespace

IdPanel::IdPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("ids"), tr("IDs mean nothing, vectors do"), {}, parent),
      m_analysis(new IdAnalysis(context.analyses.runner(), this)),
      m_token(new ElidedLabel(this)),
      m_id(new ElidedLabel(this)),
      m_message(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Search again"), this)),
      m_parts(new PartRow(context.theme, Qt::Horizontal, this)) {
    build(m_sides[0], QStringLiteral("byId"), tr("By ID"), tr("Neighbours by ID"),
          tr("The tokens numbered just before and after it. An ID is the number of a row, given out when the "
             "vocabulary was made: that two are close says nothing about what they mean."));
    build(
        m_sides[1], QStringLiteral("byVector"), tr("By vector"), tr("Neighbours by vector"),
        tr("The tokens whose rows point most nearly the same way, found by comparing all rows. Training has "
           "moved what is used alike into the same direction."));
    m_id->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* head = new QHBoxLayout;
    head->addWidget(m_token, 1);
    head->addWidget(m_id);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(head);
    auto* state = new QHBoxLayout;
    state->addWidget(m_message, 1);
    state->addWidget(m_again);
    layout->addLayout(state);
    layout->addWidget(m_parts, 1);
    connect(m_analysis, &IdAnalysis::changed, this, &IdPanel::scheduleRefresh);
    connect(m_again, &QPushButton::clicked, m_analysis, &IdAnalysis::retry);
}

void IdPanel::build(Side& side, const QString& name, const QString& shortTitle, const QString& title,
                    const QString& explanation) {
    auto* part = new QWidget(this);
    side.title = new ElidedLabel(part);
    side.title->setText(title);
    side.title->setExplanation(explanation);
    side.mean = new ElidedLabel(part);
    side.list = new NeighborList(m_context.theme, part);
    side.list->setObjectName(name);
    side.list->setAccessibleName(title);
    side.model = new NeighborModel(this);
    side.model->setShowsIds(true);
    side.list->setModel(side.model);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(side.title);
    layout->addWidget(side.mean);
    layout->addWidget(side.list, 1);
    m_parts->addPart(name, shortTitle, part, 1, leastWidth);
    connect(side.list, &NeighborList::rowActivated, this, [this, &side](int index) {
        if (const std::optional<Selected> token = tokenAt(side, index)) {
            m_context.selection.select(*token);
        }
    });
    connect(side.list, &NeighborList::rowHovered, this,
            [this, &side](int index) { m_context.selection.hover(tokenAt(side, index)); });
}

std::optional<Selected> IdPanel::tokenAt(const Side& side, int index) const {
    const std::shared_ptr<const NeighborResult>& result = side.model->result();
    if (!result || result->model != model() || index < 0 || index >= side.model->rowCount()) {
        return std::nullopt;
    }
    return Selected{slot(), result->neighbors[static_cast<std::size_t>(index)].row, std::nullopt};
}

std::shared_ptr<const NeighborResult> IdPanel::current(const Side& side) const {
    return m_analysis->isCurrent() ? side.model->result() : nullptr;
}

std::vector<DataTable> IdPanel::data() const {
    std::vector<DataTable> tables;
    for (const Side& side : m_sides) {
        if (const std::shared_ptr<const NeighborResult> shown = current(side)) {
            tables.push_back(neighborTable(side.title->text(), shown));
        }
    }
    return tables;
}

void IdPanel::addToMenu(QMenu& menu) {
    addCopyMenu(menu, tr("Copy the neighbours by ID as"), current(m_sides[0]));
    addCopyMenu(menu, tr("Copy the neighbours by vector as"), current(m_sides[1]));
}

QStringList IdPanel::parameters() const {
    return {tr("IDs %1 before to %1 after, %2 nearest").arg(IdAnalysis::reach).arg(2 * IdAnalysis::reach)};
}

void IdPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    m_analysis->setInputs(nullptr, Row{});
}

QString IdPanel::message() const {
    if (!vectorModel()) {
        return noVectors(slot());
    }
    if (!selectedRow()) {
        return nothingSelected();
    }
    const std::optional<Error>& failure = m_analysis->failure();
    if (!failure) {
        return {};
    }
    return failure->code == ErrorCode::Cancelled ? tr("The search was cancelled.")
                                                 : QString::fromStdString(toString(*failure));
}

void IdPanel::refresh() {
    const std::optional<Row> row = selectedRow();
    m_analysis->setInputs(row ? vectorModel() : nullptr, row.value_or(Row{}));
    const QString text = message();
    setToken(*m_token, row ? shownToken(*model(), *row) : QString(), theme().monoFont(16, QFont::DemiBold),
             theme().text);
    m_id->setFont(theme().monoFont(12));
    m_id->setColor(theme().muted);
    m_id->setText(row ? tr("ID %1").arg(row->value) : QString());
    m_message->setFont(theme().textFont(13));
    const bool wasCancelled = m_analysis->failure() && m_analysis->failure()->code == ErrorCode::Cancelled;
    m_message->setColor(m_analysis->failure() && !wasCancelled ? theme().error : theme().muted);
    m_again->offer(wasCancelled);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    const std::shared_ptr<const IdResult> result = text.isEmpty() ? m_analysis->result() : nullptr;
    refreshSide(m_sides[0], result ? result->byId : nullptr, result ? result->meanById : 0);
    refreshSide(m_sides[1], result ? result->byVector : nullptr, result ? result->meanByVector : 0);
    setFact(vectorModel() ? tr("cosine · exact over %1 rows").arg(groupedText(model()->table->rows()))
                          : QString());
}

void IdPanel::refreshSide(const Side& side, std::shared_ptr<const NeighborResult> neighbors, double mean) {
    side.title->setFont(theme().textFont(13, QFont::DemiBold));
    side.title->setColor(theme().text);
    side.mean->setFont(theme().textFont(12));
    side.mean->setColor(theme().muted);
    side.mean->setText(!neighbors || std::isnan(mean) ? QString()
                                                      : tr("mean cosine %1").arg(numberText(mean, 3)));
    const bool isNew = neighbors != side.model->result();
    side.model->setResult(std::move(neighbors), slot());
    side.list->setDimmed(!m_analysis->isCurrent());
    const std::shared_ptr<const NeighborResult>& shown = side.model->result();
    for (int i = 0; isNew && i < side.model->rowCount(); ++i) {
        // The token itself is marked among the others.
        if (shown->neighbors[static_cast<std::size_t>(i)].row == shown->row) {
            side.list->setCurrentIndex(side.model->index(i));
        }
    }
}

}  // namespace lexiscope
