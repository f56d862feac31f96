// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/tokenizer_training.h"
#include "ui/models/merge_roles.h"

#include <vector>

#include <QAbstractListModel>
#include <QString>

namespace lexiscope {

/// A token of a tokenizer being learned, as people see it: "·th" for "Ġth" and for "▁th".
QString shownPiece(TokenizerKind kind, const std::string& spelling);

/// What was found while a tokenizer was learned: merges in the order they were found, rounds of a unigram
/// model, or its pieces. Rows are added at the end.
class MergeModel : public QAbstractListModel {
    Q_OBJECT
  public:
    struct Row {
        QString number;
        QString left;
        QString right;
        QString result;
        QString value;
    };

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    void clear();
    void append(const std::vector<Row>& rows);

  private:
    std::vector<Row> m_rows;
};

}  // namespace lexiscope
