// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/segmented.h"

#include <functional>
#include <vector>

#include <QString>
#include <QWidget>

class QBoxLayout;

namespace lexiscope {

/// Parts of one topic beside or below each other. Where a row has no room for all, they stand in two rows if
/// it is high enough; else the first stands beside one of the others, or a single one alone, and a switch
/// above them chooses which. Nothing is squeezed below its least length: its width in a row, its height in a
/// column.
class PartRow : public QWidget {
    Q_OBJECT
  public:
    PartRow(const ThemeSource& theme, Qt::Orientation orientation, QWidget* parent = nullptr);

    /// The row takes the part. `name` is what views and figures call it, `title` what its button in the
    /// switch says. Of room to spare it gets its share of all shares. A least length of 0 is that of its
    /// layout.
    void addPart(const QString& name, const QString& title, QWidget* part, int share, int least = 0);
    void setLeast(int part, int least);
    bool isShown(int part) const;
    /// The part that was chosen to be seen where not all fit; empty: none was.
    QString chosen() const;
    /// Of the two below, a name that it has not changes nothing.
    void choose(const QString& name);
    /// From then on that part stands alone, however much room there is.
    void showOnly(const QString& name);
    bool isAlone(int part) const { return m_only == part; }
    /// The switch; hidden while all parts are shown.
    Segmented& choice() { return *m_choice; }
    QSize minimumSizeHint() const override;

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Part {
        QString name;
        QString title;
        QWidget* widget = nullptr;
        int share = 0;
        int least = 0;
    };
    void arrange();
    int find(const QString& name) const;
    int length() const;
    int leastOf(int part) const;
    int neededBy(int first, int count) const;
    int across() const;
    /// How many of the parts stand in the first row: all; fewer where two rows hold them; 0 where not even
    /// those do.
    int firstRow() const;
    void place(int firstRow);
    void showSome();
    void show(const std::function<bool(int)>& isWanted);

    Qt::Orientation m_orientation;
    QBoxLayout* m_rows;  ///< switch, first and second row
    QBoxLayout* m_layout;
    QBoxLayout* m_second;
    Segmented* m_choice;
    std::vector<Part> m_parts;
    int m_firstOffered = 0;  ///< the part that the switch's first button stands for
    int m_chosen = 0;        ///< part that somebody wants to see where not all fit
    int m_only = -1;         ///< part that stands alone; -1: none
};

}  // namespace lexiscope
