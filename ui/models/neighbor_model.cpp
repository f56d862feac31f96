// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/neighbor_model.h"

#include "ui/models/neighbor_roles.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {

void NeighborModel::setResult(std::shared_ptr<const NeighborResult> result, int slot) {
    if (result == m_result && slot == m_slot) {
        return;
    }
    beginResetModel();
    m_result = std::move(result);
    m_slot = slot;
    m_shared.clear();
    endResetModel();
}

void NeighborModel::setShared(const std::set<int>& rows) {
    if (rows != m_shared) {
        m_shared = rows;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {SharedRole});
    }
}

int NeighborModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_result ? 0 : static_cast<int>(m_result->neighbors.size());
}

double NeighborModel::barFraction(std::size_t index) const {
    const std::vector<Neighbor>& all = m_result->neighbors;
    const double score = all[index].score;
    if (m_result->metric == Metric::Cosine) {
        return std::max(0.0, score);
    }
    // Distances and dot products have no natural end: the longest bar is the largest magnitude listed.
    const double largest = std::max(std::abs(all.front().score), std::abs(all.back().score));
    return largest > 0 ? std::abs(score) / largest : 0;
}

QString NeighborModel::idText(std::size_t index) const {
    std::uint32_t largest = 0;
    for (const Neighbor& neighbor : m_result->neighbors) {
        largest = std::max(largest, neighbor.row.value);
    }
    return QString::number(m_result->neighbors[index].row.value)
        .rightJustified(QString::number(largest).size());
}

QVariant NeighborModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const auto at = static_cast<std::size_t>(index.row());
    const Neighbor& neighbor = m_result->neighbors[at];
    switch (role) {
        case Qt::DisplayRole:
            return shownToken(*m_result->model, neighbor.row);
        case Qt::AccessibleTextRole:
            return tr("%1, %2, ID %3")
                .arg(shownToken(*m_result->model, neighbor.row), QString::number(neighbor.score, 'f', 3))
                .arg(neighbor.row.value);
        case Qt::ToolTipRole:
            return tr("ID %1 · %2").arg(neighbor.row.value).arg(QString::number(neighbor.score, 'f', 6));
        case BarFractionRole:
            return barFraction(at);
        case NumberRole:
            return std::isnan(neighbor.score) ? tr("none") : QString::number(neighbor.score, 'f', 3);
        case SlotRole:
            return m_slot;
        case IdRole:
            return m_showsIds ? idText(at) : QString();
        case SharedRole:
            return m_shared.contains(index.row());
        default:
            return {};
    }
}

}  // namespace lexiscope
