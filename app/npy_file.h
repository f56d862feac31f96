// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/streams.h"

#include <cstddef>
#include <span>

namespace lexiscope {

/// Writes NumPy's format 1.0: little-endian float32 in C order. The product of `shape` is values.size().
Result<Done> writeNpy(std::span<const std::size_t> shape, std::span<const float> values,
                      const WriteBytes& write);

}  // namespace lexiscope
