// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/scale_limit.h"

#include <cmath>

namespace lexiscope {
namespace {

double roundedToTwoDigits(double value) {
    if (!(value > 0) || !std::isfinite(value)) {
        return 1;
    }
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::round(value / unit) * unit;
}

}  // namespace

double sumOfSquares(std::span<const float> values, double& count) {
    double sum = 0;
    for (const float value : values) {
        if (std::isfinite(value)) {
            sum += static_cast<double>(value) * value;
            ++count;
        }
    }
    return sum;
}

double scaleLimit(double squares, double count) {
    return count > 0 ? roundedToTwoDigits(3 * std::sqrt(squares / count)) : 1;
}

}  // namespace lexiscope
