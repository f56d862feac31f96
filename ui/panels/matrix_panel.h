// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/row_bars.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/part_row.h"
#include "ui/widgets/segmented.h"

namespace lexiscope {

/// Embedding matrix: V × D as a heat map, the selected row marked, and below it as bars and in numbers.
class MatrixPanel : public Panel {
    Q_OBJECT
  public:
    explicit MatrixPanel(const PanelContext& context, QWidget* parent = nullptr);
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    /// A stretch of a model's rows, and the lines of pixels there are for it.
    struct Asked {
        int slot = 0;
        std::shared_ptr<const Model> model;
        std::size_t firstRow = 0;
        std::size_t rowCount = 0;
        std::size_t lines = 0;
        bool operator==(const Asked&) const = default;
    };

    void layOut();
    void listen();
    void showAround(Row row);
    void setView(double firstRow, double rowCount);
    void requestView();
    void refreshMap();
    void refreshRow();
    QString rowTitle(Row row) const;
    void refreshFact();

    PartRow* m_parts;
    HeatMapView* m_map;
    RowBars* m_bars;
    AgainButton* m_again;
    ElidedLabel* m_rowTitle;
    ElidedLabel* m_rowMessage;
    std::vector<ElidedLabel*> m_captions;
    std::vector<ElidedLabel*> m_numbers;
    Segmented* m_view;
    ElidedLabel* m_viewNote;
    bool m_noteShown = false;  // since the panel has its size
    // What of the matrix is in view, in rows; kept per model.
    std::shared_ptr<const Model> m_viewOf;
    std::optional<Row> m_shownRow;
    double m_firstRow = 0;
    double m_rowCount = 0;
    Asked m_asked;  // last
};

}  // namespace lexiscope
