// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string_view>

namespace lexiscope {

/// A Progress for work that many threads do: passes their calls on one at a time, adds up what they have
/// done, and remembers that somebody asked to stop.
class SharedProgress {
  public:
    SharedProgress(Progress& progress, std::uint64_t total, std::string_view unit);

    /// Reports `amount` more as done.
    void add(std::uint64_t amount);
    /// Once true, always true.
    bool stopRequested();

  private:
    Progress& m_progress;
    std::uint64_t m_total;
    std::string_view m_unit;
    std::mutex m_mutex;
    std::uint64_t m_done = 0;
    std::atomic<bool> m_stopped = false;
};

/// Rows first, first + 1, … of a table, row-major; `piece` numbers the fixed pieces the pass was cut into.
struct RowBlock {
    std::size_t piece = 0;
    Row first;
    std::span<const float> values;
};

/// How many rows make about `bytes` bytes of floats; at least one.
std::size_t rowsOfBytes(std::size_t dimension, std::size_t bytes);

/// Calls visit for all of the first `rows` rows, on the calling thread and on idle workers. The rows are cut
/// into pieces of `pieceRows` (the same on every machine); the blocks of one piece come in order and on one
/// thread, small enough for its cache. Adds the rows to `progress` and asks it to stop once per piece.
/// Cancelled, or the table's check().
Result<Done> visitRows(const EmbeddingTable& table, std::size_t rows, std::size_t pieceRows, WorkerPool& pool,
                       Priority priority, SharedProgress& progress,
                       const std::function<void(const RowBlock&)>& visit);

}  // namespace lexiscope
