// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <cstddef>
#include <optional>
#include <vector>

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>

class QPainter;

namespace lexiscope {

/// One line of a plot. Points go from left to right; one whose y is not finite leaves a gap.
struct PlotLine {
    QString name;  ///< "cosine"
    std::vector<QPointF> points;
    int decimals = 3;      ///< of a value in the read-out
    bool isQuiet = false;  ///< thin and grey: what the others are compared with

    bool operator==(const PlotLine&) const = default;
};

/// What a plot of lines shows, as a value.
struct LineFigure {
    std::vector<PlotLine> lines;
    QString xTitle;   ///< "distance"
    double low = -1;  ///< where the upright axis begins and ends; above 0 when it is logarithmic
    double high = 1;
    bool isLogarithmic = false;
    std::optional<double> level;  ///< a height that is marked
    QString levelName;            ///< what the mark says
    QString message;              ///< stands in the middle where there are no lines
    bool dimmed = false;

    bool operator==(const LineFigure&) const = default;
};

/// Lines over one axis, with ticks and a legend. Pointing reads out all lines at the nearest place.
class LinePlot : public QWidget {
    Q_OBJECT
  public:
    explicit LinePlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(LineFigure figure);
    const LineFigure& figure() const { return m_figure; }
    QRectF plotRect() const;
    /// Where a point of a line stands; held inside of the plot.
    QPointF placeOf(QPointF point) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    bool isEmpty() const;
    QPointF placeIn(const QRectF& plot, QPointF point) const;
    /// The heights with a number, and those.
    std::vector<std::pair<double, QString>> levels(double height) const;
    QColor colorOf(std::size_t line) const;
    std::vector<std::vector<std::size_t>> legendRows() const;
    double legendEntry(std::size_t line) const;
    QString readOut(double x) const;
    void paintAxes(QPainter& painter) const;
    void paintLine(QPainter& painter, std::size_t line) const;
    void paintMark(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    const ThemeSource& m_theme;
    LineFigure m_figure;
    double m_first = 0;  ///< of the axis along the lines
    double m_last = 1;
    QPointF m_pointer;
    std::optional<double> m_hovered;
};

}  // namespace lexiscope
