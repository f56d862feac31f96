// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/word2vec_binary_writer.h"

#include <algorithm>
#include <array>
#include <bit>

namespace lexiscope {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::array<std::string_view, 1> endings = {".bin"};

std::string head(std::size_t rows, std::size_t dimension) {
    return std::to_string(rows) + " " + std::to_string(dimension) + "\n";
}

void appendRow(std::string_view word, std::span<const float> values, std::string& out) {
    const std::size_t before = out.size();
    out += word;
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), ' ', '_');
    out += ' ';
    out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    out += '\n';
}

WordFit fit(std::string_view word) {
    if (word.starts_with('\n')) {
        return WordFit::Impossible;
    }
    return word.find(' ') == std::string_view::npos ? WordFit::Whole : WordFit::Changed;
}

}  // namespace

const VectorWriter word2VecBinaryWriter = {
    .name = "word2vec-binary",
    .format = "word2vec binary",
    .endings = endings,
    .head = head,
    .appendRow = appendRow,
    .appendLabel = nullptr,
    .pytorchBefore = {},
    .pytorchAfter = {},
    .fit = fit,
    .awkward = {},
    .changed = "with a space, where this format ends a word: written with “_” instead",
    .impossible = "begins with a newline, which readers of this format take away",
    .instead = "no other format holds it either; leave the row out with --top, or name it otherwise",
};

}  // namespace lexiscope
