// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QString>

class QApplication;
class QWidget;

namespace lexiscope {

/// The style sheet of the whole program on top of Qt's Fusion style: flat, rounded controls in the theme's
/// colours, a visible ring on whatever has the keyboard, lengths scaled with theme.fontScale. It sets no font
/// family, so that a widget keeps the font it was given. A QPushButton with the property `primary` (bool) is
/// filled, one with `flat` set is bare.
QString styleSheet(const Theme& theme);

/// Fusion, palette, font and style sheet of the theme for the whole program.
void applyTheme(QApplication& application, const Theme& theme);
/// Palette, font and style sheet of the theme for one widget and what is in it, in a program that has been
/// given a theme.
void applyTheme(QWidget& widget, const Theme& theme);

}  // namespace lexiscope
