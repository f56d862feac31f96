// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parts/strip_selection.h"

namespace lexiscope {

bool isOfSlot(const TextStrip& strip, const Session& session, int slot) {
    const std::shared_ptr<const Model>& model = session.slot(slot).model;
    return strip.encodedText() && model && strip.encodedText()->tokenizer == model->tokenizer;
}

std::optional<Selected> tokenAt(const TextStrip& strip, const Session& session, int slot, Position position) {
    if (!isOfSlot(strip, session, slot) || position.value >= strip.encodedText()->encoding.tokens.size()) {
        return std::nullopt;
    }
    const std::optional<TokenId> id = strip.encodedText()->encoding.tokens[position.value].id;
    return id ? std::optional(Selected{slot, rowOf(*id), position}) : std::nullopt;
}

void selectToken(Selection& selection, const std::optional<Selected>& token,
                 Qt::KeyboardModifiers modifiers) {
    if (token && modifiers.testFlag(Qt::ControlModifier)) {
        selection.togglePinned(token->row);
    } else if (token) {
        selection.select(*token);
    }
}

std::optional<Position> markSelection(TextStrip& strip, const Selection& selection, int slot) {
    const std::optional<Selected>& selected = selection.selected();
    const std::optional<Selected>& hovered = selection.hovered();
    const bool isSelected = selected && selected->slot == slot;
    const bool isHovered = hovered && hovered->slot == slot;
    strip.setSelected(isSelected ? selected->position : std::nullopt);
    strip.setHighlightedId(isSelected ? std::optional(tokenIdOf(selected->row)) : std::nullopt);
    strip.setHovered(isHovered ? hovered->position : std::nullopt);
    const std::optional<Position> place =
        isHovered && hovered->position ? hovered->position : strip.selected();
    const bool isThere =
        place && strip.encodedText() && place->value < strip.encodedText()->encoding.tokens.size();
    return isThere ? place : std::nullopt;
}

}  // namespace lexiscope
