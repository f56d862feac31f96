// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/widgets/card.h"

#include <memory>

#include <QStringList>

namespace lexiscope {

/// The panels there are, by the names that figures are asked for with: "tokens", "space", "neighbors",
/// "matrix". The order is that of the window, from the top left. A new panel is one file pair and one line in
/// the list behind this.
QStringList panelNames();

/// Null for a name that is not in the list.
Panel* makePanel(const QString& name, const PanelContext& context, QWidget* parent = nullptr);

/// Size of a panel's figure when none is asked for.
QSize figureSize(const QString& name);

/// The panel as a card of its own, with title and fact but without tools, as a figure has it. Null for a name
/// that is not in the list.
std::unique_ptr<Card> makeCard(const QString& name, const PanelContext& context);

}  // namespace lexiscope
