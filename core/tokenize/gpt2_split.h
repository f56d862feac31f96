// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace lexiscope {

/// Where the piece that begins at `begin` ends, as GPT-2 cuts a text before merging:
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
/// with \s the property White_Space. Bytes that are no UTF-8 are neither letter, number nor space. Every text
/// is covered: the next piece begins where this one ends. begin < text.size(). Source: encoder.py of the
/// GPT-2 release (Radford et al. 2019).
std::size_t endOfGpt2Piece(std::string_view text, std::size_t begin);

}  // namespace lexiscope
