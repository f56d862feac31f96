// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <optional>
#include <vector>

#include <QString>
#include <QWidget>

namespace lexiscope {

/// Numbers in rows and columns, set in type: a heading above each column, a slot's dot and letter where one
/// stands for it, and behind a number a bar that tells its share of the largest. Nothing to click.
class CellGrid : public QWidget {
    Q_OBJECT
  public:
    struct Column {
        QString title;
        std::optional<int> slot;   ///< its mark stands before the title
        bool isText = false;       ///< set left in the text font; else a number, set right in the mono font
        QString explanation = {};  ///< of the title, for the tooltip
    };
    struct Cell {
        QString text;
        std::optional<int> slot = std::nullopt;  ///< its mark stands before the text
        QString note = {};                       ///< muted, behind the text, where there is room
        double bar = -1;                         ///< 0 … 1; below 0: none
        std::optional<int> barSlot = std::nullopt;
        QString explanation = {};  ///< in the tooltip
    };

    explicit CellGrid(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Each row has a cell for each column.
    void setTable(std::vector<Column> columns, std::vector<std::vector<Cell>> rows);
    const std::vector<std::vector<Cell>>& rows() const { return m_rows; }
    /// In pixels, of one column without the gap behind it, as it stands now.
    double columnWidth(std::size_t column) const;
    void setDimmed(bool dimmed);
    /// Its texts are never shortened: it is at least as wide as they are.
    void setWhole(bool whole);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    double rowHeight() const;
    double contentWidth(std::size_t column, bool withNotes) const;
    double leastWidth(std::size_t column) const;
    /// Left edges of the columns, and the right edge of the last one.
    std::vector<double> edges() const;
    /// What the numbers beside the bars of a column take of it, so that no bar reaches them.
    double widthBehindBars(std::size_t column) const;
    void paintCell(QPainter& painter, const QRectF& place, const Column& column, const Cell& cell,
                   double behindBar) const;
    void describe();

    const ThemeSource& m_theme;
    std::vector<Column> m_columns;
    std::vector<std::vector<Cell>> m_rows;
    bool m_dimmed = false;
    bool m_whole = false;
};

}  // namespace lexiscope
