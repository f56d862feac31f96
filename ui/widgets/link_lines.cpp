// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/link_lines.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr double lineWidth = 1.6;
constexpr double linkEdge = 3;  ///< left free on either side

}  // namespace

LinkLines::LinkLines(const ThemeSource& theme, QListView& left, QListView& right, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_left(left), m_right(right) {
    setObjectName(QStringLiteral("links"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored);
    connect(&theme, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
    // Whenever a list is painted anew its rows may stand elsewhere: it has scrolled, grown or got others.
    for (QListView* list : {&left, &right}) {
        list->viewport()->installEventFilter(this);
    }
}

void LinkLines::setLinks(std::vector<std::pair<int, int>> links) {
    if (links != m_links) {
        m_links = std::move(links);
        update();
    }
}

QSize LinkLines::sizeHint() const {
    return {qRound(38 * m_theme.theme().fontScale), 0};
}

double LinkLines::middleOf(const QListView& list, int row) const {
    const QRectF rect(list.visualRect(list.model()->index(row, 0)));
    return mapFromGlobal(list.viewport()->mapToGlobal(rect.center())).y();
}

QLineF LinkLines::lineOf(const std::pair<int, int>& link) const {
    const auto has = [](const QListView& list, int row) {
        return list.model() != nullptr && row >= 0 && row < list.model()->rowCount();
    };
    if (!has(m_left, link.first) || !has(m_right, link.second)) {
        return {};
    }
    return {linkEdge, middleOf(m_left, link.first), width() - linkEdge, middleOf(m_right, link.second)};
}

void LinkLines::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.theme().shared, lineWidth));
    // Rows beside each other's lists alone are joined, not what stands above and below.
    const double top = mapFromGlobal(m_left.viewport()->mapToGlobal(QPointF(0, 0))).y();
    painter.setClipRect(QRectF(0, top, width(), m_left.viewport()->height()));
    for (const std::pair<int, int>& link : m_links) {
        const QLineF line = lineOf(link);
        if (!line.isNull()) {
            painter.drawLine(line);
        }
    }
}

bool LinkLines::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint || event->type() == QEvent::Resize) {
        update();
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace lexiscope
