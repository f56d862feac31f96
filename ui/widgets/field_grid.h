// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>
#include <QWidget>

class QGridLayout;
class QSpinBox;

namespace lexiscope {

/// Fields of numbers with their names inside, in as many columns of equal width as there is room for.
class FieldGrid : public QWidget {
    Q_OBJECT
  public:
    /// A column holds such a text.
    FieldGrid(const QString& widest, int leastColumns, int mostColumns, QWidget* parent = nullptr);

    /// "window 5"; takes values when they have been typed whole.
    QSpinBox* addNumber(const QString& name, int least, int most, const QString& tip);
    /// Any field; the grid takes it.
    void add(QWidget* field);
    QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    int fieldWidth() const;
    int columnsFor(int width) const;
    void arrange();

    QString m_widest;
    int m_leastColumns;
    int m_mostColumns;
    QGridLayout* m_grid;
    std::vector<QWidget*> m_fields;  // in the order they stand in
    int m_columns = 0;
};

}  // namespace lexiscope
