// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/id_neighbors.h"
#include "ui/session/analyses.h"
#include "ui/session/panel_analysis.h"

#include <memory>

#include <QObject>
#include <QString>

namespace lexiscope {

/// A row's neighbours by ID and by vector, each with the row itself; as two lists of neighbours by cosine.
struct IdResult {
    std::shared_ptr<const Model> model;
    Row row;
    std::shared_ptr<const NeighborResult> byId;
    std::shared_ptr<const NeighborResult> byVector;
    double meanById = 0;  ///< cosine with the row, of the others; NaN where there are none
    double meanByVector = 0;
};

/// Computes them. For one panel: it says which row is meant.
class IdAnalysis : public AnalysisOf<IdResult> {
    Q_OBJECT
  public:
    static constexpr std::size_t reach = 5;  ///< IDs on each side

    explicit IdAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// A null model means nothing is wanted.
    void setInputs(std::shared_ptr<const Model> model, Row row);

    bool isCurrent() const override {
        return result() && result()->model == m_model && result()->row == m_row;
    }

  private:
    void refresh() override;

    std::shared_ptr<const Model> m_model;
    Row m_row;
};

}  // namespace lexiscope
