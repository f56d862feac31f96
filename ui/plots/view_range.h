// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>

#include <QJsonArray>
#include <QJsonValue>

namespace lexiscope {

/// One side of a view as figures remember it: [low, high], to six digits, finer than any screen shows of a
/// view.
QJsonArray rangeToJson(double low, double high);
/// None for anything but two numbers of which the first is the lower.
std::optional<std::pair<double, double>> rangeFromJson(const QJsonValue& value);

}  // namespace lexiscope
