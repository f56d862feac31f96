// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window/panel_list.h"
#include "ui/panels/panel.h"
#include "ui/widgets/card.h"

#include <vector>

#include <QMainWindow>

namespace lexiscope {

/// The panels of one layout as cards that can be moved, floated, hidden and restored. The place of each comes
/// from the layout, also when the area's size changes, until a person moves one; what a person makes of it
/// is kept by saveLayout().
class DockArea : public QMainWindow {
    Q_OBJECT
  public:
    DockArea(const PanelContext& context, const DockLayout& layout, QWidget* parent = nullptr);

    const std::vector<CardDock*>& docks() const { return m_docks; }
    /// The card of that panel; null when the layout has none of that name.
    CardDock* dock(const QString& panel) const;
    void restoreDefaultLayout();
    /// Rows as high as their content take what it needs now.
    void fitRows();

    /// Empty before it was shown.
    QByteArray saveLayout() const;
    /// False, and nothing is changed, when `saved` is of another version or none. Where it was the standard
    /// one, it goes on to follow the area's size.
    bool restoreLayout(const QByteArray& saved, bool wasStandard = false);
    /// The cards stand where the layout says: nobody has moved one.
    bool isStandard() const { return m_isStandard; }

  Q_SIGNALS:
    /// Chosen from the menu of that panel's card.
    void exportWanted(const QString& panel);
    void pictureWanted(const QString& panel);
    /// That menu opens on the panel's card.
    void menuFilling(QMenu* menu, const Panel* panel);
    /// Asked for in the panel (see Panel::saveWanted).
    void saveWanted(const Panel* panel);
    /// Likewise (see Panel::openWanted).
    void openWanted(int slot, QPoint at);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void childEvent(QChildEvent* event) override;

  private:
    void addPanel(const PanelContext& context, const QString& name);
    void linkCameras(const PanelContext& context);
    void addMenu(CardDock& dock, Panel* panel, const QString& name);
    void place();
    void shareRoom();
    /// Which tabs of the layout there are at this size.
    std::vector<bool> wantedTabs() const;
    void followSize();
    void tellRoom();
    /// Where not all cards have the room that they need, some have to be scrolled; but in a figure nobody can
    /// scroll, so that there they get it, or the figure is refused.
    void limitCards();
    bool isTabbed(CardDock* card) const;
    /// Whether it stands behind another one as the layout says for little room.
    bool isBehind(const QString& panel) const;

    const ThemeSource& m_theme;
    const bool m_isFigure;
    DockLayout m_layout;
    std::vector<CardDock*> m_docks;  // in the order of the layout
    QByteArray m_defaultState;
    bool m_laidOut = false;
    // As long as nobody has moved a card, the standard layout is that of the size.
    bool m_isStandard = false;
    bool m_arranging = false;
    std::vector<bool> m_tabsMade;
};

}  // namespace lexiscope
