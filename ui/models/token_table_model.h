// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/encoded_text.h"

#include <cstdint>
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
    enum Column { Place, Id, Text, Bytes, CodePoints, Source, Kind, Rank, ColumnCount };
    explicit TokenTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Null: no rows. The order of before stays the order.
    void setEncodedText(std::shared_ptr<const EncodedText> text);
    const std::shared_ptr<const EncodedText>& encodedText() const { return m_text; }
    /// Whether any token of the vocabulary has a rank or a score.
    bool hasRanks() const { return m_hasRanks || m_hasScores; }

    /// The place in the text of the token in that row, and the row of that place.
    std::size_t placeAt(int row) const { return m_order[static_cast<std::size_t>(row)]; }
    int rowOf(std::size_t place) const { return static_cast<int>(m_rows[place]); }

    /// Rows, in order, whose token has that ID, code point ("U+20AC") or bytes ("E2 82", two or more), or
    /// whose text has `wanted` in it, whatever the case; a space also stands for "·" and the other way round.
    /// None for an empty text.
    std::vector<int> find(const QString& wanted) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Equal ones stay in the order of the text.
    void sort(int column, Qt::SortOrder order) override;

  private:
    QString shown(std::size_t place, int column, bool whole) const;
    QString rankText(std::size_t place) const;
    void arrange();
    std::vector<double> keysOf(int column) const;
    std::vector<double> textKeys() const;
    double rankOf(const Token& token) const;

    std::shared_ptr<const EncodedText> m_text;
    std::vector<std::uint32_t> m_order;          // place of each row
    std::vector<std::uint32_t> m_rows;           // row of each place
    std::weak_ptr<const Tokenizer> m_tokenizer;  // that the two below are of
    bool m_hasRanks = false;
    bool m_hasScores = false;
    int m_column = Place;
    Qt::SortOrder m_direction = Qt::AscendingOrder;
};

}  // namespace lexiscope
