// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <vector>

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// What a curve of learning shows, as a value.
struct LossFigure {
    std::vector<QPointF> points;  ///< words read, and the loss there; words rise
    double wordsInAll = 0;        ///< where the axis of words ends
    double marked = -1;           ///< words read at the picture that is looked at; -1: none
    QString message;              ///< stands in the middle where there is no curve
};

/// The loss over the words read, with ticks; the picture that is looked at is marked. Hovering reads out a
/// point of the curve.
class LossPlot : public QWidget {
    Q_OBJECT
  public:
    explicit LossPlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(LossFigure figure);
    const LossFigure& figure() const { return m_figure; }
    QRectF plotRect() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    QPointF placeOf(QPointF point) const;
    void paintAxes(QPainter& painter) const;
    void paintCurve(QPainter& painter) const;
    int decimals() const;

    const ThemeSource& m_theme;
    LossFigure m_figure;
    double m_low = 0;
    double m_high = 1;
    double m_step = 1;  // between two ticks of the loss
    QPointF m_pointer;
    int m_hovered = -1;
};

/// "950", "3.2 thousand", "12.4 million": a count of words for people.
QString wordCount(double words);

}  // namespace lexiscope
