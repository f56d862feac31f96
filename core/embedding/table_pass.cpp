// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/table_pass.h"

#include <algorithm>

namespace lexiscope {
namespace {

/// What is widened at a time where numbers have to be copied: fits the second-level cache together with what
/// is done with it.
constexpr std::size_t blockBytes = 128 * 1024;
/// How far ahead of the reading a mapped file is asked for: enough requests to keep a disk busy.
constexpr std::size_t aheadBytes = 32 * 1024 * 1024;

void askAhead(const EmbeddingTable& table, std::size_t first, std::size_t last, std::size_t rows) {
    last = std::min(last, rows);
    if (table.isMapped() && first < last) {
        table.willRead(Row{static_cast<std::uint32_t>(first)}, Row{static_cast<std::uint32_t>(last)});
    }
}

}  // namespace

SharedProgress::SharedProgress(Progress& progress, std::uint64_t total, std::string_view unit)
    : m_progress(progress), m_total(total), m_unit(unit) {}

void SharedProgress::add(std::uint64_t amount) {
    const std::lock_guard lock(m_mutex);
    m_done += amount;
    m_progress.report(m_done, m_total, m_unit);
}

bool SharedProgress::stopRequested() {
    if (m_stopped.load(std::memory_order_relaxed)) {
        return true;
    }
    const std::lock_guard lock(m_mutex);
    if (m_progress.stopRequested()) {
        m_stopped.store(true, std::memory_order_relaxed);
    }
    return m_stopped.load(std::memory_order_relaxed);
}

std::size_t rowsOfBytes(std::size_t dimension, std::size_t bytes) {
    return std::max<std::size_t>(1, bytes / std::max<std::size_t>(1, dimension * sizeof(float)));
}

Result<Done> visitRows(const EmbeddingTable& table, std::size_t rows, std::size_t pieceRows, WorkerPool& pool,
                       Priority priority, SharedProgress& progress,
                       const std::function<void(const RowBlock&)>& visit) {
    const std::size_t blockRows = rowsOfBytes(table.dimension(), blockBytes);
    const std::size_t aheadRows = std::max(pieceRows, rowsOfBytes(table.dimension(), aheadBytes));
    askAhead(table, 0, aheadRows, rows);
    const auto visitPiece = [&](std::size_t first, std::size_t last) {
        if (progress.stopRequested()) {
            return;
        }
        askAhead(table, first + aheadRows, last + aheadRows, rows);
        table.visitBlocks(Row{static_cast<std::uint32_t>(first)}, Row{static_cast<std::uint32_t>(last)},
                          blockRows, [&](Row block, std::span<const float> values) {
                              visit({first / pieceRows, block, values});
                              return true;
                          });
        progress.add(last - first);
    };
    pool.parallelFor(rows, pieceRows, visitPiece, priority);
    if (progress.stopRequested()) {
        return cancelled();
    }
    return table.check();
}

}  // namespace lexiscope
