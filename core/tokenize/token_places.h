// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/encoding.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lexiscope {

/// Finds the token that holds a byte of the source. Tokens that stand for no byte are in no place. `tokens`
/// outlives this.
class TokenPlaces {
  public:
    TokenPlaces() = default;
    explicit TokenPlaces(const std::vector<Token>& tokens);

    /// Those that stand for at least one byte, in order.
    const std::vector<std::uint32_t>& places() const { return m_places; }
    /// The place in `tokens` of the one that holds that byte, if one does.
    std::optional<std::size_t> at(std::size_t byte) const;
    /// Index in places() of the first one that ends behind that byte.
    std::size_t firstBehind(std::size_t byte) const;

  private:
    const std::vector<Token>* m_tokens = nullptr;
    std::vector<std::uint32_t> m_places;
};

}  // namespace lexiscope
