// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/safe_file.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace lexiscope {

/// Appends what a file holds of one row.
using AppendRow = std::function<void(Row row, std::span<const float> values, std::string& out)>;

/// Makes the bytes of the rows in [first, last) on all cores and hands them to `write` in order, while the
/// next are being made. `append` is called from several threads at once, for rows of different pieces; `pool`
/// may be null. Cancelled; the table's check(); what `write` returns. Reports rows.
Result<Done> streamRows(const EmbeddingTable& table, std::size_t first, std::size_t last,
                        const AppendRow& append, const WriteBytes& write, WorkerPool* pool,
                        Progress& progress);

}  // namespace lexiscope
