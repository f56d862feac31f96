// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/row_stream.h"

#include "core/embedding/table_pass.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// Numbers that one thread turns into bytes at a time: a few milliseconds.
constexpr std::size_t pieceBytes = 256 << 10;
constexpr std::size_t piecesAtOnce = 32;

}  // namespace

Result<Done> streamRows(const EmbeddingTable& table, std::size_t first, std::size_t last,
                        const AppendRow& append, const WriteBytes& write, WorkerPool* pool,
                        Progress& progress) {
    const std::size_t pieceRows = rowsOfBytes(table.dimension(), pieceBytes);
    const std::size_t dimension = table.dimension();
    std::vector<std::string> made;
    std::vector<std::string> making;
    SharedProgress shared(progress, last - first, "rows");
    for (std::size_t at = first; at < last || !made.empty();) {
        const std::size_t next = std::min(last, at + pieceRows * piecesAtOnce);
        making.resize((next - at + pieceRows - 1) / pieceRows);
        std::optional<Error> failure;
        const auto makePiece = [&](std::size_t piece) {
            making[piece].clear();
            const std::size_t begin = at + piece * pieceRows;
            const std::size_t end = std::min(next, begin + pieceRows);
            table.visitBlocks(Row{static_cast<std::uint32_t>(begin)}, Row{static_cast<std::uint32_t>(end)},
                              pieceRows, [&](Row block, std::span<const float> values) {
                                  for (std::size_t i = 0; i * dimension < values.size(); ++i) {
                                      append(Row{block.value + static_cast<std::uint32_t>(i)},
                                             values.subspan(i * dimension, dimension), making[piece]);
                                  }
                                  return true;
                              });
        };
        // The first task writes what the last round made; the others make the next.
        const auto doTask = [&](std::size_t begin, std::size_t end) {
            for (std::size_t task = begin; task < end && !shared.stopRequested(); ++task) {
                if (task > 0) {
                    makePiece(task - 1);
                    continue;
                }
                for (std::size_t i = 0; i < made.size() && !failure && !shared.stopRequested(); ++i) {
                    const Result<Done> written = write(made[i]);
                    failure = written.ok() ? std::nullopt : std::optional(written.error());
                }
            }
        };
        if (pool != nullptr) {
            pool->parallelFor(making.size() + 1, 1, doTask, Priority::Normal);
        } else {
            doTask(0, making.size() + 1);
        }
        if (shared.stopRequested()) {
            return cancelled();
        }
        if (const Result<Done> sound = table.check(); !sound.ok() || failure) {
            return sound.ok() ? *failure : sound.error();
        }
        std::swap(made, making);
        if (next == at) {
            break;
        }
        progress.report(next - first, last - first, "rows");
        at = next;
    }
    return Done{};
}

}  // namespace lexiscope
