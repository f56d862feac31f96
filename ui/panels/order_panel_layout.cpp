// SPDX-License-Identifier: GPL-3.0-or-later
// OrderPanel: its views, and where things stand in them.
#include "ui/panels/order_panel.h"
#include "ui/widgets/exact_characters.h"
#include "ui/widgets/panel_pieces.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int leastScrolled = 90;  // pixels of a view in height; the rest is scrolled to
constexpr int stepMilliseconds = 1100;

QLabel* label(QWidget* parent, const QString& name) {
    auto* made = new QLabel(parent);
    made->setObjectName(name);
    made->setTextFormat(Qt::PlainText);
    return made;
}

/// As wide as its content needs; where there is little height the content is scrolled, not squeezed.
class TallArea final : public QScrollArea {
  public:
    using QScrollArea::QScrollArea;
    QSize minimumSizeHint() const override {
        return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), leastScrolled};
    }

  protected:
    bool event(QEvent* event) override {
        if (event->type() == QEvent::LayoutRequest) {
            updateGeometry();  // the content may need another width
        }
        return QScrollArea::event(event);
    }
};

QScrollArea* scrolled(QWidget* content, QWidget* parent) {
    auto* area = new TallArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    if (auto* rows = qobject_cast<TokenRows*>(content)) {
        QObject::connect(rows, &TokenRows::stepped, area, [area](const QRectF& strip) {
            const QPointF middle = strip.center();
            area->ensureVisible(qRound(middle.x()), qRound(middle.y()), 0, qRound(strip.height()));
        });
    }
    return area;
}

}  // namespace

OrderPanel::OrderPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("order"), tr("Order"), {}, parent),
      m_analysis(new OrderAnalysis(context.analyses.runner(), this)),
      m_views(new ViewStack(context.theme, this)) {
    auto* layout = columnOf(this, partSpacing);
    buildHead();
    m_views->addView(QStringLiteral("words"), tr("Same words"), makeWords());
    m_views->addView(QStringLiteral("parallel"), tr("In parallel"), makeParallel());
    m_views->addView(QStringLiteral("rotary"), tr("Rotary"), makeRotary());
    m_views->choice().setAccessibleName(tr("View"));
    m_views->choice().setToolTipOf(0, tr("Two sentences of the same words, as sets of rows"));
    m_views->choice().setToolTipOf(1, tr("Reading word by word, and all words at once"));
    m_views->choice().setToolTipOf(2, tr("Turned by their positions, words score by the difference alone"));
    layout->addWidget(m_views, 1);
    listen();
    listenToRotary();
}

void OrderPanel::buildHead() {
    const auto field = [this](const char* name, const QString& title) {
        auto* made = new QLineEdit(this);
        made->setObjectName(QString::fromLatin1(name));
        made->setAccessibleName(title);
        made->setPlaceholderText(title);
        new ExactLine(made);
        return made;
    };
    m_first = field("first", tr("First sentence"));
    m_second = field("second", tr("Second sentence"));
    m_examples = new QPushButton(tr("Examples ▾"), this);
    m_examples->setObjectName(QStringLiteral("examples"));
    m_examples->setToolTip(tr("Pairs of sentences to try"));
    auto* menu = new QMenu(tr("Examples"), m_examples);
    for (const SentencePair& pair : sentencePairs()) {
        menu->addAction(tr("%1  /  %2").arg(pair.first, pair.second), this, [this, pair] {
            m_sentencesChosen = true;
            setSentences(pair);
            scheduleRefresh();
        });
    }
    m_examples->setMenu(menu);
    m_shuffle = new QPushButton(tr("Shuffle again"), this);
    m_shuffle->setObjectName(QStringLiteral("shuffle"));
    m_shuffle->setToolTip(tr("Puts the words in another order; the same orders come each time"));
    m_verdict = label(this, QStringLiteral("verdict"));
    m_verdict->setWordWrap(true);
    m_again = new AgainButton(tr("Read again"), this);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(partSpacing);
    fields->addWidget(m_first, 1);
    fields->addWidget(m_second, 1);
    fields->addWidget(m_shuffle);
    fields->addWidget(m_examples);
    auto* state = new QHBoxLayout;
    state->addWidget(m_verdict, 1);
    state->addWidget(m_again);
    auto* layout = static_cast<QVBoxLayout*>(this->layout());
    layout->addLayout(fields);
    layout->addLayout(state);
    if (!m_context.controls) {
        // The chips say what the sentences are.
        m_first->hide();
        m_second->hide();
    }
}

