// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/position_figures.h"
#include "ui/session/position_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include <QWidget>

class QBoxLayout;

namespace lexiscope {

/// What the parts of the positions panel show together.
struct PositionScene {
    const PositionAnalysis& analysis;
    std::vector<PositionKind> kinds;  ///< one, or two beside each other
    PositionView view;                ///< positions in view
    std::optional<std::size_t> framed;
    long long hovered = -1;           ///< position under the pointer
    long long pointedDimension = -1;  ///< dimension under it
    bool hasPair() const { return kinds.size() > 1; }
};

/// A title above a plot, and the button that begins again what somebody has cancelled.
class TitledPlot : public QWidget {
    Q_OBJECT
  public:
    /// Takes the plot, which then is in the middle of it.
    TitledPlot(QWidget* plot, const QString& again, QWidget* parent);
    ElidedLabel& title() { return *m_title; }
    AgainButton& again() { return *m_again; }

  private:
    ElidedLabel* m_title;
    AgainButton* m_again;
};

/// One view of positions: of one kind, or of two beside each other. What it shows it takes from the scene;
/// what a person does with it, it tells the panel.
class PositionPart : public QWidget {
    Q_OBJECT
  public:
    explicit PositionPart(const ThemeSource& theme, QWidget* parent);

    virtual void refresh(const PositionScene& scene) = 0;
    /// What beside the matrix has to be computed for it.
    virtual std::optional<PositionAnalysis::Part> need() const { return std::nullopt; }
    /// Why it has nothing to show of that kind; empty when it has.
    virtual QString whyNot(PositionKind kind) const = 0;
    /// Pixels of width below which it is not shown beside others: those of its plots, and of whole titles.
    int leastWidth(const PositionScene& scene) const;
    /// Without a title where a switch right above says the same; titles that tell two kinds apart stay.
    void setTitled(bool titled) { m_isTitled = titled; }

  Q_SIGNALS:
    void chosen(std::size_t position);
    void pointed(long long position);  ///< -1: nowhere
    void dimensionPointed(long long dimension);
    void stepped(int positions);  ///< from the chosen one
    void viewRequested(double first, double count);
    void againWanted(lexiscope::PositionKind kind, lexiscope::PositionAnalysis::Part part);

  protected:
    /// Of one plot.
    virtual int leastOfPlot(const PositionScene& scene) const = 0;
    /// Plots that stand beside each other.
    virtual int plotCount(const PositionScene& scene) const { return scene.hasPair() ? 2 : 1; }
    virtual const std::vector<TitledPlot*>& boxes() const = 0;
    const Theme& theme() const { return m_theme.theme(); }
    /// The place for that many plots.
    QBoxLayout* row();
    /// Shows the first so many of `boxes`; titles them.
    void arrange(const std::vector<TitledPlot*>& boxes, const QStringList& titles,
                 const QString& explanation);
    static constexpr int spacing = 20;

  private:
    const ThemeSource& m_theme;
    bool m_isTitled = true;
};

/// Says what hinders a result of that kind: its error, or that it was cancelled. Empty while there is none.
QString positionMessage(const PositionScene& scene, PositionKind kind, PositionAnalysis::Part part);
bool wasCancelled(const PositionScene& scene, PositionKind kind, PositionAnalysis::Part part);
/// Why a kind without vectors has nothing to compare.
QString noVectors(PositionKind kind);

}  // namespace lexiscope
