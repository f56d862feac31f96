// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/word_vectors.h"

#include <memory>
#include <optional>
#include <string_view>

namespace lexiscope {

/// The first line of word2vec's formats: how many words, and how many numbers each has.
struct Word2VecHeader {
    std::string_view rows;       ///< decimal digits, perhaps signed
    std::string_view dimension;  ///< likewise
    std::size_t size = 0;        ///< bytes of the line and its end
};
/// Nothing when the bytes do not begin with a line of two whole numbers.
std::optional<Word2VecHeader> word2VecHeader(std::string_view bytes);

/// Does the first row, which `rows` begins with, write its numbers in digits, as word2vec's text format does
/// after the same first line? Judged by the bytes behind the first word up to the end of the line, as many
/// as binary numbers would take at most; the word itself may be in any encoding.
bool numbersAreWritten(std::string_view rows, const Word2VecHeader& header);

/// Reads "N D\n" and then N times: the bytes of a word, a space, D little-endian floats, and perhaps a
/// newline (newlines before a word are not of it, as in gensim). Words may be any bytes but the space. The
/// numbers are not looked at. Broken (byte of the file) when it is cut short or contradicts itself;
/// Unsupported, Unreadable, Cancelled.
Result<WordVectors> readWord2VecBinary(const std::shared_ptr<const MappedFile>& file, Progress& progress);

}  // namespace lexiscope
