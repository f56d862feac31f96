// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/theme.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <QImage>
#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// Colour of value / limit clamped to -1 … 1 on the diverging scale that is white (or the dark surface) at
/// zero. NaN is `muted`.
QRgb signedColor(const Theme& theme, double value, double limit);

/// One picture of matrix rows: a pixel that covers several cells shows the one of largest magnitude. `values`
/// is rows × columns, row-major; the image is `size`, device pixels. Columns and rows may be fewer or more
/// than pixels.
QImage heatMapImage(std::span<const float> values, std::size_t rows, std::size_t columns, QSize size,
                    const Theme& theme, double limit);

/// What a heat map shows, as a value. Only the rows in view are held; the owner supplies them as the view
/// moves.
struct HeatMapFigure {
    std::shared_ptr<const std::vector<float>>
        values;                   ///< rowCount × columns (or already reduced, see rowsPerLine), row-major
    std::size_t totalRows = 0;    ///< V
    std::size_t firstRow = 0;     ///< first row held in values
    std::size_t rowCount = 0;     ///< rows of the matrix covered by values
    std::size_t rowsPerLine = 1;  ///< > 1: each line of values is the largest magnitude over so many rows
    std::size_t columns = 0;      ///< D
    double limit = 1;             ///< colour scale runs from -limit to limit
    long long selectedRow = -1;
    long long hoveredRow = -1;
    QString columnTitle;  ///< "dimension 0 … 127"
    QString message;      ///< instead of values
    bool dimmed = false;
};

/// Lines of values that a figure holds.
std::size_t lineCount(const HeatMapFigure& figure);

/// The view of `rowCount` rows from `firstRow` brought inside a matrix of `totalRows`: at least min(4,
/// totalRows) rows high.
void boundRows(double& firstRow, double& rowCount, std::size_t totalRows);

/// The heat map with row ticks at the left (first, selected, last), the selected row framed, column title and
/// colour legend below. Wheel scrolls rows, Ctrl+wheel zooms rows at the pointer; Up/Down move the selection,
/// Page keys scroll; hovering a cell shows row, dimension and value when a cell is at least 3 px high, else
/// the covered rows.
class HeatMapView : public QWidget {
    Q_OBJECT
  public:
    explicit HeatMapView(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(HeatMapFigure figure);
    const HeatMapFigure& figure() const { return m_figure; }
    /// Lines of pixels that the map itself has: how many lines of values are worth supplying.
    int mapHeight() const;
    QRectF mapRect() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// Text of a row for the read-out ("·queen"); may be empty.
    void setRowLabel(std::function<QString(Row)> label) { m_rowLabel = std::move(label); }

  Q_SIGNALS:
    void rowClicked(lexiscope::Row row);
    void rowHovered(bool any, lexiscope::Row row);
    void moveSelection(int rows);  ///< by keyboard
    void viewRequested(double firstRow,
                       double rowCount);  ///< the user scrolls or zooms; the owner answers with setFigure

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void requestView(double firstRow, double rowCount);
    void hover(long long row);
    long long rowAt(QPointF at) const;        ///< -1: no row there
    long long singleRowAt(QPointF at) const;  ///< -1 also where several rows stand in one line of values
    double yOf(double row) const;             ///< of the row's upper edge, also outside of the map
    QString readOut(QPointF at) const;
    const QImage& mapImage(double scale);
    void paintRowNumbers(QPainter& painter) const;
    void paintRowFrames(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    /// What the kept image was made from.
    struct ImageKey {
        std::shared_ptr<const std::vector<float>> values;
        QSize size;
        double limit = 0;
        ThemeName theme = ThemeName::Light;
        bool operator==(const ImageKey&) const = default;
    };

    const ThemeSource& m_theme;
    HeatMapFigure m_figure;
    std::function<QString(Row)> m_rowLabel;
    QPointF m_pointer;
    bool m_pointerInside = false;
    double m_viewFirst = 0;  ///< the view last asked for: what the wheel adds to
    double m_viewCount = 0;
    long long m_hoveredRow = -1;  ///< last told by rowHovered
    ImageKey m_imageKey;
    QImage m_image;
};

}  // namespace lexiscope
