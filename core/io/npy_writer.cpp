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

}  // namespace

void appendFloats(std::string_view, std::span<const float> values, std::string& out) {
    out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

void appendWordLine(std::string_view word, std::string& out) {
    out += word;
    out += '\n';
}

WordFit fitOfWordLine(std::string_view word) {
    return word.find('\n') == std::string_view::npos ? WordFit::Whole : WordFit::Impossible;
}

const VectorWriter npyWriter = {
    .name = "npy",
    .format = "NumPy array",
    .endings = endings,
    .head = head,
    .appendRow = appendFloats,
    .appendLabel = appendWordLine,
    .pytorchBefore =
        "import numpy, torch; embedding = torch.nn.Embedding.from_pretrained(torch.from_numpy(numpy.load(",
    .pytorchAfter = "))",
    .fit = fitOfWordLine,
    .awkward = {},
    .changed = {},
    .impossible = "holds a newline, where the file of words has one word a line",
    .instead = "write word2vec binary, which ends in .bin",
};

}  // namespace lexiscope
