// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/id_analysis.h"

namespace lexiscope {
namespace {

using Value = std::shared_ptr<const IdResult>;

std::shared_ptr<const NeighborResult> listOf(const std::shared_ptr<const Model>& model, Row row,
                                             std::vector<Neighbor> neighbors) {
    auto list = std::make_shared<NeighborResult>();
    list->model = model;
    list->row = row;
    list->k = neighbors.size();
    list->neighbors = std::move(neighbors);
    return list;
}

Result<Value> compute(const std::shared_ptr<const Model>& model, Row row, WorkerPool& pool,
                      Progress& progress) {
    Result<IdNeighbors> found = idNeighbors(*model->table, row, IdAnalysis::reach, pool, progress);
    if (!found.ok()) {
        return found.error();
    }
    IdNeighbors neighbors = std::move(found).value();
    return Value(std::make_shared<const IdResult>(IdResult{
        model, row, listOf(model, row, std::move(neighbors.byId)),
        listOf(model, row, std::move(neighbors.byVector)), neighbors.meanById, neighbors.meanByVector}));
}

}  // namespace

IdAnalysis::IdAnalysis(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {}

IdAnalysis::~IdAnalysis() {
    m_runner.drop(channel());
}

QString IdAnalysis::channel() const {
    return QStringLiteral("ids %1").arg(reinterpret_cast<quintptr>(this), 0, 16);
}

void IdAnalysis::setInputs(std::shared_ptr<const Model> model, Row row) {
    if (model == m_model && row == m_row) {
        return;
    }
    m_model = std::move(model);
    m_row = row;
    refresh();
}

void IdAnalysis::retry() {
    refresh();
}

void IdAnalysis::refresh() {
    m_failure.reset();
    if (!m_model || isCurrent()) {
        m_runner.drop(channel());
        Q_EMIT changed();
        return;
    }
    const QString key =
        QStringLiteral("%1 %2").arg(reinterpret_cast<quintptr>(m_model.get()), 0, 16).arg(m_row.value);
    m_runner.start<Value>(
        {channel(), key, tr("Searching neighbours in %1").arg(QString::fromStdString(m_model->name)),
         Priority::Interactive},
        [model = m_model, row = m_row, &pool = m_runner.pool()](Progress& progress) {
            return compute(model, row, pool, progress);
        },
        [this](Result<Value> result) {
            if (result.ok()) {
                m_result = std::move(result).value();
            } else {
                m_failure = result.error();
            }
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

}  // namespace lexiscope
