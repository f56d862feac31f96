// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/embedding_layer.h"

#include "core/base/grouped.h"
#include "core/base/random_source.h"
#include "core/embedding/table_pass.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

namespace lexiscope {
namespace {

constexpr std::size_t pieceBytes = 1 << 20;

Error outOfRange(const char* name, const std::string& range) {
    return {ErrorCode::InvalidArgument, name, "it must be " + range, {}};
}

/// [0, 1), a multiple of 2^-53.
double unit(RandomSource& random) {
    return static_cast<double>(random.next() >> 11U) * 0x1p-53;
}

RandomSource sourceOfRow(std::uint64_t seed, std::size_t row) {
    return RandomSource(RandomSource(RandomSource(seed).next() + row).next());
}

void drawNormal(RandomSource& random, double spread, std::span<float> out) {
    for (std::size_t i = 0; i < out.size(); i += 2) {
        const double radius = spread * std::sqrt(-2 * std::log(1 - unit(random)));
        const double angle = 2 * std::numbers::pi * unit(random);
        out[i] = static_cast<float>(radius * std::cos(angle));
        if (i + 1 < out.size()) {
            out[i + 1] = static_cast<float>(radius * std::sin(angle));
        }
    }
}

void drawUniform(RandomSource& random, double bound, std::span<float> out) {
    for (float& value : out) {
        value = static_cast<float>((2 * unit(random) - 1) * bound);
    }
}

void drawRow(const LayerOptions& options, std::size_t row, std::span<float> out) {
    RandomSource random = sourceOfRow(options.seed, row);
    switch (options.start) {
        case LayerStart::Normal:
        case LayerStart::XavierNormal:
            return drawNormal(random, layerSpread(options), out);
        case LayerStart::Uniform:
        case LayerStart::XavierUniform:
            return drawUniform(random, layerSpread(options), out);
        case LayerStart::Zeros:
            return std::fill(out.begin(), out.end(), 0.0F);
        case LayerStart::Ones:
            return std::fill(out.begin(), out.end(), 1.0F);
    }
}

}  // namespace

Result<Done> validate(const LayerOptions& options) {
    if (options.rows < 1 || options.rows > mostLayerRows) {
        return outOfRange("rows V", "1 to " + grouped(mostLayerRows));
    }
    if (options.dimension < 1 || options.dimension > mostLayerDimensions) {
        return outOfRange("dimension D", "1 to " + grouped(mostLayerDimensions));
    }
    if (options.rows * options.dimension > mostLayerWeights) {
        return Error{ErrorCode::InvalidArgument, grouped(options.rows) + " × " + grouped(options.dimension),
                     "is more than the " + grouped(mostLayerWeights) + " weights that a layer may have here",
                     "take fewer rows or dimensions"};
    }
    const bool hasSpread = options.start == LayerStart::Normal || options.start == LayerStart::Uniform;
    if (hasSpread && !(options.spread > 0 && options.spread <= mostLayerSpread)) {
        return outOfRange("spread", "above 0 and at most 1,000");
    }
    if (options.paddingRow && *options.paddingRow >= options.rows) {
        return outOfRange("padding row", "0 to " + grouped(options.rows - 1));
    }
    return Done{};
}

double layerSpread(const LayerOptions& options) {
    const double fans = static_cast<double>(options.rows + options.dimension);
    switch (options.start) {
        case LayerStart::Normal:
        case LayerStart::Uniform:
            return options.spread;
        case LayerStart::XavierNormal:
            return std::sqrt(2 / fans);
        case LayerStart::XavierUniform:
            return std::sqrt(6 / fans);
        case LayerStart::Zeros:
        case LayerStart::Ones:
            break;
    }
    return 0;
}

Result<std::shared_ptr<const EmbeddingTable>> makeLayer(const LayerOptions& options, WorkerPool& pool,
                                                        Progress& progress) {
    if (const Result<Done> sound = validate(options); !sound.ok()) {
        return sound.error();
    }
    const std::size_t dimension = options.dimension;
    std::vector<float> values(options.rows * dimension);
    SharedProgress shared(progress, options.rows, "rows");
    pool.parallelFor(
        options.rows, rowsOfBytes(dimension, pieceBytes), [&](std::size_t first, std::size_t last) {
            if (shared.stopRequested()) {
                return;
            }
            for (std::size_t row = first; row < last; ++row) {
                const std::span<float> out = std::span(values).subspan(row * dimension, dimension);
                if (row != options.paddingRow) {
                    drawRow(options, row, out);
                }
            }
            shared.add(last - first);
        });
    if (shared.stopRequested()) {
        return cancelled();
    }
    return EmbeddingTable::owned(std::move(values), options.rows, dimension);
}

Result<std::vector<float>> lookUpByProduct(const EmbeddingTable& table, Row row, Progress& progress) {
    assert(row.value < table.rows());
    const std::size_t dimension = table.dimension();
    std::vector<float> sum(dimension, 0.0F);
    const Row end{static_cast<std::uint32_t>(table.rows())};
    bool isStopped = false;
    table.visitBlocks(Row{0}, end, rowsOfBytes(dimension, pieceBytes),
                      [&](Row first, std::span<const float> values) {
                          const std::size_t rows = values.size() / dimension;
                          for (std::size_t i = 0; i < rows; ++i) {
                              const float oneHot = first.value + i == row.value ? 1.0F : 0.0F;
                              for (std::size_t column = 0; column < dimension; ++column) {
                                  sum[column] += oneHot * values[i * dimension + column];
                              }
                          }
                          progress.report(first.value + rows, table.rows(), "rows");
                          isStopped = progress.stopRequested();
                          return !isStopped;
                      });
    if (isStopped) {
        return cancelled();
    }
    const Result<Done> read = table.check();
    return read.ok() ? Result<std::vector<float>>(std::move(sum)) : read.error();
}

Result<LayerGradient> pullGradient(const EmbeddingTable& table, std::span<const TokenId> batch,
                                   std::span<const float> goal, std::optional<Row> padding) {
    assert(goal.size() == table.dimension());
    std::map<Row, std::vector<float>> gradients;
    LayerGradient result;
    for (const TokenId id : batch) {
        if (id.value >= table.rows()) {
            return Error{ErrorCode::InvalidArgument, "ID " + std::to_string(id.value), "has no row",
                         "the table's IDs run from 0 to " + std::to_string(table.rows() - 1)};
        }
        const std::vector<float> row = table.row(rowOf(id));
        std::vector<float>* gradient = rowOf(id) == padding ? nullptr : &gradients[rowOf(id)];
        if (gradient != nullptr) {
            gradient->resize(row.size());
        }
        for (std::size_t column = 0; column < row.size(); ++column) {
            const float away = row[column] - goal[column];
            result.loss += 0.5 * static_cast<double>(away) * static_cast<double>(away);
            if (gradient != nullptr) {
                (*gradient)[column] += away;
            }
        }
    }
    for (const auto& [row, values] : gradients) {
        result.rows.push_back(row);
        result.values.insert(result.values.end(), values.begin(), values.end());
    }
    const Result<Done> read = table.check();
    return read.ok() ? Result<LayerGradient>(std::move(result)) : read.error();
}

std::vector<float> steppedRow(std::span<const float> row, std::span<const float> gradient, float rate) {
    assert(row.size() == gradient.size());
    std::vector<float> after(row.size());
    std::transform(row.begin(), row.end(), gradient.begin(), after.begin(),
                   [rate](float weight, float slope) { return weight - rate * slope; });
    return after;
}

Result<std::shared_ptr<const EmbeddingTable>> withRows(const EmbeddingTable& table, std::span<const Row> rows,
                                                       std::span<const float> values) {
    const std::size_t dimension = table.dimension();
    assert(values.size() == rows.size() * dimension);
    std::vector<float> all(table.rows() * dimension);
    table.widen(Row{0}, table.rows(), all);
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::span<const float> row = values.subspan(i * dimension, dimension);
        std::copy(row.begin(), row.end(),
                  all.begin() + static_cast<std::ptrdiff_t>(rows[i].value * dimension));
    }
    return EmbeddingTable::owned(std::move(all), table.rows(), dimension);
}

