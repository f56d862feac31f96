// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace lexiscope {

/// Fusion with the parts that a style sheet can only draw from image files: the arrows and frames of combo
/// and spin boxes, check marks, the cross that clears a field, and the focus ring. Colours come from the
/// palette of the widget.
class CalmStyle : public QProxyStyle {
    Q_OBJECT
  public:
    CalmStyle();
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    /// A push button whose property `primary` is set is filled, at whatever time it is set.
    void polish(QWidget* widget) override;
    void unpolish(QWidget* widget) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const override;
};

}  // namespace lexiscope
