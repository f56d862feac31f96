// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/space_plot.h"

namespace lexiscope {

/// Embedding space: all rows of the model projected to two principal components, with the tokens of the text,
/// the selection and its neighbours marked.
class SpacePanel : public Panel {
    Q_OBJECT
  public:
    explicit SpacePanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    SpacePlot& plot() { return *m_plot; }

  protected:
    void refresh() override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    std::vector<MarkedPoint> marks() const;
    void refreshFrequent();
    QString message() const;
    void refreshFact();
    void copyBoxed() const;

    SpacePlot* m_plot;
    QWidget* m_zoomButtons;
    // Labels of the vocabulary's words in row order, made once per projection.
    std::shared_ptr<const PcaResult> m_frequentOf;
    std::vector<MarkedPoint> m_frequent;
};

}  // namespace lexiscope
