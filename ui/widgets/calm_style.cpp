// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/calm_style.h"

#include "ui/widgets/paint.h"

#include <algorithm>

#include <QDynamicPropertyChangeEvent>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>

namespace lexiscope {
namespace {

void paintChevron(QPainter& painter, QPointF centre, double half, bool up, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const double rise = up ? -half / 2 : half / 2;
    painter.drawPolyline(QPolygonF{{centre.x() - half, centre.y() - rise},
                                   {centre.x(), centre.y() + rise},
                                   {centre.x() + half, centre.y() - rise}});
    painter.restore();
}

void paintBox(QPainter& painter, const QStyleOption& option, const QColor& fill) {
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    const bool over =
        option.state.testFlag(QStyle::State_MouseOver) && option.state.testFlag(QStyle::State_Enabled);
    const QColor line = focus ? option.palette.color(QPalette::Link)
                              : blend(option.palette.color(QPalette::Mid),
                                      option.palette.color(QPalette::Text), over ? 0.25 : 0.0);
    paintRounded(painter, option.rect, 6, fill, line, focus ? 2 : 1);
}

/// In the colour of hints, whatever the theme is when it is painted.
class CrossIcon final : public QIconEngine {
  public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const QPalette palette = QGuiApplication::palette();
        const bool over = mode == QIcon::Active;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(palette.color(over ? QPalette::Text : QPalette::PlaceholderText), 1.4,
                             Qt::SolidLine, Qt::RoundCap));
        const QPointF centre = QRectF(rect).center();
        const double half = 0.22 * std::min(rect.width(), rect.height());
        painter->drawLine(centre - QPointF(half, half), centre + QPointF(half, half));
        painter->drawLine(centre - QPointF(half, -half), centre + QPointF(half, -half));
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new CrossIcon; }
};

void paintCheck(QPainter& painter, const QStyleOption& option) {
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool on = option.state.testFlag(QStyle::State_On);
    const QColor accent = option.palette.color(QPalette::Highlight);
    paintRounded(painter, box, 3, on ? accent : option.palette.color(QPalette::AlternateBase),
                 on ? accent : option.palette.color(QPalette::PlaceholderText));
    if (!on) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(option.palette.color(QPalette::HighlightedText), 1.6, Qt::SolidLine, Qt::RoundCap,
                        Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{box.left() + box.width() * 0.25, box.top() + box.height() * 0.52},
                                   {box.left() + box.width() * 0.43, box.top() + box.height() * 0.70},
                                   {box.left() + box.width() * 0.76, box.top() + box.height() * 0.32}});
    painter.restore();
}

void paintRadio(QPainter& painter, const QStyleOption& option) {
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF circle(0, 0, side, side);
    circle.moveCenter(QRectF(option.rect).center());
    const bool on = option.state.testFlag(QStyle::State_On);
    const QColor accent = option.palette.color(QPalette::Highlight);
    paintRounded(painter, circle, side / 2, option.palette.color(QPalette::AlternateBase),
                 on ? accent : option.palette.color(QPalette::PlaceholderText), on ? side * 0.3 : 1);
}

}  // namespace

CalmStyle::CalmStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void CalmStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton*>(widget) != nullptr) {
        widget->installEventFilter(this);
    }
}

void CalmStyle::unpolish(QWidget* widget) {
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

bool CalmStyle::eventFilter(QObject* watched, QEvent* event) {
    // A style sheet looks at properties once, when it first styles a widget.
    if (event->type() == QEvent::DynamicPropertyChange &&
        static_cast<QDynamicPropertyChangeEvent*>(event)->propertyName() == "primary") {
        auto* button = qobject_cast<QPushButton*>(watched);
        button->style()->unpolish(button);
        button->style()->polish(button);
        button->updateGeometry();
        button->update();
    }
    return QProxyStyle::eventFilter(watched, event);
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    switch (element) {
        case PE_FrameFocusRect:
            paintRounded(*painter, option->rect, 5, {}, option->palette.color(QPalette::Link), 2);
            return;
        case PE_IndicatorCheckBox:
            paintCheck(*painter, *option);
            return;
        case PE_IndicatorRadioButton:
            paintRadio(*painter, *option);
            return;
        case PE_FrameTabBarBase:
            return;  // tabs stand free above their card
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                   QPainter* painter, const QWidget* widget) const {
    const QColor ink = option->palette.color(QPalette::PlaceholderText);
    if (control == CC_ComboBox) {
        const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        paintBox(
            *painter, *option,
            option->palette.color(combo && combo->editable ? QPalette::AlternateBase : QPalette::Button));
        const QRect arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
        paintChevron(*painter, QRectF(arrow).center(), 3.5, false, ink);
        return;
    }
    if (control == CC_SpinBox) {
        paintBox(*painter, *option, option->palette.color(QPalette::AlternateBase));
        const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        if (spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
            for (const SubControl part : {SC_SpinBoxUp, SC_SpinBoxDown}) {
                const QRectF place = proxy()->subControlRect(CC_SpinBox, option, part, widget);
                const bool over =
                    option->activeSubControls == part && option->state.testFlag(State_MouseOver);
                paintChevron(*painter, place.center(), 3, part == SC_SpinBoxUp,
                             over ? option->palette.color(QPalette::Link) : ink);
            }
        }
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_DockWidgetSeparatorExtent:
            return 10;
        case PM_DockWidgetFrameWidth:
            return 0;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* returnData) const {
    switch (hint) {
        case SH_ComboBox_Popup:
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_DialogButtonBox_ButtonsHaveIcons:
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QIcon CalmStyle::standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const {
    return icon == SP_LineEditClearButton ? QIcon(new CrossIcon)
                                          : QProxyStyle::standardIcon(icon, option, widget);
}

}  // namespace lexiscope
