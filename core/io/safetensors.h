// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"
#include "core/model.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lexiscope {

/// One tensor of a safetensors file and where its numbers lie: bytes [begin, end) of the file, row-major,
/// little-endian.
struct SafetensorsEntry {
    TensorInfo info;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// What a safetensors file holds, ordered as the numbers lie in it. The format: 8 bytes, the length of the
/// header; the header, a JSON object of name → {"dtype", "shape", "data_offsets"}; then the numbers of all
/// tensors without gap or overlap. Source: https://huggingface.co/docs/safetensors. Tensors of a dtype not
/// known here are listed without checking their size. Broken (byte or tensor) where the file departs from
/// that; Unreadable.
Result<std::vector<SafetensorsEntry>> readSafetensors(const MappedFile& file);

/// True when the bytes begin as a safetensors file does.
bool beginsAsSafetensors(std::string_view bytes);

}  // namespace lexiscope
