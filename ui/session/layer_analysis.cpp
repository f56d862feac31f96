// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/layer_analysis.h"

#include "ui/session/analysis_work.h"
#include "ui/session/vector_file.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include <QPointer>

namespace lexiscope {
namespace {

using MadeValue = std::shared_ptr<const MadeLayer>;
using RowsValue = std::shared_ptr<const LayerRows>;
using ProductValue = std::shared_ptr<const LayerProduct>;

QString pointerText(const void* pointer) {
    return QString::number(reinterpret_cast<quintptr>(pointer), 16);
}

/// What of `wanted` is still to be done where `done` stands; none: it has to be made from the beginning.
std::optional<std::vector<LayerSteps>> stepsAfter(const OwnLayer& done, const OwnLayer& wanted) {
    if (done.options != wanted.options || done.words != wanted.words ||
        done.steps.size() > wanted.steps.size()) {
        return std::nullopt;
    }
    std::vector<LayerSteps> left = wanted.steps;
    for (std::size_t i = 0; i < done.steps.size(); ++i) {
        LayerSteps same = left[i];
        same.count = done.steps[i].count;
        if (same != done.steps[i] || left[i].count < same.count) {
            return std::nullopt;
        }
        left[i].count -= same.count;
        const bool isLast = i + 1 == done.steps.size();
        if (left[i].count > 0 && !isLast) {
            return std::nullopt;  // more of a step that others came after
        }
    }
    left.erase(
        std::remove_if(left.begin(), left.end(), [](const LayerSteps& step) { return step.count == 0; }),
        left.end());
    return left;
}

/// The table after these steps.
Result<std::shared_ptr<const EmbeddingTable>> stepped(std::shared_ptr<const EmbeddingTable> table,
                                                      const std::vector<LayerSteps>& steps,
                                                      std::optional<std::size_t> padding,
                                                      const Progress& progress) {
    if (steps.empty()) {
        return table;
    }
    std::map<Row, std::vector<float>> changed;
    const auto rowOfNow = [&](Row row) {
        const auto found = changed.find(row);
        return found == changed.end() ? table->row(row) : found->second;
    };
    for (const LayerSteps& step : steps) {
        for (std::size_t i = 0; i < step.count; ++i) {
            if (progress.stopRequested()) {
                return cancelled();
            }
            changed[step.row] = pullStep(rowOfNow(step.row), rowOfNow(step.goal), step.times, step.rate,
                                         padding == step.row.value)
                                    .after;
        }
    }
    std::vector<Row> rows;
    std::vector<float> values;
    for (const auto& [row, numbers] : changed) {
        rows.push_back(row);
        values.insert(values.end(), numbers.begin(), numbers.end());
    }
    return withRows(*table, rows, values);
}

Result<MadeValue> makeOwn(const OwnLayer& layer, const MadeValue& before, WorkerPool& pool,
                          Progress& progress) {
    const std::optional<std::vector<LayerSteps>> left =
        before ? stepsAfter(before->layer, layer) : std::nullopt;
    std::shared_ptr<const EmbeddingTable> table = left ? before->model->table : nullptr;
    if (!table) {
        Result<std::shared_ptr<const EmbeddingTable>> drawn = makeLayer(layer.options, pool, progress);
        if (!drawn.ok()) {
            return drawn.error();
        }
        table = std::move(drawn).value();
    }
    Result<std::shared_ptr<const EmbeddingTable>> done =
        stepped(table, left.value_or(layer.steps), layer.options.paddingRow, progress);
    if (!done.ok()) {
        return done.error();
    }
    const bool hasWords =
        before && before->layer.options == layer.options && before->layer.words == layer.words;
    auto made = std::make_shared<MadeLayer>();
    made->layer = layer;
    made->model = hasWords ? withTable(*before->model, done.value())
                           : layerModel(layer.options, layer.words, done.value());
    Result<std::shared_ptr<const NormResult>> norms = measureNorms(*made->model, pool, progress);
    if (!norms.ok()) {
        return norms.error();
    }
    made->norms = std::move(norms).value();
    return MadeValue(std::move(made));
}

Result<RowsValue> readRows(const LayerView& view) {
    const EmbeddingTable& table = *view.model->table;
    auto result = std::make_shared<LayerRows>();
    result->model = view.model;
    result->row = view.row;
    result->goal = view.goal;
    result->rowValues = table.row(view.row);
    result->goalValues = table.row(view.goal);
    result->lines = lookupLines(table.rows(), view.row.value, view.mostLines);
    for (LookupLine& line : result->lines) {
        if (line.count == 1) {
            line.values = table.row(Row{static_cast<std::uint32_t>(line.first)});
        }
    }
    const Result<Done> read = table.check();
    return read.ok() ? Result<RowsValue>(std::move(result)) : read.error();
}

Result<ProductValue> multiply(const LayerView& view, Progress& progress) {
    Result<std::vector<float>> values = lookUpByProduct(*view.model->table, view.row, progress);
    if (!values.ok()) {
        return values.error();
    }
    auto result = std::make_shared<LayerProduct>();
    result->model = view.model;
    result->row = view.row;
    result->values = std::move(values).value();
    const std::vector<float> row = view.model->table->row(view.row);
    result->isRow = std::memcmp(row.data(), result->values.data(), row.size() * sizeof(float)) == 0;
    return ProductValue(std::move(result));
}

}  // namespace

LayerAnalysis::LayerAnalysis(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {}

LayerAnalysis::~LayerAnalysis() {
    for (const Part part : {Make, Matrix, Rows, Product}) {
        m_runner.drop(channelOf(part));
    }
}

QString LayerAnalysis::channelOf(Part part) const {
    // Two panels may look at different ones.
    return QStringLiteral("layer %1 %2").arg(pointerText(this)).arg(part);
}

bool LayerAnalysis::hasProduct(const Model& model) {
    return model.table->rows() * model.table->dimension() <= mostProductWeights;
}

QString LayerAnalysis::keyOf(Part part) const {
    if (part == Make) {
        return QString::number(m_orders);
    }
    if (!m_view.model || (part == Product && !hasProduct(*m_view.model))) {
        return {};
    }
    const QString model = pointerText(m_view.model.get());
    switch (part) {
        case Make:
            break;
        case Matrix:
            return m_view.stretch.lines == 0 ? QString()
                                             : QStringLiteral("%1 %2 %3 %4 %5")
                                                   .arg(model, pointerText(m_view.norms.get()))
                                                   .arg(m_view.stretch.firstRow)
                                                   .arg(m_view.stretch.rowCount)
                                                   .arg(m_view.stretch.lines);
        case Rows:
            return QStringLiteral("%1 %2 %3 %4")
                .arg(model)
                .arg(m_view.row.value)
                .arg(m_view.goal.value)
                .arg(m_view.mostLines);
        case Product:
            return QStringLiteral("%1 %2").arg(model).arg(m_view.row.value);
    }
    return {};
}

bool LayerAnalysis::isCurrent(Part part) const {
    if (part == Make) {
        return m_made && m_made->layer == m_own;
    }
    const QString key = keyOf(part);
    return !key.isEmpty() && m_keys[part] == key;
}

bool LayerAnalysis::isBusy() const {
    constexpr std::array parts = {Make, Matrix, Rows, Product};
    return std::any_of(parts.begin(), parts.end(),
                       [this](Part part) { return m_runner.isRunning(channelOf(part)); });
}

bool LayerAnalysis::wasCancelled(Part part) const {
    return m_failures[part] && m_failures[part]->code == ErrorCode::Cancelled;
}

template <typename T, typename Work>
void LayerAnalysis::begin(Part part, const QString& label, std::shared_ptr<const T>& member, Work work) {
    m_failures[part].reset();
    const QString key = keyOf(part);
    m_runner.start<std::shared_ptr<const T>>(
        {channelOf(part), key, label, Priority::Interactive}, std::move(work),
        [this, part, key, &member](Result<std::shared_ptr<const T>> result) {
            if (result.ok()) {
                member = std::move(result).value();
                m_keys[part] = key;
            } else {
                m_failures[part] = result.error();
            }
            Q_EMIT changed();
        });
}

void LayerAnalysis::setOwn(OwnLayer layer) {
    std::size_t left = mostSteps;
    std::vector<LayerSteps> steps;
    for (LayerSteps step : layer.steps) {
        step.count = std::min(step.count, left);
        if (step.count > 0 && step.row.value < layer.options.rows && step.goal.value < layer.options.rows) {
            steps.push_back(step);
            left -= step.count;
        }
    }
    layer.steps = std::move(steps);
    if (m_orders == 0 || layer != m_own) {
        m_own = std::move(layer);
        make();
    }
}

void LayerAnalysis::take(LayerSteps step) {
    OwnLayer layer = m_own;
    if (!layer.steps.empty()) {
        LayerSteps same = layer.steps.back();
        same.count = step.count;
        if (same == step) {
            layer.steps.back().count += step.count;
            return setOwn(std::move(layer));
        }
    }
    layer.steps.push_back(step);
    setOwn(std::move(layer));
}

void LayerAnalysis::make() {
    ++m_orders;
    begin(Make, tr("Making the embedding layer"), m_made,
          [layer = m_own, before = m_made, &pool = m_runner.pool()](Progress& progress) {
              return makeOwn(layer, before, pool, progress);
          });
    Q_EMIT changed();
}

void LayerAnalysis::save(const QString& path, MadeWork::Finished finished) {
    const auto written = [self = QPointer(this), layer = m_made->layer,
                          finished = std::move(finished)](const Result<std::vector<std::string>>& warnings) {
        if (self && warnings.ok()) {
            self->setSaved(layer);
        }
        finished(warnings.ok() ? Result<Done>(Done{}) : warnings.error());
    };
    saveVectors(m_runner, m_made->model, path, QString::number(++m_saves), written);
}

void LayerAnalysis::look(LayerView view) {
    if (view == m_view) {
        return;
    }
    m_view = std::move(view);
    for (const Part part : {Matrix, Rows, Product}) {
        refresh(part);
    }
    Q_EMIT changed();
}

void LayerAnalysis::retry(Part part) {
    if (part == Make) {
        make();
        return;
    }
    refresh(part);
    Q_EMIT changed();
}

void LayerAnalysis::refresh(Part part) {
    const QString key = keyOf(part);
    if (key.isEmpty() || m_keys[part] == key) {
        m_runner.drop(channelOf(part));
        m_failures[part].reset();
        return;
    }
    const LayerView& view = m_view;
    if (part == Matrix) {
        begin(part, tr("Reading rows"), m_matrix, [view](Progress& progress) {
            return readStretch(view.model, view.stretch, view.norms.get(), progress);
        });
    } else if (part == Rows) {
        begin(part, tr("Reading rows"), m_rows, [view](Progress&) { return readRows(view); });
    } else {
        begin(part, tr("Multiplying by the table"), m_product,
              [view](Progress& progress) { return multiply(view, progress); });
    }
}

}  // namespace lexiscope
