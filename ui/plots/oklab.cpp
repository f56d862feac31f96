// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/oklab.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lexiscope {

double linearOf(double encoded) {
    return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

double encodedOf(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

Oklab toOklab(const QColor& color) {
    const double red = linearOf(color.redF());
    const double green = linearOf(color.greenF());
    const double blue = linearOf(color.blueF());
    const double l = std::cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const double m = std::cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const double s = std::cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QColor fromOklab(const Oklab& color) {
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(color.lightness + 0.3963377774 * color.a + 0.2158037573 * color.b);
    const double m = cube(color.lightness - 0.1055613458 * color.a - 0.0638541728 * color.b);
    const double s = cube(color.lightness - 0.0894841775 * color.a - 1.2914855480 * color.b);
    const auto part = [](double linear) {
        return static_cast<int>(std::lround(255 * encodedOf(std::clamp(linear, 0.0, 1.0))));
    };
    return {part(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            part(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            part(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

QColor fromOklch(double lightness, double chroma, double hue) {
    const double angle = hue * std::numbers::pi / 180;
    return fromOklab({lightness, chroma * std::cos(angle), chroma * std::sin(angle)});
}

Oklab between(const Oklab& a, const Oklab& b, double share) {
    return {a.lightness + (b.lightness - a.lightness) * share, a.a + (b.a - a.a) * share,
            a.b + (b.b - a.b) * share};
}

}  // namespace lexiscope
