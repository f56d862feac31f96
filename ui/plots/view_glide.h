// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/view_transform.h"

#include <functional>

#include <QVariantAnimation>

namespace lexiscope {

/// Leads a view from one place to another in a moment, and ends exactly there.
class ViewGlide : public QObject {
    Q_OBJECT
  public:
    /// `show` is called for every step.
    explicit ViewGlide(std::function<void(const Camera&)> show);

    /// In place of what is still on its way. With 0 milliseconds the step is one.
    void start(const Camera& from, const Camera& to, int milliseconds);
    bool isRunning() const { return m_animation.state() == QAbstractAnimation::Running; }
    /// Shows the end at once.
    void finish();
    /// Stays where it is.
    void stop();

  private:
    std::function<void(const Camera&)> m_show;
    QVariantAnimation m_animation;
    Camera m_from;
    Camera m_to;
};

}  // namespace lexiscope
