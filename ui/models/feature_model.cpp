// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/feature_model.h"

#include <cmath>

namespace lexiscope {
namespace {

constexpr int mostDigits = 3;

std::size_t place(int number) {
    return static_cast<std::size_t>(number);
}

}  // namespace

QString ratingText(double rating) {
    return QString::number(rating, 'g', mostDigits);
}

FeatureModel::FeatureModel(FeatureDocument& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document), m_table(document.table()) {
    connect(&document, &FeatureDocument::changed, this, &FeatureModel::follow);
}

void FeatureModel::follow(const FeatureDocument::Change& change) {
    using Kind = FeatureDocument::Change::Kind;
    const int row = static_cast<int>(change.thing);
    const int column = static_cast<int>(change.question);
    if (change.kind == Kind::Whole) {
        beginResetModel();
        m_table = m_document.table();
        endResetModel();
        return;
    }
    m_table = m_document.table();
    if (change.kind == Kind::Rating) {
        Q_EMIT dataChanged(index(row, column), index(row, column));
    } else if (change.kind == Kind::ThingName) {
        Q_EMIT headerDataChanged(Qt::Vertical, row, row);
    } else {
        Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
    }
}

QString FeatureModel::thing(int row) const {
    return QString::fromStdString(m_table.things()[place(row)]);
}

QString FeatureModel::question(int column) const {
    return QString::fromStdString(m_table.questions()[place(column)]);
}

int FeatureModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.things().size());
}

int FeatureModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.questions().size());
}

QVariant FeatureModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const double rating = static_cast<double>(m_table.rating(place(index.row()), place(index.column())));
    switch (role) {
        case Qt::DisplayRole:
            return ratingText(rating);
        case Qt::EditRole:
            return rating;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            return tr("%1, %2: %3 of 10")
                .arg(thing(index.row()), question(index.column()), ratingText(rating));
        default:
            return {};
    }
}

QVariant FeatureModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const int count = orientation == Qt::Vertical ? rowCount() : columnCount();
    const bool isName = role == Qt::DisplayRole || role == Qt::EditRole || role == Qt::ToolTipRole;
    if (!isName || section < 0 || section >= count) {
        return {};
    }
    return orientation == Qt::Vertical ? thing(section) : question(section);
}

Qt::ItemFlags FeatureModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

bool FeatureModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    bool isNumber = false;
    const auto rating = static_cast<float>(value.toDouble(&isNumber));
    if (!index.isValid() || role != Qt::EditRole || !isNumber) {
        return false;
    }
    const std::size_t row = place(index.row());
    const std::size_t column = place(index.column());
    const Result<FeatureTable> rated = m_table.withRating(row, column, rating);
    m_document.apply(tr("Rate %1").arg(thing(index.row())), rated,
                     {FeatureDocument::Change::Kind::Rating, row, column});
    return rated.ok();
}

bool FeatureModel::setHeaderData(int section, Qt::Orientation orientation, const QVariant& value, int role) {
    const bool isThing = orientation == Qt::Vertical;
    if (role != Qt::EditRole || section < 0 || section >= (isThing ? rowCount() : columnCount())) {
        return false;
    }
    using Kind = FeatureDocument::Change::Kind;
    const std::string name = value.toString().toStdString();
    const Result<FeatureTable> named = isThing ? m_table.withThingNamed(place(section), name)
                                               : m_table.withQuestionNamed(place(section), name);
    const QString before = isThing ? thing(section) : question(section);
    m_document.apply(tr("Rename %1").arg(before), named,
                     isThing ? FeatureDocument::Change{Kind::ThingName, place(section), 0}
                             : FeatureDocument::Change{Kind::QuestionName, 0, place(section)});
    return named.ok();
}

}  // namespace lexiscope
