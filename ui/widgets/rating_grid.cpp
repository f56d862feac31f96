// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rating_grid.h"

#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QApplication>
#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace lexiscope {
namespace {

constexpr double most = 10;
// Lengths before the theme's scale of type.
constexpr double usualRow = 27;
constexpr double leastColumn = 46;
constexpr double usualColumn = 78;
constexpr double widestRating = 116;
constexpr int fewestRows = 2;
constexpr int fewestColumns = 3;
constexpr double barStrength = 0.34;
constexpr int cellGap = 2;

class RatingPainter : public QStyledItemDelegate {
  public:
    RatingPainter(const ThemeSource& theme, RatingGrid* grid)
        : QStyledItemDelegate(grid), m_theme(theme), m_grid(grid) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = m_theme.theme();
        const std::optional<double> dragged = m_grid->draggedTo(index);
        const double rating = dragged.value_or(index.data(Qt::EditRole).toDouble());
        const QString number = dragged ? QString::number(*dragged) : index.data().toString();
        const QRectF cell = QRectF(option.rect).adjusted(cellGap, cellGap, -cellGap, -cellGap);
        painter->save();
        paintRounded(*painter, cell, 4, theme.control);
        QRectF bar = cell;
        bar.setWidth(cell.width() * rating / most);
        if (bar.width() >= 1) {
            paintRounded(*painter, bar, std::min(4.0, bar.width() / 2),
                         blend(theme.control, theme.slot(0), barStrength));
        }
        if (option.state.testFlag(QStyle::State_Selected) && !m_grid->isStill()) {
            const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
            paintRounded(*painter, cell, 4, {}, hasFocus ? theme.accent : theme.accentLine, hasFocus ? 2 : 1);
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            paintRounded(*painter, cell, 4, {}, theme.line);
        }
        painter->setFont(theme.monoFont(12.5));
        painter->setPen(rating == 0 ? theme.muted : theme.text);
        painter->drawText(cell.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          number);
        painter->restore();
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                          const QModelIndex& index) const override {
        auto* field = new QDoubleSpinBox(parent);
        field->setObjectName(QStringLiteral("rating"));
        field->setRange(0, most);
        field->setDecimals(2);
        field->setButtonSymbols(QAbstractSpinBox::NoButtons);
        field->setAlignment(Qt::AlignRight);
        field->setLocale(QLocale::c());
        field->setFont(m_theme.theme().monoFont(12.5));
        field->setAccessibleName(index.data(Qt::AccessibleTextRole).toString());
        return field;
    }
    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        auto* field = qobject_cast<QDoubleSpinBox*>(editor);
        field->setValue(index.data(Qt::EditRole).toDouble());
        field->setProperty("before", field->value());
        field->selectAll();
    }
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
        auto* field = qobject_cast<QDoubleSpinBox*>(editor);
        field->interpretText();
        // The field rounds; what was not changed keeps its digits.
        if (field->value() != field->property("before").toDouble()) {
            model->setData(index, field->value(), Qt::EditRole);
        }
    }
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex&) const override {
        editor->setGeometry(option.rect);
    }

  private:
    const ThemeSource& m_theme;
    const RatingGrid* m_grid;
};

}  // namespace

RatingGrid::RatingGrid(const ThemeSource& theme, QWidget* parent)
    : QTableView(parent),
      m_theme(theme),
      m_rowNames(new NameHeader(theme, Qt::Vertical, this)),
      m_columnNames(new NameHeader(theme, Qt::Horizontal, this)) {
    setVerticalHeader(m_rowNames);
    setHorizontalHeader(m_columnNames);
    setItemDelegate(new RatingPainter(theme, this));
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setShowGrid(false);
    setSelectionMode(SingleSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    viewport()->setAttribute(Qt::WA_Hover);
    for (QAbstractItemView* view :
         {static_cast<QAbstractItemView*>(this), static_cast<QAbstractItemView*>(m_rowNames),
          static_cast<QAbstractItemView*>(m_columnNames)}) {
        view->viewport()->setAutoFillBackground(false);
    }
    connect(m_rowNames, &NameHeader::chosen, this, [this](int row) {
        setFocus();
        setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())));
    });
    connect(m_columnNames, &NameHeader::chosen, this, [this](int column) {
        setFocus();
        setCurrentIndex(model()->index(std::max(0, currentIndex().row()), column));
    });
    connect(&theme, &ThemeSource::changed, this, &RatingGrid::restyle);
    restyle();
}

void RatingGrid::setModel(QAbstractItemModel* newModel) {
    QTableView::setModel(newModel);
    connect(newModel, &QAbstractItemModel::modelReset, this, &RatingGrid::layOut);
    connect(newModel, &QAbstractItemModel::headerDataChanged, this, &RatingGrid::layOut);
    layOut();
}

void RatingGrid::setStill(bool still) {
    m_isStill = still;
    setSelectionMode(still ? NoSelection : SingleSelection);
    updateGeometry();
}

std::optional<double> RatingGrid::draggedTo(const QModelIndex& index) const {
    return m_drag && m_drag->index == index ? m_drag->value : std::nullopt;
}

