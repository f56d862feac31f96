// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/space_colors.h"
#include "ui/plots/space_plot.h"
#include "ui/widgets/again_button.h"
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
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

    /// What the points are coloured by; all are shown then.
    void setColors(ColorBy by);
    ColorBy colorBy() const { return m_colors->by(); }

    QString shortTitle() const override { return tr("Space"); }

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
    /// The tools and what is asked for, after the colours were chosen.
    void followColors();
    void refreshColors(const std::shared_ptr<const PcaResult>& shown);
    /// The model's vocabulary names the points of the projection.
    bool hasNames(const std::shared_ptr<const PcaResult>& shown) const;
    void refreshTools();
    QString message() const;
    void refreshFact();
    void copyBoxed() const;

    SpacePlot* m_plot;
    SpaceColors* m_colors;
    MapTools* m_tools;
    AgainButton* m_again;
    std::shared_ptr<const std::vector<Row>> m_boxed;  // the selection's, copied once
    // Labels of the vocabulary's words in row order, made once per projection.
    std::shared_ptr<const PcaResult> m_frequentOf;
    std::vector<MarkedPoint> m_frequent;
};

}  // namespace lexiscope
