// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/feature_document.h"

#include <QAbstractTableModel>

namespace lexiscope {

/// The feature table: things as rows, questions as columns, their names as headers. The numbers can be
/// changed through setData, names through setHeaderData; both are steps of the document.
class FeatureModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    explicit FeatureModel(FeatureDocument& document, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// A number from 0 to 10; false where it is none.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    /// False where the name can be none, which the document says.
    bool setHeaderData(int section, Qt::Orientation orientation, const QVariant& value,
                       int role = Qt::EditRole) override;

  private:
    void follow(const FeatureDocument::Change& change);
    QString thing(int row) const;
    QString question(int column) const;

    FeatureDocument& m_document;
    FeatureTable m_table;  // as views know it
};

/// "7", "7.5"
QString ratingText(double rating);

}  // namespace lexiscope