Result<std::shared_ptr<const EmbeddingTable>> steppedTable(const EmbeddingTable& table,
                                                           const LayerGradient& gradient, float rate) {
    const std::size_t dimension = table.dimension();
    std::vector<float> values;
    for (std::size_t i = 0; i < gradient.rows.size(); ++i) {
        const std::vector<float> after = steppedRow(
            table.row(gradient.rows[i]), std::span(gradient.values).subspan(i * dimension, dimension), rate);
        values.insert(values.end(), after.begin(), after.end());
    }
    return withRows(table, gradient.rows, values);
}

RowStep pullStep(std::span<const float> row, std::span<const float> goal, std::size_t times, float rate,
                 bool isPadding) {
    const std::vector<TokenId> batch(times);
    const std::optional<Row> padding = isPadding ? std::optional(Row{0}) : std::nullopt;
    // Of a table in memory, and an ID that has a row.
    const auto pull = [&](std::span<const float> values) {
        const std::shared_ptr<const EmbeddingTable> table =
            EmbeddingTable::owned({values.begin(), values.end()}, 1, values.size());
        return pullGradient(*table, batch, goal, padding).value();
    };
    LayerGradient gradient = pull(row);
    gradient.values.resize(row.size());
    RowStep step{{row.begin(), row.end()}, std::move(gradient.values), {}, gradient.loss, 0};
    step.after = steppedRow(step.before, step.gradient, rate);
    step.lossAfter = pull(step.after).loss;
    return step;
}

}  // namespace lexiscope
