// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/matrix_levels.h"
#include "core/model.h"
#include "core/position/position_similarity.h"
#include "core/position/sinusoidal.h"
#include "ui/session/job_runner.h"

#include <array>
#include <memory>
#include <optional>

#include <QObject>
#include <QString>

namespace lexiscope {

enum class PositionKind { Sinusoidal, Learned };

/// Positions as a matrix in memory, one row each.
struct PositionMatrix {
    PositionKind kind = PositionKind::Sinusoidal;
    SinusoidalOptions options;           ///< of sinusoidal ones
    std::shared_ptr<const Model> model;  ///< whose they are, when learned
    std::shared_ptr<const MatrixLevels> levels;
    double limit = 1;  ///< of its colour scale
};

/// The similarity of the positions of a matrix.
struct PositionSimilarityResult {
    std::shared_ptr<const PositionMatrix> matrix;
    PositionSimilarity similarity;
};

/// Positions and what follows from them, in the background, each keyed by all its inputs and only while it is
/// wanted. Results of before stay until the new ones stand; isCurrent tells the two apart. For one panel: it
/// says what the inputs are.
class PositionAnalysis : public QObject {
    Q_OBJECT
  public:
    enum Part { Matrix, Similarity };
    static constexpr std::size_t partCount = 2;
    static constexpr std::size_t mostCompared = 1024;  ///< positions whose similarities are computed

    explicit PositionAnalysis(JobRunner& runner, QObject* parent = nullptr);
    ~PositionAnalysis() override;

    /// The model whose learned positions are meant, null for none, and what the sinusoidal ones are.
    void setInputs(std::shared_ptr<const Model> model, const SinusoidalOptions& options);
    void want(PositionKind kind, Part part, bool wanted);

    // Null until there is one.
    std::shared_ptr<const PositionMatrix> matrix(PositionKind kind) const { return of(kind).matrix; }
    std::shared_ptr<const PositionSimilarityResult> similarity(PositionKind kind) const {
        return of(kind).similarity;
    }
    /// False while the result that stands belongs to inputs of before.
    bool isCurrent(PositionKind kind, Part part) const;
    bool isBusy() const;
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure(PositionKind kind, Part part) const {
        return of(kind).failures[part];
    }
    /// Once more after a failure.
    void retry(PositionKind kind, Part part) { refresh(kind, part); }
    /// Of its job.
    QString channelOf(PositionKind kind, Part part) const;

  Q_SIGNALS:
    /// A new result stands, has failed, or has become one of before.
    void changed();

  private:
    struct PerKind {
        std::shared_ptr<const PositionMatrix> matrix;
        std::shared_ptr<const PositionSimilarityResult> similarity;
        std::array<bool, partCount> wanted{};
        std::array<QString, partCount> keys;  // inputs of the results that stand
        std::array<std::optional<Error>, partCount> failures;
    };

    const PerKind& of(PositionKind kind) const { return m_kinds[static_cast<std::size_t>(kind)]; }
    PerKind& of(PositionKind kind) { return m_kinds[static_cast<std::size_t>(kind)]; }
    /// The inputs the result would have now; empty when there is nothing to compute.
    QString keyOf(PositionKind kind, Part part) const;
    void refresh(PositionKind kind, Part part);
    void computeMatrix(PositionKind kind, const JobRunner::Request& request);
    void computeSimilarity(PositionKind kind, const JobRunner::Request& request);

    JobRunner& m_runner;
    std::shared_ptr<const Model> m_model;
    SinusoidalOptions m_options;
    std::array<PerKind, 2> m_kinds;
};

}  // namespace lexiscope
