// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vector_writer.h"

namespace lexiscope {

// Shared by the formats that are an array alone.
void appendFloats(std::string_view word, std::span<const float> values, std::string& out);
void appendWordLine(std::string_view word, std::string& out);
WordFit fitOfWordLine(std::string_view word);

/// NumPy's array (.npy), rows × dimension, and the words in a second file, one a line.
extern const VectorWriter npyWriter;

}  // namespace lexiscope
