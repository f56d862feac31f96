// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/latest_result.h"

#include <memory>
#include <optional>

#include <QObject>
#include <QString>

namespace lexiscope {

/// Finds what a panel shows, in the background, while it is wanted. A result of before stays until another
/// one stands.
class PanelAnalysis : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    virtual bool isBusy() const = 0;
    /// False while the result that stands belongs to inputs of before, and without one.
    virtual bool isCurrent() const = 0;
    /// Why there is no result, when the last attempt failed.
    virtual const std::optional<Error>& failure() const = 0;
    /// Once more after a failure.
    void retry() { refresh(); }

  Q_SIGNALS:
    /// A new result stands, has failed, or has become one of before.
    void changed();

  protected:
    /// Settles, takes or computes what the inputs ask for.
    virtual void refresh() = 0;
};

/// One with one result; who derives from it holds the inputs.
template <typename T>
class AnalysisOf : public PanelAnalysis {
  public:
    /// Null until there is one.
    const std::shared_ptr<const T>& result() const { return m_latest.value(); }
    bool isBusy() const override { return m_latest.isBusy(); }
    const std::optional<Error>& failure() const override { return m_latest.failure(); }

  protected:
    /// `topic` begins the name of its channel.
    AnalysisOf(JobRunner& runner, const QString& topic, QObject* parent)
        : PanelAnalysis(parent), m_latest(runner, topic, *this, [this] { Q_EMIT changed(); }) {}

    LatestResult<T>& latest() { return m_latest; }

  private:
    LatestResult<T> m_latest;
};

}  // namespace lexiscope
