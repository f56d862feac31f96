// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vector_line.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lexiscope {

/// A place in a text: lines count from 1, and so do columns, in characters.
struct TextPlace {
    std::uint64_t line = 0;
    std::uint64_t column = 0;
};

/// What is odd about lines though they can be read.
enum class Oddity { EmptyLine, EmptyWord, NotUtf8, CarriageReturn, NumberInWord, NotFinite, Count };

/// Whole lines of a text file of vectors, read. Used again for the next lines, it keeps its memory.
struct TextPiece {
    struct Odd {
        std::uint64_t count = 0;
        TextPlace first;
    };
    struct Fault {
        TextPlace place;
        LineFault fault;
    };

    std::vector<std::string_view> words;  ///< bytes of the text
    std::vector<float> values;            ///< words.size() rows
    std::uint64_t lines = 0;
    std::array<Odd, static_cast<std::size_t>(Oddity::Count)> odd;
    std::optional<Fault> fault;  ///< the first; reading ended there

    /// Reads rows of `dimension` numbers; `said` is what readVectorLine() takes.
    void read(std::string_view text, std::size_t dimension, std::string_view said);

  private:
    void readLine(std::string_view line, std::size_t dimension, std::string_view said);
    void lookAt(const VectorLine& row, std::string_view line, std::size_t dimension);
    void note(Oddity oddity, std::string_view line, std::size_t offset);
};

}  // namespace lexiscope
