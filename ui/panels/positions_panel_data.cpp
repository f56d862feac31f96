// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/positions_panel.h"
#include "ui/plots/position_lines.h"
#include "ui/session/grouped_text.h"

namespace lexiscope {

std::vector<DataTable> PositionsPanel::dataOf(PositionKind kind) const {
    std::vector<DataTable> tables;
    const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(kind);
    if (!matrix || !m_analysis->isCurrent(kind, PositionAnalysis::Matrix)) {
        return tables;
    }
    const QString shape = QStringLiteral("%1 × %2").arg(groupedText(matrix->levels->rows()),
                                                        groupedText(matrix->levels->columns()));
    const QString named = positionKindName(kind);
    const bool isPair = m_controls->kinds().size() > 1;
    const auto title = [&](const QString& what) {
        return isPair ? QStringLiteral("%1, %2").arg(what, named.toLower()) : what;
    };
    tables.push_back(positionTable(hasVectors(kind) ? tr("%1 positions, %2").arg(named, shape)
                                   : kind == PositionKind::T5
                                       ? tr("T5 bucket numbers, %1").arg(shape)
                                       : tr("ALiBi of head %1, %2").arg(matrix->head).arg(shape),
                                   matrix));
    const std::shared_ptr<const PositionSimilarityResult> similarity = m_analysis->similarity(kind);
    if (similarity && m_analysis->isCurrent(kind, PositionAnalysis::Similarity)) {
        const QString count = groupedText(similarity->similarity.positions);
        tables.push_back(similarityTable(title(tr("How alike they are, %1 × %1").arg(count)), similarity));
    }
    const std::shared_ptr<const PositionDecayResult> decay = m_analysis->decay(kind);
    if (decay && m_analysis->isCurrent(kind, PositionAnalysis::Decay)) {
        tables.push_back(decayTable(title(tr("Decay with distance")), decay));
    }
    const bool hasWaves = kind == PositionKind::Sinusoidal || kind == PositionKind::Rotary;
    if (hasWaves && m_row->isShown(WavelengthsPart)) {
        tables.push_back(wavelengthTable(title(tr("Wavelengths")), matrix));
    }
    const std::shared_ptr<const PositionCurveResult> curve = m_analysis->curve(kind);
    if (curve && m_analysis->isCurrent(kind, PositionAnalysis::Curve)) {
        tables.push_back(curveTable(title(tr("Curve, two principal components")), curve));
    }
    return tables;
}

std::vector<DataTable> PositionsPanel::data() const {
    std::vector<DataTable> tables;
    for (const PositionKind kind : m_controls->kinds()) {
        for (DataTable& table : dataOf(kind)) {
            tables.push_back(std::move(table));
        }
    }
    if (!m_matrices->isHidden() && m_input->isCurrent()) {
        const std::shared_ptr<const InputMatrices>& input = m_input->result();
        tables.push_back(inputTable(
            tr("Input, %1 × %2").arg(groupedText(input->rows), groupedText(input->sums->columns())), input));
    }
    return tables;
}

}  // namespace lexiscope
