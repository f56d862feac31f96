// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/sorted_tokens.h"

#include <memory>
#include <string>
#include <vector>

#include <QAbstractTableModel>

namespace lexiscope {

/// The tokens of a text, one in each row: place, ID, text, bytes, code points, bytes of the source, kind and
/// rank or score. Made for texts of hundreds of thousands of tokens: nothing is kept per token but the order.
class TokenTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Place, Id, Text, Bytes, CodePoints, Source, Kind, Rank, ColumnCount };  ///< as TokenColumn
    explicit TokenTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Null: no rows. Another order of the same text moves rows, and what is marked goes along.
    void setSorted(std::shared_ptr<const SortedTokens> sorted);
    const std::shared_ptr<const SortedTokens>& sorted() const { return m_sorted; }
    /// The text that they are of; null: none.
    std::shared_ptr<const EncodedText> encodedText() const { return m_sorted ? m_sorted->text : nullptr; }
    /// Whether any token of the vocabulary has a rank or a score.
    bool hasRanks() const { return m_hasRanks || m_hasScores; }

    /// The place in the text of the token in that row, and the row of that place.
    std::size_t placeAt(int row) const { return m_sorted->order[static_cast<std::size_t>(row)]; }
    int rowOf(std::size_t place) const { return static_cast<int>(m_sorted->rows[place]); }

    /// Rows, in order, whose token has that ID, code point ("U+20AC") or bytes ("E2 82", two or more), or
    /// whose text has `wanted` in it, whatever the case; a space also stands for "·" and the other way round.
    /// None for an empty text.
    std::vector<int> find(const QString& wanted) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString shown(std::size_t place, int column, bool whole) const;
    QString rankText(std::size_t place) const;
    void reorder(std::shared_ptr<const SortedTokens> sorted);
    void lookForRanks();

    std::shared_ptr<const SortedTokens> m_sorted;
    std::weak_ptr<const Tokenizer> m_tokenizer;  // that the two below are of
    bool m_hasRanks = false;
    bool m_hasScores = false;
};

}  // namespace lexiscope
