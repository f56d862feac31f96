// SPDX-License-Identifier: GPL-3.0-or-later
// Analyses: what a result depends on, in words.
#include "ui/session/analyses.h"

namespace lexiscope {
namespace {

QString keyOfModel(const Model* model) {
    return QString::number(reinterpret_cast<quintptr>(model), 16);
}

}  // namespace

QString Analyses::counterpartKey(int slot) const {
    const std::optional<Selected>& selected = m_selection.selected();
    if (!selected || selected->slot == slot) {
        return {};
    }
    const Model* from = m_session.slot(selected->slot).model.get();
    if (from == nullptr || selected->row.value >= from->table->rows()) {
        return {};
    }
    return QStringLiteral("%1 of %2 row %3")
        .arg(keyOfModel(m_session.slot(slot).model.get()), keyOfModel(from))
        .arg(selected->row.value);
}

QString Analyses::keyOf(int slot, Need need) const {
    const Model* model = m_session.slot(slot).model.get();
    if (model == nullptr) {
        return {};
    }
    if (need == Counterpart) {
        return counterpartKey(slot);
    }
    if (!model->hasVectors() && need != Encoding && need != Traits) {
        return {};
    }
    const QString modelKey = keyOfModel(model);
    const std::optional<Row> row = selectedRow(slot);
    switch (need) {
        case Encoding:
            return model->tokenizer ? QStringLiteral("%1 text %2 %3 %4")
                                          .arg(modelKey)
                                          .arg(m_textVersion)
                                          .arg(m_session.encodeOptions().addSpecial)
                                          .arg(m_session.encodeOptions().parseSpecial)
                                    : QString();
        case Projection:
            return modelKey + QStringLiteral(" pca 2");
        case Neighbors:
            return row ? QStringLiteral("%1 row %2 %3 %4")
                             .arg(modelKey)
                             .arg(row->value)
                             .arg(static_cast<int>(m_neighborOptions.metric))
                             .arg(m_neighborOptions.k)
                       : QString();
        case Norms:
            return modelKey + QStringLiteral(" norms");
        case Traits:
            return modelKey + QStringLiteral(" tokens");
        case RowValues:
            return row ? QStringLiteral("%1 row %2").arg(modelKey).arg(row->value) : QString();
        case Matrix: {
            const MatrixStretch& view = of(slot).matrixView;
            return view.lines == 0 ? QString()
                                   : QStringLiteral("%1 rows %2 %3 %4 %5")
                                         .arg(modelKey)
                                         .arg(view.firstRow)
                                         .arg(view.rowCount)
                                         .arg(view.lines)
                                         .arg(of(slot).norms ? 1 : 0);
        }
        case Counterpart:
        case NeedCount:
            break;
    }
    return {};
}

}  // namespace lexiscope
