// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/word2vec_text_writer.h"

#include "core/io/decimal.h"
#include "core/io/vector_line.h"

#include <array>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 2> endings = {".txt", ".vec"};

std::string head(std::size_t rows, std::size_t dimension) {
    return std::to_string(rows) + " " + std::to_string(dimension) + "\n";
}

void appendRow(std::string_view word, std::span<const float> values, std::string& out) {
    out += word;
    for (const float value : values) {
        std::array<char, longestDecimal + 1> digits{' '};
        const char* const end = writeDecimal(digits.data() + 1, value);
        out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
    }
    out += '\n';
}

WordFit fit(std::string_view word) {
    if (word.find_first_of(" \t\r\n") == std::string_view::npos) {
        return WordFit::Whole;
    }
    // What the reader gives back decides.
    const std::string line = std::string(word) + " 1";
    VectorLine row;
    std::array<float, 1> number{};
    const bool isRead = word.find('\n') == std::string_view::npos &&
                        !readVectorLine(line, {}, row, number).has_value() && row.word == word;
    if (!isRead) {
        return WordFit::Impossible;
    }
    return word.find(' ') == std::string_view::npos ? WordFit::Whole : WordFit::Awkward;
}

}  // namespace

const VectorWriter word2VecTextWriter = {
    .name = "word2vec-text",
    .format = "word2vec text",
    .endings = endings,
    .head = head,
    .appendRow = appendRow,
    .appendLabel = nullptr,
    .pytorchBefore = {},
    .pytorchAfter = {},
    .fit = fit,
    .awkward = "with a space: programs that cut a row at every space, as gensim does, cannot read them",
    .changed = {},
    .impossible = "cannot be told from the numbers or the lines around it in this format",
    .instead = "write word2vec binary, which ends in .bin",
};

}  // namespace lexiscope
