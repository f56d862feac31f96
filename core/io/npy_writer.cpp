// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_writer.h"

#include "core/io/npy_file.h"

#include <array>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 1> endings = {".npy"};

std::string head(std::size_t rows, std::size_t dimension) {
    return npyHeader(std::array{rows, dimension});
}

void appendRow(std::string_view, std::span<const float> values, std::string& out) {
    out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

void appendLabel(std::string_view word, std::string& out) {
    out += word;
    out += '\n';
}

WordFit fit(std::string_view word) {
    return word.find('\n') == std::string_view::npos ? WordFit::Whole : WordFit::Impossible;
}

}  // namespace

const VectorWriter npyWriter = {
    .name = "npy",
    .format = "NumPy array",
    .endings = endings,
    .head = head,
    .appendRow = appendRow,
    .appendLabel = appendLabel,
    .fit = fit,
    .awkward = {},
    .changed = {},
    .impossible = "holds a newline, where the file of words has one word a line",
    .instead = "write word2vec binary, which ends in .bin",
};

}  // namespace lexiscope
