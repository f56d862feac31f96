// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_writer.h"

#include "core/io/npy_writer.h"

#include <array>
#include <cstdint>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 1> endings = {".safetensors"};

std::string head(std::size_t rows, std::size_t dimension) {
    const std::uint64_t bytes = std::uint64_t{rows} * dimension * sizeof(float);
    std::string json = R"({"weight":{"dtype":"F32","shape":[)" + std::to_string(rows) + "," +
                       std::to_string(dimension) + R"(],"data_offsets":[0,)" + std::to_string(bytes) + "]}}";
    // The numbers begin at a multiple of 8; spaces after the object are allowed for that.
    json.resize((json.size() + 7) / 8 * 8, ' ');
    std::string head;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        head += static_cast<char>(std::uint64_t{json.size()} >> shift & 0xFFU);
    }
    return head + json;
}

}  // namespace

const VectorWriter safetensorsWriter = {
    .name = "safetensors",
    .format = "safetensors",
    .endings = endings,
    .head = head,
    .appendRow = appendFloats,
    .appendLabel = appendWordLine,
    // Without the package that reads the format, which not everybody has.
    .pytorchBefore = "import json, torch; file = open(",
    .pytorchAfter =
        ", \"rb\").read(); begin = 8 + int.from_bytes(file[:8], \"little\"); embedding = "
        "torch.nn.Embedding.from_pretrained(torch.frombuffer(bytearray(file[begin:]), "
        "dtype=torch.float32).reshape(json.loads(file[8:begin])[\"weight\"][\"shape\"])",
    .fit = fitOfWordLine,
    .awkward = {},
    .changed = {},
    .impossible = "holds a newline, where the file of words has one word a line",
    .instead = "write word2vec binary, which ends in .bin",
};

}  // namespace lexiscope
