// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "ui/session/analysis_results.h"
#include "ui/session/encoded_text.h"

#include <memory>

#include <QByteArray>

namespace lexiscope {

// What Analyses computes in the background: each a function of its inputs alone, for any thread. Errors are
// those of core, Cancelled among them.

/// `model` has a tokenizer. `before`, which may be null, is an earlier text: where the same tokenizer cut it
/// with the same options, only what has changed since is cut.
Result<std::shared_ptr<const EncodedText>> encodeText(const QByteArray& text, const Model& model,
                                                      const EncodeOptions& options, const EncodedText* before,
                                                      Progress& progress);
Result<std::shared_ptr<const CounterpartResult>> findCounterpart(std::shared_ptr<const Model> from, Row row,
                                                                 std::shared_ptr<const Model> model);
/// `measured` may be null: it makes the search faster.
Result<std::shared_ptr<const NeighborResult>> findNeighbors(std::shared_ptr<const Model> model, Row row,
                                                            const NeighborOptions& options,
                                                            const NormResult* measured, WorkerPool& pool,
                                                            Progress& progress);
Result<std::shared_ptr<const NormResult>> measureNorms(const Model& model, WorkerPool& pool,
                                                       Progress& progress);
Result<std::shared_ptr<const RowResult>> readRow(std::shared_ptr<const Model> model, Row row);
/// Without `measured`, the colour scale is that of the rows shown.
Result<std::shared_ptr<const MatrixResult>> readStretch(std::shared_ptr<const Model> model,
                                                        const MatrixStretch& stretch,
                                                        const NormResult* measured, Progress& progress);

}  // namespace lexiscope
