// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/neighbor_model.h"
#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/neighbor_list.h"
#include "ui/widgets/segmented.h"

class QSpinBox;

namespace lexiscope {

/// Nearest neighbours of the selected token: exact, by the measure and number chosen.
class NeighborPanel : public Panel {
    Q_OBJECT
  public:
    explicit NeighborPanel(const PanelContext& context, QWidget* parent = nullptr);
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

  protected:
    void refresh() override;

  private:
    void listen();
    void refreshMessage();
    void refreshFact();
    QString metricName() const;
    std::optional<Selected> tokenAt(int index) const;
    /// What the list shows; null when that is of something before.
    std::shared_ptr<const NeighborResult> current() const;

    Segmented* m_metric;
    QSpinBox* m_count;
    ElidedLabel* m_token;
    ElidedLabel* m_id;
    ElidedLabel* m_message;
    AgainButton* m_again;
    ElidedLabel* m_time;
    NeighborList* m_list;
    NeighborModel* m_model;
};

}  // namespace lexiscope
