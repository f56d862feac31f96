// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/coordinate_files.h"

#include "app/streams.h"
#include "app/text_output.h"

#include <algorithm>
#include <bit>
#include <cstdint>

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

// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
std::string npyHeader(std::size_t rows, std::size_t dimensions) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " +
                         std::to_string(dimensions) + "), }";
    constexpr std::size_t before = 10;  // magic, version and the header's length
    constexpr std::size_t alignment = 64;
    const std::size_t unpadded = before + header.size() + 1;
    header.append((alignment - unpadded % alignment) % alignment, ' ').append("\n");
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(header.size() & 255);
    out += static_cast<char>(header.size() >> 8);
    return out + header;
}

Result<Done> writeNpy(const Coordinates& coordinates, const WriteBytes& write) {
    const Result<Done> begun = write(npyHeader(coordinates.rows, coordinates.dimensions));
    if (!begun.ok()) {
        return begun;
    }
    std::string piece;
    for (std::size_t i = 0; i < coordinates.values.size(); ++i) {
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(coordinates.values[i]);
        for (const unsigned shift : {0U, 8U, 16U, 24U}) {
            piece += static_cast<char>((bits >> shift) & 255U);
        }
        if (piece.size() >= pieceBytes || i + 1 == coordinates.values.size()) {
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
        return format.value() == CoordinateFormat::Tsv ? writeTsv(coordinates, write)
                                                       : writeNpy(coordinates, write);
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
