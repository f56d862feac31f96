// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/token_places.h"

#include <algorithm>

namespace lexiscope {

TokenPlaces::TokenPlaces(const std::vector<Token>& tokens) : m_tokens(&tokens) {
    m_places.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].source.size() > 0) {
            m_places.push_back(static_cast<std::uint32_t>(i));
        }
    }
}

std::size_t TokenPlaces::firstBehind(std::size_t byte) const {
    const auto found = std::upper_bound(
        m_places.begin(), m_places.end(), byte,
        [this](std::size_t place, std::uint32_t token) { return place < (*m_tokens)[token].source.end; });
    return static_cast<std::size_t>(found - m_places.begin());
}

std::optional<std::size_t> TokenPlaces::at(std::size_t byte) const {
    const std::size_t index = firstBehind(byte);
    if (index == m_places.size() || byte < (*m_tokens)[m_places[index]].source.begin) {
        return std::nullopt;
    }
    return m_places[index];
}

}  // namespace lexiscope
