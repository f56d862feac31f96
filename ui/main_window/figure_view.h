// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QJsonObject>

namespace lexiscope {

class MainWindow;

// What a figure shows beside models, text and selected token, as one small object: what is in view in a panel
// ("x", "rows"; see Panel::saveView), and where it differs from what the program begins with, how neighbours
// are found and what is marked: "metric", "k", "pinned", "boxed", the latter two as IDs. That of the window
// holds those of its panels, by name, in "panels", and "layout". A command line adds what it has no other way
// to say: "slot", the one in front, and "selected", the slot, ID and place in the text of what is selected.
// Where special tokens are added or read from the text: "addSpecial", "parseSpecial"; how ranks cut,
// where that was chosen, by slot: "splits". Where the feature table
// is shown and is not the built-in one, it is there as CSV: "features".

/// InvalidArgument if a view of that figure has a key or a value that no such view can have; the hint names
/// those that it can. Nothing else here asks that: views that were kept may come from another program.
Result<Done> checkView(const QString& figure, const QJsonObject& view);

/// Of the panel, or where that is null, of the window.
QJsonObject saveView(const PanelContext& context, const Panel* panel, MainWindow* window);

/// Makes the view's feature table that of the session, before models are loaded.
void restoreFeatures(const QJsonObject& view, Session& session);
/// Makes the view's way to cut texts that of the session, likewise; `models` are those to be loaded, by slot.
void restoreEncoding(const QJsonObject& view, const QStringList& models, Session& session);
/// Brings the slot to the front that the view wants there; what follows the front slot then still has to
/// settle.
void restoreSlot(const QJsonObject& view, Session& session);
/// Restores in `context` what is found and marked, before there is a panel that shows it. Here and below,
/// parts that make no sense are left out.
void restoreContext(const QJsonObject& view, const PanelContext& context);
/// Restores the rest in the panel or, where that is null, in the window, which are shown.
void restoreView(const QJsonObject& view, Panel* panel, MainWindow* window);

}  // namespace lexiscope
