// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/column_table.h"

#include "ui/widgets/paint.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace lexiscope {
namespace {

// Before the theme's scale of type.
constexpr double usualRowHeight = 25;
constexpr double padding = 8;
constexpr double textSize = 12;
constexpr double nameSize = 11;

Qt::Alignment alignmentOf(const ColumnTable::Column& column) {
    return (column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

/// A little more or less than usual, so that whole rows fill the height and none is cut at the foot.
int rowHeightIn(int height, int usual) {
    int best = usual;
    for (const int wanted : {usual + 1, usual - 1, usual + 2, usual + 3}) {
        best = height % wanted < height % best ? wanted : best;
    }
    return best;
}

/// The names of the columns; the one that rows are sorted by has a mark behind it.
class Names : public QHeaderView {
  public:
    Names(const ThemeSource& theme, ColumnTable* table)
        : QHeaderView(Qt::Horizontal, table), m_theme(theme), m_table(table) {
        setSectionsClickable(true);
        setHighlightSections(false);
        setSectionResizeMode(Fixed);
        setMinimumSectionSize(1);
    }

    QString nameOf(int section) const {
        const QString name = model()->headerData(section, Qt::Horizontal).toString();
        const bool isSorted = m_table->isSortingEnabled() && sortIndicatorSection() == section;
        const QChar mark(sortIndicatorOrder() == Qt::AscendingOrder ? u'\u25B4' : u'\u25BE');
        return isSorted ? name + QChar(0x2009) + mark : name;
    }
    QSize sizeHint() const override { return {100, qRound(24 * m_theme.theme().fontScale)}; }

  protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        const Theme& theme = m_theme.theme();
        const bool isSorted = m_table->isSortingEnabled() && sortIndicatorSection() == section;
        painter->save();
        painter->fillRect(rect, theme.surface);
        painter->setPen(theme.line);
        painter->drawLine(rect.bottomLeft(), rect.bottomRight());
        painter->setPen(isSorted ? theme.text : theme.muted);
        painter->setFont(theme.textFont(nameSize, isSorted ? QFont::DemiBold : QFont::Normal));
        const double side = padding * theme.fontScale;
        painter->drawText(QRectF(rect).adjusted(side, 0, -side, 0),
                          static_cast<int>(alignmentOf(m_table->column(section))) | Qt::TextSingleLine,
                          nameOf(section));
        painter->restore();
    }

  private:
    const ThemeSource& m_theme;
    ColumnTable* m_table;
};

class CellPainter : public QStyledItemDelegate {
  public:
    CellPainter(const ThemeSource& theme, ColumnTable* table)
        : QStyledItemDelegate(table), m_theme(theme), m_table(table) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = m_theme.theme();
        const ColumnTable::Column& column = m_table->column(index.column());
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, theme.accentSurface);
            if (index.column() == 0 && m_table->hasFocus() && index.row() == m_table->currentIndex().row()) {
                painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent);
            }
        } else if (m_table->isHovered(index.row())) {
            painter->fillRect(option.rect, theme.control);
        }
        const double side = padding * theme.fontScale;
        const QRectF room = QRectF(option.rect).adjusted(side, 0, -side, 0);
        const QString text = index.data().toString();
        const QFont font = tokenFont(theme.monoFont(textSize), text);
        painter->setFont(font);
        painter->setPen(column.isMuted ? theme.muted : theme.text);
        painter->drawText(room, static_cast<int>(alignmentOf(column)) | Qt::TextSingleLine,
                          QFontMetricsF(font).elidedText(text, Qt::ElideRight, room.width() + 0.5));
        painter->restore();
    }

  private:
    const ThemeSource& m_theme;
    ColumnTable* m_table;
};

}  // namespace

