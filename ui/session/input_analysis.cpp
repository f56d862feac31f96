// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/input_analysis.h"

#include "core/position/input_sum.h"
#include "ui/session/scale_limit.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

using InputValue = std::shared_ptr<const InputMatrices>;

constexpr std::size_t rowsBetweenAsking = 256;

/// The three matrices while they are filled.
struct Rows {
    std::vector<float> tokens;
    std::vector<float> positions;
    std::vector<float> sums;
};

/// How many of the text's tokens are read.
void countRows(InputMatrices& input) {
    const std::size_t tokens = input.text->encoding.tokens.size();
    const std::size_t places = input.hasLearned() ? placeCount(*input.model) : input.sinusoidal.length;
    const std::size_t fitting =
        std::max<std::size_t>(InputAnalysis::mostNumbers / input.model->table->dimension(), 1);
    const std::size_t placed = std::min(tokens, places);
    input.rows = std::min(placed, fitting);
    input.leftOut = placed - input.rows;
    input.beyond = tokens - placed;
}

std::vector<float> tokenRow(const InputMatrices& input, std::size_t place) {
    const EmbeddingTable& table = *input.model->table;
    const std::optional<TokenId>& id = input.text->encoding.tokens[place].id;
    if (!id || rowOf(*id).value >= table.rows()) {
        return std::vector<float>(table.dimension(), std::numeric_limits<float>::quiet_NaN());
    }
    return table.row(rowOf(*id));
}

std::vector<float> positionRow(const InputMatrices& input, std::size_t place) {
    if (input.hasLearned()) {
        return input.model->positions->row(positionRowAt(*input.model, place));
    }
    std::vector<float> values(input.sinusoidal.dimension);
    sinusoidalRow(input.sinusoidal, place, values);
    return values;
}

Result<Rows> readRows(const InputMatrices& input, Progress& progress) {
    Rows rows;
    const std::size_t numbers = input.rows * input.model->table->dimension();
    for (std::vector<float>* matrix : {&rows.tokens, &rows.positions, &rows.sums}) {
        matrix->reserve(numbers);
    }
    for (std::size_t place = 0; place < input.rows; ++place) {
        if (place % rowsBetweenAsking == 0) {
            if (progress.stopRequested()) {
                return cancelled();
            }
            progress.report(place, input.rows, "rows");
        }
        const std::vector<float> token = tokenRow(input, place);
        const std::vector<float> position = positionRow(input, place);
        const std::vector<float> sum = inputSum(token, position);
        rows.tokens.insert(rows.tokens.end(), token.begin(), token.end());
        rows.positions.insert(rows.positions.end(), position.begin(), position.end());
        rows.sums.insert(rows.sums.end(), sum.begin(), sum.end());
    }
    return rows;
}

Result<Done> check(const InputMatrices& input) {
    const Result<Done> tokens = input.model->table->check();
    return tokens.ok() && input.hasLearned() ? input.model->positions->check() : tokens;
}

Result<Done> build(InputMatrices& input, Rows rows, WorkerPool& pool, Progress& progress) {
    double count = 0;
    double squares = 0;
    for (const std::vector<float>* values : {&rows.tokens, &rows.positions, &rows.sums}) {
        squares += sumOfSquares(*values, count);
    }
    input.limit = scaleLimit(squares, count);
    const std::size_t columns = input.model->table->dimension();
    for (const auto& [values, levels] :
         {std::pair(&rows.tokens, &input.tokens), std::pair(&rows.positions, &input.positions),
          std::pair(&rows.sums, &input.sums)}) {
        Result<std::shared_ptr<const MatrixLevels>> built =
            MatrixLevels::build(std::move(*values), columns, pool, progress);
        if (!built.ok()) {
            return built.error();
        }
        *levels = std::move(built).value();
    }
    return Done{};
}

}  // namespace

Result<InputValue> computeInput(const std::shared_ptr<const Model>& model,
                                const std::shared_ptr<const EncodedText>& text,
                                const SinusoidalOptions& sinusoidal, WorkerPool& pool, Progress& progress) {
    auto input = std::make_shared<InputMatrices>();
    input->model = model;
    input->text = text;
    input->sinusoidal = sinusoidal;
    input->sinusoidal.dimension = model->table->dimension();
    if (!input->hasLearned()) {
        // Only as many of them as the text needs are computed, so that their number alone is no error.
        SinusoidalOptions one = input->sinusoidal;
        one.length = 1;
        if (const Result<Done> sound = validate(one); !sound.ok()) {
            return sound.error();
        }
    } else if (model->positions->dimension() != model->table->dimension()) {
        return Error{ErrorCode::Broken, model->name,
                     "the rows of positions and of tokens have different lengths", "they cannot be added"};
    }
    countRows(*input);
    if (input->rows == 0) {
        return InputValue(std::move(input));
    }
    Result<Rows> rows = readRows(*input, progress);
    if (!rows.ok()) {
        return rows.error();
    }
    if (const Result<Done> sound = check(*input); !sound.ok()) {
        return sound.error();
    }
    const Result<Done> built = build(*input, std::move(rows).value(), pool, progress);
    return built.ok() ? Result<InputValue>(InputValue(std::move(input))) : Result<InputValue>(built.error());
}

InputAnalysis::InputAnalysis(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("input"), parent) {}

bool InputAnalysis::isCurrent() const {
    return result() && result()->model == m_model && result()->text == m_text &&
           (result()->hasLearned() || result()->sinusoidal == m_sinusoidal);
}

void InputAnalysis::setInputs(std::shared_ptr<const Model> model, std::shared_ptr<const EncodedText> text,
                              SinusoidalOptions sinusoidal) {
    if (model) {
        sinusoidal.dimension = model->table->dimension();
    }
    if (model == m_model && text == m_text && sinusoidal == m_sinusoidal) {
        return;
    }
    m_model = std::move(model);
    m_text = std::move(text);
    m_sinusoidal = sinusoidal;
    refresh();
}

void InputAnalysis::refresh() {
    if (!m_model || !m_text || isCurrent()) {
        return latest().settle();
    }
    const QString key = QStringLiteral("%1 %2 %3 %4 %5")
                            .arg(reinterpret_cast<quintptr>(m_model.get()), 0, 16)
                            .arg(reinterpret_cast<quintptr>(m_text.get()), 0, 16)
                            .arg(m_sinusoidal.length)
                            .arg(m_sinusoidal.base, 0, 'g', 17)
                            .arg(static_cast<int>(m_sinusoidal.layout));
    latest().compute(
        key, tr("Adding positions to the text"),
        [model = m_model, text = m_text, sinusoidal = m_sinusoidal, &pool = latest().pool()](
            Progress& progress) { return computeInput(model, text, sinusoidal, pool, progress); });
}

}  // namespace lexiscope
