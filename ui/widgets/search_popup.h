// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/search_field.h"

#include <QFrame>
#include <QVector>

namespace lexiscope {

/// The list below a SearchField: completions, or one line of message. It never takes the focus; the field
/// sends it the keys.
class SearchPopup : public QFrame {
    Q_OBJECT
  public:
    explicit SearchPopup(const ThemeSource& theme, QWidget* parent);
    /// A last line has the note, if there is one.
    void setCompletions(const QVector<Completion>& completions, const QString& note = {});
    void setMessage(const QString& message);
    const QVector<Completion>& completions() const { return m_completions; }
    /// The marked row; -1 for none.
    int current() const { return m_current; }
    /// Moves the mark by so many rows; from none, down marks the first and up the last.
    void step(int by);
    int wantedHeight() const;

  Q_SIGNALS:
    void taken(int index);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    int rowAt(QPoint point) const;
    int rowHeight() const;
    int shownRows() const;
    /// What stands below the tokens: that there may be more of them than are listed, and the note.
    QString lastLine() const;
    void scrollToCurrent();
    void describe();
    const ThemeSource& m_theme;
    QVector<Completion> m_completions;
    QString m_message;
    QString m_note;
    int m_current = -1;
    int m_hovered = -1;
    int m_first = 0;
};

}  // namespace lexiscope
