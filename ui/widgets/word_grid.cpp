// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/word_grid.h"

#include "ui/models/neighbor_roles.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/plain_list.h"

#include <algorithm>

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace lexiscope {
namespace {

constexpr double cellHeight = 22;
constexpr double leastCellWidth = 104;
constexpr int usualRows = 3;
constexpr int fewestWordRows = 2;

class WordPainter : public QStyledItemDelegate {
  public:
    WordPainter(const ThemeSource& theme, QListView* list)
        : QStyledItemDelegate(list), m_theme(theme), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return m_list->gridSize();
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = m_theme.theme();
        painter->save();
        const QRectF cell = QRectF(option.rect).adjusted(0, 1, -4, -1);
        if (option.state.testFlag(QStyle::State_Selected)) {
            paintRounded(*painter, cell, 4, theme.accentSurface,
                         option.state.testFlag(QStyle::State_HasFocus) ? theme.accent : theme.accentLine);
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            paintRounded(*painter, cell, 4, theme.control);
        }
        const QRectF inner = cell.adjusted(4, 0, -5, 0);
        const QString number = index.data(NumberRole).toString();
        const QFont numberFont = theme.monoFont(11);
        const double numberWidth = QFontMetricsF(numberFont).horizontalAdvance(number);
        painter->setFont(numberFont);
        painter->setPen(theme.muted);
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, number);
        const QString word = index.data(Qt::DisplayRole).toString();
        const QFont font = tokenFont(theme.monoFont(13), word);
        const double room = inner.width() - numberWidth - 6;
        painter->setFont(font);
        painter->setPen(theme.text);
        painter->drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetricsF(font).elidedText(word, Qt::ElideRight, room));
        painter->restore();
    }

  private:
    const ThemeSource& m_theme;
    const QListView* m_list;
};

}  // namespace

WordGrid::WordGrid(const ThemeSource& theme, QWidget* parent) : QListView(parent), m_theme(theme) {
    setItemDelegate(new WordPainter(theme, this));
    setFlow(LeftToRight);
    setWrapping(true);
    setResizeMode(Adjust);
    makePlain(*this);
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT wordActivated(index.row()); });
    connect(&theme, &ThemeSource::changed, this, &WordGrid::restyle);
    restyle();
}

void WordGrid::restyle() {
    setPalette(m_theme.theme().palette());
    layOutColumns();
    updateGeometry();
    viewport()->update();
}

void WordGrid::layOutColumns() {
    const double scale = m_theme.theme().fontScale;
    // As if the scroll bar were there: with it, what just fits without would take half as many columns.
    const int width = this->width() - verticalScrollBar()->sizeHint().width() - 1;
    const int columns = std::max(1, static_cast<int>(width / (leastCellWidth * scale)));
    // None is cut at the foot.
    const int usual = qRound(cellHeight * scale);
    const int rows = std::max(1, height() / usual);
    setGridSize({std::max(1, width / columns), std::max(usual, height() / rows)});
}

void WordGrid::resizeEvent(QResizeEvent* event) {
    layOutColumns();
    QListView::resizeEvent(event);
}

QSize WordGrid::sizeHint() const {
    const double scale = m_theme.theme().fontScale;
    return {qRound(2.2 * leastCellWidth * scale), qRound(cellHeight * scale) * usualRows};
}

QSize WordGrid::minimumSizeHint() const {
    const double scale = m_theme.theme().fontScale;
    return {qRound(1.1 * leastCellWidth * scale), qRound(cellHeight * scale) * fewestWordRows};
}

void WordGrid::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        Q_EMIT wordActivated(currentIndex().row());
        return;
    }
    QListView::keyPressEvent(event);
}

}  // namespace lexiscope
