// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/pair_analysis.h"

#include <memory>

#include <QAbstractListModel>

namespace lexiscope {

/// The words of a pair of models whose neighbours are least, or most, alike, of all or of the common ones:
/// text, and "3 of 10" as the number (see neighbor_roles.h).
class SharedWordModel : public QAbstractListModel {
    Q_OBJECT
  public:
    enum class End { LeastAlike, MostAlike };
    explicit SharedWordModel(End end, QObject* parent = nullptr) : QAbstractListModel(parent), m_end(end) {}

    /// Null: no rows.
    void setResult(std::shared_ptr<const PairResult> result, bool common = false);
    /// The word of a row; row < rowCount().
    const SharedWord& wordAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    const std::vector<std::size_t>& places() const;
    std::size_t placeAt(int row) const { return places()[static_cast<std::size_t>(row)]; }

    End m_end;
    std::shared_ptr<const PairResult> m_result;
    bool m_common = false;
};

}  // namespace lexiscope
