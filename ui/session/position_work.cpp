// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/position_work.h"

#include "core/position/relative_buckets.h"
#include "ui/session/scale_limit.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

Result<PositionMatrixValue> finish(PositionMatrix matrix, std::vector<float> values, std::size_t columns,
                                   WorkerPool& pool, Progress& progress) {
    Result<std::shared_ptr<const MatrixLevels>> levels =
        MatrixLevels::build(std::move(values), columns, pool, progress);
    if (!levels.ok()) {
        return levels.error();
    }
    matrix.levels = std::move(levels).value();
    return PositionMatrixValue(std::make_shared<const PositionMatrix>(std::move(matrix)));
}

Result<PositionMatrixValue> finish(PositionMatrix matrix, Result<PositionArray> array, WorkerPool& pool,
                                   Progress& progress) {
    if (!array.ok()) {
        return array.error();
    }
    const std::size_t columns = array.value().shape.back();
    return finish(std::move(matrix), std::move(array).value().values, columns, pool, progress);
}

Result<PositionMatrixValue> learnedMatrix(const std::shared_ptr<const Model>& model, WorkerPool& pool,
                                          Progress& progress) {
    const EmbeddingTable& table = *model->positions;
    std::vector<float> values(placeCount(*model) * table.dimension());
    table.widen(positionRowAt(*model, 0), placeCount(*model), values);
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    PositionMatrix matrix{PositionKind::Learned, {}, model, nullptr, 1};
    double count = 0;
    const double squares = sumOfSquares(values, count);
    matrix.limit = scaleLimit(squares, count);
    return finish(std::move(matrix), std::move(values), table.dimension(), pool, progress);
}

Result<PositionMatrixValue> sinusoidal(const SinusoidalOptions& options, WorkerPool& pool,
                                       Progress& progress) {
    Result<std::vector<float>> values = sinusoidalMatrix(options, pool, progress);
    if (!values.ok()) {
        return values.error();
    }
    return finish({PositionKind::Sinusoidal, options, nullptr, nullptr, 1}, std::move(values).value(),
                  options.dimension, pool, progress);
}

Result<PositionMatrixValue> rotary(const RotaryOptions& options, WorkerPool& pool, Progress& progress) {
    Result<PositionArray> table = rotaryTable(options, pool, progress);
    PositionMatrix matrix{PositionKind::Rotary, {}, nullptr, nullptr, 1};
    if (table.ok()) {
        matrix.rotary = options;
        matrix.waves = rotaryWaves(options);
        matrix.limit = matrix.waves.amplitude;
    }
    return finish(std::move(matrix), std::move(table), pool, progress);
}

Result<PositionMatrixValue> alibi(const AlibiOptions& options, std::size_t head, WorkerPool& pool,
                                  Progress& progress) {
    Result<PositionArray> bias = alibiBias(options, head);
    PositionMatrix matrix{PositionKind::Alibi, {}, nullptr, nullptr, 1};
    if (bias.ok()) {
        matrix.head = head;
        matrix.slope = alibiSlopes(options.heads)[head];
        matrix.limit = matrix.slope * static_cast<double>(std::max<std::size_t>(options.length, 2) - 1);
    }
    return finish(std::move(matrix), std::move(bias), pool, progress);
}

/// Every step-th row, `count` of them.
std::vector<float> everyRow(const MatrixLevels& levels, std::size_t step, std::size_t count) {
    std::vector<float> values;
    values.reserve(count * levels.columns());
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<const float> row = levels.row(i * step);
        values.insert(values.end(), row.begin(), row.end());
    }
    return values;
}

}  // namespace

Result<PositionMatrixValue> makePositionMatrix(PositionKind kind, const PositionInputs& inputs,
                                               WorkerPool& pool, Progress& progress) {
    switch (kind) {
        case PositionKind::Sinusoidal:
            return sinusoidal(inputs.sinusoidal, pool, progress);
        case PositionKind::Learned:
            return learnedMatrix(inputs.model, pool, progress);
        case PositionKind::Rotary:
            return rotary(inputs.rotary, pool, progress);
        case PositionKind::Alibi:
            return alibi(inputs.alibi, inputs.head, pool, progress);
        case PositionKind::T5:
            break;
    }
    return finish({PositionKind::T5, {}, nullptr, nullptr, relativeBucketCount - 1},
                  relativeBuckets(inputs.bucketLength), pool, progress);
}

Result<std::shared_ptr<const PositionSimilarityResult>> comparePositions(const PositionMatrixValue& matrix,
                                                                         std::size_t most, WorkerPool& pool,
                                                                         Progress& progress) {
    Result<PositionSimilarity> similarity =
        positionSimilarity(matrix->levels->values(), matrix->levels->columns(), most, pool, progress);
    if (!similarity.ok()) {
        return similarity.error();
    }
    return std::make_shared<const PositionSimilarityResult>(
        PositionSimilarityResult{matrix, std::move(similarity).value()});
}

Result<std::shared_ptr<const PositionDecayResult>> decayOfPositions(const PositionMatrixValue& matrix,
                                                                    std::size_t most, WorkerPool& pool,
                                                                    Progress& progress) {
    PositionDecayResult result{matrix, {}, {}};
    if (matrix->kind == PositionKind::Rotary) {
        result.rotary = rotaryDecay(matrix->rotary, most);
    } else {
        Result<PositionDecay> decay =
            positionDecay(matrix->levels->values(), matrix->levels->columns(), most, pool, progress);
        if (!decay.ok()) {
            return decay.error();
        }
        result.decay = std::move(decay).value();
    }
    return std::make_shared<const PositionDecayResult>(std::move(result));
}

Result<std::shared_ptr<const PositionCurveResult>> curveOfPositions(const PositionMatrixValue& matrix,
                                                                    std::size_t most, WorkerPool& pool,
                                                                    Progress& progress) {
    const MatrixLevels& levels = *matrix->levels;
    PositionCurveResult result;
    result.matrix = matrix;
    result.step = (levels.rows() + most - 1) / most;
    const std::size_t count = (levels.rows() + result.step - 1) / result.step;
    const auto rows = EmbeddingTable::owned(everyRow(levels, result.step, count), count, levels.columns());
    Result<std::shared_ptr<const PcaResult>> projection = pca(*rows, {}, pool, progress);
    if (!projection.ok()) {
        return projection.error();
    }
    result.projection = std::move(projection).value();
    return std::make_shared<const PositionCurveResult>(std::move(result));
}

}  // namespace lexiscope
