// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_traits.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/color_legend.h"
#include "ui/widgets/scale_legend.h"

#include <memory>
#include <optional>
#include <vector>

#include <QJsonObject>
#include <QWidget>

namespace lexiscope {

class ViewKeys;

/// What the points of a map are coloured by, which of them are left out, and the legend that says so and lets
/// a person choose. Takes no room while the points have one colour.
class SpaceColors : public QWidget {
    Q_OBJECT
  public:
    /// In a figure nothing can be clicked.
    SpaceColors(const ThemeSource& theme, bool clickable, QWidget* parent = nullptr);

    void choose(ColorBy by, const HiddenPoints& hidden = {});
    ColorBy by() const { return m_by; }
    const HiddenPoints& hidden() const { return m_hidden; }
    /// What the colours are made from beside the projection.
    std::optional<Analyses::Need> need() const { return needOf(m_by); }

    /// What there is to make them from.
    struct Inputs {
        std::shared_ptr<const Model> model;
        std::shared_ptr<const PcaResult> projection;  ///< whose points are shown; null: none are
        bool belongTogether = false;                  ///< the projection is the model's
        std::shared_ptr<const NormResult> norms;
        std::shared_ptr<const TokenTraits> tokens;
        QString failure;  ///< why norms or tokens are missing, when there is a reason
        bool wasCancelled = false;
    };
    void refresh(const Inputs& inputs);
    /// Of the points shown, by by(); null: not known, or not wanted.
    const std::shared_ptr<const PointTraits>& traits() const { return m_traits; }
    /// "402 of 16,384 points hidden by the legend", "402 of 16,384 points shown"; empty when none is hidden.
    QString hiddenText(std::size_t points) const;

    /// What of a view is theirs.
    static const ViewKeys& viewKeys();
    void save(QJsonObject& view) const;
    /// What is missing or makes no sense is left as it is; false then.
    bool restore(const QJsonObject& view);

  Q_SIGNALS:
    void hiddenChanged();
    /// What was cancelled is to be begun again.
    void againWanted();

  private:
    void refreshTraits(const Inputs& inputs);
    void refreshLegend(const Inputs& inputs);
    void showScale();
    void showClasses();
    QString rangeText() const;  // the fact of the panel says how many

    ColorLegend* m_classes;
    ScaleLegend* m_scale;
    AgainButton* m_again;
    ColorBy m_by = ColorBy::Density;
    HiddenPoints m_hidden;
    std::shared_ptr<const PointTraits> m_traits;
    std::shared_ptr<const PcaResult> m_traitsOf;
};

}  // namespace lexiscope
