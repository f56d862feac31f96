// SPDX-License-Identifier: GPL-3.0-or-later
// MergesPanel: what a figure repeats of it, and its files.
#include "ui/panels/merges_panel.h"
#include "ui/panels/parts/view_keys.h"

namespace lexiscope {
namespace {

constexpr QLatin1String treeName("tree");

/// What a view of it can say.
struct MergesKeys : ViewKeys {
    ViewKey piece = whole("piece");
    ViewKey step = whole("step");
    ViewKey view = oneOf("view", {QStringLiteral("rows"), treeName});
};

const MergesKeys& mergesKeys() {
    static const MergesKeys all;
    return all;
}

}  // namespace

QStringList MergesPanel::parameters() const {
    if (!m_walk) {
        return {};
    }
    QStringList all{tr("piece “%1”").arg(walkLabel(*m_walk, {0, m_walk->text.size()}))};
    if (m_step < lastStep()) {
        all << tr("step %1 of %2").arg(m_step + 1).arg(lastStep() + 1);
    }
    return all;
}

const ViewKeys& MergesPanel::viewKeys() {
    return mergesKeys();
}

QJsonObject MergesPanel::saveView() const {
    QJsonObject view;
    if (m_piece) {
        view[mergesKeys().piece] = static_cast<int>(*m_piece);
    }
    if (m_walk && m_step < lastStep()) {
        view[mergesKeys().step] = static_cast<int>(m_step);
    }
    if (m_view->current() == treeItem) {
        view[mergesKeys().view] = treeName;
    }
    return view;
}

void MergesPanel::restoreView(const QJsonObject& view) {
    if (const int piece = view[mergesKeys().piece].toInt(-1); piece >= 0) {
        m_wantedPiece = static_cast<std::size_t>(piece);
    }
    if (const int step = view[mergesKeys().step].toInt(-1); step >= 0) {
        m_wantedStep = static_cast<std::size_t>(step);
    }
    if (view.contains(mergesKeys().view)) {
        m_view->setCurrent(view[mergesKeys().view].toString() == treeName ? treeItem : rowsItem);
    }
    scheduleRefresh();
}

std::vector<DataTable> MergesPanel::data() const {
    if (!m_walk || !model() || !m_analysis->isCurrent()) {
        return {};
    }
    return {walkTable(tr("The steps of “%1”").arg(walkLabel(*m_walk, {0, m_walk->text.size()})), *model(),
                      m_walk)};
}

}  // namespace lexiscope
