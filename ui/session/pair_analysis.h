// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/pair_numbers.h"
#include "ui/session/job_runner.h"
#include "ui/session/session.h"

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <QObject>

namespace lexiscope {

/// The numbers of two models, and what they were computed from.
struct PairResult {
    std::shared_ptr<const Model> first;
    std::shared_ptr<const Model> second;
    std::shared_ptr<const PairNumbers> numbers;
    /// Of some words, the first 300 from either end.
    struct Ends {
        std::size_t words = 0;
        std::vector<std::size_t> least;  ///< see leastAlike()
        std::vector<std::size_t> most;
    };
    Ends all;
    Ends common;  ///< of commonWords(); there may be none
};

PairResult::Ends endsOf(const PairNumbers& numbers, const std::vector<std::size_t>& places);

/// How alike the models in slots A and B are: in the background, and only while somebody looks at it. The
/// result of before stays until the new one stands; isCurrent tells the two apart. What was cancelled, or
/// cannot be done with these two models, is not begun again by itself.
class PairAnalysis : public QObject {
    Q_OBJECT
  public:
    PairAnalysis(Session& session, JobRunner& runner, QObject* parent = nullptr);
    /// Begins with what the other one has, and from then on goes its own way.
    explicit PairAnalysis(const PairAnalysis& other);
    ~PairAnalysis() override;

    /// `who` begins or ceases to look. Work that nobody looks at any more is given up.
    void want(const QObject* who, bool wanted);

    /// Null until there is one.
    const std::shared_ptr<const PairResult>& result() const { return m_result; }
    /// Whether the result is that of the models that are open now.
    bool isCurrent() const;
    bool isRunning() const;
    /// One of the models is still being read: the numbers are those of whole models.
    bool awaitsRows() const;
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure() const { return m_failure; }
    /// Once more after a failure.
    void restart();
    /// Of its job.
    QString channel() const;

  Q_SIGNALS:
    /// A new result stands, has failed, or has become one of before.
    void changed();

  private:
    void listen();
    void refresh();
    void finish(const QString& key, Result<std::shared_ptr<const PairResult>> result);
    /// The two models; empty unless both are open and whole.
    QString key() const;

    Session& m_session;
    JobRunner& m_runner;
    std::set<const QObject*> m_wanted;
    std::shared_ptr<const PairResult> m_result;
    std::optional<Error> m_failure;
    QString m_failedKey;
};

}  // namespace lexiscope
