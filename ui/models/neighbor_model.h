// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"

#include <memory>
#include <set>

#include <QAbstractListModel>

namespace lexiscope {

/// A neighbour result as rows of token, bar and number, as NeighborList shows them.
class NeighborModel : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit NeighborModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    /// Null: no rows. `slot` says whose colour the bars take.
    void setResult(std::shared_ptr<const NeighborResult> result, int slot);
    const std::shared_ptr<const NeighborResult>& result() const { return m_result; }
    /// Rows whose word a list beside this one has too; forgotten with the next result.
    void setShared(const std::set<int>& rows);

    /// Whether each row begins with its ID.
    void setShowsIds(bool shows) { m_showsIds = shows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    double barFraction(std::size_t index) const;
    QString idText(std::size_t index) const;

    std::shared_ptr<const NeighborResult> m_result;
    int m_slot = 0;
    bool m_showsIds = false;
    std::set<int> m_shared;
};

}  // namespace lexiscope
