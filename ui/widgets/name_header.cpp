// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/name_header.h"

#include <algorithm>

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

namespace lexiscope {
namespace {

// Before the theme's scale of type.
constexpr double headerSize = 13;
constexpr int headerPadding = 8;
constexpr int leastNames = 72;
constexpr int mostNames = 200;
constexpr int mostNameLines = 3;
constexpr int leastField = 110;

}  // namespace

NameHeader::NameHeader(const ThemeSource& theme, Qt::Orientation orientation, QWidget* parent)
    : QHeaderView(orientation, parent), m_theme(theme) {
    setSectionResizeMode(Fixed);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(1);
    viewport()->installEventFilter(this);
}

QString NameHeader::nameOf(int section) const {
    return model()->headerData(section, orientation(), Qt::DisplayRole).toString();
}

QFont NameHeader::fontOf(int section) const {
    const QFont::Weight weight = section == m_current ? QFont::DemiBold : QFont::Normal;
    return m_theme.theme().textFont(orientation() == Qt::Vertical ? headerSize : headerSize - 1, weight);
}

void NameHeader::setCurrentSection(int section) {
    if (section != m_current) {
        m_current = section;
        viewport()->update();
    }
}

int NameHeader::linesOf(int section) const {
    // As if it were the current one: its height stays when it becomes that.
    const QFontMetrics metrics(m_theme.theme().textFont(headerSize - 1, QFont::DemiBold));
    const QRect room(0, 0, std::max(1, sectionSize(section) - headerPadding), 10'000);
    const int height = metrics.boundingRect(room, Qt::TextWordWrap | Qt::AlignLeft, nameOf(section)).height();
    return std::clamp((height + metrics.lineSpacing() / 2) / metrics.lineSpacing(), 1, mostNameLines);
}

QSize NameHeader::sizeHint() const {
    const double scale = m_theme.theme().fontScale;
    const int sections = model() != nullptr ? count() : 0;
    if (orientation() == Qt::Vertical) {
        const QFontMetrics metrics(m_theme.theme().textFont(headerSize, QFont::DemiBold));
        int width = qRound(leastNames * scale);
        for (int section = 0; section < sections; ++section) {
            width = std::max(width, metrics.horizontalAdvance(nameOf(section)) + 2 * headerPadding);
        }
        return {std::min(width, qRound(mostNames * scale)), 0};
    }
    int lines = 1;
    for (int section = 0; section < sections; ++section) {
        lines = std::max(lines, linesOf(section));
    }
    const QFontMetrics metrics(m_theme.theme().textFont(headerSize - 1, QFont::DemiBold));
    return {0, lines * metrics.lineSpacing() + headerPadding};
}

void NameHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const Theme& theme = m_theme.theme();
    const bool isCurrent = section == m_current;
    const bool isRow = orientation() == Qt::Vertical;
    const QFont font = fontOf(section);
    const QFontMetrics metrics(font);
    painter->save();
    painter->setFont(font);
    painter->setPen(isCurrent ? theme.accent : isRow ? theme.text : theme.muted);
    const QRect room =
        rect.adjusted(headerPadding / 2, 0, -headerPadding / 2, isRow ? 0 : -headerPadding / 2);
    const QString name = nameOf(section);
    if (isRow || linesOf(section) == 1) {
        painter->drawText(room,
                          Qt::AlignLeft | (isRow ? Qt::AlignVCenter : Qt::AlignBottom) | Qt::TextSingleLine,
                          metrics.elidedText(name, Qt::ElideRight, room.width()));
    } else {
        // What has no room on its lines is cut at their end, as a single line would be.
        const int most = room.width() * mostNameLines - mostNameLines * metrics.averageCharWidth();
        const bool fits = metrics.horizontalAdvance(name) <= most;
        painter->drawText(room, Qt::AlignLeft | Qt::AlignBottom | Qt::TextWordWrap,
                          fits ? name : metrics.elidedText(name, Qt::ElideRight, most));
    }
    painter->restore();
}

QRect NameHeader::placeOf(int section) const {
    const int at = sectionViewportPosition(section);
    const int size = sectionSize(section);
    return orientation() == Qt::Vertical ? QRect(0, at, viewport()->width(), size)
                                         : QRect(at, 0, size, viewport()->height());
}

void NameHeader::rename(int section) {
    if (section < 0 || section >= count()) {
        return;
    }
    endRenaming(true);
    m_renamed = section;
    m_field = new QLineEdit(nameOf(section), viewport());
    m_field->setObjectName(QStringLiteral("name"));
    m_field->setAccessibleName(tr("Name of %1").arg(nameOf(section)));
    m_field->setFont(m_theme.theme().textFont(headerSize));
    QRect place = placeOf(section);
    const int height = m_field->sizeHint().height();
    const int width = std::max(place.width(), qRound(leastField * m_theme.theme().fontScale));
    place = QRect(place.left(), place.center().y() - height / 2, width, height);
    place.moveRight(std::min(place.right(), std::max(width, viewport()->width()) - 1));
    place.moveTop(std::max(0, std::min(place.top(), viewport()->height() - height)));
    m_field->setGeometry(place);
    m_field->installEventFilter(this);
    m_field->selectAll();
    m_field->show();
    m_field->setFocus();
}

void NameHeader::endRenaming(bool keeps) {
    if (m_field == nullptr) {
        return;
    }
    QLineEdit* field = m_field;
    m_field = nullptr;
    field->removeEventFilter(this);
    const bool hadFocus = field->hasFocus();
    field->hide();
    field->deleteLater();
    if (hadFocus && parentWidget() != nullptr) {
        parentWidget()->setFocus();
    }
    if (keeps && m_renamed < count() && field->text() != nameOf(m_renamed)) {
        model()->setHeaderData(m_renamed, orientation(), field->text(), Qt::EditRole);
    }
}

bool NameHeader::eventFilter(QObject* watched, QEvent* event) {
    if (m_field != nullptr && watched == m_field) {
        if (event->type() == QEvent::FocusOut) {
            endRenaming(true);
        } else if (event->type() == QEvent::KeyPress) {
            const int key = static_cast<QKeyEvent*>(event)->key();
            if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape) {
                endRenaming(key != Qt::Key_Escape);
                return true;
            }
        }
    }
    return QHeaderView::eventFilter(watched, event);
}

void NameHeader::mousePressEvent(QMouseEvent* event) {
    const int section = logicalIndexAt(event->position().toPoint());
    if (section >= 0) {
        Q_EMIT chosen(section);
    }
}

void NameHeader::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        rename(logicalIndexAt(event->position().toPoint()));
    }
}

}  // namespace lexiscope
