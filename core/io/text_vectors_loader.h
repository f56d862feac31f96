// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/loader.h"

namespace lexiscope {

/// Vectors as text, plain or packed with gzip, told by their content: word2vec's format with its first line
/// (fastText writes the same as .vec), GloVe's without one. With a word-level tokenizer over the words. While
/// much is left to read, a model of the first rows is published.
extern const Loader textVectorsLoader;

}  // namespace lexiscope
