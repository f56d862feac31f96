// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/neighbor_list.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/plain_list.h"

#include <algorithm>
#include <cmath>

#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

namespace lexiscope {
namespace {

constexpr double barHeight = 13;
constexpr double tightestRowHeight = 18.5;
constexpr double widestRowHeight = 31;
constexpr double barGap = 8;
constexpr double numberGap = 10;
constexpr double narrowestBar = 24;
constexpr double narrowBar = 40;   // where it gives way to a token
constexpr int mostMeasured = 100;  // rows

QFont fontOf(const Theme& theme, const QModelIndex& index) {
    const bool isShared = index.data(SharedRole).toBool();
    return tokenFont(theme.monoFont(13, isShared ? QFont::Bold : QFont::Normal),
                     index.data(Qt::DisplayRole).toString());
}

double numberWidthOf(const Theme& theme, const QModelIndex& index) {
    const double width =
        QFontMetricsF(theme.monoFont(12)).horizontalAdvance(index.data(NumberRole).toString());
    return std::max(48 * theme.fontScale, width + 1);
}

double idWidthOf(const Theme& theme, const QModelIndex& index) {
    const QString id = index.data(IdRole).toString();
    const QFontMetricsF metrics(theme.monoFont(12));
    return id.isEmpty() ? 0 : metrics.horizontalAdvance(id) + 10 * theme.fontScale;
}

class RowPainter : public QStyledItemDelegate {
  public:
    RowPainter(const ThemeSource& theme, NeighborList* list)
        : QStyledItemDelegate(list), m_theme(theme), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {120, m_list->rowHeight()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = m_theme.theme();
        painter->save();
        const QRectF row = QRectF(option.rect).adjusted(0, 1, 0, -1);
        if (option.state.testFlag(QStyle::State_Selected)) {
            paintRounded(*painter, row, 5, theme.accentSurface,
                         option.state.testFlag(QStyle::State_HasFocus) ? theme.accent : theme.accentLine);
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            paintRounded(*painter, row, 5, theme.control);
        }
        const QRectF inner = row.adjusted(listRowMargin, 0, -listRowMargin, 0);
        const QFont numberFont = theme.monoFont(12);
        const QString number = index.data(NumberRole).toString();
        const double numberWidth = numberWidthOf(theme, index);
        painter->setFont(numberFont);
        painter->setPen(blend(theme.text, theme.muted, 0.5));
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, number);

        double beforeToken = inner.left();
        if (const QString id = index.data(IdRole).toString(); !id.isEmpty()) {
            painter->setPen(theme.muted);
            painter->drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, id);
            beforeToken += idWidthOf(theme, index);
        }
        const double room = inner.right() - numberWidth - numberGap - beforeToken;
        const double tokenWidth = m_list->tokenWidth(inner.width(), room);
        const QString text = index.data(Qt::DisplayRole).toString();
        const QFont font = fontOf(theme, index);
        painter->setFont(font);
        painter->setPen(theme.text);
        const QRectF token(beforeToken, inner.top(), tokenWidth, inner.height());
        painter->drawText(token, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetricsF(font).elidedText(text, Qt::ElideMiddle, tokenWidth));

        const double left = token.right() + barGap;
        const double width = inner.right() - numberWidth - numberGap - left;
        if (width >= narrowestBar) {
            const QRectF track(left, row.center().y() - barHeight * theme.fontScale / 2, width,
                               barHeight * theme.fontScale);
            paintBar(*painter, track, index);
        }
        painter->restore();
    }

  private:
    void paintBar(QPainter& painter, const QRectF& track, const QModelIndex& index) const {
        const Theme& theme = m_theme.theme();
        paintRounded(painter, track, 3, theme.name == ThemeName::Print ? theme.grid : theme.control);
        const double fraction = index.data(BarFractionRole).toDouble();
        if (!(fraction > 0)) {
            return;
        }
        QRectF bar = track;
        bar.setWidth(std::max(track.width() * std::min(fraction, 1.0), 2.0));
        paintRounded(painter, bar, 3, blend(theme.surface, theme.slot(index.data(SlotRole).toInt()), 0.77));
    }

    const ThemeSource& m_theme;
    NeighborList* m_list;
};

}  // namespace

NeighborList::NeighborList(const ThemeSource& theme, QWidget* parent) : RowView(parent), m_theme(theme) {
    setObjectName(QStringLiteral("neighborList"));
    setAccessibleName(tr("Nearest neighbours"));
    setItemDelegate(new RowPainter(theme, this));
    makePlain(*this);
    connect(&m_theme, &ThemeSource::changed, this, &NeighborList::restyle);
    restyle();
}

int NeighborList::rowHeight() const {
    const double scale = m_theme.theme().fontScale;
    const int usual = qRound(listRowHeight * scale);
    const int rows = model() == nullptr ? 0 : model()->rowCount(rootIndex());
    const int height = viewport()->height();
    if (rows == 0 || height < usual) {
        return usual;
    }
    // All rows if they fit at all, a little tighter or wider; else as many whole rows as there is room for:
    // none is cut at the foot.
    if (height / rows >= qRound(tightestRowHeight * scale)) {
        return std::min(height / rows, qRound(widestRowHeight * scale));
    }
    return height / (height / usual);
}

double NeighborList::tokenWidth(double width, double room) const {
    const double scale = m_theme.theme().fontScale;
    const double usual = std::clamp(width * 0.34, 60 * scale, 220 * scale);
    // A longer token takes from the bars, as long as those can still be compared.
    const double longest = std::min(m_longestToken, room - barGap - narrowBar * scale);
    return std::max(usual, longest);
}

int NeighborList::hiddenWidth() const {
    const Theme& theme = m_theme.theme();
    const int rows = model() == nullptr ? 0 : std::min(model()->rowCount(rootIndex()), mostMeasured);
    const double inner = viewport()->width() - 2 * listRowMargin;
    double most = 0;
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = model()->index(row, modelColumn(), rootIndex());
        const double room = inner - numberWidthOf(theme, index) - numberGap - idWidthOf(theme, index);
        const double text =
            QFontMetricsF(fontOf(theme, index)).horizontalAdvance(index.data(Qt::DisplayRole).toString());
        most = std::max(most, text - tokenWidth(inner, room));
    }
    return static_cast<int>(std::ceil(most));
}

void NeighborList::measureTokens() {
    const Theme& theme = m_theme.theme();
    const int rows = model() == nullptr ? 0 : std::min(model()->rowCount(rootIndex()), mostMeasured);
    m_longestToken = 0;
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = model()->index(row, modelColumn(), rootIndex());
        const QString text = index.data(Qt::DisplayRole).toString();
        m_longestToken =
            std::max(m_longestToken, QFontMetricsF(fontOf(theme, index)).horizontalAdvance(text));
    }
}

void NeighborList::resizeEvent(QResizeEvent* event) {
    RowView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

QSize NeighborList::sizeHint() const {
    const int rows = model() == nullptr ? 0 : model()->rowCount(rootIndex());
    return {260, qRound(listRowHeight * m_theme.theme().fontScale) * qBound(3, rows, 12) + 2 * frameWidth()};
}

void NeighborList::restyle() {
    setPalette(m_theme.theme().palette());
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void NeighborList::doItemsLayout() {
    measureTokens();
    RowView::doItemsLayout();
}

}  // namespace lexiscope
