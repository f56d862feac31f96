// SPDX-License-Identifier: GPL-3.0-or-later
// Analyses: results that come with a model.
#include "ui/session/analyses.h"

namespace lexiscope {

template <typename T>
void Analyses::adopt(int slot, Need need, std::shared_ptr<const T> PerSlot::*member,
                     const std::shared_ptr<const T>& result) {
    if (!result) {
        return;
    }
    m_runner.drop(channelOf(slot, need));
    PerSlot& state = of(slot);
    state.*member = result;
    state.keys[need] = keyOf(slot, need);
    state.failures[need].reset();
    Q_EMIT changed(slot, need);
    follow(slot, need);
}

void Analyses::adopt(int slot, const PreparedResults& prepared) {
    if (!prepared.model || prepared.model != m_session.slot(slot).model) {
        return;
    }
    adopt(slot, Norms, &PerSlot::norms, prepared.norms);
    adopt(slot, Projection, &PerSlot::projection, prepared.projection);
    const std::shared_ptr<const NeighborResult>& nearest = prepared.neighbors;
    if (nearest && selectedRow(slot) == nearest->row && nearest->metric == m_neighborOptions.metric &&
        nearest->k == m_neighborOptions.k) {
        adopt(slot, Neighbors, &PerSlot::neighbors, nearest);
    }
}

}  // namespace lexiscope
