// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/segmented.h"

#include <cstddef>
#include <vector>

#include <QString>
#include <QWidget>

class QBoxLayout;

namespace lexiscope {

/// Parts of one topic beside or below each other. Where a row has no room for all, they stand in two rows if
/// it is high enough; else the first stands beside one of the others, or a single one alone, and a switch
/// above them chooses which. Nothing is squeezed below its least length: its width in a row, its height in a
/// column. A row of many parts can be one that spreads.
class PartRow : public QWidget {
    Q_OBJECT
  public:
    PartRow(const ThemeSource& theme, Qt::Orientation orientation, QWidget* parent = nullptr);
    ~PartRow() override;

    /// A row becomes a column, or the other way round; least lengths are those of the layouts then.
    void setOrientation(Qt::Orientation orientation);
    Qt::Orientation orientation() const { return m_orientation; }

    /// The row takes the part. `name` is what views and figures call it, `title` what its button in the
    /// switch says. Of room to spare it gets its share of all shares. A least length of 0 is that of its
    /// layout.
    void addPart(const QString& name, const QString& title, QWidget* part, int share, int least = 0);
    void setLeast(int part, int least);
    /// From then on parts stand in as many rows as make them neither flat nor narrow. Where there is no room
    /// for all, those of `kept` stand there, fewer from the last on where even they have none, and between
    /// them one of the others, below the switch.
    void spread(std::vector<int> kept);
    /// A part that has nothing to show is left out where the others have room; the switch offers it still.
    void setMeaning(int part, bool hasMeaning);
    /// The switch stands right above that part.
    bool isBelowChoice(int part) const { return m_now.isColumn && m_now.chosen == part; }
    bool isShown(int part) const;
    /// The part that was chosen to be seen where not all fit; empty: none was.
    QString chosen() const;
    /// Of the two below, a name that it has not changes nothing.
    void choose(const QString& name);
    /// From then on that part stands alone, however much room there is.
    void showOnly(const QString& name);
    bool isAlone(int part) const { return m_only == part; }
    bool hasOnly() const { return m_only >= 0; }
    /// The switch; hidden while all parts are shown.
    Segmented& choice() { return *m_choice; }
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    /// Parts have come, gone or moved.
    void arranged();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Part {
        QString name;
        QString title;
        QWidget* widget = nullptr;
        int share = 0;
        int least = 0;
        bool hasMeaning = true;
    };
    /// What stands where.
    struct Arrangement {
        std::vector<std::vector<int>> rows;
        int chosen = -1;           ///< part that was chosen from those offered; it stands in the first row
        std::vector<int> offered;  ///< by the switch; none: there is no switch
        bool isColumn = false;     ///< the switch stands above the chosen part alone
        bool operator==(const Arrangement&) const = default;
    };

    void arrange();
    int find(const QString& name) const;
    int length() const;
    int leastOf(int part) const;
    int neededBy(const std::vector<int>& parts) const;
    int longestOf(const std::vector<int>& parts) const;
    int across() const;
    QStringList titlesOf(const std::vector<int>& parts) const;
    std::vector<int> all() const;
    /// The split of `parts` into so many rows whose longest is shortest; none that fits: empty.
    std::vector<std::vector<int>> split(const std::vector<int>& parts, int rows) const;
    std::vector<std::vector<int>> rowsOf(const std::vector<int>& parts) const;
    Arrangement wanted() const;
    Arrangement some() const;
    void apply(const Arrangement& arrangement);
    void place(const Arrangement& arrangement);
    QBoxLayout* row(std::size_t index);

    const ThemeSource& m_theme;
    Qt::Orientation m_orientation;
    QBoxLayout* m_layout;             // switch, then the rows
    std::vector<QBoxLayout*> m_rows;  // of parts
    QBoxLayout* m_column;             // switch and the part below it, where those two stand together
    Segmented* m_choice;
    std::vector<Part> m_parts;
    std::vector<int> m_kept{0};
    bool m_spreads = false;
    Arrangement m_now;
    int m_chosen = 0;  ///< part that somebody wants to see where not all fit
    int m_only = -1;   ///< part that stands alone; -1: none
};

}  // namespace lexiscope
