// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Qt's moc cannot read <compare> unless another header of the library comes before it.
// clang-format off
#include <cstddef>
#include <compare>
// clang-format on
#include <cstdint>
#include <functional>

namespace lexiscope {

// Three numbers that are easily swapped, as three types that do not convert into each other.

/// What a tokenizer gives for a piece of text.
struct TokenId {
    std::uint32_t value = 0;
    auto operator<=>(const TokenId&) const = default;
};

/// A row of an embedding table, and the place of its word in the vocabulary; zero-based.
struct Row {
    std::uint32_t value = 0;
    auto operator<=>(const Row&) const = default;
};

/// The place of a token in a text; zero-based.
struct Position {
    std::uint32_t value = 0;
    auto operator<=>(const Position&) const = default;
};

/// Looking a token up is taking the row of that number: this is the one place where an ID becomes a row.
constexpr Row rowOf(TokenId id) {
    return Row{id.value};
}
constexpr TokenId tokenIdOf(Row row) {
    return TokenId{row.value};
}

/// Half-open range of bytes in a source text.
struct ByteSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const { return end - begin; }
    bool operator==(const ByteSpan&) const = default;
};

}  // namespace lexiscope

template <>
struct std::hash<lexiscope::Row> {
    std::size_t operator()(lexiscope::Row row) const noexcept { return row.value; }
};
