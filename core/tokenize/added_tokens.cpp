// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/added_tokens.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

#include <utf8proc.h>

namespace lexiscope {
namespace {

/// The \w of Unicode Technical Standard 18: Alphabetic, marks, decimal digits, connectors, joiners.
bool isOfWord(const CodePoint& point) {
    if (!point.valid) {
        return false;
    }
    // The symbols that are Alphabetic.
    constexpr std::array<std::pair<char32_t, char32_t>, 4> letters = {
        {{0x24B6, 0x24E9}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}}};
    const bool isCircled = std::any_of(letters.begin(), letters.end(), [&](const auto& block) {
        return point.value >= block.first && point.value <= block.second;
    });
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(point.value));
    return isCircled || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND) ||
           category == UTF8PROC_CATEGORY_NL || category == UTF8PROC_CATEGORY_PC || point.value == 0x200C ||
           point.value == 0x200D;
}

bool standsAlone(std::string_view text, const ByteSpan& span) {
    const bool joinsLeft = span.begin > 0 && isOfWord(codePointBefore(text, span.begin));
    const bool joinsRight = span.end < text.size() && isOfWord(codePointAt(text, span.end));
    return !joinsLeft && !joinsRight;
}

}  // namespace

void AddedTokens::add(std::string_view content, const AddedToken& token) {
    m_contents.add(content, TokenId{static_cast<std::uint32_t>(m_tokens.size())});
    m_tokens.push_back(token);
}

std::vector<AddedTokens::Match> AddedTokens::findIn(std::string_view text) const {
    std::vector<Match> matches;
    std::size_t done = 0;
    for (std::size_t from = 0; from < text.size();) {
        const SpecialTokens::Match found = m_contents.find(text, from);
        if (found.span.size() == 0) {
            break;
        }
        const AddedToken& token = m_tokens[found.id.value];
        ByteSpan span = found.span;
        from = span.end;
        if (token.isSingleWord && !standsAlone(text, span)) {
            continue;
        }
        if (token.takesLeft) {
            span.begin = std::max(beginOfSpaces(text, done, span.begin), done);
        }
        while (token.takesRight && span.end < text.size() && isSpace(codePointAt(text, span.end))) {
            span.end += codePointAt(text, span.end).size;
        }
        // Of one that takes to its left nothing may be left.
        if (span.begin < span.end) {
            matches.push_back({span, &token});
        }
        done = span.end;
    }
    return matches;
}

}  // namespace lexiscope
