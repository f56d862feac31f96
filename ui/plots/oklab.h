// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace lexiscope {

/// A colour by how it is seen: equal steps of `lightness` (0 black … 1 white) look equal. Oklab, B. Ottosson
/// 2020.
struct Oklab {
    double lightness = 0;
    double a = 0;  ///< green … red
    double b = 0;  ///< blue … yellow
};
Oklab toOklab(const QColor& color);
/// Parts that sRGB cannot show are cut.
QColor fromOklab(const Oklab& color);
/// `hue` in degrees: 30 is red, 90 yellow, 260 blue.
QColor fromOklch(double lightness, double chroma, double hue);
Oklab between(const Oklab& a, const Oklab& b, double share);

// sRGB's transfer function (IEC 61966-2-1): what a screen emits, both 0 … 1.
double linearOf(double encoded);
double encodedOf(double linear);

}  // namespace lexiscope
