// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QJsonObject>

namespace lexiscope {

class MainWindow;

// What a figure shows beside models, text and selected token, as one small object: what is in view in a panel
// ("x", "rows"; see Panel::saveView), and where it differs from what the program begins with, how neighbours
// are found and what is marked: "metric", "k", "pinned", "boxed", the latter two as IDs. That of the window
// holds those of its panels, by name, in "panels", and "layout".

/// Of the panel, or where that is null, of the window.
QJsonObject saveView(const PanelContext& context, const Panel* panel, MainWindow* window);

/// Restores it in `context` and in the panel or window; parts that make no sense are left out.
void restoreView(const QJsonObject& view, const PanelContext& context, Panel* panel, MainWindow* window);

}  // namespace lexiscope
