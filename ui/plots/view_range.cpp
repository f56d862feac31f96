// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/view_range.h"

#include <QString>

namespace lexiscope {

QJsonArray rangeToJson(double low, double high) {
    const auto rounded = [](double value) { return QString::number(value, 'g', 6).toDouble(); };
    return {rounded(low), rounded(high)};
}

std::optional<std::pair<double, double>> rangeFromJson(const QJsonValue& value) {
    const QJsonArray ends = value.toArray();
    if (ends.size() != 2 || !ends[0].isDouble() || !ends[1].isDouble() ||
        !(ends[0].toDouble() < ends[1].toDouble())) {
        return std::nullopt;
    }
    return std::pair(ends[0].toDouble(), ends[1].toDouble());
}

}  // namespace lexiscope
