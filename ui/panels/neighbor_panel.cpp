// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/neighbor_panel.h"

#include "ui/models/copy_menu.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/panel_pieces.h"

#include <array>

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr std::array<Metric, 3> metrics = {Metric::Cosine, Metric::Euclidean, Metric::Dot};

QString timeText(double seconds) {
    return seconds < 1 ? Panel::tr("%1 ms").arg(QString::number(seconds * 1000, 'f', 1))
                       : Panel::tr("%1 s").arg(QString::number(seconds, 'f', 2));
}

}  // namespace

NeighborPanel::NeighborPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("neighbors"), tr("Nearest neighbours"), {Analyses::Neighbors}, parent),
      m_metric(new Segmented(context.theme, this)),
      m_count(new QSpinBox(this)),
      m_token(new ElidedLabel(this)),
      m_id(new ElidedLabel(this)),
      m_message(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Search again"), this)),
      m_time(new ElidedLabel(this)),
      m_list(new NeighborList(context.theme, this)),
      m_model(new NeighborModel(this)) {
    m_metric->setObjectName(QStringLiteral("metric"));
    m_metric->setItems({tr("Cosine"), tr("Euclidean"), tr("Dot")});
    m_metric->setToolTipOf(0, tr("Cosine of the angle between two vectors; their lengths do not count"));
    m_metric->setToolTipOf(1, tr("Distance between the ends of two vectors; smaller is nearer"));
    m_metric->setToolTipOf(2, tr("Dot product: cosine times both lengths"));
    m_count->setObjectName(QStringLiteral("count"));
    m_count->setRange(1, 1000);
    m_count->setValue(static_cast<int>(context.analyses.neighborOptions().k));
    m_count->setAccessibleName(tr("How many neighbours"));
    m_count->setToolTip(tr("How many neighbours are listed"));
    m_list->setObjectName(QStringLiteral("list"));
    m_list->setModel(m_model);
    m_id->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* controls = new QHBoxLayout;
    controls->addWidget(m_metric);
    controls->addStretch(1);
    controls->addWidget(m_count);
    auto* head = new QHBoxLayout;
    head->addWidget(m_token, 1);
    head->addWidget(m_id);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(controls);
    layout->addLayout(head);
    auto* state = new QHBoxLayout;
    state->addWidget(m_message, 1);
    state->addWidget(m_again);
    layout->addLayout(state);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_time);

    QWidget::setTabOrder(m_metric->button(m_metric->count() - 1), m_count);
    QWidget::setTabOrder(m_count, m_list);
    listen();
}

void NeighborPanel::listen() {
    connect(m_metric, &Segmented::chosen, this, [this](int index) {
        NeighborOptions options = m_context.analyses.neighborOptions();
        options.metric = metrics.at(static_cast<std::size_t>(index));
        m_context.analyses.setNeighborOptions(options);
    });
    connect(m_again, &QPushButton::clicked, this,
            [this] { m_context.analyses.retry(slot(), Analyses::Neighbors); });
    connect(m_count, &QSpinBox::valueChanged, this, [this](int value) {
        NeighborOptions options = m_context.analyses.neighborOptions();
        options.k = static_cast<std::size_t>(value);
        m_context.analyses.setNeighborOptions(options);
    });
    connect(m_list, &NeighborList::rowActivated, this, [this](int index) {
        if (const std::optional<Selected> token = tokenAt(index)) {
            m_context.selection.select(*token);
        }
    });
    connect(m_list, &NeighborList::rowHovered, this,
            [this](int index) { m_context.selection.hover(tokenAt(index)); });
}

std::optional<Selected> NeighborPanel::tokenAt(int index) const {
    const std::shared_ptr<const NeighborResult>& result = m_model->result();
    if (!result || result->model != model() || index < 0 || index >= m_model->rowCount()) {
        return std::nullopt;
    }
    return Selected{slot(), result->neighbors[static_cast<std::size_t>(index)].row, std::nullopt};
}

std::shared_ptr<const NeighborResult> NeighborPanel::current() const {
    return isCurrent(Analyses::Neighbors) && m_model->rowCount() > 0 ? m_model->result() : nullptr;
}

std::vector<DataTable> NeighborPanel::data() const {
    const std::shared_ptr<const NeighborResult> shown = current();
    return shown ? std::vector{neighborTable(tr("%1 neighbours").arg(groupedText(shown->neighbors.size())),
                                             shown)}
                 : std::vector<DataTable>();
}

void NeighborPanel::addToMenu(QMenu& menu) {
    addCopyMenu(menu, tr("Copy the table as"), current());
}

void NeighborPanel::refresh() {
    m_model->setResult(selectedRow() ? m_context.analyses.neighbors(slot()) : nullptr, slot());
    m_list->setDimmed(!isCurrent(Analyses::Neighbors));
    m_id->setFont(theme().monoFont(12));
    m_id->setColor(theme().muted);
    m_time->setFont(theme().textFont(12));
    m_time->setColor(theme().muted);
    const std::optional<Row> row = selectedRow();
    setToken(*m_token, row ? shownToken(*model(), *row) : QString(), theme().monoFont(16, QFont::DemiBold),
             theme().text);
    m_id->setText(row ? tr("ID %1").arg(row->value) : QString());
    for (QWidget* control : {static_cast<QWidget*>(m_metric), static_cast<QWidget*>(m_count)}) {
        control->setVisible(vectorModel() != nullptr);
    }
    refreshMessage();
    refreshFact();
}

QString NeighborPanel::metricName() const {
    const std::string_view text = name(m_context.analyses.neighborOptions().metric);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QStringList NeighborPanel::parameters() const {
    return {tr("%1 nearest by %2").arg(m_model->rowCount()).arg(metricName())};
}

void NeighborPanel::refreshMessage() {
    const QString failure = failureText(slot(), Analyses::Neighbors, tr("The search was cancelled."));
    const bool wasCancelled = m_context.analyses.wasCancelled(slot(), Analyses::Neighbors);
    QString message;
    if (!vectorModel()) {
        message = noVectors(slot());
    } else if (!selectedRow()) {
        message = nothingSelected();
    } else if (!failure.isEmpty()) {
        message = failure;
    } else if (isCurrent(Analyses::Neighbors) && m_model->rowCount() == 0) {
        message = tr("No neighbours: this vector is all zeros or holds no numbers.");
    }
    m_message->setFont(theme().textFont(13));
    const bool isFailure = !message.isEmpty() && message == failure;
    m_message->setColor(isFailure && !wasCancelled ? theme().error : theme().muted);
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_again->offer(isFailure && wasCancelled);
}

void NeighborPanel::refreshFact() {
    if (!vectorModel()) {
        m_time->hide();
        setFact({});
        return;
    }
    const QString exact = tr("exact over %1 rows").arg(groupedText(model()->table->rows()));
    // Without the buttons, somebody has to say which of them is chosen.
    setFact(m_context.controls ? exact : metricName() + QStringLiteral(" · ") + exact);
    const std::shared_ptr<const NeighborResult>& result = m_model->result();
    const bool hasTime = m_context.showTimes && result && isCurrent(Analyses::Neighbors);
    m_time->setVisible(m_context.showTimes);
    m_time->setText(
        hasTime ? tr("%1 found in %2").arg(groupedText(result->neighbors.size()), timeText(result->seconds))
                : QString());
}

}  // namespace lexiscope
