// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/position_analysis.h"

#include "ui/session/scale_limit.h"

#include <algorithm>

namespace lexiscope {
namespace {

constexpr std::array kinds = {PositionKind::Sinusoidal, PositionKind::Learned};
constexpr std::array parts = {PositionAnalysis::Matrix, PositionAnalysis::Similarity};

using MatrixValue = std::shared_ptr<const PositionMatrix>;
using SimilarityValue = std::shared_ptr<const PositionSimilarityResult>;

Result<MatrixValue> finishMatrix(PositionMatrix matrix, std::vector<float> values, std::size_t columns,
                                 WorkerPool& pool, Progress& progress) {
    if (matrix.kind == PositionKind::Learned) {
        double count = 0;
        const double squares = sumOfSquares(values, count);
        matrix.limit = scaleLimit(squares, count);
    }
    Result<std::shared_ptr<const MatrixLevels>> levels =
        MatrixLevels::build(std::move(values), columns, pool, progress);
    if (!levels.ok()) {
        return levels.error();
    }
    matrix.levels = std::move(levels).value();
    return MatrixValue(std::make_shared<const PositionMatrix>(std::move(matrix)));
}

Result<MatrixValue> learnedMatrix(const std::shared_ptr<const Model>& model, WorkerPool& pool,
                                  Progress& progress) {
    const EmbeddingTable& table = *model->positions;
    const std::size_t places = placeCount(*model);
    std::vector<float> values(places * table.dimension());
    table.widen(positionRowAt(*model, 0), places, values);
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    return finishMatrix({PositionKind::Learned, {}, model, nullptr, 1}, std::move(values), table.dimension(),
                        pool, progress);
}

Result<MatrixValue> computedMatrix(const SinusoidalOptions& options, WorkerPool& pool, Progress& progress) {
    Result<std::vector<float>> values = sinusoidalMatrix(options, pool, progress);
    if (!values.ok()) {
        return values.error();
    }
    return finishMatrix({PositionKind::Sinusoidal, options, nullptr, nullptr, 1}, std::move(values).value(),
                        options.dimension, pool, progress);
}

}  // namespace

PositionAnalysis::PositionAnalysis(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {}

PositionAnalysis::~PositionAnalysis() {
    for (const PositionKind kind : kinds) {
        for (const Part part : parts) {
            m_runner.drop(channelOf(kind, part));
        }
    }
}

QString PositionAnalysis::channelOf(PositionKind kind, Part part) const {
    // Two panels may look at different ones.
    return QStringLiteral("positions %1 %2 %3")
        .arg(reinterpret_cast<quintptr>(this), 0, 16)
        .arg(static_cast<int>(kind))
        .arg(part);
}

bool PositionAnalysis::isBusy() const {
    return std::any_of(kinds.begin(), kinds.end(), [this](PositionKind kind) {
        return m_runner.isRunning(channelOf(kind, Matrix)) || m_runner.isRunning(channelOf(kind, Similarity));
    });
}

QString PositionAnalysis::keyOf(PositionKind kind, Part part) const {
    if (part == Similarity) {
        const bool isReady = of(kind).matrix && isCurrent(kind, Matrix);
        return isReady ? of(kind).keys[Matrix] : QString();
    }
    if (kind == PositionKind::Learned) {
        return m_model && m_model->positions ? QString::number(reinterpret_cast<quintptr>(m_model.get()), 16)
                                             : QString();
    }
    return QStringLiteral("%1 %2 %3 %4")
        .arg(m_options.length)
        .arg(m_options.dimension)
        .arg(m_options.base, 0, 'g', 17)
        .arg(static_cast<int>(m_options.layout));
}

bool PositionAnalysis::isCurrent(PositionKind kind, Part part) const {
    const QString key = keyOf(kind, part);
    return !key.isEmpty() && of(kind).keys[part] == key;
}

void PositionAnalysis::setInputs(std::shared_ptr<const Model> model, const SinusoidalOptions& options) {
    if (model == m_model && options == m_options) {
        return;
    }
    m_model = std::move(model);
    m_options = options;
    for (const PositionKind kind : kinds) {
        refresh(kind, Matrix);
    }
}

void PositionAnalysis::want(PositionKind kind, Part part, bool wanted) {
    if (of(kind).wanted[part] != wanted) {
        of(kind).wanted[part] = wanted;
        refresh(kind, part);
    }
}

void PositionAnalysis::refresh(PositionKind kind, Part part) {
    PerKind& state = of(kind);
    const QString key = keyOf(kind, part);
    const QString channel = channelOf(kind, part);
    if (!state.wanted[part] || key.isEmpty() || state.keys[part] == key) {
        m_runner.drop(channel);
        state.failures[part].reset();
    } else {
        const JobRunner::Request request{
            channel, key, part == Matrix ? tr("Computing positions") : tr("Comparing positions"),
            Priority::Interactive};
        state.failures[part].reset();
        part == Matrix ? computeMatrix(kind, request) : computeSimilarity(kind, request);
    }
    if (part == Matrix) {
        refresh(kind, Similarity);
    }
    Q_EMIT changed();
}

void PositionAnalysis::computeMatrix(PositionKind kind, const JobRunner::Request& request) {
    m_runner.start<MatrixValue>(
        request,
        [kind, model = m_model, options = m_options, &pool = m_runner.pool()](Progress& progress) {
            return kind == PositionKind::Learned ? learnedMatrix(model, pool, progress)
                                                 : computedMatrix(options, pool, progress);
        },
        [this, kind, key = request.key](Result<MatrixValue> result) {
            PerKind& state = of(kind);
            if (result.ok()) {
                state.matrix = std::move(result).value();
                state.keys[Matrix] = key;
            } else {
                state.failures[Matrix] = result.error();
            }
            refresh(kind, Similarity);
        });
}

void PositionAnalysis::computeSimilarity(PositionKind kind, const JobRunner::Request& request) {
    m_runner.start<SimilarityValue>(
        request,
        [matrix = of(kind).matrix, &pool = m_runner.pool()](Progress& progress) -> Result<SimilarityValue> {
            Result<PositionSimilarity> similarity = positionSimilarity(
                matrix->levels->values(), matrix->levels->columns(), mostCompared, pool, progress);
            if (!similarity.ok()) {
                return similarity.error();
            }
            return SimilarityValue(std::make_shared<const PositionSimilarityResult>(
                PositionSimilarityResult{matrix, std::move(similarity).value()}));
        },
        [this, kind, key = request.key](Result<SimilarityValue> result) {
            PerKind& state = of(kind);
            if (result.ok()) {
                state.similarity = std::move(result).value();
                state.keys[Similarity] = key;
            } else {
                state.failures[Similarity] = result.error();
            }
            Q_EMIT changed();
        });
}

}  // namespace lexiscope
