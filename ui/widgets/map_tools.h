// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QMenu>
#include <QPushButton>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// The tools of a map, in one row: what its points are coloured by, zoom, all points, the selected point.
class MapTools : public QWidget {
    Q_OBJECT
  public:
    struct Coloring {
        QString name;  ///< object name of its action
        QString text;
    };
    static constexpr double zoomFactor = 1.5;

    /// The first colouring is chosen.
    explicit MapTools(const std::vector<Coloring>& colorings, QWidget* parent = nullptr);

    /// The menu behind the first button, for other places as well.
    QMenu* colorMenu() { return m_menu; }
    /// Emits nothing.
    void setColoring(std::size_t index);
    void setColoringOffered(std::size_t index, bool offered);
    void setSelectionOffered(bool offered) { m_toSelection->setVisible(offered); }
    /// Without room for all, those go that wheel, keys and menus stand in for.
    void setNarrow(bool narrow);
    /// Beside another map there is no room for the colours' button either; their menu is in other places.
    void setColorsOffered(bool offered) { m_colors->setVisible(offered); }

  Q_SIGNALS:
    void coloringChosen(int index);
    void zoomWanted(double factor);  ///< > 1 is closer
    void allWanted();
    void selectionWanted();

  private:
    QMenu* m_menu;
    std::vector<QAction*> m_colorings;
    QPushButton* m_colors;
    QPushButton* m_zoomOut;
    QPushButton* m_zoomIn;
    QPushButton* m_toSelection;
};

}  // namespace lexiscope
