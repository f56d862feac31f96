// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/widgets/card_body.h"
#include "ui/widgets/exact_characters.h"
#include "ui/widgets/paint.h"

#include <algorithm>

#include <QAction>
#include <QBoxLayout>
#include <QContextMenuEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTextDocument>

namespace lexiscope {
namespace {

constexpr int cardMargin = 13;
constexpr int aboveContent = 6;
constexpr double cardRadius = 8;

void paintCard(QWidget& widget, const Theme& theme) {
    QPainter painter(&widget);
    painter.fillRect(widget.rect(), theme.window);
    paintRounded(painter, widget.rect(), cardRadius, theme.surface, theme.line);
}

}  // namespace

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString& text) {
    if (text == m_text) {
        return;
    }
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setShorter(const QString& text) {
    m_shorter = text;
    update();
}

void ElidedLabel::setExplanation(const QString& explanation) {
    m_explanation = explanation;
    setAccessibleDescription(explanation);
}

void ElidedLabel::setColor(const QColor& color) {
    m_color = color;
    update();
}

void ElidedLabel::setFont(const QFont& font) {
    if (m_font == font) {
        return;
    }
    m_font = font;
    updateGeometry();
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
    m_elide = mode;
    update();
}

QString ElidedLabel::shownText() const {
    const bool isShort = !m_shorter.isEmpty() && fontMetrics().horizontalAdvance(m_text) > width();
    const QString text = fontMetrics().elidedText(isShort ? m_shorter : m_text, m_elide, width());
    return text == QStringLiteral("…") ? QString() : text;  // says nothing
}

QSize ElidedLabel::sizeHint() const {
    const QFontMetrics metrics = fontMetrics();
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {0, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(m_color.isValid() ? m_color : palette().color(QPalette::WindowText));
    drawExactLine(painter, QRectF(rect()), m_alignment, shownText());
}

void ElidedLabel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        // What looks like markup in a text is shown as it is.
        const QString hidden = shownText() == m_text ? QString() : m_text;
        const bool both = !hidden.isEmpty() && !m_explanation.isEmpty();
        const QString tip = hidden + (both ? QStringLiteral("\n") : QString()) + m_explanation;
        setToolTip(Qt::mightBeRichText(tip) ? tip.toHtmlEscaped() : tip);
    }
    return QWidget::event(event);
}

CardTitle::CardTitle(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setObjectName(QStringLiteral("title"));
    m_title = new ElidedLabel(this);
    m_title->setObjectName(QStringLiteral("titleText"));
    m_fact = new ElidedLabel(this);
    m_fact->setObjectName(QStringLiteral("fact"));
    m_fact->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(9);
    m_grid->setVerticalSpacing(3);
    m_tools = new QHBoxLayout;
    m_tools->setSpacing(6);
    m_grid->addWidget(m_title, 0, 0);
    m_grid->addLayout(m_tools, 0, 1);
    m_grid->addWidget(m_fact, 0, 2);
    m_grid->setColumnStretch(2, 1);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_fact->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(&m_theme, &ThemeSource::changed, this, &CardTitle::restyle);
    restyle();
}

void CardTitle::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

void CardTitle::setFact(const QString& fact) {
    m_fact->setText(fact);
    setAccessibleDescription(fact);
    placeFact();
}

void CardTitle::addTool(QWidget* tool) {
    m_tools->addWidget(tool);
    placeFact();
}

void CardTitle::placeFact() {
    const int gaps = 2 * m_grid->horizontalSpacing();
    const int wanted =
        m_title->sizeHint().width() + m_tools->sizeHint().width() + m_fact->sizeHint().width() + gaps;
    const bool below = !m_fact->text().isEmpty() && wanted > contentsRect().width();
    if (below == m_factIsBelow) {
        return;
    }
    m_factIsBelow = below;
    m_grid->removeWidget(m_fact);
    if (below) {
        m_grid->addWidget(m_fact, 1, 0, 1, 3);
    } else {
        m_grid->addWidget(m_fact, 0, 2);
    }
    m_fact->setAlignment((below ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    updateGeometry();
}

void CardTitle::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeFact();
}

bool CardTitle::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        placeFact();  // a tool has come, gone or changed its width
    }
    return handled;
}

void CardTitle::restyle() {
    const Theme& theme = m_theme.theme();
    m_title->setFont(theme.textFont(14, QFont::DemiBold));
    m_title->setColor(theme.text);
    m_fact->setFont(theme.textFont(12.5));
    m_fact->setColor(theme.muted);
    // As high as with tools in it, so that the titles of neighbouring cards stand on one line.
    m_title->setMinimumHeight(qRound(25 * theme.fontScale));
    placeFact();
    update();
}

