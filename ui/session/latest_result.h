// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/session/job_runner.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <QObject>
#include <QString>

namespace lexiscope {

/// One result that an object keeps up to date in the background: what stands, and why there is nothing new
/// when the last attempt failed. A result of before stays until another one stands. Part of its owner.
template <typename T>
class LatestResult {
  public:
    using Value = std::shared_ptr<const T>;

    /// `topic` begins the name of its channel; each owner has one of its own, for two panels may ask for
    /// different ones. `changed` is called whenever value, failure or being busy has changed.
    LatestResult(JobRunner& runner, const QString& topic, const QObject& owner, std::function<void()> changed)
        : m_runner(runner),
          m_channel(QStringLiteral("%1 %2").arg(topic).arg(reinterpret_cast<quintptr>(&owner), 0, 16)),
          m_changed(std::move(changed)) {}
    ~LatestResult() { m_runner.drop(m_channel); }
    LatestResult(const LatestResult&) = delete;
    LatestResult& operator=(const LatestResult&) = delete;

    const Value& value() const { return m_value; }  ///< may be null
    const std::optional<Error>& failure() const { return m_failure; }
    bool isBusy() const { return m_runner.isRunning(m_channel); }
    WorkerPool& pool() const { return m_runner.pool(); }

    /// Nothing is wanted, or what stands is what is wanted.
    void settle() {
        m_failure.reset();
        m_runner.drop(m_channel);
        m_changed();
    }
    /// What took no time to find.
    void take(Value value) {
        m_failure.reset();
        m_runner.drop(m_channel);
        m_value = std::move(value);
        m_changed();
    }
    /// `key` names all inputs of the work, `label` says to people what is done.
    void compute(const QString& key, const QString& label, std::function<Result<Value>(Progress&)> work) {
        m_failure.reset();
        m_runner.start<Value>({m_channel, key, label, Priority::Interactive}, std::move(work),
                              [this](Result<Value> result) {
                                  if (result.ok()) {
                                      m_value = std::move(result).value();
                                  } else {
                                      m_failure = result.error();
                                  }
                                  m_changed();
                              });
        m_changed();
    }

  private:
    JobRunner& m_runner;
    QString m_channel;
    std::function<void()> m_changed;
    Value m_value;
    std::optional<Error> m_failure;
};

}  // namespace lexiscope
