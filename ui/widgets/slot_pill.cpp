// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/slot_pill.h"

#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTextDocument>
#include <QTimerEvent>

namespace lexiscope {
namespace {

QString letterOf(int slot) {
    return QString(QChar(u'A' + slot % 26));
}

}  // namespace

SlotPill::SlotPill(const ThemeSource& theme, int slot, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_slot(slot) {
    setObjectName(QStringLiteral("slot") + letterOf(slot));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
    describe();
}

void SlotPill::setModel(const QString& name, const QString& shape) {
    m_name = name;
    m_shape = shape;
    updateGeometry();
    describe();
}

void SlotPill::clearModel() {
    setModel({}, {});
}

void SlotPill::setActive(bool active) {
    m_active = active;
    describe();
}

void SlotPill::setNarrow(bool narrow) {
    if (narrow != m_narrow) {
        m_narrow = narrow;
        updateGeometry();
    }
}

void SlotPill::setLoading(bool loading, double fraction) {
    m_loading = loading;
    m_fraction = qMin(fraction, 1.0);
    const bool wanders = loading && !(fraction >= 0);
    if (wanders && m_timer == 0) {
        m_timer = startTimer(33);
    } else if (!wanders && m_timer != 0) {
        killTimer(m_timer);
        m_timer = 0;
    }
    describe();
}

void SlotPill::describe() {
    const QString what = m_name.isEmpty() ? tr("empty, open a model") : m_name;
    setAccessibleName(tr("Model %1: %2").arg(letterOf(m_slot), what));
    QStringList parts;
    if (!m_shape.isEmpty()) {
        parts << m_shape;
    }
    if (m_active) {
        parts << tr("shown by the panels");
    }
    if (m_loading) {
        parts << tr("loading");
    }
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    const QString both = QStringLiteral("%1\n%2").arg(m_name, m_shape).trimmed();
    setToolTip(m_name.isEmpty() ? tr("Open a model as %1").arg(letterOf(m_slot))
                                : (Qt::mightBeRichText(both) ? both.toHtmlEscaped() : both));
    update();
}

QSize SlotPill::sizeHint() const {
    const Theme& theme = m_theme.theme();
    const QFontMetricsF name(theme.textFont(13, QFont::Medium));
    const QFontMetricsF shape(theme.textFont(12));
    const double around = m_shape.isEmpty() ? 70 : 82;  // dot, letter and margins
    const double content = name.horizontalAdvance(m_name) + shape.horizontalAdvance(m_shape);
    return {
        qRound(std::clamp(content + around * theme.fontScale, 170 * theme.fontScale, 330 * theme.fontScale)) +
            1,
        qRound(30 * theme.fontScale)};
}

int SlotPill::widthForName() const {
    constexpr double around = 70;  // dot, letter and margins
    constexpr double usualName = 120;
    const Theme& theme = m_theme.theme();
    const double name = QFontMetricsF(theme.textFont(13, QFont::Medium)).horizontalAdvance(m_name);
    const double wanted = std::min(name, usualName * theme.fontScale) + around * theme.fontScale;
    return std::max(minimumSizeHint().width(), static_cast<int>(std::ceil(wanted)));
}

QSize SlotPill::minimumSizeHint() const {
    const Theme& theme = m_theme.theme();
    const double scale = theme.fontScale;
    const double name = QFontMetricsF(theme.textFont(13, QFont::Medium)).horizontalAdvance(m_name);
    // A short name stands whole, of a longer one as much.
    const double narrow = 52 * scale + std::clamp(name, 24 * scale, 34 * scale);
    return {qRound(m_narrow ? narrow : 130 * scale), qRound(30 * scale)};
}

void SlotPill::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    const QRectF frame = rect();
    const double round = frame.height() / 2;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor fill = theme.isDark() ? theme.window : theme.control;
    paintRounded(painter, frame, round, underMouse() ? blend(fill, theme.text, 0.05) : fill,
                 m_active ? theme.accentLine : theme.line, m_active ? 1.5 : 1);
    if (m_loading) {
        paintLoading(painter, frame);
    }
    if (hasFocus()) {
        paintFocusRing(painter, frame, round, theme);
    }

    const double scale = theme.fontScale;
    // Where there is hardly room for the beginning of a name, all else moves together.
    const bool isTight = m_narrow && width() < 140 * scale;
    const QColor dot = theme.slot(m_slot);
    painter.setPen(m_name.isEmpty() ? QPen(dot, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(m_name.isEmpty() ? QBrush(Qt::NoBrush) : QBrush(dot));
    painter.drawEllipse(QPointF((isTight ? 14 : 18) * scale, frame.center().y()), 5.5 * scale, 5.5 * scale);

    const double height = frame.height();
    double left = (isTight ? 25 : 32) * scale;
    const auto put = [&](const QFont& font, const QColor& color, QRectF place, int alignment,
                         const QString& text) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(place, alignment | Qt::AlignVCenter | Qt::TextSingleLine, text);
    };
    const QFont bold = theme.textFont(13, QFont::Bold);
    put(bold, theme.text, {left, 0, 20 * scale, height}, Qt::AlignLeft, letterOf(m_slot));
    left += QFontMetricsF(bold).horizontalAdvance(letterOf(m_slot)) + (isTight ? 6 : 9) * scale;

    double right = frame.width() - (isTight ? 10 : 16) * scale;
    const QFont small = theme.textFont(12);
    const double shapeWidth = QFontMetricsF(small).horizontalAdvance(m_shape);
    const QFont font = theme.textFont(13, QFont::Medium);
    const double gap = 12 * scale;
    const double forName = std::min(170 * scale, QFontMetricsF(font).horizontalAdvance(m_name) + gap);
    // The shape stands only where it leaves room for a name; the tooltip has both.
    if (!m_shape.isEmpty() && right - shapeWidth - left >= forName) {
        put(small, theme.muted, {right - shapeWidth - 1, 0, shapeWidth + 1, height}, Qt::AlignRight, m_shape);
        right -= shapeWidth + gap;
    }
    const QString invitation = tr("Open a model…");
    const bool hasRoom = QFontMetricsF(font).horizontalAdvance(invitation) <= right - left;
    const QString name = !m_name.isEmpty() ? m_name : hasRoom ? invitation : tr("Open…");
    const QString shown =
        QFontMetricsF(font).elidedText(name, isTight ? Qt::ElideRight : Qt::ElideMiddle, right - left);
    put(font, m_name.isEmpty() ? theme.muted : theme.text, {left, 0, right - left, height}, Qt::AlignLeft,
        shown);
}

void SlotPill::paintLoading(QPainter& painter, const QRectF& frame) const {
    QPainterPath pill;
    pill.addRoundedRect(frame.adjusted(1, 1, -1, -1), frame.height() / 2 - 1, frame.height() / 2 - 1);
    double from = 0;
    double to = m_fraction;
    if (!(m_fraction >= 0)) {
        from = wanderBegin(m_phase);
        to = from + wanderLength;
    }
    painter.save();
    painter.setClipPath(pill);
    painter.fillRect(QRectF(frame.width() * from, frame.height() - 3, frame.width() * (to - from), 3),
                     m_theme.theme().slot(m_slot));
    painter.restore();
}

void SlotPill::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

void SlotPill::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void SlotPill::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void SlotPill::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_timer) {
        return QAbstractButton::timerEvent(event);
    }
    m_phase = (m_phase + 1) % wanderSteps;
    update();
}

}  // namespace lexiscope
