// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/parts/position_controls.h"
#include "ui/panels/parts/position_part.h"
#include "ui/plots/position_figures.h"
#include "ui/plots/sum_matrices.h"
#include "ui/session/input_analysis.h"
#include "ui/session/position_analysis.h"
#include "ui/widgets/card.h"
#include "ui/widgets/part_row.h"

#include <vector>

class QBoxLayout;

namespace lexiscope {

class PositionMatrixPart;

/// Positions of one kind, or of two beside each other: the matrix, how alike the positions are, some
/// dimensions as waves, the decay with distance, the wavelengths, the positions as a curve; and the selected
/// token's row plus the row of its position or, where there is room, the same of the whole text. All parts
/// show the same stretch of positions, but that last one.
class PositionsPanel : public Panel {
    Q_OBJECT
  public:
    explicit PositionsPanel(const PanelContext& context, QWidget* parent = nullptr);

    QList<QWidget*> tools() override;
    bool isBusy() const override { return m_analysis->isBusy() || m_input->isBusy(); }
    void setRoom(double width) override;
    static const ViewKeys& viewKeys();
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
    /// In the order of the row; the sum is no PositionPart.
    enum Part { MatrixPart, SimilarityPart, WavesPart, DecayPart, WavelengthsPart, CurvePart, SumPart };
    void layOut();
    void addPart(const QString& name, const QString& title, PositionPart* part, int share);
    void layOutSum();
    void listen();
    void listenTo(PositionPart* part);
    void listenToSum();
    /// The settings stand in the title where it has room for them, else above the parts.
    void placeSettings();

    bool hasLearned() const { return model() && model()->positions; }
    PositionScene scene() const;
    void wantResults(bool visible);
    /// Which parts have something to show, how much room they need, and why the others have nothing.
    void refreshParts(const PositionScene& scene);

    /// Where the text has a token with a row at that place.
    std::optional<Selected> tokenAt(std::size_t position) const;
    std::optional<std::size_t> framedPosition() const;
    long long hoveredPosition() const;
    void choose(std::size_t position);
    void step(int positions);
    void pointAt(long long position);
    /// Brings the framed position into view; until somebody scrolls, rows are high enough to be pointed at.
    void placeView();
    std::size_t rowsShown() const;

    void refreshFact();
    QStringList factOf(PositionKind kind, bool isFirst) const;
    std::vector<DataTable> dataOf(PositionKind kind) const;

    // The sum.
    void refreshSum();
    /// What the strips show, where they stand alone.
    QString sumFact() const;
    /// Fills the strips, or gives the sentence that says why there are none.
    QString fillSum(SumFigure& figure) const;
    Result<std::vector<float>> positionRow(std::size_t position) const;
    /// There is room for all of the text.
    bool hasRoomForText() const;
    void wantInput(bool visible);
    void refreshMatrices();
    QString tokenName(std::size_t position) const;
    /// What of the text the matrices do not show; empty: nothing.
    QString leftOut() const;

    PositionAnalysis* m_analysis;
    InputAnalysis* m_input;
    QWidget* m_shelf;  ///< of the controls, until the host takes them
    PositionControls* m_controls;
    QWidget* m_settingsInTitle;
    QBoxLayout* m_settingsAbove;
    PartRow* m_row;
    std::vector<PositionPart*> m_parts;  ///< all but the sum
    PositionMatrixPart* m_matrix;
    ElidedLabel* m_why;  ///< of parts that are left out
    ElidedLabel* m_sumTitle;
    ElidedLabel* m_sumNote;
    QWidget* m_sumBox = nullptr;
    SumStrips* m_sum;
    SumMatrices* m_matrices;

    std::shared_ptr<const Model> m_followed;
    PositionView m_view;
    bool m_viewChosen = false;
    std::optional<std::size_t> m_framed;  ///< last brought into view
    std::optional<std::size_t> m_marked;  ///< chosen where the text has no token
    long long m_pointed = -1;             ///< position under the pointer
    long long m_pointedDimension = -1;
};

}  // namespace lexiscope
