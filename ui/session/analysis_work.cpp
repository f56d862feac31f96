// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/analysis_work.h"

#include "core/base/utf8.h"
#include "core/search/token_lookup.h"
#include "core/tokenize/changed_text.h"
#include "ui/session/scale_limit.h"

#include <chrono>
#include <utility>

namespace lexiscope {

Result<std::shared_ptr<const EncodedText>> encodeText(const QByteArray& text, const Model& model,
                                                      const EncodeOptions& options, const EncodedText* before,
                                                      Progress& progress) {
    auto encoded = std::make_shared<EncodedText>();
    encoded->text = text.toStdString();
    const bool isKnown =
        before != nullptr && before->tokenizer == model.tokenizer && before->options == options;
    Result<Encoding> encoding = isKnown ? encodeChanged(*model.tokenizer, before->text, before->encoding,
                                                        encoded->text, options, progress)
                                        : model.tokenizer->encode(encoded->text, options, progress);
    if (!encoding.ok()) {
        return encoding.error();
    }
    encoded->encoding = std::move(encoding).value();
    encoded->tokenizer = model.tokenizer;
    encoded->options = options;
    encoded->positions = placeCount(model);
    encoded->characters = countCharacters(encoded->text);
    return std::shared_ptr<const EncodedText>(std::move(encoded));
}

Result<std::shared_ptr<const CounterpartResult>> findCounterpart(std::shared_ptr<const Model> from, Row row,
                                                                 std::shared_ptr<const Model> model) {
    const std::optional<Row> match = matchToken(*from->vocabulary, row, *model->vocabulary);
    return std::shared_ptr<const CounterpartResult>(std::make_shared<CounterpartResult>(
        CounterpartResult{std::move(from), row, std::move(model), match}));
}

Result<std::shared_ptr<const NeighborResult>> findNeighbors(std::shared_ptr<const Model> model, Row row,
                                                            const NeighborOptions& options,
                                                            const NormResult* measured, WorkerPool& pool,
                                                            Progress& progress) {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    NearestQuery query;
    query.vector = model->table->row(row);
    query.metric = options.metric;
    query.k = options.k;
    query.excluded = {row};
    const RowNorms* norms = measured != nullptr ? measured->norms.get() : nullptr;
    Result<std::vector<Neighbor>> found = nearest(*model->table, norms, query, pool, progress);
    if (!found.ok()) {
        return found.error();
    }
    auto result = std::make_shared<NeighborResult>();
    result->model = std::move(model);
    result->row = row;
    result->metric = options.metric;
    result->k = options.k;
    result->neighbors = std::move(found).value();
    result->seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return std::shared_ptr<const NeighborResult>(std::move(result));
}

Result<std::shared_ptr<const NormResult>> measureNorms(const Model& model, WorkerPool& pool,
                                                       Progress& progress) {
    Result<std::shared_ptr<const RowNorms>> norms = RowNorms::compute(*model.table, pool, progress);
    if (!norms.ok()) {
        return norms.error();
    }
    const NumberScale scale = scaleOf(norms.value()->values());
    return std::shared_ptr<const NormResult>(
        std::make_shared<NormResult>(NormResult{std::move(norms).value(), scale}));
}

Result<std::shared_ptr<const RowResult>> readRow(std::shared_ptr<const Model> model, Row row) {
    auto result = std::make_shared<RowResult>();
    result->row = row;
    result->values = model->table->row(row);
    if (const Result<Done> read = model->table->check(); !read.ok()) {
        return read.error();
    }
    result->summary = summarize(result->values);
    result->model = std::move(model);
    return std::shared_ptr<const RowResult>(std::move(result));
}

Result<std::shared_ptr<const MatrixResult>> readStretch(std::shared_ptr<const Model> model,
                                                        const MatrixStretch& stretch,
                                                        const NormResult* measured, Progress& progress) {
    Result<MatrixWindow> window =
        matrixWindow(*model->table, stretch.firstRow, stretch.rowCount, stretch.lines, progress);
    if (!window.ok()) {
        return window.error();
    }
    auto result = std::make_shared<MatrixResult>();
    result->window = std::move(window).value();
    result->ofWhole = measured != nullptr;
    double count = 0;
    const double squares =
        sumOfSquares(measured != nullptr ? measured->norms->values() : result->window.values, count);
    const double dimension = static_cast<double>(model->table->dimension());
    result->limit = scaleLimit(squares, measured != nullptr ? count * dimension : count);
    result->model = std::move(model);
    return std::shared_ptr<const MatrixResult>(std::move(result));
}

}  // namespace lexiscope
