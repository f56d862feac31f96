// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/neighbor_model.h"
#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/link_lines.h"
#include "ui/widgets/neighbor_list.h"

#include <array>

class QActionGroup;
class QMenu;
class QPushButton;

namespace lexiscope {

/// Nearest neighbours in two models beside each other: of the selected token and of its counterpart. Words
/// that both lists have are joined by lines and counted.
class PairNeighborPanel : public Panel {
    Q_OBJECT
  public:
    explicit PairNeighborPanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

  protected:
    void refresh() override;

  private:
    static constexpr std::size_t count = 2;
    struct Side {
        QWidget* widget = nullptr;
        ElidedLabel* token = nullptr;
        ElidedLabel* id = nullptr;
        ElidedLabel* message = nullptr;
        AgainButton* again = nullptr;
        NeighborList* list = nullptr;
        NeighborModel* model = nullptr;
    };

    void buildSide(int slot);
    void buildMenu();
    void listen(int slot);
    void refreshSide(int slot);
    QString messageOf(int slot) const;
    /// How many words the two lists share; none while one of them has no rows.
    std::optional<std::size_t> refreshLinks();
    void refreshFact(std::optional<std::size_t> shared);
    std::optional<Selected> tokenAt(int slot, int index) const;
    /// What the slot's list shows; null when that is of something before.
    std::shared_ptr<const NeighborResult> current(int slot) const;
    Side& side(int slot) { return m_sides.at(static_cast<std::size_t>(slot)); }
    const Side& side(int slot) const { return m_sides.at(static_cast<std::size_t>(slot)); }

    std::array<Side, count> m_sides;
    LinkLines* m_links = nullptr;
    QPushButton* m_options;
    QMenu* m_menu;
    QActionGroup* m_metrics;
    QActionGroup* m_counts;
    bool m_scrolling = false;
};

}  // namespace lexiscope
