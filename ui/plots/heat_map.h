// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/plots/color_scale.h"
#include "ui/plots/heat_map_image.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <QImage>
#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// What a heat map shows, as a value. The owner supplies the rows in view as the view moves; it may hold more
/// lines than those.
struct HeatMapFigure {
    std::shared_ptr<const std::vector<float>> values;  ///< lines of `columns` numbers, row-major
    std::size_t firstLine = 0;                         ///< the line of `values` that begins with firstRow
    std::size_t totalRows = 0;                         ///< of the whole matrix
    std::size_t firstRow = 0;                          ///< first row in view
    std::size_t rowCount = 0;                          ///< rows in view
    std::size_t rowsPerLine = 1;  ///< > 1: each line of values is the largest magnitude over so many rows
    std::size_t rowStep = 1;      ///< row r is called r × rowStep, where only every so manieth is there
    std::size_t columns = 0;      ///< of the whole matrix
    std::size_t columnStep = 1;   ///< likewise
    ColorScale scale;
    bool numbers = false;  ///< stand in the cells, where those are large enough
    long long selectedRow = -1;
    long long hoveredRow = -1;
    /// Of the rows in view: each row then has number and name at the left, where they have room for a line;
    /// else, and where this is empty, the first, the last and the selected one have numbers.
    std::vector<QString> rowNames;
    QString rowTitle;    ///< beside the map, upwards: "position"; may be empty
    QString columnName;  ///< of one: "dimension"
    QString message;     ///< instead of values
    bool dimmed = false;
};

/// Lines of values that are in view.
std::size_t lineCount(const HeatMapFigure& figure);

/// The view of `rowCount` rows from `firstRow` brought inside a matrix of `totalRows`: at least min(4,
/// totalRows) rows high.
void boundRows(double& firstRow, double& rowCount, std::size_t totalRows);

/// What is under the pointer: rows and columns, first and past the last, and of their values the largest.
struct HeatMapCell {
    std::size_t firstRow = 0;
    std::size_t endRow = 0;
    std::size_t firstColumn = 0;
    std::size_t endColumn = 0;
    float value = 0;
    bool isOneRow = true;  ///< and high enough to be pointed at
};

/// "7" or "7…9" for the half-open range.
QString rangeText(std::size_t begin, std::size_t end);

/// The heat map with row numbers at the left (first, selected, last), the selected row framed, column title
/// and colour legend below. Wheel scrolls rows, with Ctrl it zooms them at the pointer; with Shift, or
/// sideways, it scrolls the columns, with both it zooms those; dragging moves both. Up and Down move the
/// selection, Page keys, Home and End scroll, + and - zoom the rows; Left and Right scroll the columns,
/// Ctrl with + and - zooms them. Hovering a cell shows row, dimension and value when a cell is at least 3 px
/// high, else the covered rows.
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

    /// The columns in view, whole ones; all of a new matrix.
    std::size_t firstColumn() const;
    std::size_t columnCount() const;
    void setColumns(double first, double count);

    /// A map that always shows what its owner says: wheel, dragging and keys neither scroll nor zoom.
    void setFixed(bool fixed) { m_fixed = fixed; }
    /// As high as it is wide.
    void setSquare(bool square);
    /// The width with which a square map takes its whole height; more is lost on it.
    int squareWidth() const;
    /// Text of a row for the read-out ("·queen"); may be empty.
    void setRowLabel(std::function<QString(Row)> label) { m_rowLabel = std::move(label); }
    /// The whole read-out, in place of the one about rows of tokens. It is broken into lines at " · ".
    void setReadOut(std::function<QString(const HeatMapCell&)> readOut) { m_readOut = std::move(readOut); }

  Q_SIGNALS:
    void rowClicked(lexiscope::Row row);
    void rowHovered(bool any, lexiscope::Row row);
    void columnHovered(long long column);  ///< -1: none, or several under one pixel
    void moveSelection(int rows);          ///< by keyboard
    void viewRequested(double firstRow,
                       double rowCount);  ///< the user scrolls or zooms; the owner answers with setFigure

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    /// Where a drag began, and what was in view then.
    struct Press {
        QPointF at;
        double firstRow = 0;
        double firstColumn = 0;
        bool isDrag = false;
    };
    QRectF wholeRect() const;  ///< of a map that is not square
    bool hasRowNames() const;
    double rowNameWidth() const;
    bool isEmpty() const { return lineCount(m_figure) == 0 || m_figure.rowCount == 0; }
    void requestView(double firstRow, double rowCount);
    void zoomColumns(double factor, double fixedShare);
    void drag(QPointF to);
    void hoverAt(QPointF at);
    void hover(long long row, long long column);
    long long rowAt(QPointF at) const;        ///< -1: no row there
    long long singleRowAt(QPointF at) const;  ///< -1 also where several rows stand in one line of values
    double yOf(double row) const;             ///< of the row's upper edge, also outside of the map
    std::optional<HeatMapCell> cellAt(QPointF at) const;
    QString readOut(const HeatMapCell& cell) const;
    QString columnTitle(double room) const;
    const QImage& mapImage(double scale);
    void paintRowNumbers(QPainter& painter) const;
    void paintRowNames(QPainter& painter) const;
    void paintRowTitle(QPainter& painter) const;
    void paintNumbers(QPainter& painter) const;
    void paintRowFrames(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;

    /// What the kept image was made from.
    struct ImageKey {
        std::shared_ptr<const std::vector<float>> values;
        std::size_t firstLine = 0;
        std::size_t lines = 0;
        std::size_t firstColumn = 0;
        std::size_t columns = 0;
        QSize size;
        ColorScale scale;
        ThemeName theme = ThemeName::Light;
        bool operator==(const ImageKey&) const = default;
    };

    const ThemeSource& m_theme;
    HeatMapFigure m_figure;
    std::function<QString(Row)> m_rowLabel;
    std::function<QString(const HeatMapCell&)> m_readOut;
    std::optional<Press> m_press;
    QPointF m_pointer;
    bool m_pointerInside = false;
    bool m_fixed = false;
    bool m_square = false;
    double m_viewFirst = 0;  ///< the view last asked for: what the wheel adds to
    double m_viewCount = 0;
    double m_columnFirst = 0;
    double m_columnCount = 0;
    long long m_hoveredRow = -1;  ///< last told by rowHovered and columnHovered
    long long m_hoveredColumn = -1;
    ImageKey m_imageKey;
    QImage m_image;
};

}  // namespace lexiscope