ColumnTable::ColumnTable(const ThemeSource& theme, QWidget* parent) : RowView(parent), m_theme(theme) {
    setObjectName(QStringLiteral("columnTable"));
    setHorizontalHeader(new Names(theme, this));
    setItemDelegate(new CellPainter(theme, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setAutoFillBackground(false);
    connect(&m_theme, &ThemeSource::changed, this, &ColumnTable::restyle);
    restyle();
}

void ColumnTable::setModel(QAbstractItemModel* model) {
    RowView::setModel(model);
    arrange();
}

void ColumnTable::setColumns(std::vector<Column> columns) {
    m_columns = std::move(columns);
    m_off.assign(m_columns.size(), false);
    arrange();
}

void ColumnTable::setColumnShown(int index, bool isShown) {
    const auto at = static_cast<std::size_t>(index);
    if (m_off[at] == isShown) {
        m_off[at] = !isShown;
        arrange();
    }
}

void ColumnTable::setCurrentRow(int row) {
    if (row < 0 || row >= model()->rowCount()) {
        clearSelection();
        setCurrentIndex({});
    } else if (currentIndex().row() != row || !selectionModel()->isRowSelected(row)) {
        const QModelIndex index = model()->index(row, std::max(0, currentIndex().column()));
        const bool wasSeen = viewport()->rect().contains(visualRect(index));
        setCurrentIndex(index);
        wasSeen ? scrollTo(index) : scrollToMiddle(index);
    }
}

QSize ColumnTable::sizeHint() const {
    return {420, qRound(usualRowHeight * m_theme.theme().fontScale) * 10};
}

QSize ColumnTable::minimumSizeHint() const {
    const double scale = m_theme.theme().fontScale;
    return {qRound(200 * scale), qRound((24 + 3 * usualRowHeight) * scale)};
}

void ColumnTable::restyle() {
    setPalette(m_theme.theme().palette());
    horizontalHeader()->setFixedHeight(horizontalHeader()->sizeHint().height());
    arrange();
    viewport()->update();
}

std::vector<int> ColumnTable::leastWidths(const std::vector<bool>& off) const {
    const Theme& theme = m_theme.theme();
    const double letter = QFontMetricsF(theme.monoFont(textSize)).horizontalAdvance(u'0');
    const QFontMetricsF names(theme.textFont(nameSize, QFont::DemiBold));
    std::vector<int> widths;
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        const QString name = model()->headerData(i, Qt::Horizontal).toString() + QStringLiteral(" \u25BE");
        const double text = std::max(column(i).characters * letter, names.horizontalAdvance(name));
        const bool isOff = off[static_cast<std::size_t>(i)];
        widths.push_back(isOff ? 0 : static_cast<int>(std::ceil(text + 2 * padding * theme.fontScale)));
    }
    return widths;
}

void ColumnTable::narrow(std::vector<int>& widths) const {
    constexpr int leastCharacters = 5;
    const Theme& theme = m_theme.theme();
    const QFontMetricsF texts(theme.monoFont(textSize));
    const QFontMetricsF names(theme.textFont(nameSize, QFont::DemiBold));
    int lack = std::accumulate(widths.begin(), widths.end(), 0) - viewport()->width();
    // From the right: what a token is matters more than how it is written.
    for (int i = static_cast<int>(m_columns.size()) - 1; i >= 0 && lack > 0; --i) {
        int& width = widths[static_cast<std::size_t>(i)];
        if (column(i).share == 0 || width == 0) {
            continue;
        }
        const QString name = model()->headerData(i, Qt::Horizontal).toString() + QStringLiteral(" \u25BE");
        const double text =
            std::max(leastCharacters * texts.horizontalAdvance(u'0'), names.horizontalAdvance(name));
        const int given =
            std::clamp(width - static_cast<int>(std::ceil(text + 2 * padding * theme.fontScale)), 0, lack);
        width -= given;
        lack -= given;
    }
}

std::vector<int> ColumnTable::fittingWidths(std::vector<bool>& off) const {
    const auto fitted = [this, &off] {
        std::vector<int> widths = leastWidths(off);
        narrow(widths);
        return widths;
    };
    std::vector<int> widths = fitted();
    const auto isTooWide = [&] {
        return std::accumulate(widths.begin(), widths.end(), 0) > viewport()->width();
    };
    while (isTooWide()) {
        std::size_t next = 0;
        for (std::size_t i = 1; i < m_columns.size(); ++i) {
            const int spare = off[next] ? 0 : m_columns[next].spare;
            next = !off[i] && m_columns[i].spare > spare ? i : next;
        }
        if (off[next] || m_columns[next].spare == 0) {
            break;
        }
        off[next] = true;
        widths = fitted();
    }
    return widths;
}

int ColumnTable::shares() const {
    int all = 0;
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        all += isColumnHidden(i) ? 0 : column(i).share;
    }
    return all;
}

