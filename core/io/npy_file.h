// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/safe_file.h"

#include <cstddef>
#include <span>
#include <string>

namespace lexiscope {

/// What a file of these numbers begins with; they follow as little-endian float32 in C order.
std::string npyHeader(std::span<const std::size_t> shape);

/// Writes NumPy's format 1.0: little-endian float32 in C order. The product of `shape` is values.size().
Result<Done> writeNpy(std::span<const std::size_t> shape, std::span<const float> values,
                      const WriteBytes& write);

}  // namespace lexiscope
