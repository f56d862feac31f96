// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vector_writer.h"

namespace lexiscope {

/// word2vec's binary format, as readWord2VecBinary() reads it: "N D", then for each row its word, a space, D
/// little-endian floats and a newline, as the original tool writes them. A space in a word ends it, so it is
/// written as "_", as phrases are; newlines that begin a word are no part of it for readers.
extern const VectorWriter word2VecBinaryWriter;

}  // namespace lexiscope
