// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/view_glide.h"

#include <utility>

#include <QEasingCurve>

namespace lexiscope {

ViewGlide::ViewGlide(std::function<void(const Camera&)> show) : m_show(std::move(show)) {
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant& share) {
        if (isRunning()) {
            m_show(between(m_from, m_to, share.toDouble()));
        }
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] { m_show(m_to); });
}

void ViewGlide::start(const Camera& from, const Camera& to, int milliseconds) {
    stop();
    m_from = from;
    m_to = to;
    if (milliseconds <= 0) {
        m_show(m_to);
        return;
    }
    m_animation.setDuration(milliseconds);
    m_animation.start();
}

void ViewGlide::finish() {
    if (isRunning()) {
        m_animation.stop();
        m_show(m_to);
    }
}

void ViewGlide::stop() {
    m_animation.stop();
}

}  // namespace lexiscope
