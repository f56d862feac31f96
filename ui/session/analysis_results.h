// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/number_scale.h"
#include "core/embedding/row_summary.h"
#include "core/model.h"
#include "core/projection/pca.h"
#include "core/search/nearest.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace lexiscope {

/// The nearest rows of one row, and what they were computed from.
struct NeighborResult {
    std::shared_ptr<const Model> model;
    Row row;
    Metric metric = Metric::Cosine;
    std::size_t k = 0;
    std::vector<Neighbor> neighbors;  ///< best first, the row itself left out
    double seconds = 0;               ///< of the search alone
};

/// One row's numbers.
struct RowResult {
    std::shared_ptr<const Model> model;
    Row row;
    std::vector<float> values;
    RowSummary summary;
};

/// A stretch of the matrix and the limit of its colour scale.
struct MatrixResult {
    std::shared_ptr<const Model> model;
    MatrixWindow window;
    double limit = 1;      ///< 3 × root mean square, rounded to two digits
    bool ofWhole = false;  ///< the mean is over the whole matrix; else over the rows shown
};

/// How long the rows are, and the scale they are shown on.
struct NormResult {
    std::shared_ptr<const RowNorms> norms;
    NumberScale scale;
};

/// The row that means in one slot what is selected in another.
struct CounterpartResult {
    std::shared_ptr<const Model> from;
    Row fromRow;
    std::shared_ptr<const Model> model;
    std::optional<Row> row;  ///< none: the token has no match here
};

/// What comes with a model; null where it is still to be computed.
struct PreparedResults {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const PcaResult> projection;
    std::shared_ptr<const NormResult> norms;
    std::shared_ptr<const NeighborResult> neighbors;
};

struct NeighborOptions {
    Metric metric = Metric::Cosine;
    std::size_t k = 12;  ///< neighbours listed, 1 … 1,000
};

/// A stretch of a matrix: rows, and the lines of pixels there are for them.
struct MatrixStretch {
    std::size_t firstRow = 0;
    std::size_t rowCount = 0;
    std::size_t lines = 0;  ///< 0: nothing is shown
    bool operator==(const MatrixStretch&) const = default;
};

}  // namespace lexiscope
