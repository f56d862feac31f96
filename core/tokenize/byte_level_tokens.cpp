// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/byte_level_tokens.h"

#include "core/base/byte_alphabet.h"
#include "core/tokenize/unused_id.h"

#include <cassert>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t maxSpecialBytes = 256;

bool standsInBrackets(std::string_view spelling) {
    if (spelling.size() < 3 || spelling.size() > maxSpecialBytes) {
        return false;
    }
    const std::string ends{spelling.front(), spelling.back()};
    return ends == "<>" || ends == "[]";
}

}  // namespace

ByteLevelTokens::ByteLevelTokens(std::vector<std::string> spellings, std::span<const BpeMerge> merges,
                                 const std::optional<std::vector<TokenId>>& specials)
    : m_spellings(std::move(spellings)) {
    m_ofBytes.fill(none);
    std::vector<Origin> origins(m_spellings.size());
    for (const BpeMerge& merge : merges) {
        assert(merge.left.value < m_spellings.size() && merge.right.value < m_spellings.size());
        assert(m_spellings[merge.merged.value] ==
               m_spellings[merge.left.value] + m_spellings[merge.right.value]);
        origins[merge.merged.value].isMerged = true;
    }
    for (std::uint32_t id = 0; id < m_spellings.size() && !specials; ++id) {
        origins[id].isSpecial = standsInBrackets(m_spellings[id]) && m_spellings[id] != nameOfUnused(id);
    }
    for (const TokenId id : specials.value_or(std::vector<TokenId>())) {
        origins[id.value].isSpecial = true;
    }
    m_ends.reserve(m_spellings.size());
    m_kinds.reserve(m_spellings.size());
    for (std::uint32_t id = 0; id < m_spellings.size(); ++id) {
        m_bytes += bytesAndKind(id, origins[id]);
        m_ends.push_back(m_bytes.size());
    }
}

std::string ByteLevelTokens::bytesAndKind(std::uint32_t id, Origin origin) {
    const std::string& spelling = m_spellings[id];
    std::optional<std::string> bytes = bytesOfSpelling(spelling);
    if (!origin.isMerged && bytes && bytes->size() == 1) {
        const auto byte = static_cast<unsigned char>(bytes->front());
        m_ofBytes[byte] = id;
        m_kinds.push_back(byte < 0x80 ? TokenKind::Normal : TokenKind::Byte);
        ++m_makeup.bytes;
    } else if (!origin.isMerged && origin.isSpecial) {
        m_kinds.push_back(TokenKind::Special);
        ++m_makeup.specials;
        return spelling;
    } else {
        m_kinds.push_back(TokenKind::Normal);
        ++(origin.isMerged                ? m_makeup.merges
           : spelling == nameOfUnused(id) ? m_makeup.unused
                                          : m_makeup.other);
    }
    return bytes.value_or(spelling);
}

}  // namespace lexiscope