bool ColumnTable::isReady() const {
    return model() != nullptr && static_cast<int>(m_columns.size()) == model()->columnCount();
}

int ColumnTable::contentWidth() const {
    constexpr int mostRows = 200;
    if (!isReady()) {
        return 0;
    }
    const bool asksEach = model()->rowCount() <= mostRows;
    const int first = asksEach ? 0 : std::max(0, rowAt(0));
    const int below = rowAt(viewport()->height() - 1);
    const int end = asksEach || below < 0 ? model()->rowCount() : below + 1;
    const Theme& theme = m_theme.theme();
    const std::vector<int> widths = leastWidths(m_off);
    double more = 0;
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        for (int row = first; row < end && column(i).share > 0 && !isColumnHidden(i); ++row) {
            const QString text = model()->index(row, i).data().toString();
            const double width =
                QFontMetricsF(tokenFont(theme.monoFont(textSize), text)).horizontalAdvance(text);
            const double lack =
                width + 2 * padding * theme.fontScale + 1 - widths[static_cast<std::size_t>(i)];
            more = std::max(more, lack * shares() / column(i).share);
        }
    }
    return std::accumulate(widths.begin(), widths.end(), 0) + static_cast<int>(std::ceil(more));
}

void ColumnTable::arrange() {
    verticalHeader()->setDefaultSectionSize(
        rowHeightIn(viewport()->height(), qRound(usualRowHeight * m_theme.theme().fontScale)));
    if (!isReady()) {
        return;
    }
    std::vector<bool> off = m_off;
    const std::vector<int> widths = fittingWidths(off);
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        if (isColumnHidden(i) != off[static_cast<std::size_t>(i)]) {
            setColumnHidden(i, off[static_cast<std::size_t>(i)]);
        }
    }
    const int taken = std::accumulate(widths.begin(), widths.end(), 0);
    const double spare = std::max(0, viewport()->width() - taken);
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        const double more = shares() == 0 ? 0 : std::floor(spare * column(i).share / shares());
        if (!isColumnHidden(i)) {
            setColumnWidth(i, widths[static_cast<std::size_t>(i)] + static_cast<int>(more));
        }
    }
}

void ColumnTable::resizeEvent(QResizeEvent* event) {
    const bool wasSeen =
        currentIndex().isValid() && visualRect(currentIndex()).intersects(QRect(QPoint(), event->oldSize()));
    RowView::resizeEvent(event);
    arrange();
    // Where it stands must not depend on which came first, the row or the room.
    if (wasSeen) {
        scrollToMiddle(currentIndex());
    }
}

void ColumnTable::scrollToMiddle(const QModelIndex& index) {
    scrollTo(index, PositionAtCenter);
    // The first row is a whole one.
    QScrollBar& bar = *verticalScrollBar();
    const int first = (bar.value() + rowHeight() / 2) / rowHeight();
    bar.setValue(first * rowHeight());
}

void ColumnTable::tellHovered(int row) {
    viewport()->update();
    Q_EMIT rowHovered(row);
}

}  // namespace lexiscope
