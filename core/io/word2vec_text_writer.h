// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vector_writer.h"

namespace lexiscope {

/// word2vec's text format, as readTextVectors() reads it: "N D", then for each row its word and D numbers in
/// the fewest digits that give the same float32 back, with single spaces between. Words may hold spaces, for
/// readers that count the numbers from the right; nothing that ends a line or looks like a number of the row.
extern const VectorWriter word2VecTextWriter;

}  // namespace lexiscope
