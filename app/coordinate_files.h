// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace lexiscope {

/// rows × dimensions numbers, row-major, and what each row is called.
struct Coordinates {
    std::size_t rows = 0;
    std::size_t dimensions = 0;
    std::span<const float> values;
    std::function<std::string_view(std::size_t row)> label;
};

/// The kinds of file coordinates are written to, told by the ending.
enum class CoordinateFormat { Tsv, Npy };
/// InvalidArgument for any other ending.
Result<CoordinateFormat> coordinateFormatOf(const std::filesystem::path& path);

/// Writes the whole file or none.
///
/// Tsv: one line a row, LABEL<TAB>NUMBER<TAB>…, in digits that give the same float32 back, without a line of
/// names, as the Embedding Projector wants it (it takes a first cell that is no number for the row's label;
/// where the very first label is a number it is misled, so use npy then). Labels are escaped as tableCell()
/// says.
///
/// Npy: NumPy's format 1.0, little-endian float32, C order, rows × dimensions; no labels.
Result<Done> writeCoordinates(const Coordinates& coordinates, const std::filesystem::path& path);

/// One line of the Tsv form, its newline included.
std::string coordinateLine(const Coordinates& coordinates, std::size_t row);

}  // namespace lexiscope
