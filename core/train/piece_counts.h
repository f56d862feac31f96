// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/tokenize/split_scheme.h"
#include "core/train/corpus.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Pieces of a text, each once, and how often it was met.
class PieceCounts {
  public:
    void add(std::string_view piece, std::uint64_t count);
    /// Adds all of the other's.
    void add(const PieceCounts& other);

    std::size_t size() const { return m_entries.size(); }
    std::string_view piece(std::size_t index) const {
        return std::string_view(m_bytes).substr(m_entries[index].begin, m_entries[index].size);
    }
    std::uint64_t count(std::size_t index) const { return m_entries[index].count; }
    /// Of all counts.
    std::uint64_t total() const;
    /// Of all pieces, each once.
    std::size_t bytes() const { return m_bytes.size(); }

  private:
    struct Entry {
        std::size_t begin;
        std::size_t size;
        std::uint64_t hash;
        std::uint64_t count;
    };
    void addHashed(std::string_view piece, std::uint64_t hash, std::uint64_t count);
    void grow();

    std::string m_bytes;
    std::vector<Entry> m_entries;
    std::vector<std::uint64_t>
        m_slots;  // upper half of the hash, then index + 1; or 0: at least half of them
};

/// Counts the pieces of a text: those of a split scheme or, without one, what stands between spaces, tabs and
/// line ends. The pieces are those of the text as a whole, however it is shared between threads; their order
/// is not the same each time. Cancelled; the corpus' check(). Reports bytes.
Result<PieceCounts> countPieces(const Corpus& corpus, std::optional<SplitScheme> scheme, WorkerPool& pool,
                                Progress& progress);

}  // namespace lexiscope
