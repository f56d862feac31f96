// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/parts/position_part.h"

namespace lexiscope {

/// The matrix as a heat map.
class PositionMatrixPart : public PositionPart {
    Q_OBJECT
  public:
    PositionMatrixPart(const ThemeSource& theme, QWidget* parent);
    void refresh(const PositionScene& scene) override;
    QString whyNot(PositionKind) const override { return {}; }
    /// The first one.
    HeatMapView& map() { return *m_maps[0]; }
    const HeatMapView& map() const { return *m_maps[0]; }
    /// Columns to be shown once the matrix is there.
    void setColumns(std::optional<PositionView> columns) { m_columns = columns; }

  protected:
    int leastOfPlot(const PositionScene& scene) const override;
    const std::vector<TitledPlot*>& boxes() const override { return m_boxes; }

  private:
    void connectMap(std::size_t index);

    std::array<HeatMapView*, 2> m_maps{};
    std::vector<TitledPlot*> m_boxes;
    std::array<PositionKind, 2> m_kinds{};
    std::array<std::shared_ptr<const PositionMatrix>, 2> m_matrices;
    std::optional<PositionView> m_columns;
};

/// How alike each two positions are.
class PositionSimilarityPart : public PositionPart {
    Q_OBJECT
  public:
    PositionSimilarityPart(const ThemeSource& theme, QWidget* parent);
    void refresh(const PositionScene& scene) override;
    std::optional<PositionAnalysis::Part> need() const override { return PositionAnalysis::Similarity; }
    QString whyNot(PositionKind kind) const override { return noVectors(kind); }

  protected:
    int leastOfPlot(const PositionScene& scene) const override;
    const std::vector<TitledPlot*>& boxes() const override { return m_boxes; }

  private:
    void connectMap(std::size_t index);
    void refreshMap(const PositionScene& scene, std::size_t index);
    std::size_t step(std::size_t index) const;

    std::array<HeatMapView*, 2> m_maps{};
    std::vector<TitledPlot*> m_boxes;
    std::array<PositionKind, 2> m_kinds{};
    std::array<std::shared_ptr<const PositionSimilarityResult>, 2> m_results;
};

}  // namespace lexiscope