QWidget* OrderPanel::makeWords() {
    m_words = new TokenRows(m_context.theme, this);
    m_words->setObjectName(QStringLiteral("words"));
    m_words->setAccessibleName(tr("Rows of both sentences"));
    return scrolled(m_words, this);
}

QWidget* OrderPanel::makeParallel() {
    auto* part = new QWidget(this);
    m_parallel = new TokenRows(m_context.theme, part);
    m_parallel->setObjectName(QStringLiteral("parallel"));
    m_parallel->setAccessibleName(tr("States word by word, and rows all at once"));
    m_player = new StepPlayer(m_context.theme, part);
    m_player->setObjectName(QStringLiteral("player"));
    m_player->setInterval(stepMilliseconds);
    m_player->setVisible(m_context.controls);
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->addWidget(scrolled(m_parallel, part), 1);
    layout->addWidget(m_player);
    return part;
}

void OrderPanel::buildSide(Side& side, int row, const QString& name, const QString& title) {
    auto* grid = static_cast<QGridLayout*>(m_rotaryControls->layout());
    side.name = label(m_rotaryControls, name + QStringLiteral("Name"));
    side.name->setText(title);
    side.word = new QComboBox(m_rotaryControls);
    side.word->setObjectName(name);
    side.word->setAccessibleName(tr("Word that is the %1").arg(title));
    side.word->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    side.position = new QSlider(Qt::Horizontal, m_rotaryControls);
    side.position->setObjectName(name + QStringLiteral("Position"));
    side.position->setAccessibleName(tr("Position of the %1").arg(title));
    side.position->setRange(0, lastPlace);
    side.place = label(m_rotaryControls, name + QStringLiteral("Place"));
    side.place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(side.name, row, 0);
    grid->addWidget(side.word, row, 1);
    grid->addWidget(side.position, row, 2);
    grid->addWidget(side.place, row, 3);
}

QWidget* OrderPanel::makeRotary() {
    auto* part = new QWidget(this);
    m_rotaryControls = new QWidget(part);
    auto* grid = new QGridLayout(m_rotaryControls);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(partSpacing + 2);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(2, 1);
    buildSide(m_sides[0], 0, QStringLiteral("query"), tr("query"));
    buildSide(m_sides[1], 1, QStringLiteral("key"), tr("key"));
    m_bothName = label(m_rotaryControls, QStringLiteral("bothName"));
    m_bothName->setText(tr("both together"));
    m_both = new QSlider(Qt::Horizontal, m_rotaryControls);
    m_both->setObjectName(QStringLiteral("bothPositions"));
    m_both->setAccessibleName(tr("Both positions, their difference kept"));
    m_bothPlace = label(m_rotaryControls, QStringLiteral("bothPlace"));
    m_bothPlace->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(m_bothName, 2, 0, 1, 2);
    grid->addWidget(m_both, 2, 2);
    grid->addWidget(m_bothPlace, 2, 3);
    m_sides[0].position->setValue(8);
    m_sides[1].position->setValue(3);
    auto* numbers = new QGridLayout;
    numbers->setHorizontalSpacing(partSpacing + 4);
    numbers->setVerticalSpacing(2);
    for (int i = 0; i < static_cast<int>(m_numbers.size()); ++i) {
        Number& number = m_numbers[static_cast<std::size_t>(i)];
        number = {new ElidedLabel(part), new ElidedLabel(part)};
        number.value->setObjectName(QStringLiteral("number%1").arg(i));
        numbers->addWidget(number.name, 0, i);
        numbers->addWidget(number.value, 1, i);
        numbers->setColumnStretch(i, i + 1 == static_cast<int>(m_numbers.size()) ? 2 : 1);
    }
    m_rotary = new RotaryPlot(m_context.theme, part);
    m_rotary->setObjectName(QStringLiteral("rotary"));
    m_rotaryControls->setVisible(m_context.controls);
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->addWidget(m_rotaryControls);
    layout->addLayout(numbers);
    layout->addWidget(m_rotary, 1);
    return scrolled(part, this);
}

}  // namespace lexiscope
