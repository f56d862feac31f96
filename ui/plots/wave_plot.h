// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/plots/wave_shapes.h"

#include <cstddef>
#include <vector>

#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// One dimension over the positions.
struct Wave {
    QString name;               ///< "dim 12"
    std::vector<float> values;  ///< one for each position in view
    bool isPointedAt = false;   ///< drawn over the others in the colour of text
};

/// What a plot of waves shows, as a value.
struct WaveFigure {
    std::size_t firstPosition = 0;
    std::vector<Wave> waves;  ///< all of one length
    double limit = 1;         ///< the axis runs from -limit to limit
    long long selectedPosition = -1;
    long long hoveredPosition = -1;
    bool dimmed = false;
    QString message;  ///< stands in the middle where there are no waves
};

/// Lines over the positions in view, in the colours that colour-blind readers tell apart, with ticks and a
/// legend. The selected and the hovered position are marked; hovering reads out all lines there.
class WavePlot : public QWidget {
    Q_OBJECT
  public:
    explicit WavePlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(WaveFigure figure);
    const WaveFigure& figure() const { return m_figure; }
    QRectF plotRect() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void positionHovered(long long position);  ///< -1: none
    void positionClicked(std::size_t position);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    std::size_t positionCount() const { return m_figure.waves.empty() ? 0 : m_figure.waves[0].values.size(); }
    long long positionAt(QPointF at) const;
    double xOf(double position) const;
    void hover(long long position);
    QColor colorOf(std::size_t wave) const;
    QString readOut(std::size_t position) const;
    void paintAxes(QPainter& painter) const;
    void paintMark(QPainter& painter, long long position, const QColor& color) const;
    /// Where the parts stand: the legend below the plot, or right of it where the widget is low.
    struct Places {
        QRectF plot;
        QRectF legend;
    };
    Places places() const;
    double legendEntry(std::size_t wave) const;  ///< its length
    /// The rows of the legend when it is so wide.
    std::vector<std::vector<std::size_t>> legendRows(double width) const;
    void paintLegend(QPainter& painter, const QRectF& where) const;
    void paintWave(QPainter& painter, std::size_t wave, const QRectF& inside) const;
    void paintBand(QPainter& painter, std::size_t wave, const QRectF& inside) const;
    /// Zero, the ends, and the middles between them where there is room.
    std::vector<double> levels(double height) const;
    QString levelText(double value) const;

    const ThemeSource& m_theme;
    WaveFigure m_figure;
    QPointF m_pointer;
    long long m_hovered = -1;
};

}  // namespace lexiscope