void RatingGrid::restyle() {
    setPalette(m_theme.theme().palette());
    layOut();
    updateGeometry();
    viewport()->update();
}

void RatingGrid::layOut() {
    if (model() == nullptr || model()->columnCount() == 0) {
        return;
    }
    const double scale = m_theme.theme().fontScale;
    m_rowNames->setDefaultSectionSize(qRound(usualRow * scale));
    const int room = width() - m_rowNames->sizeHint().width() - 1;
    const int share = room / model()->columnCount();
    m_columnNames->setDefaultSectionSize(
        std::clamp(share, qRound(leastColumn * scale), qRound(widestRating * scale)));
    // Both headers ask for other room now, which the view gives them in its updateGeometries().
    updateGeometries();
    updateGeometry();
}

QSize RatingGrid::wholeSize(int columnWidth) const {
    const double scale = m_theme.theme().fontScale;
    const int rows = model() != nullptr ? model()->rowCount() : 0;
    const int columns = model() != nullptr ? model()->columnCount() : 0;
    return {m_rowNames->sizeHint().width() + columns * columnWidth + 2,
            m_columnNames->sizeHint().height() + rows * qRound(usualRow * scale) + 2};
}

int RatingGrid::contentWidth() const {
    return wholeSize(qRound(usualColumn * m_theme.theme().fontScale)).width();
}

QSize RatingGrid::sizeHint() const {
    QSize size = wholeSize(qRound(usualColumn * m_theme.theme().fontScale));
    if (wholeSize(qRound(leastColumn * m_theme.theme().fontScale)).width() > width()) {
        size.rheight() += horizontalScrollBar()->sizeHint().height();
    }
    return size;
}

QSize RatingGrid::minimumSizeHint() const {
    const double scale = m_theme.theme().fontScale;
    const QSize whole = wholeSize(qRound(leastColumn * scale));
    if (m_isStill) {
        return whole;
    }
    const QSize few(m_rowNames->sizeHint().width() + fewestColumns * qRound(leastColumn * scale),
                    m_columnNames->sizeHint().height() + fewestRows * qRound(usualRow * scale));
    return few.boundedTo(whole);
}

void RatingGrid::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    layOut();
}

void RatingGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    m_rowNames->setCurrentSection(current.row());
    m_columnNames->setCurrentSection(m_isStill ? -1 : current.column());
}

bool RatingGrid::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
    if (trigger == AnyKeyPressed && event->type() == QEvent::KeyPress) {
        const QString text = static_cast<QKeyEvent*>(event)->text();
        if (text.isEmpty() || !(text.front().isDigit() || text.front() == u'.')) {
            return false;
        }
    }
    return QTableView::edit(index, trigger, event);
}

void RatingGrid::step(double by) {
    const double now = currentIndex().data(Qt::EditRole).toDouble();
    model()->setData(currentIndex(), std::clamp(now + by, 0.0, most), Qt::EditRole);
}

void RatingGrid::keyPressEvent(QKeyEvent* event) {
    if (m_drag && event->key() == Qt::Key_Escape) {
        m_drag.reset();
        viewport()->update();
        return;
    }
    if (currentIndex().isValid() && state() != EditingState) {
        switch (event->key()) {
            case Qt::Key_Plus:
                step(1);
                return;
            case Qt::Key_Minus:
                step(-1);
                return;
            case Qt::Key_Delete:
            case Qt::Key_Backspace:
                step(-most);
                return;
            case Qt::Key_Return:
            case Qt::Key_Enter:
                QTableView::edit(currentIndex());
                return;
            default:
                break;
        }
    }
    QTableView::keyPressEvent(event);
}

void RatingGrid::mousePressEvent(QMouseEvent* event) {
    QTableView::mousePressEvent(event);
    const QPoint at = event->position().toPoint();
    if (event->button() == Qt::LeftButton && indexAt(at).isValid() && state() != EditingState) {
        m_drag = Drag{indexAt(at), at, std::nullopt};
    }
}

void RatingGrid::mouseMoveEvent(QMouseEvent* event) {
    if (!m_drag || !event->buttons().testFlag(Qt::LeftButton)) {
        QTableView::mouseMoveEvent(event);
        return;
    }
    const QPoint at = event->position().toPoint();
    if (!m_drag->value && std::abs(at.x() - m_drag->from.x()) < QApplication::startDragDistance()) {
        return;
    }
    const QRect cell = visualRect(m_drag->index).adjusted(cellGap, 0, -cellGap, 0);
    m_drag->value = std::clamp(std::round(most * (at.x() - cell.left()) / cell.width()), 0.0, most);
    viewport()->update(visualRect(m_drag->index));
}

void RatingGrid::mouseReleaseEvent(QMouseEvent* event) {
    const std::optional<Drag> drag = std::exchange(m_drag, std::nullopt);
    QTableView::mouseReleaseEvent(event);
    if (drag && drag->value && drag->index.isValid()) {
        model()->setData(drag->index, *drag->value, Qt::EditRole);
        viewport()->update();
    }
}

}  // namespace lexiscope
