// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// What the first bytes of a text file say about it.
enum class TextKind {
    Vectors,       ///< rows of a word and numbers
    NumbersAlone,  ///< a table without words
    Other,         ///< any other text, or no text
};

/// How the rows of a text file of vectors are laid out.
struct TextVectorFormat {
    /// word2vec's first line, as it is written: how many words, and how many numbers each has; GloVe has
    /// none.
    struct Header {
        std::string rows;
        std::string dimension;
    };
    std::optional<Header> header;
    /// Numbers in a row: the header's, else what most of the first rows have; 0 when the header's cannot be.
    std::size_t dimension = 0;
    std::size_t begin = 0;  ///< bytes before the first row: a byte order mark, the header's line
    bool hasByteOrderMark = false;
};

/// Looks at the first bytes of a file, unpacked; `isWhole` when there are no more. By their content alone:
/// with a header, when most lines after it end in numbers; without one, when most lines, and at least two
/// (three if all their numbers are whole), are one word and two numbers or more; or end in very many numbers.
/// A table whose first column is numbers too has no words, unless that column alone is whole numbers. Broken
/// files are known as well, by what most of their first lines are.
TextKind kindOfText(std::string_view sample, bool isWhole);

/// The layout of a text that is of the kind Vectors.
TextVectorFormat textVectorFormat(std::string_view sample, bool isWhole);

}  // namespace lexiscope
