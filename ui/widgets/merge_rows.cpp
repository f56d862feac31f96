// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/merge_rows.h"

#include "ui/models/merge_roles.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/plain_list.h"

#include <algorithm>

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace lexiscope {
namespace {

constexpr double mergeGap = 10;
constexpr double widest = 640;  // of what belongs together in a row
constexpr double chipMargin = 6;
constexpr double chipGap = 4;
constexpr int chipColors = 2;

class MergePainter : public QStyledItemDelegate {
  public:
    MergePainter(const ThemeSource& theme, MergeRows* list)
        : QStyledItemDelegate(list), m_theme(theme), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {120, m_list->rowHeight()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = m_theme.theme();
        if (option.rect.bottom() >= m_list->viewport()->height()) {
            return;
        }
        painter->save();
        const QRectF row = QRectF(option.rect).adjusted(0, 1, 0, -1);
        if (option.state.testFlag(QStyle::State_Selected)) {
            paintRounded(*painter, row, 5, theme.accentSurface,
                         option.state.testFlag(QStyle::State_HasFocus) ? theme.accent : theme.accentLine);
        }
        QRectF inner = row.adjusted(listRowMargin, 0, -listRowMargin, 0);
        inner.setWidth(std::min(inner.width(), widest * theme.fontScale));
        painter->setFont(theme.monoFont(12));
        painter->setPen(theme.muted);
        const QRectF number(inner.left(), inner.top(), m_list->numberWidth(), inner.height());
        painter->drawText(number, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          index.data(MergeNumberRole).toString());
        painter->setPen(blend(theme.text, theme.muted, 0.5));
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          index.data(MergeValueRole).toString());
        inner.setLeft(number.right() + mergeGap);
        inner.setRight(inner.right() - m_list->valueWidth() - mergeGap);
        paintPieces(*painter, inner, index);
        painter->restore();
    }

  private:
    /// The two parts, as wide as half of the room lets them, then what they become.
    void paintPieces(QPainter& painter, QRectF room, const QModelIndex& index) const {
        const Theme& theme = m_theme.theme();
        const QString left = index.data(MergeLeftRole).toString();
        const QString result = index.data(MergeResultRole).toString();
        if (!left.isEmpty()) {
            const double half = room.left() + room.width() * 0.56;
            QRectF parts = room;
            parts.setRight(half - mergeGap * 2);
            parts.setLeft(paintChip(painter, parts, left, 0) + chipGap);
            paintChip(painter, parts, index.data(MergeRightRole).toString(), 1);
            painter.setFont(theme.textFont(12));
            painter.setPen(theme.muted);
            painter.drawText(QRectF(half - mergeGap * 1.6, room.top(), mergeGap * 1.6, room.height()),
                             Qt::AlignCenter | Qt::TextSingleLine, QStringLiteral("→"));
            room.setLeft(half + mergeGap * 0.6);
        }
        const QFont font = tokenFont(theme.monoFont(13, QFont::DemiBold), result);
        painter.setFont(font);
        painter.setPen(theme.text);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(font).elidedText(result, Qt::ElideMiddle, room.width()));
    }

    /// Its right edge.
    double paintChip(QPainter& painter, const QRectF& room, const QString& text, int color) const {
        const Theme& theme = m_theme.theme();
        const QFont font = tokenFont(theme.monoFont(13), text);
        const QFontMetricsF metrics(font);
        // The first leaves the second a part of the room.
        const double most = std::max(0.0, room.width() * (color == 0 ? 0.6 : 1.0) - 2 * chipMargin);
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, most);
        const double width = std::min(metrics.horizontalAdvance(shown), most) + 2 * chipMargin;
        const QRectF chip = QRectF(room.left(), room.top(), width, room.height()).adjusted(0, 2, 0, -2);
        paintRounded(painter, chip, 4, theme.chip(color % chipColors));
        painter.setFont(font);
        painter.setPen(theme.text);
        painter.drawText(chip, Qt::AlignCenter | Qt::TextSingleLine, shown);
        return chip.right();
    }

    const ThemeSource& m_theme;
    MergeRows* m_list;
};

}  // namespace

MergeRows::MergeRows(const ThemeSource& theme, QWidget* parent) : QListView(parent), m_theme(theme) {
    setObjectName(QStringLiteral("mergeList"));
    setAccessibleName(tr("What has been found"));
    setItemDelegate(new MergePainter(theme, this));
    makePlain(*this);
    setVerticalScrollMode(ScrollPerItem);
    connect(&m_theme, &ThemeSource::changed, this, &MergeRows::restyle);
    restyle();
}

int MergeRows::rowHeight() const {
    const int usual = qRound(listRowHeight * m_theme.theme().fontScale);
    const int height = viewport()->height();
    return height < usual ? usual : height / (height / usual);
}

QSize MergeRows::sizeHint() const {
    constexpr int rows = 8;
    return {280, qRound(listRowHeight * m_theme.theme().fontScale) * rows};
}

void MergeRows::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

void MergeRows::setModel(QAbstractItemModel* model) {
    QListView::setModel(model);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this] { m_isAtEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum(); });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        measure(first, last);
        if (m_follows && m_isAtEnd) {
            scrollToBottom();
        }
    });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_numberWidth = 0;
        m_valueWidth = 0;
    });
    measure(0, model->rowCount() - 1);
}

void MergeRows::measure(int first, int last) {
    const QFontMetricsF metrics(m_theme.theme().monoFont(12));
    // Numbers rise and values fall or rise evenly, so that the ends tell the widest.
    for (const int row : {first, last}) {
        if (row >= 0 && row < model()->rowCount()) {
            const QModelIndex index = model()->index(row, 0);
            m_numberWidth =
                std::max(m_numberWidth, metrics.horizontalAdvance(index.data(MergeNumberRole).toString()));
            m_valueWidth =
                std::max(m_valueWidth, metrics.horizontalAdvance(index.data(MergeValueRole).toString()));
        }
    }
    viewport()->update();
}

void MergeRows::restyle() {
    setPalette(m_theme.theme().palette());
    m_numberWidth = 0;
    m_valueWidth = 0;
    if (model() != nullptr) {
        measure(0, model()->rowCount() - 1);
    }
    scheduleDelayedItemsLayout();
    viewport()->update();
}

}  // namespace lexiscope
