// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/name_header.h"

#include <optional>

#include <QTableView>

namespace lexiscope {

/// A table of numbers from 0 to 10 that a person changes: each cell is a bar with its number. A digit,
/// Return, F2 or a double click opens a field; + and − change by one, Delete is 0; dragging along a cell sets
/// it to where the bar ends. The model gives and takes numbers under Qt::EditRole and names as headers.
class RatingGrid : public QTableView {
    Q_OBJECT
  public:
    explicit RatingGrid(const ThemeSource& theme, QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;

    /// As a figure has it: it asks for the room of all its cells, for there are no scroll bars, and no cell
    /// is marked, for there is none to be changed.
    void setStill(bool still);
    bool isStill() const { return m_isStill; }
    NameHeader& rowNames() { return *m_rowNames; }
    NameHeader& columnNames() { return *m_columnNames; }
    /// The number a cell is being dragged to, which the model does not know yet.
    std::optional<double> draggedTo(const QModelIndex& index) const;
    /// Width of all columns at their usual width, and of the names before them.
    int contentWidth() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;

  private:
    void restyle();
    void layOut();
    void step(double by);
    QSize wholeSize(int columnWidth) const;

    struct Drag {
        QPersistentModelIndex index;
        QPoint from;
        std::optional<double> value;  ///< none while the pointer has hardly moved
    };

    const ThemeSource& m_theme;
    NameHeader* m_rowNames;
    NameHeader* m_columnNames;
    std::optional<Drag> m_drag;
    bool m_isStill = false;
};

}  // namespace lexiscope
