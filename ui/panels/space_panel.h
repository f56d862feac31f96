// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/space_plot.h"
#include "ui/widgets/color_legend.h"
#include "ui/widgets/map_tools.h"

namespace lexiscope {

/// Embedding space: all rows of the model projected to two principal components, with the tokens of the text,
/// the selection and its neighbours marked.
class SpacePanel : public Panel {
    Q_OBJECT
  public:
    explicit SpacePanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    SpacePlot& plot() { return *m_plot; }
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

    /// What the points are coloured by, and which classes of that are hidden: a bit each.
    void setColors(ColorBy by, std::uint32_t hidden = 0);
    ColorBy colorBy() const { return m_colorBy; }
    std::uint32_t hiddenClasses() const { return m_hidden; }

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// Pinned and boxed rows are those of the slot in front.
    bool isInFront() const;
    const std::vector<Row>& boxedRows() const;
    std::vector<MarkedPoint> marks() const;
    std::shared_ptr<const std::vector<Row>> boxed();
    void listenToTools();
    void refreshFrequent();
    void refreshTraits();
    void refreshTools();
    void refreshLegend();
    QString message() const;
    void refreshFact();
    void copyBoxed() const;

    SpacePlot* m_plot;
    ColorLegend* m_legend;
    MapTools* m_tools;
    ColorBy m_colorBy = ColorBy::Density;
    std::uint32_t m_hidden = 0;
    std::shared_ptr<const PointTraits>
        m_traits;  // of the points shown, by m_colorBy; null: not known, or not wanted
    std::shared_ptr<const PcaResult> m_traitsOf;
    std::shared_ptr<const std::vector<Row>> m_boxed;  // the selection's, copied once
    // Labels of the vocabulary's words in row order, made once per projection.
    std::shared_ptr<const PcaResult> m_frequentOf;
    std::vector<MarkedPoint> m_frequent;
};

}  // namespace lexiscope
