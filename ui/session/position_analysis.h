// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/job_runner.h"
#include "ui/session/position_results.h"

#include <array>
#include <memory>
#include <optional>

#include <QObject>
#include <QString>

namespace lexiscope {

/// Positions and what follows from them, in the background, each keyed by all its inputs and only while it is
/// wanted. Results of before stay until the new ones stand; isCurrent tells the two apart. For one panel: it
/// says what the inputs are.
class PositionAnalysis : public QObject {
    Q_OBJECT
  public:
    enum Part { Matrix, Similarity, Decay, Curve };
    static constexpr std::array parts = {Matrix, Similarity, Decay, Curve};
    static constexpr std::size_t mostCompared = 1024;  ///< positions that are compared with each other

    explicit PositionAnalysis(JobRunner& runner, QObject* parent = nullptr);
    ~PositionAnalysis() override;

    void setInputs(const PositionInputs& inputs);
    const PositionInputs& inputs() const { return m_inputs; }
    /// Of a kind without vectors there is only the matrix.
    void want(PositionKind kind, Part part, bool wanted);
    /// Lets go of what is no longer looked at. Nothing of that kind is wanted.
    void forget(PositionKind kind);

    // Null until there is one.
    std::shared_ptr<const PositionMatrix> matrix(PositionKind kind) const { return of(kind).matrix; }
    std::shared_ptr<const PositionSimilarityResult> similarity(PositionKind kind) const {
        return of(kind).similarity;
    }
    std::shared_ptr<const PositionDecayResult> decay(PositionKind kind) const { return of(kind).decay; }
    std::shared_ptr<const PositionCurveResult> curve(PositionKind kind) const { return of(kind).curve; }
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
        std::shared_ptr<const PositionDecayResult> decay;
        std::shared_ptr<const PositionCurveResult> curve;
        std::array<bool, parts.size()> wanted{};
        std::array<QString, parts.size()> keys;  // inputs of the results that stand
        std::array<std::optional<Error>, parts.size()> failures;
    };

    const PerKind& of(PositionKind kind) const { return m_kinds[static_cast<std::size_t>(kind)]; }
    PerKind& of(PositionKind kind) { return m_kinds[static_cast<std::size_t>(kind)]; }
    /// The inputs the result would have now; empty when there is nothing to compute.
    QString keyOf(PositionKind kind, Part part) const;
    void refresh(PositionKind kind, Part part);
    void refreshFollowing(PositionKind kind);
    void begin(PositionKind kind, Part part, const QString& key);
    /// Starts a job whose result `member` keeps.
    template <typename Value, typename Work>
    void start(PositionKind kind, Part part, const QString& key, Value PerKind::*member, Work work);

    JobRunner& m_runner;
    PositionInputs m_inputs;
    std::array<PerKind, positionKinds.size()> m_kinds;
};

}  // namespace lexiscope
