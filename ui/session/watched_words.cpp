// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/watched_words.h"

#include <utility>

namespace lexiscope {

WatchedWords::WatchedWords(JobRunner& runner, QObject* parent)
    : QObject(parent),
      m_runner(runner),
      m_channel(QStringLiteral("watched words at %1").arg(reinterpret_cast<quintptr>(this), 0, 16)) {}

WatchedWords::~WatchedWords() {
    m_runner.drop(m_channel);
}

Result<WatchedWords::Found> WatchedWords::find(const std::shared_ptr<const Model>& model,
                                               const std::vector<Row>& rows, WorkerPool& pool,
                                               Progress& progress) {
    Found found{model, {}};
    for (const Row row : rows) {
        if (row.value >= model->table->rows()) {
            continue;
        }
        NearestQuery query;
        query.vector = model->table->row(row);
        query.k = neighborsOfEach;
        query.excluded = {row};
        Result<std::vector<Neighbor>> neighbors = nearest(*model->table, nullptr, query, pool, progress);
        if (!neighbors.ok()) {
            return neighbors.error();
        }
        found.words.push_back({row, std::move(neighbors).value()});
    }
    return found;
}

void WatchedWords::watch(const std::shared_ptr<const Model>& model, const std::vector<Row>& rows) {
    if (model == m_model && rows == m_rows) {
        return;
    }
    m_model = model;
    m_rows = rows;
    if (!model || rows.empty()) {
        m_runner.drop(m_channel);
        if (m_found.model) {
            m_found = {};
            Q_EMIT changed();
        }
        return;
    }
    m_runner.start<Found>(
        {m_channel, QString::number(++m_searches), tr("Searching neighbours"), Priority::Interactive},
        [model, rows, &pool = m_runner.pool()](Progress& progress) {
            return find(model, rows, pool, progress);
        },
        [this](Result<Found> found) {
            if (found.ok()) {
                m_found = std::move(found).value();
                Q_EMIT changed();
            }
        });
}

}  // namespace lexiscope
