// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/embedding/embedding_table.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace lexiscope {

/// What the weights of a new embedding layer are drawn from.
enum class LayerStart : std::uint8_t {
    Normal,         ///< mean 0, standard deviation `spread`; with 1, as torch.nn.Embedding begins
    Uniform,        ///< -spread … spread
    XavierNormal,   ///< Normal with sqrt(2 / (V + D)) (Glorot & Bengio 2010; torch.nn.init.xavier_normal_)
    XavierUniform,  ///< Uniform with sqrt(6 / (V + D)) (likewise, xavier_uniform_)
    Zeros,
    Ones,
};

inline constexpr std::size_t mostLayerRows = 4'000'000;
inline constexpr std::size_t mostLayerDimensions = 16'384;
inline constexpr std::size_t mostLayerWeights = std::size_t{1} << 26U;  ///< 256 MiB of float32
inline constexpr double mostLayerSpread = 1000;

/// An embedding layer, as torch.nn.Embedding has it: a table of V × D weights, a row for each ID.
struct LayerOptions {
    std::size_t rows = 12;      ///< V: 1 … mostLayerRows, V × D at most mostLayerWeights
    std::size_t dimension = 8;  ///< D: 1 … mostLayerDimensions
    LayerStart start = LayerStart::Normal;
    double spread = 1;                      ///< of Normal and Uniform alone: above 0, at most mostLayerSpread
    std::optional<std::size_t> paddingRow;  ///< below V: stands for nothing, holds zeros, gets no gradient
    std::uint64_t seed = 1;

    bool operator==(const LayerOptions&) const = default;
};

/// InvalidArgument when a field is out of its range.
Result<Done> validate(const LayerOptions& options);

/// Standard deviation or bound of what the weights are drawn from; 0 for Zeros and Ones. Valid options.
double layerSpread(const LayerOptions& options);

/// A new table. Each row has a SplitMix64 generator of its own (see RandomSource), begun at what that
/// generator gives of the seed, plus the row, so that a row is the same however many others there are.
/// Uniform numbers have 53 bits; normal ones come in pairs by Box & Muller (1958), sqrt(-2 ln u) cos(2πv) and
/// sin; all are rounded to float once. They are not PyTorch's numbers of that seed. The errors of validate();
/// Cancelled. Reports rows.
Result<std::shared_ptr<const EmbeddingTable>> makeLayer(const LayerOptions& options, WorkerPool& pool,
                                                        Progress& progress);

/// The row by arithmetic: a vector of V zeros and a one at `row`, times the table, V × D products and their
/// sums. For finite weights that is the row, bit for bit, but that -0 becomes 0; one weight elsewhere that is
/// no finite number makes its column NaN. Cancelled; the table's check(). Reports rows.
Result<std::vector<float>> lookUpByProduct(const EmbeddingTable& table, Row row, Progress& progress);

/// The gradient of a loss with respect to a table. Rows that are not among `rows` have zeros.
struct LayerGradient {
    double loss = 0;
    std::vector<Row> rows;      ///< ascending, each once; the padding row is never among them
    std::vector<float> values;  ///< rows.size() × D
};

/// Of the loss that draws the rows of a batch of IDs towards a goal, D numbers that do not change:
///
///     L = ½ Σ_b |E[id_b] - goal|²,    ∂L/∂E[r] = Σ_{b: id_b = r} (E[r] - goal)
///
/// An ID that occurs n times adds n times; the padding row counts in the loss, as in PyTorch, but has no
/// gradient. In float, the loss in double. InvalidArgument for an ID without a row; the table's check().
Result<LayerGradient> pullGradient(const EmbeddingTable& table, std::span<const TokenId> batch,
                                   std::span<const float> goal, std::optional<Row> padding);

/// row - rate × gradient, number by number, in float. Sizes are equal.
std::vector<float> steppedRow(std::span<const float> row, std::span<const float> gradient, float rate);

/// The table with other numbers in some rows: `values` holds rows.size() × D. All others are as they were,
/// bit for bit. A copy in memory. The table's check().
Result<std::shared_ptr<const EmbeddingTable>> withRows(const EmbeddingTable& table, std::span<const Row> rows,
                                                       std::span<const float> values);

/// The table after a step of stochastic gradient descent: the gradient's rows are as steppedRow() gives them.
Result<std::shared_ptr<const EmbeddingTable>> steppedTable(const EmbeddingTable& table,
                                                           const LayerGradient& gradient, float rate);

/// A step on one row that stands `times` times in a batch and nothing else does, in all its numbers.
struct RowStep {
    std::vector<float> before;
    std::vector<float> gradient;
    std::vector<float> after;
    double lossBefore = 0;
    double lossAfter = 0;
};

/// What pullGradient() and steppedRow() make of it; row and goal have one size. The padding row stays.
RowStep pullStep(std::span<const float> row, std::span<const float> goal, std::size_t times, float rate,
                 bool isPadding);

}  // namespace lexiscope
