// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/coordinate_files.h"

#include "app/text_output.h"
#include "core/base/safe_file.h"
#include "core/io/npy_file.h"

#include <array>

namespace lexiscope {
namespace {

constexpr std::size_t pieceBytes = std::size_t(1) << 18;

Result<Done> writeTsv(const Coordinates& coordinates, const WriteBytes& write) {
    std::string piece;
    for (std::size_t row = 0; row < coordinates.rows; ++row) {
        piece += coordinateLine(coordinates, row);
        if (piece.size() >= pieceBytes || row + 1 == coordinates.rows) {
            const Result<Done> written = write(piece);
            if (!written.ok()) {
                return written;
            }
            piece.clear();
        }
    }
    return Done{};
}

}  // namespace

Result<CoordinateFormat> coordinateFormatOf(const std::filesystem::path& path) {
    if (path.extension() == ".tsv") {
        return CoordinateFormat::Tsv;
    }
    if (path.extension() == ".npy") {
        return CoordinateFormat::Npy;
    }
    return Error{
        ErrorCode::InvalidArgument, path.string(), "coordinates go to a file that ends in .tsv or .npy", {}};
}

Result<Done> writeCoordinates(const Coordinates& coordinates, const std::filesystem::path& path) {
    const Result<CoordinateFormat> format = coordinateFormatOf(path);
    if (!format.ok()) {
        return format.error();
    }
    return writeFileSafely(path, [&](const WriteBytes& write) {
        return format.value() == CoordinateFormat::Tsv
                   ? writeTsv(coordinates, write)
                   : writeNpy(std::array{coordinates.rows, coordinates.dimensions}, coordinates.values,
                              write);
    });
}

std::string coordinateLine(const Coordinates& coordinates, std::size_t row) {
    std::string line = tableCell(coordinates.label(row));
    for (std::size_t i = 0; i < coordinates.dimensions; ++i) {
        line += '\t';
        line += shortest(coordinates.values[row * coordinates.dimensions + i]);
    }
    line += '\n';
    return line;
}

}  // namespace lexiscope
