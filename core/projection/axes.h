// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/embedding/embedding_table.h"
#include "core/projection/pca.h"

#include <memory>

namespace lexiscope {

/// The rows on the directions of another projection, so that pictures of one thing at several times have the
/// same axes: coordinate c of row x is (x - m) · d_c, with m the mean of these rows. The ratios of variance
/// are those of these rows along these directions, as many as there are components. Rows with NaN or
/// infinity are left out, as in pca(). InvalidArgument when the dimensions differ; Cancelled; the table's
/// check().
Result<std::shared_ptr<const PcaResult>> projectOnAxes(const EmbeddingTable& table, const PcaResult& axes,
                                                       Progress& progress);

/// Turns around each axis of `result` along which its rows lie opposite to where they lie in `reference`
/// (their coordinates correlate negatively), so that one picture follows another without being mirrored.
/// Nothing is done where the two are not of as many rows.
void turnLike(PcaResult& result, const PcaResult& reference);

}  // namespace lexiscope
