// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/plain_byte_level.h"

#include "core/base/byte_alphabet.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace lexiscope {
namespace {

/// By ID: may text become this entry?
std::vector<bool> entriesOfText(const ByteLevelBpeParts& parts) {
    std::vector<bool> isOfText(parts.spellings.size());
    for (const BpeMerge& merge : parts.merges) {
        isOfText[merge.merged.value] = true;
    }
    for (std::size_t id = 0; id < parts.spellings.size(); ++id) {
        const std::optional<std::string> bytes = bytesOfSpelling(parts.spellings[id]);
        isOfText[id] =
            isOfText[id] ||
            (bytes && (bytes->size() == 1 || (parts.ignoresMerges && !bytes->empty() &&
                                              endOfPiece(parts.split, *bytes, 0) == bytes->size())));
    }
    return isOfText;
}

}  // namespace

bool addToPlain(ByteLevelBpeParts& parts, std::span<const AddedToken> added) {
    const std::vector<bool> isOfText = entriesOfText(parts);
    const auto isUsers = [](const AddedToken& token) { return !token.isSpecial; };
    const auto isElsewhere = [&](const AddedToken& token) {
        return token.isNormalized != added.front().isNormalized;
    };
    if (std::any_of(added.begin(), added.end(), isUsers) &&
        std::any_of(added.begin(), added.end(), isElsewhere)) {
        return false;
    }
    const bool fits = std::all_of(added.begin(), added.end(), [&](const AddedToken& token) {
        const std::string& spelling = parts.spellings[token.id.value];
        return !token.takesRight && !token.isSingleWord && token.content == spelling &&
               (token.isSpecial ? !isOfText[token.id.value]
                                : bytesOfSpelling(spelling).value_or(spelling) == spelling);
    });
    if (!fits) {
        return false;
    }
    parts.specials.emplace();
    for (const AddedToken& token : added) {
        (token.isSpecial ? *parts.specials : parts.users).push_back(token.id);
        if (token.takesLeft) {
            parts.strippingBefore.push_back(token.id);
        }
    }
    return true;
}

}  // namespace lexiscope
