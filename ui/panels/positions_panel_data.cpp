// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/positions_panel.h"

namespace lexiscope {

std::vector<DataTable> PositionsPanel::data() const {
    std::vector<DataTable> tables;
    for (const PositionKind kind : {PositionKind::Sinusoidal, PositionKind::Learned}) {
        const QString named = kind == PositionKind::Learned ? tr("Learned") : tr("Sinusoidal");
        const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(kind);
        if (!isShown(kind) || !matrix || !m_analysis->isCurrent(kind, PositionAnalysis::Matrix)) {
            continue;
        }
        tables.push_back(positionTable(
            tr("%1 positions, %2 × %3")
                .arg(named, grouped(matrix->levels->rows()), grouped(matrix->levels->columns())),
            matrix));
        const std::shared_ptr<const PositionSimilarityResult> similarity = m_analysis->similarity(kind);
        if (similarity && m_analysis->isCurrent(kind, PositionAnalysis::Similarity)) {
            const QString count = grouped(similarity->similarity.positions);
            tables.push_back(similarityTable(tr("How alike they are, %1 × %1").arg(count), similarity));
        }
    }
    return tables;
}

}  // namespace lexiscope
