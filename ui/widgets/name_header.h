// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QHeaderView>
#include <QPointer>

class QLineEdit;

namespace lexiscope {

/// The names of a table's rows or columns: read across, those of columns on up to three lines, and renamed
/// where they stand, by a double click or rename(). A name that finds no room is cut with an ellipsis, and
/// its tooltip is the model's.
class NameHeader : public QHeaderView {
    Q_OBJECT
  public:
    NameHeader(const ThemeSource& theme, Qt::Orientation orientation, QWidget* parent = nullptr);

    /// Opens the field in which the name is typed; Return keeps it, Escape does not.
    void rename(int section);
    /// The section that stands out as the current one; -1: none.
    void setCurrentSection(int section);
    /// Of rows: as wide as the longest name, within bounds. Of columns: as high as the names need at the
    /// width that the columns have.
    QSize sizeHint() const override;

  Q_SIGNALS:
    /// A section has been pressed, with whichever button.
    void chosen(int section);

  protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QString nameOf(int section) const;
    QFont fontOf(int section) const;
    QRect placeOf(int section) const;
    int linesOf(int section) const;
    void endRenaming(bool keeps);

    const ThemeSource& m_theme;
    QPointer<QLineEdit> m_field;
    int m_renamed = -1;
    int m_current = -1;
};

}  // namespace lexiscope
