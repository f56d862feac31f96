// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/id_analysis.h"

namespace lexiscope {
namespace {

using IdValue = std::shared_ptr<const IdResult>;

std::shared_ptr<const NeighborResult> listOf(const std::shared_ptr<const Model>& model, Row row,
                                             std::vector<Neighbor> neighbors) {
    auto list = std::make_shared<NeighborResult>();
    list->model = model;
    list->row = row;
    list->k = neighbors.size();
    list->neighbors = std::move(neighbors);
    return list;
}

Result<IdValue> compute(const std::shared_ptr<const Model>& model, Row row, WorkerPool& pool,
                        Progress& progress) {
    Result<IdNeighbors> found = idNeighbors(*model->table, row, IdAnalysis::reach, pool, progress);
    if (!found.ok()) {
        return found.error();
    }
    IdNeighbors neighbors = std::move(found).value();
    return IdValue(std::make_shared<const IdResult>(IdResult{
        model, row, listOf(model, row, std::move(neighbors.byId)),
        listOf(model, row, std::move(neighbors.byVector)), neighbors.meanById, neighbors.meanByVector}));
}

}  // namespace

IdAnalysis::IdAnalysis(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("ids"), parent) {}

void IdAnalysis::setInputs(std::shared_ptr<const Model> model, Row row) {
    if (model == m_model && row == m_row) {
        return;
    }
    m_model = std::move(model);
    m_row = row;
    refresh();
}

void IdAnalysis::refresh() {
    if (!m_model || isCurrent()) {
        return latest().settle();
    }
    const QString key =
        QStringLiteral("%1 %2").arg(reinterpret_cast<quintptr>(m_model.get()), 0, 16).arg(m_row.value);
    latest().compute(key, tr("Searching neighbours in %1").arg(QString::fromStdString(m_model->name)),
                     [model = m_model, row = m_row, &pool = latest().pool()](Progress& progress) {
                         return compute(model, row, pool, progress);
                     });
}

}  // namespace lexiscope
