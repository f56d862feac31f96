// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_file.h"

#include <algorithm>
#include <bit>
#include <string>

namespace lexiscope {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::size_t pieceValues = std::size_t(1) << 18;

}  // namespace

// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
std::string npyHeader(std::span<const std::size_t> shape) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        // A tuple of one is written with a comma.
        header += (i == 0 ? "" : " ") + std::to_string(shape[i]) + (i + 1 < shape.size() ? "," : "");
    }
    header += shape.size() == 1 ? ",), }" : "), }";
    constexpr std::size_t before = 10;  // magic, version and the header's length
    constexpr std::size_t alignment = 64;
    const std::size_t unpadded = before + header.size() + 1;
    header.append((alignment - unpadded % alignment) % alignment, ' ').append("\n");
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(header.size() & 255);
    out += static_cast<char>(header.size() >> 8);
    return out + header;
}

Result<Done> writeNpy(std::span<const std::size_t> shape, std::span<const float> values,
                      const WriteBytes& write) {
    Result<Done> written = write(npyHeader(shape));
    for (std::size_t first = 0; written.ok() && first < values.size(); first += pieceValues) {
        const std::span<const float> piece =
            values.subspan(first, std::min(pieceValues, values.size() - first));
        written = write({reinterpret_cast<const char*>(piece.data()), piece.size_bytes()});
    }
    return written;
}

}  // namespace lexiscope
