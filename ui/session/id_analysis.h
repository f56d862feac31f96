// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/id_neighbors.h"
#include "ui/session/analyses.h"
#include "ui/session/latest_result.h"

#include <memory>
#include <optional>

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

/// Computes them in the background while they are wanted. A result of before stays until the new one stands.
/// For one panel: it says which row is meant.
class IdAnalysis : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t reach = 5;  ///< IDs on each side

    explicit IdAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// A null model means nothing is wanted.
    void setInputs(std::shared_ptr<const Model> model, Row row);

    const std::shared_ptr<const IdResult>& result() const { return m_latest.value(); }
    /// False while the result that stands belongs to inputs of before.
    bool isCurrent() const { return result() && result()->model == m_model && result()->row == m_row; }
    bool isBusy() const { return m_latest.isBusy(); }
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure() const { return m_latest.failure(); }
    /// Once more after a failure.
    void retry();

  Q_SIGNALS:
    void changed();

  private:
    void refresh();

    LatestResult<IdResult> m_latest;
    std::shared_ptr<const Model> m_model;
    Row m_row;
};

}  // namespace lexiscope
