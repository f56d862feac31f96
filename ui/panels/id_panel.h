// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/neighbor_model.h"
#include "ui/panels/panel.h"
#include "ui/session/id_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/neighbor_list.h"
#include "ui/widgets/part_row.h"

#include <array>

namespace lexiscope {

/// The selected token among those with the IDs next to its own, and among those with the nearest vectors: an
/// ID says nothing about meaning, a vector does.
class IdPanel : public Panel {
    Q_OBJECT
  public:
    explicit IdPanel(const PanelContext& context, QWidget* parent = nullptr);
    bool isBusy() const override { return m_analysis->isBusy(); }
    std::optional<Error> failure() const override {
        return m_analysis->failure() ? m_analysis->failure() : Panel::failure();
    }
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

  protected:
    void refresh() override;
    void hideEvent(QHideEvent* event) override;

  private:
    /// One list with what stands above it.
    struct Side {
        ElidedLabel* title = nullptr;
        ElidedLabel* mean = nullptr;
        NeighborList* list = nullptr;
        NeighborModel* model = nullptr;
    };
    void build(Side& side, const QString& name, const QString& shortTitle, const QString& title,
               const QString& explanation);
    void refreshSide(const Side& side, std::shared_ptr<const NeighborResult> neighbors, double mean);
    QString message() const;
    std::optional<Selected> tokenAt(const Side& side, int index) const;
    /// What that list shows; null when that is of something before.
    std::shared_ptr<const NeighborResult> current(const Side& side) const;

    IdAnalysis* m_analysis;
    ElidedLabel* m_token;
    ElidedLabel* m_id;
    ElidedLabel* m_message;
    AgainButton* m_again;
    PartRow* m_parts;
    std::array<Side, 2> m_sides;  // by ID, by vector
};

}  // namespace lexiscope
