// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/loader.h"

namespace lexiscope {

/// word2vec's binary format, with a word-level tokenizer over its words. A file that begins as one but goes
/// on as text is not taken: word2vec's text format begins with the same line.
extern const Loader word2VecBinaryLoader;

}  // namespace lexiscope
