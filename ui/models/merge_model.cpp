// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/merge_model.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"

namespace lexiscope {

QString shownPiece(TokenizerKind kind, const std::string& spelling) {
    std::string text = spelling;
    if (kind == TokenizerKind::Bpe) {
        text = bytesOfSpelling(spelling).value_or(spelling);
    } else if (kind == TokenizerKind::Unigram && spelling.starts_with("\u2581")) {
        text = " " + spelling.substr(std::string_view("\u2581").size());
    }
    return QString::fromStdString(displayText(text));
}

int MergeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant MergeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return row.left.isEmpty() ? tr("%1: %2, %3").arg(row.number, row.result, row.value)
                                      : tr("%1: %2 and %3 become %4, %5 times")
                                            .arg(row.number, row.left, row.right, row.result, row.value);
        case MergeNumberRole:
            return row.number;
        case MergeLeftRole:
            return row.left;
        case MergeRightRole:
            return row.right;
        case MergeResultRole:
            return row.result;
        case MergeValueRole:
            return row.value;
        default:
            return {};
    }
}

void MergeModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void MergeModel::append(const std::vector<Row>& rows) {
    if (rows.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    endInsertRows();
}

}  // namespace lexiscope
