// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/field_grid.h"

#include "ui/widgets/panel_pieces.h"

#include <algorithm>

#include <QEvent>
#include <QGridLayout>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr int gridSpacing = 6;

}  // namespace

FieldGrid::FieldGrid(const QString& widest, int leastColumns, int mostColumns, QWidget* parent)
    : QWidget(parent),
      m_widest(widest),
      m_leastColumns(leastColumns),
      m_mostColumns(mostColumns),
      m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(gridSpacing);
}

QSpinBox* FieldGrid::addNumber(const QString& name, int least, int most, const QString& tip) {
    QSpinBox* field = numberField(this, name, least, most, tip);
    add(field);
    return field;
}

void FieldGrid::add(QWidget* field) {
    // Room for a number as people choose it, not for the largest there can be.
    field->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_fields.push_back(field);
    m_columns = 0;
    arrange();
}

int FieldGrid::fieldWidth() const {
    constexpr int aroundText = 30;
    return fontMetrics().horizontalAdvance(m_widest) + aroundText;
}

int FieldGrid::columnsFor(int width) const {
    const int most =
        std::clamp((width + gridSpacing) / (fieldWidth() + gridSpacing), m_leastColumns, m_mostColumns);
    // In as few rows as that takes, and those as even as can be.
    const int fields = std::max(1, static_cast<int>(m_fields.size()));
    const int rows = (fields + most - 1) / most;
    return std::max(m_leastColumns, (fields + rows - 1) / rows);
}

void FieldGrid::arrange() {
    const int columns = columnsFor(width());
    if (columns == m_columns) {
        return;
    }
    m_columns = columns;
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item;  // the widgets stay
    }
    for (int column = 0; column < m_mostColumns; ++column) {
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    }
    for (int i = 0; i < static_cast<int>(m_fields.size()); ++i) {
        m_grid->addWidget(m_fields[static_cast<std::size_t>(i)], i / columns, i % columns);
    }
    updateGeometry();
}

QSize FieldGrid::minimumSizeHint() const {
    const int width = m_leastColumns * fieldWidth() + (m_leastColumns - 1) * gridSpacing;
    return {width, QWidget::minimumSizeHint().height()};
}

void FieldGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void FieldGrid::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

}  // namespace lexiscope
