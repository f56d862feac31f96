// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/paint_target.h"

#include <algorithm>
#include <cmath>

#include <QPaintEngine>

namespace lexiscope {
namespace {

constexpr double vectorScale = 300.0 / 72.0;

}  // namespace

bool hasPixels(const QPainter& painter) {
    const QPaintEngine* engine = painter.paintEngine();
    return engine != nullptr && engine->type() == QPaintEngine::Raster;
}

double imageScale(const QPainter& painter) {
    const QTransform transform = painter.deviceTransform();
    const double scale = std::hypot(transform.m11(), transform.m12());
    return hasPixels(painter) ? scale : std::max(scale, vectorScale);
}

}  // namespace lexiscope
