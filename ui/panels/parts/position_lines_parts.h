// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/parts/position_part.h"
#include "ui/plots/position_lines.h"

namespace lexiscope {

/// Some dimensions over the positions, of the first kind that has vectors.
class PositionWavesPart : public PositionPart {
    Q_OBJECT
  public:
    PositionWavesPart(const ThemeSource& theme, QWidget* parent);
    void refresh(const PositionScene& scene) override;
    QString whyNot(PositionKind kind) const override { return noVectors(kind); }

  protected:
    int leastOfPlot(const PositionScene& scene) const override;
    int plotCount(const PositionScene&) const override { return 1; }
    const std::vector<TitledPlot*>& boxes() const override { return m_boxes; }

  private:
    WavePlot* m_plot;
    std::vector<TitledPlot*> m_boxes;
};

/// How much two positions count for each other, over their distance. Two kinds with vectors share a plot.
class PositionDecayPart : public PositionPart {
    Q_OBJECT
  public:
    PositionDecayPart(const ThemeSource& theme, QWidget* parent);
    void refresh(const PositionScene& scene) override;
    std::optional<PositionAnalysis::Part> need() const override { return PositionAnalysis::Decay; }
    QString whyNot(PositionKind) const override { return {}; }

  protected:
    int leastOfPlot(const PositionScene& scene) const override;
    int plotCount(const PositionScene& scene) const override;
    const std::vector<TitledPlot*>& boxes() const override { return m_boxes; }

  private:
    LineFigure figureOf(const PositionScene& scene, PositionKind kind, bool isShared) const;

    std::array<LinePlot*, 2> m_plots{};
    std::vector<TitledPlot*> m_boxes;
    std::array<PositionKind, 2> m_kinds{};
};

/// How many positions a whole wave of each pair takes, all kinds in one plot.
class PositionWavelengthsPart : public PositionPart {
    Q_OBJECT
  public:
    PositionWavelengthsPart(const ThemeSource& theme, QWidget* parent);
    void refresh(const PositionScene& scene) override;
    QString whyNot(PositionKind kind) const override;

  protected:
    int leastOfPlot(const PositionScene& scene) const override;
    int plotCount(const PositionScene&) const override { return 1; }
    const std::vector<TitledPlot*>& boxes() const override { return m_boxes; }

  private:
    LinePlot* m_plot;
    std::vector<TitledPlot*> m_boxes;
};

/// The rows of the positions as a curve in the plane of their largest spread.
class PositionCurvePart : public PositionPart {
    Q_OBJECT
  public:
    PositionCurvePart(const ThemeSource& theme, QWidget* parent);
    void refresh(const PositionScene& scene) override;
    std::optional<PositionAnalysis::Part> need() const override { return PositionAnalysis::Curve; }
    QString whyNot(PositionKind kind) const override { return noVectors(kind); }

  protected:
    int leastOfPlot(const PositionScene& scene) const override;
    const std::vector<TitledPlot*>& boxes() const override { return m_boxes; }

  private:
    std::array<CurvePlot*, 2> m_plots{};
    std::vector<TitledPlot*> m_boxes;
    std::array<PositionKind, 2> m_kinds{};
};

}  // namespace lexiscope
