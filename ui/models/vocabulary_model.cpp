// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/vocabulary_model.h"

#include "core/base/utf8.h"
#include "ui/session/script_name.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>

namespace lexiscope {
namespace {

constexpr qsizetype longestWord = 200;  // characters; more never fit

bool isOfTokenizer(const Model& model, Row token) {
    return model.tokenizer && token.value < model.tokenizer->vocabularySize();
}

}  // namespace

void VocabularyModel::setResult(std::shared_ptr<const VocabularyResult> result) {
    if (result == m_result) {
        return;
    }
    beginResetModel();
    const bool isSameModel = m_result && result && m_result->model == result->model;
    m_result = std::move(result);
    if (!isSameModel) {
        m_ranked = Ranked::No;
        const Tokenizer* tokenizer = m_result ? m_result->model->tokenizer.get() : nullptr;
        const std::size_t count = tokenizer != nullptr ? tokenizer->vocabularySize() : 0;
        for (std::uint32_t id = 0; id < count && m_ranked == Ranked::No; ++id) {
            m_ranked = tokenizer->mergeRank(TokenId{id}) ? Ranked::ByMerge
                       : tokenizer->score(TokenId{id})   ? Ranked::ByScore
                                                         : Ranked::No;
        }
    }
    endResetModel();
}

int VocabularyModel::rowOf(Row token) const {
    if (!m_result) {
        return -1;
    }
    const std::vector<Row>& rows = m_result->list.rows;
    const auto found = m_result->query.order == VocabularyOrder::ById
                           ? std::lower_bound(rows.begin(), rows.end(), token)
                           : std::find(rows.begin(), rows.end(), token);
    return found != rows.end() && *found == token ? static_cast<int>(found - rows.begin()) : -1;
}

int VocabularyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_result ? 0 : static_cast<int>(m_result->list.rows.size());
}

int VocabularyModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VocabularyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Id:
            return tr("ID");
        case Text:
            return tr("token");
        case Characters:
            return tr("length");
        case Writing:
            return tr("script");
        case Rank:
            return m_ranked == Ranked::ByScore ? tr("score") : tr("rank");
        default:
            return {};
    }
}

QString VocabularyModel::rankText(Row token) const {
    const Model& model = *m_result->model;
    if (!isOfTokenizer(model, token) || m_ranked == Ranked::No) {
        return QStringLiteral("–");
    }
    if (m_ranked == Ranked::ByScore) {
        const std::optional<double> score = model.tokenizer->score(tokenIdOf(token));
        return score ? QString::number(*score, 'f', 3) : QStringLiteral("–");
    }
    const std::optional<std::uint32_t> rank = model.tokenizer->mergeRank(tokenIdOf(token));
    return rank ? QString::number(*rank) : QStringLiteral("–");
}

QString VocabularyModel::shown(Row token, int column) const {
    switch (column) {
        case Id:
            return QString::number(token.value);
        case Text:
            return shownToken(*m_result->model, token);
        case Characters:
            return QString::number(m_result->traits->lengths[token.value]);
        case Writing:
            return scriptName(m_result->traits->scripts[token.value]);
        default:
            return rankText(token);
    }
}

QVariant VocabularyModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row token = tokenAt(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return shown(token, index.column()).left(longestWord);
        case Qt::AccessibleTextRole:
            return tr("%1, ID %2")
                .arg(shownToken(*m_result->model, token).left(longestWord))
                .arg(token.value);
        case Qt::ToolTipRole:
            return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
                .arg(shown(token, index.column()).left(3 * longestWord).toHtmlEscaped());
        default:
            return {};
    }
}

}  // namespace lexiscope