void CardTitle::paintEvent(QPaintEvent*) {
    if (hasFocus()) {
        QPainter painter(this);
        const int room = m_factIsBelow ? 1 : 4;  // the fact begins right below
        const QRectF ring = QRectF(m_title->geometry()).adjusted(-6, -room, 6, room);
        paintFocusRing(painter, ring.intersected(QRectF(rect())), 5, m_theme.theme());
    }
}

void CardTitle::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            Q_EMIT menuWanted(mapToGlobal(m_title->geometry().bottomLeft()));
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void CardTitle::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuWanted(event->globalPos());
}

void CardTitle::mousePressEvent(QMouseEvent* event) {
    event->ignore();  // the dock below begins to be dragged
}

CardDock::CardDock(const ThemeSource& theme, const QString& name, const QString& title, QWidget* parent)
    : QDockWidget(title, parent), m_theme(theme), m_title(new CardTitle(theme)) {
    setObjectName(name);
    setAccessibleName(title);
    m_title->setTitle(title);
    m_title->setFocusPolicy(Qt::TabFocus);
    m_title->setContentsMargins(cardMargin, 8, cardMargin, 2);
    setTitleBarWidget(m_title);
    auto* frame = new QWidget(this);
    m_body = new CardBody(frame);
    auto* layout = new QVBoxLayout(frame);
    // The bars of the body stand in the margins.
    layout->setContentsMargins(cardMargin, aboveContent, cardMargin - CardBody::barWidth,
                               cardMargin - CardBody::barWidth);
    layout->addWidget(m_body);
    setWidget(frame);

    m_float = new QAction(tr("Float"), this);
    m_float->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    m_close = new QAction(tr("Close"), this);
    m_close->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W));
    for (QAction* action : {m_float, m_close}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
    connect(m_float, &QAction::triggered, this, [this] {
        if (features().testFlag(DockWidgetFloatable)) {
            setFloating(!isFloating());
        }
    });
    connect(m_close, &QAction::triggered, this, [this] {
        if (features().testFlag(DockWidgetClosable)) {
            close();
        }
    });
    connect(this, &QDockWidget::topLevelChanged, this,
            [this](bool floating) { m_float->setText(floating ? tr("Dock") : tr("Float")); });
    connect(m_title, &CardTitle::menuWanted, this, &CardDock::showMenu);
    connect(&m_theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void CardDock::setTitle(const QString& title) {
    setWindowTitle(title);
    setAccessibleName(title);
    m_title->setTitle(title);
}

void CardDock::setTabText(const QString& text) {
    // Qt names the tab and the entry in menus after the window's title.
    setWindowTitle(text);
    toggleViewAction()->setText(name());
}

void CardDock::setFact(const QString& fact) {
    m_title->setFact(fact);
}

void CardDock::addTool(QWidget* tool) {
    m_title->addTool(tool);
}

void CardDock::setContent(QWidget* content) {
    m_body->setContent(content);
}

void CardDock::setMostAsked(QSize most) {
    m_mostAsked = most;
    fitBody();
}

int CardDock::neededWidth() const {
    return std::max(m_title->minimumSizeHint().width(), m_body->neededSize().width() + 2 * cardMargin);
}

void CardDock::fitBody() {
    const int above = m_title->minimumSizeHint().height() + aboveContent;
    m_body->setMostAsked(m_mostAsked - QSize(2 * cardMargin, above + cardMargin));
}

bool CardDock::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {
        fitBody();  // the title may have one line more or less
    }
    return QDockWidget::event(event);
}

void CardDock::paintEvent(QPaintEvent*) {
    paintCard(*this, m_theme.theme());
}

void CardDock::fillMenu(QMenu& menu) {
    m_float->setEnabled(features().testFlag(DockWidgetFloatable));
    m_close->setEnabled(features().testFlag(DockWidgetClosable));
    Q_EMIT menuFilling(&menu);
    if (!menu.isEmpty()) {
        menu.addSeparator();
    }
    menu.addAction(m_float);
    menu.addAction(m_close);
}

void CardDock::contextMenuEvent(QContextMenuEvent* event) {
    showMenu(event->globalPos());
}

void CardDock::showMenu(QPoint globalPosition) {
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("cardMenu"));
    fillMenu(menu);
    menu.exec(globalPosition);
}

Card::Card(const ThemeSource& theme, const QString& title, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_title(new CardTitle(theme)) {
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(cardMargin, 8, cardMargin, cardMargin);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_title);
    setTitle(title);
    connect(&m_theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void Card::setTitle(const QString& title) {
    m_title->setTitle(title);
    setAccessibleName(title);
}

void Card::setFact(const QString& fact) {
    m_title->setFact(fact);
}

void Card::addTool(QWidget* tool) {
    m_title->addTool(tool);
}

void Card::setContent(QWidget* content) {
    m_layout->addWidget(content, 1);
}

void Card::setFlat(bool flat) {
    m_flat = flat;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    if (!m_flat) {
        paintCard(*this, m_theme.theme());
    }
}

}  // namespace lexiscope
