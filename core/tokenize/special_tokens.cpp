// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/special_tokens.h"

#include <algorithm>
#include <cassert>

namespace lexiscope {

void SpecialTokens::add(std::string_view text, TokenId id) {
    assert(!text.empty());
    const auto place =
        std::lower_bound(m_entries.begin(), m_entries.end(), text,
                         [](const Entry& entry, std::string_view t) { return entry.text < t; });
    if (place == m_entries.end() || place->text != text) {
        m_entries.insert(place, {std::string(text), id});
        m_begins[static_cast<unsigned char>(text.front())] = true;
    }
}

SpecialTokens::Match SpecialTokens::longestAt(std::string_view text, std::size_t begin) const {
    Match longest{{begin, begin}, {}};
    auto first = m_entries.begin();
    auto last = m_entries.end();
    // The entries that agree with the text so far are neighbours; each further byte narrows them.
    for (std::size_t length = 0; first != last; ++length) {
        if (first->text.size() == length) {
            longest = {{begin, begin + length}, first->id};
            ++first;
        }
        if (begin + length >= text.size()) {
            break;
        }
        const auto byte = static_cast<unsigned char>(text[begin + length]);
        const auto byteOf = [length](const Entry& entry) {
            return static_cast<unsigned char>(entry.text[length]);
        };
        first = std::partition_point(first, last, [&](const Entry& entry) { return byteOf(entry) < byte; });
        last = std::partition_point(first, last, [&](const Entry& entry) { return byteOf(entry) == byte; });
    }
    return longest;
}

SpecialTokens::Match SpecialTokens::find(std::string_view text, std::size_t from) const {
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        if (m_begins[static_cast<unsigned char>(text[begin])]) {
            const Match match = longestAt(text, begin);
            if (match.span.size() > 0) {
                return match;
            }
        }
    }
    return {{text.size(), text.size()}, {}};
}

}  // namespace lexiscope
