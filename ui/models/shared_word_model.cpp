// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/shared_word_model.h"

#include "core/base/utf8.h"
#include "ui/models/neighbor_roles.h"

#include <algorithm>

namespace lexiscope {
namespace {

constexpr std::size_t compared = 10;

}  // namespace

void SharedWordModel::setResult(std::shared_ptr<const PairResult> result, bool common) {
    if (result == m_result && common == m_common) {
        return;
    }
    beginResetModel();
    m_result = std::move(result);
    m_common = common;
    endResetModel();
}

const std::vector<std::size_t>& SharedWordModel::places() const {
    const PairResult::Ends& ends = m_common ? m_result->common : m_result->all;
    return m_end == End::LeastAlike ? ends.least : ends.most;
}

const SharedWord& SharedWordModel::wordAt(int row) const {
    return m_result->numbers->words[placeAt(row)];
}

int SharedWordModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_result ? 0 : static_cast<int>(places().size());
}

QVariant SharedWordModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const PairNumbers& numbers = *m_result->numbers;
    const std::size_t others = std::min(compared, numbers.words.size() - 1);
    const int common = numbers.commonOfTen[placeAt(index.row())];
    const auto word = [&] {
        return QString::fromStdString(
            displayText(bareText(*m_result->first->vocabulary, wordAt(index.row()).first)));
    };
    switch (role) {
        case Qt::DisplayRole:
            return word();
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            return tr("%1: %2 of its %3 nearest words are the same in both models")
                .arg(word())
                .arg(common)
                .arg(others);
        case NumberRole:
            return QString::number(common);
        default:
            return {};
    }
}

}  // namespace lexiscope
