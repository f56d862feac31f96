// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "ui/widgets/exact_characters.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/search_popup.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

namespace lexiscope {
namespace {

constexpr char keys[] = "Ctrl+K";  // said at the right of the empty field

constexpr double fieldPadding = 16;  // at each end, at a font scale of 1
constexpr int besideText = 8;        // what a line of text keeps free
constexpr int besideList = 8;        // pixels of the window that the list keeps free

}  // namespace

SearchField::SearchField(const ThemeSource& theme, QWidget* parent) : QLineEdit(parent), m_theme(theme) {
    setObjectName(QStringLiteral("searchField"));
    setAccessibleName(tr("Find a token"));
    setAccessibleDescription(tr("Type the beginning of a token; arrow keys choose, Enter goes there"));
    setFrame(false);
    new ExactLine(this);
    setAttribute(Qt::WA_Hover);
    connect(this, &QLineEdit::textEdited, this, &SearchField::ask);
    connect(&m_theme, &ThemeSource::changed, this, &SearchField::restyle);
    restyle();
}

SearchField::~SearchField() {
    delete m_popup;
}

bool SearchField::isListOpen() const {
    return m_popup != nullptr && m_popup->isVisible();
}

QWidget* SearchField::popup() const {
    return m_popup;
}

void SearchField::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    invite();
}

int SearchField::widthOf(const QString& invitation) const {
    const Theme& theme = m_theme.theme();
    return QFontMetrics(theme.textFont(13)).horizontalAdvance(invitation) +
           qRound(2 * fieldPadding * theme.fontScale) + besideText;
}

void SearchField::invite() {
    const QString whole = tr("Find a token…");
    setPlaceholderText(widthOf(whole) <= width() ? whole : tr("Find…"));
}

QSize SearchField::minimumSizeHint() const {
    return {widthOf(tr("Find…")), sizeHint().height()};
}

QSize SearchField::sizeHint() const {
    const double scale = m_theme.theme().fontScale;
    return {qRound(330 * scale), qRound(30 * scale)};
}

void SearchField::restyle() {
    const Theme& theme = m_theme.theme();
    // The frame is painted here, so the program's style sheet must not paint another one.
    setStyleSheet(
        QStringLiteral("QLineEdit, QLineEdit:focus { background: transparent; border: none; padding: 0 %1px; "
                       "font-size: %2px; }")
            .arg(qRound(fieldPadding * theme.fontScale))
            .arg(theme.textFont(13).pixelSize()));
    setFont(theme.textFont(13));
    setPalette(theme.palette());
    setFixedHeight(sizeHint().height());
    invite();
    update();
}

void SearchField::ask(const QString& prefix) {
    m_asked = prefix;
    if (prefix.isEmpty()) {
        closeList();
    }
    Q_EMIT completionsWanted(prefix);
}

void SearchField::setCompletions(const QString& prefix, const QVector<Completion>& completions,
                                 const QString& note) {
    if (prefix != m_asked || prefix.isEmpty() || !hasFocus()) {
        return;
    }
    openList();
    if (completions.isEmpty()) {
        const QString none = tr("no token begins with “%1”").arg(prefix);
        m_popup->setMessage(note.isEmpty() ? none : none + QStringLiteral(" · ") + note);
    } else {
        m_popup->setCompletions(completions, note);
    }
    openList();
}

void SearchField::showMessage(const QString& message) {
    openList();
    m_popup->setMessage(message);
    openList();
}

void SearchField::openList() {
    if (m_popup == nullptr || m_popup->parentWidget() != window()) {
        delete m_popup;
        m_popup = new SearchPopup(m_theme, window());
        connect(m_popup, &SearchPopup::taken, this, &SearchField::take);
        connect(m_popup, &QObject::destroyed, this, [this](QObject* gone) {
            if (gone == m_popup) {
                m_popup = nullptr;
            }
        });
        window()->installEventFilter(this);
    }
    const QPoint below = mapTo(window(), QPoint(0, height() + 4));
    const int room = qMax(40, window()->height() - below.y() - besideList);
    // A field that has made room for others in the header is too narrow for what it finds.
    const int wide = qMax(width(), qMin(sizeHint().width(), window()->width() - 2 * besideList));
    const int left = qMax(besideList, qMin(below.x(), window()->width() - wide - besideList));
    m_popup->setGeometry(left, below.y(), wide, qMin(m_popup->wantedHeight(), room));
    m_popup->show();
    m_popup->raise();
}

void SearchField::closeList() {
    if (m_popup != nullptr) {
        m_popup->hide();
    }
}

void SearchField::take(int index) {
    const Row row = m_popup->completions().at(index).row;
    closeList();
    selectAll();
    Q_EMIT chosen(row);
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    const bool listed = isListOpen();
    switch (event->key()) {
        case Qt::Key_Down:
        case Qt::Key_Up:
            if (listed) {
                m_popup->step(event->key() == Qt::Key_Down ? 1 : -1);
            } else if (!text().isEmpty()) {
                ask(text());
            }
            return;
        case Qt::Key_PageDown:
        case Qt::Key_PageUp:
            if (listed) {
                m_popup->step(event->key() == Qt::Key_PageDown ? 8 : -8);
                return;
            }
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (listed && m_popup->current() >= 0) {
                take(m_popup->current());
            } else if (!text().isEmpty()) {
                Q_EMIT submitted(text());
            }
            return;
        case Qt::Key_Escape:
            if (listed) {
                closeList();
                return;
            }
            if (!text().isEmpty()) {
                clear();
                ask({});
                return;
            }
            break;
        default:
            break;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        closeList();
    }
    update();
}

void SearchField::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    update();
}

bool SearchField::eventFilter(QObject* watched, QEvent* event) {
    if (watched == window() && event->type() == QEvent::Resize && isListOpen()) {
        openList();
    }
    return QLineEdit::eventFilter(watched, event);
}

void SearchField::paintEvent(QPaintEvent* event) {
    const Theme& theme = m_theme.theme();
    {
        QPainter painter(this);
        const double round = height() / 2.0;
        const QColor fill = theme.isDark() ? theme.window : theme.control;
        paintRounded(painter, rect(), round, hasFocus() ? theme.field : fill, theme.line);
        if (hasFocus()) {
            paintFocusRing(painter, rect(), round, theme);
        }
        const QFont small = theme.textFont(11);
        const int both = fontMetrics().horizontalAdvance(placeholderText()) +
                         QFontMetrics(small).horizontalAdvance(QLatin1String(keys)) + 44;
        // Only beside the invitation, not over it.
        if (text().isEmpty() && both <= width()) {
            painter.setFont(small);
            painter.setPen(theme.muted);
            painter.drawText(QRectF(rect()).adjusted(0, 0, -14, 0), Qt::AlignRight | Qt::AlignVCenter,
                             QLatin1String(keys));
        }
    }
    QLineEdit::paintEvent(event);
}

}  // namespace lexiscope
