// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/color_scale.h"
#include "ui/plots/theme.h"
#include "ui/session/input_analysis.h"

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include <QImage>
#include <QRectF>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// What SumMatrices shows, as a value.
struct SumMatricesFigure {
    std::shared_ptr<const InputMatrices> input;  ///< with at least one row; null: the message
    std::array<QString, 3> names;                ///< "token rows, wte", "position rows, wpe", "input"
    long long selectedRow = -1;
    long long hoveredRow = -1;
    QString message;
    bool dimmed = false;
};

/// Three matrices of n tokens × D beside each other, token rows + position rows = input, on one colour scale
/// with its legend; the rows are named by their tokens as far as there is room. A cell that is pointed at is
/// framed in all three, and its three numbers are read out; a click selects its row. Where several cells
/// share a pixel, the pointer takes the one with the largest sum, and each matrix shows its largest
/// magnitude.
///
/// The wheel scrolls the rows, with Ctrl it zooms them at the pointer. Up and Down select a row, Left and
/// Right read out a dimension of it, Escape takes the read-out away; Page Up, Page Down, Home and End scroll,
/// plus and minus zoom.
class SumMatrices : public QWidget {
    Q_OBJECT
  public:
    explicit SumMatrices(const ThemeSource& theme, QWidget* parent = nullptr);

    void setFigure(SumMatricesFigure figure);
    const SumMatricesFigure& figure() const { return m_figure; }
    /// What the token at that place is called.
    void setRowLabel(std::function<QString(std::size_t)> label) { m_rowLabel = std::move(label); }
    /// Rows in view; a new text begins with as many as can be named.
    double firstRow() const { return m_first; }
    double rowCount() const { return m_count; }
    void setView(double first, double count);
    /// Somebody has scrolled or zoomed, or the view was set.
    bool hasChosenView() const { return m_viewChosen; }

    QRectF mapRect(int matrix) const;
    /// Of one of the matrices, where that row and dimension stand; null out of view.
    QRectF cellRect(int matrix, std::size_t row, std::size_t dimension) const;
    /// "·queen · position 4 · dimension 17 · 0.031 + 0.012 = 0.043"; empty for none.
    QString readOut() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The height from which three rows can be told apart.
    static int leastHeight(const Theme& theme);

  Q_SIGNALS:
    void rowClicked(int row);
    void rowHovered(int row);  ///< -1: none
    void moveSelection(int rows);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    static constexpr double signRoom = 26;  // of "+" and "=" between matrices
    static constexpr double labelGap = 8;
    static constexpr double nameGap = 4;

    struct Cell {
        std::size_t row = 0;
        std::size_t dimension = 0;
        bool operator==(const Cell&) const = default;
    };
    bool isEmpty() const { return !m_figure.input || m_figure.input->rows == 0; }
    std::size_t rows() const { return m_figure.input->rows; }
    std::size_t dimension() const { return m_figure.input->sums->columns(); }
    void measureLabels();
    double nameHeight() const;
    /// The view in whole lines of `rowsPerLine` rows.
    std::pair<std::size_t, std::size_t> lines(std::size_t rowsPerLine) const;
    double yOf(double row) const;
    double rowHeight() const { return mapRect(0).height() / m_count; }
    std::optional<Cell> cellAt(QPointF at) const;
    void point(std::optional<Cell> cell, QPointF at);
    void fitView();
    void paintMap(QPainter& painter, int matrix, double scale);
    void paintHoles(QPainter& painter, int matrix) const;
    void paintNames(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintFrames(QPainter& painter) const;
    void paintFoot(QPainter& painter) const;

    const ThemeSource& m_theme;
    SumMatricesFigure m_figure;
    std::function<QString(std::size_t)> m_rowLabel;
    double m_first = 0;
    double m_count = 1;
    bool m_viewChosen = false;
    double m_labelWidth = 0;
    std::shared_ptr<const InputMatrices> m_measured;  ///< whose labels have been, from that row on
    std::size_t m_measuredFrom = 0;
    std::optional<Cell> m_cell;  ///< that is read out
    QPointF m_at;                ///< beside which the read-out stands
    /// What the kept pictures were made from.
    struct ImageKey {
        std::shared_ptr<const InputMatrices> input;
        std::size_t first = 0;
        std::size_t end = 0;
        QSize size;
        ThemeName theme = ThemeName::Light;
        bool operator==(const ImageKey&) const = default;
    };
    std::array<ImageKey, 3> m_keys;
    std::array<QImage, 3> m_images;
};

}  // namespace lexiscope
