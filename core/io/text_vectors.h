// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/io/text_vector_format.h"
#include "core/io/word_vectors.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace lexiscope {

/// The first rows of a file that is still being read.
struct FirstVectors {
    WordVectors vectors;
    std::uint64_t rowsInAll = 0;  ///< of the whole file
    bool isEstimate = false;      ///< rowsInAll follows from the file's size; else its first line says so
};

struct TextVectorOptions {
    WorkerPool* pool = nullptr;  ///< null: the calling thread does all the work
    /// Called once, on the calling thread, as soon as so many rows stand while much is left. May be empty.
    std::function<void(FirstVectors)> publishFirst;
    std::size_t firstRows = 20000;
    std::uint64_t bytesLeft =
        64 << 20;  ///< of the file: fewer are read too soon for a first part to be worth it
    std::size_t blockBytes = 32 << 20;  ///< text that is in work at one time
};

/// Reads a text file of vectors, plain or packed with gzip: after word2vec's first line or none, as `format`
/// says, each line is a word and `format.dimension` numbers (see readVectorLine); empty lines are left out.
/// The numbers are those of gensim bit for bit (see readDecimal), and lie in memory. Words may be any bytes.
///
/// Broken (file, line and column in characters): rows that are none, fewer rows than the first line says, a
/// first line that cannot be. More rows than it says, and what else is odd but harmless, are warnings.
/// Unsupported, Unreadable, Cancelled. Reports bytes of the file.
Result<WordVectors> readTextVectors(const std::shared_ptr<const MappedFile>& file,
                                    const TextVectorFormat& format, const TextVectorOptions& options,
                                    Progress& progress);

}  // namespace lexiscope
