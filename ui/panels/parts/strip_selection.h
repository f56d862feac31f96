// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/widgets/text_strip.h"

#include <optional>

namespace lexiscope {

// A strip of text and the selection that all panels share.

/// The strip shows the text as the model of this slot cuts it. While it still shows the model of before, its
/// IDs are no rows of this one.
bool isOfSlot(const TextStrip& strip, const Session& session, int slot);

/// The token at that place of a strip of this slot, for the selection; none for one without ID.
std::optional<Selected> tokenAt(const TextStrip& strip, const Session& session, int slot, Position position);

/// What a click on a token does: with Ctrl it is pinned, else selected.
void selectToken(Selection& selection, const std::optional<Selected>& token, Qt::KeyboardModifiers modifiers);

/// Marks in the strip what is selected and pointed at in this slot. Returns the one to tell of: that pointed
/// at, or else that selected.
std::optional<Position> markSelection(TextStrip& strip, const Selection& selection, int slot);

}  // namespace lexiscope
