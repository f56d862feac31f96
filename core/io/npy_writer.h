// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vector_writer.h"

namespace lexiscope {

/// NumPy's array (.npy), rows × dimension, and the words in a second file, one a line.
extern const VectorWriter npyWriter;

}  // namespace lexiscope
