// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/row_view.h"

#include <vector>

#include <QHeaderView>
#include <QTableView>

namespace lexiscope {

/// Rows of short texts in columns, sorted by a click on a column's name; no frame, no grid, whole rows fill
/// the height. A click, Enter or Return tells rowActivated; rowHovered tells the row under the pointer, -1
/// for none. Several rows can be marked, for copying. Of a model of hundreds of thousands of rows only what
/// is seen is asked for.
class ColumnTable : public RowView<QTableView> {
    Q_OBJECT
  public:
    struct Column {
        int characters = 8;     ///< of the usual text: its least width
        int share = 0;          ///< of the room that is left
        bool isNumber = false;  ///< stands at the right
        bool isMuted = false;
        int spare = 0;  ///< left out, the largest first, where anything would have to be scrolled sideways
    };

    explicit ColumnTable(const ThemeSource& theme, QWidget* parent = nullptr);

    /// One for each of the model's columns.
    void setColumns(std::vector<Column> columns);
    /// A column that has nothing to show is left out.
    void setColumnShown(int index, bool isShown);
    /// The row that is marked as the current one, brought into view; -1: none.
    void setCurrentRow(int row);
    /// In which no text is cut, of rows that are too many to ask each, none of those in view; 0: nothing to
    /// show.
    int contentWidth() const;
    int rowHeight() const { return verticalHeader()->defaultSectionSize(); }
    const Column& column(int index) const { return m_columns[static_cast<std::size_t>(index)]; }

    void setModel(QAbstractItemModel* model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void rowActivated(int row);
    void rowHovered(int row);

  protected:
    void tellActivated(int row) override { Q_EMIT rowActivated(row); }
    void tellHovered(int row) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void restyle();
    bool isReady() const;
    std::vector<int> leastWidths(const std::vector<bool>& off) const;  // 0 of a column that is off
    /// Where that is too much, columns of long texts give way before anything has to be scrolled.
    void narrow(std::vector<int>& widths) const;
    /// Of the columns that are shown; spare ones that have no room are off after it.
    std::vector<int> fittingWidths(std::vector<bool>& off) const;
    int shares() const;  // of all columns that are shown
    void arrange();
    void scrollToMiddle(const QModelIndex& index);

    const ThemeSource& m_theme;
    std::vector<Column> m_columns;
    std::vector<bool> m_off;  // by setColumnShown()
};

}  // namespace lexiscope
