// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/vocabulary_analysis.h"

#include <memory>

#include <QAbstractTableModel>

namespace lexiscope {

/// The tokens of a vocabulary that a query has found: ID, text, characters, script and rank or score.
class VocabularyModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Id, Text, Characters, Writing, Rank, ColumnCount };
    explicit VocabularyModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Null: no rows.
    void setResult(std::shared_ptr<const VocabularyResult> result);
    const std::shared_ptr<const VocabularyResult>& result() const { return m_result; }
    /// Whether tokens of this vocabulary have ranks or scores.
    bool hasRanks() const { return m_ranked != Ranked::No; }

    /// The token in that row, and the row of a token; -1 where it is not listed.
    Row tokenAt(int row) const { return m_result->list.rows[static_cast<std::size_t>(row)]; }
    int rowOf(Row token) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    enum class Ranked { No, ByMerge, ByScore };
    QString shown(Row token, int column) const;
    QString rankText(Row token) const;

    std::shared_ptr<const VocabularyResult> m_result;
    Ranked m_ranked = Ranked::No;
};

}  // namespace lexiscope
