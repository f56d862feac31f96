// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/position_figures.h"
#include "ui/session/position_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/part_row.h"
#include "ui/widgets/segmented.h"

#include <array>

class QBoxLayout;
class QSpinBox;

namespace lexiscope {

/// Positions: the sinusoidal or the model's own learned matrix, or both beside each other; how alike the
/// positions are; some dimensions as waves; and the selected token's row plus the row of its position. All
/// parts show the same stretch of positions.
class PositionsPanel : public Panel {
    Q_OBJECT
  public:
    explicit PositionsPanel(const PanelContext& context, QWidget* parent = nullptr);

    QList<QWidget*> tools() override;
    bool isBusy() const override { return m_analysis->isBusy(); }
    void setRoom(double width) override;
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    bool showsModel() const override;
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    enum Part { MatrixPart, SimilarityPart, WavePart, SumPart };
    static constexpr int usualLength = 128;  ///< of a model without positions, and dimensions without one
    static constexpr int leastMap = 240;     // pixels of width
    static constexpr int leastSimilarity = 150;
    /// The matrix of one kind, and its similarity.
    struct Map {
        PositionKind kind = PositionKind::Sinusoidal;
        QWidget* matrixBox = nullptr;
        ElidedLabel* matrixTitle = nullptr;
        HeatMapView* matrix = nullptr;
        AgainButton* matrixAgain = nullptr;
        QWidget* similarityBox = nullptr;
        ElidedLabel* similarityTitle = nullptr;
        HeatMapView* similarity = nullptr;
        AgainButton* similarityAgain = nullptr;
    };

    void buildControls();
    void buildMap(Map& map, PositionKind kind, QBoxLayout* matrices, QBoxLayout* similarities);
    void layOut();
    void listen();
    void listenTo(const Map& map);

    bool hasLearned() const { return model() && model()->positions; }
    bool isShown(PositionKind kind) const;
    SinusoidalOptions options() const;
    /// Kinds, length and dimension follow the model, these two until somebody chooses others.
    void followModel();
    void wantResults(bool visible);
    /// Shows the maps of the kinds that are chosen.
    void arrange();

    /// Where the text has a token with a row at that place.
    std::optional<Selected> tokenAt(std::size_t position) const;
    std::optional<std::size_t> framedPosition() const;
    long long hoveredPosition() const;
    void choose(std::size_t position);
    void pointAt(long long position);
    /// Brings the framed position into view; until somebody scrolls, rows are high enough to be pointed at.
    void placeView();
    std::size_t rowsShown() const;

    void refreshMap(const Map& map);
    void refreshSimilarity(const Map& map);
    void refreshWaves();
    void refreshSum();
    void refreshTitles();
    void refreshFact();
    /// What the strips show, where they stand alone.
    QString sumFact() const;
    QString messageOf(PositionKind kind, PositionAnalysis::Part part) const;
    bool wasCancelled(PositionKind kind, PositionAnalysis::Part part) const;
    /// Fills the strips, or gives the sentence that says why there are none.
    QString fillSum(SumFigure& figure) const;
    Result<std::vector<float>> positionRow(std::size_t position) const;

    PositionAnalysis* m_analysis;
    QWidget* m_shelf;  ///< of the controls, until the host takes them
    Segmented* m_kind;
    QSpinBox* m_length;
    QSpinBox* m_dimension;
    QSpinBox* m_base;
    PartRow* m_parts;
    std::array<Map, 2> m_maps;
    ElidedLabel* m_waveTitle;
    WavePlot* m_waves;
    ElidedLabel* m_sumTitle;
    ElidedLabel* m_sumNote;
    SumStrips* m_sum;

    std::shared_ptr<const Model> m_followed;
    int m_kindChosen = 0;
    bool m_lengthChosen = false;
    bool m_dimensionChosen = false;
    PositionView m_view;
    bool m_viewChosen = false;
    std::optional<PositionView> m_columns;  ///< to be shown once the matrix is there
    std::optional<std::size_t> m_framed;    ///< last brought into view
    std::optional<std::size_t> m_marked;    ///< chosen where the text has no token
    long long m_pointed = -1;               ///< position under the pointer
    long long m_pointedDimension = -1;
};

}  // namespace lexiscope
