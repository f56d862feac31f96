// SPDX-License-Identifier: GPL-3.0-or-later
// LayerPanel: its parts and controls, and where they stand.
#include "ui/panels/layer_panel.h"
#include "ui/widgets/panel_pieces.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int leastTable = 240;  // pixels of width
constexpr int leastLookup = 330;
constexpr int leastStep = 330;
constexpr int mostTimes = 99;
constexpr double mostRate = 10;
constexpr double usualRate = 0.1;

}  // namespace

LayerPanel::LayerPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("layer"), tr("Embedding layer"), {Analyses::Encoding}, parent),
      m_analysis(new LayerAnalysis(context.analyses.runner(), this)),
      m_parts(new PartRow(context.theme, Qt::Horizontal, this)) {
    for (const int slot : {0, 1}) {
        const QChar letter(u'A' + slot);
        QPushButton*& use = m_use[static_cast<std::size_t>(slot)];
        use = namedButton(
            this, QStringLiteral("use%1").arg(letter), tr("Show in %1").arg(letter),
            tr("Makes the new layer the model in slot %1. Its neighbours are chance: nothing has been "
               "learned yet")
                .arg(letter));
        use->setCheckable(true);
        use->hide();  // until a host has a place for it
    }
    m_head = makeHead();
    m_parts->addPart(QStringLiteral("table"), tr("Table"), makeTable(), 5, leastTable);
    m_parts->addPart(QStringLiteral("lookup"), tr("Look-up"), makeLookup(), 5, leastLookup);
    m_parts->addPart(QStringLiteral("step"), tr("Gradient step"), makeStep(), 5, leastStep);
    QVBoxLayout* layout = columnOf(this, partSpacing);
    layout->addWidget(m_head);
    layout->addWidget(m_parts, 1);
    listen();
}

QList<QWidget*> LayerPanel::tools() {
    return {m_use[0], m_use[1]};
}

QWidget* LayerPanel::makeHead() {
    auto* head = new QWidget(this);
    m_sources = new Segmented(m_context.theme, head);
    m_sources->setObjectName(QStringLiteral("source"));
    m_sources->setItems({tr("New layer"), tr("Model in front")});
    m_sources->setToolTipOf(0, tr("A layer as torch.nn.Embedding begins: weights by chance"));
    m_sources->setToolTipOf(1, tr("The table that the model in front has learned"));
    m_row = new QSpinBox(head);
    m_row->setObjectName(QStringLiteral("row"));
    m_row->setAccessibleName(tr("Row that is looked up"));
    m_row->setToolTip(tr("The ID that is looked up: the number of a row"));
    m_row->setPrefix(tr("ID "));
    m_row->setGroupSeparatorShown(true);
    m_row->setKeyboardTracking(false);
    m_form = new LayerForm(head);
    m_form->setObjectName(QStringLiteral("form"));
    m_form->setOptions(usualLayer());
    m_note = wrappedLabel(head, QStringLiteral("note"));
    auto* line = new QHBoxLayout;
    line->addWidget(m_sources);
    line->addStretch(1);
    line->addWidget(m_row);
    QVBoxLayout* layout = columnOf(head, partSpacing);
    layout->addLayout(line);
    layout->addWidget(m_form);
    layout->addWidget(m_note);
    return head;
}

QWidget* LayerPanel::makeTable() {
    auto* part = new QWidget(this);
    m_map = new HeatMapView(m_context.theme, part);
    m_map->setObjectName(QStringLiteral("map"));
    m_map->setAccessibleName(tr("The table of weights"));
    m_map->setAccessibleDescription(
        tr("One row per ID. Up and Down look another row up, Page Up and Page Down scroll, plus and minus "
           "zoom."));
    m_again = new AgainButton(tr("Make again"), this);
    m_again->standIn(m_map, [this] { return QRectF(m_map->rect()); });
    columnOf(part, partSpacing)->addWidget(m_map, 1);
    return part;
}

QWidget* LayerPanel::makeLookup() {
    auto* part = new QWidget(this);
    m_lookupText = wrappedLabel(part, QStringLiteral("lookupText"));
    m_lookup = new LookupPlot(m_context.theme, part);
    m_lookup->setObjectName(QStringLiteral("lookup"));
    m_player = new StepPlayer(m_context.theme, part);
    m_player->setObjectName(QStringLiteral("player"));
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->setSpacing(partSpacing - 2);
    layout->addWidget(m_lookupText);
    layout->addWidget(m_lookup, 1);
    layout->addWidget(m_player);
    m_player->setVisible(m_context.controls);
    return part;
}

QWidget* LayerPanel::makeStep() {
    auto* part = new QWidget(this);
    m_stepTitle = wrappedLabel(part, QStringLiteral("stepTitle"));
    auto* fields = new FieldGrid(QStringLiteral("in batch 1 ×"), 3, 3, part);
    m_stepFields = fields;
    m_goal = fields->addNumber(tr("goal"), 0, 0,
                               tr("The row that it is drawn towards; for the step it is held still"));
    m_rate = new PlainNumberField(fields);
    m_rate->setPrefix(tr("rate "));
    m_rate->setDecimals(4);
    m_rate->setRange(0.0001, mostRate);
    m_rate->setSingleStep(0.05);
    m_rate->setValue(usualRate);
    m_rate->setObjectName(QStringLiteral("rate"));
    m_rate->setAccessibleName(tr("rate"));
    m_rate->setToolTip(
        tr("Learning rate: how much of the gradient is taken away in a step. Above 2 it leads "
           "away from the goal"));
    fields->add(m_rate);
    m_times =
        fields->addNumber(tr("in batch"), 1, mostTimes,
                          tr("How often the ID stands in the batch: each adds its part to the gradient"));
    m_times->setSuffix(QStringLiteral(" ×"));
    m_strips = new SumStrips(m_context.theme, part);
    m_strips->setObjectName(QStringLiteral("strips"));
    m_strips->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_strips->setAccessibleName(tr("The row before the step, its gradient, and the row after"));
    m_stepText = wrappedLabel(part, QStringLiteral("stepText"));
    m_take = namedButton(part, QStringLiteral("take"), tr("Take the step"),
                         tr("The row becomes what it is after the step; the next one begins from there"));
    m_back = namedButton(part, QStringLiteral("back"), tr("Back to the start"), tr("Takes all steps back"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_take);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->addWidget(m_stepTitle);
    layout->addWidget(m_stepFields);
    layout->addWidget(m_strips);
    layout->addWidget(m_stepText);
    layout->addLayout(buttons);
    layout->addStretch(1);
    m_stepFields->setVisible(m_context.controls);
    return part;
}

}  // namespace lexiscope
