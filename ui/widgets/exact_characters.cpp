// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/exact_characters.h"

#include <algorithm>
#include <optional>

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTimer>

namespace lexiscope {
namespace {

bool isOfArrows(QChar character) {
    switch (character.unicode()) {
        case u'!':
        case u'-':
        case u'=':
        case u'<':
        case u'>':
        case u'|':
        case u'~':
            return true;
        default:
            return false;
    }
}

QTextCharFormat exactFormat() {
    QTextCharFormat exact;
    exact.setFontStyleStrategy(QFont::PreferNoShaping);
    return exact;
}

/// The stretch of an x between digits, with or without a space before and behind it; else none.
std::optional<ExactCharacters::Stretch> timesAt(QStringView text, qsizetype at) {
    const auto isDigit = [text](qsizetype place) {
        return place >= 0 && place < text.size() && text[place].isDigit();
    };
    const auto isSpace = [text](qsizetype place) {
        return place >= 0 && place < text.size() && text[place] == u' ';
    };
    const qsizetype before = at - (isSpace(at - 1) ? 2 : 1);
    const qsizetype behind = at + (isSpace(at + 1) ? 2 : 1);
    const bool isTimes = (text[at] == u'x' || text[at] == u'X') && isDigit(before) && isDigit(behind);
    return isTimes ? std::optional<ExactCharacters::Stretch>({before, behind - before + 1}) : std::nullopt;
}

}  // namespace

std::vector<ExactCharacters::Stretch> ExactCharacters::stretches(QStringView text) {
    std::vector<Stretch> all;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (const std::optional<Stretch> times = timesAt(text, at)) {
            all.push_back(*times);
            continue;
        }
        const qsizetype begin = at;
        while (at < text.size() && isOfArrows(text[at])) {
            ++at;
        }
        if (at - begin > 1) {
            all.push_back({begin, at - begin});
        }
        at = std::max(begin, at - 1);
    }
    return all;
}

QList<QTextLayout::FormatRange> ExactCharacters::formats(QStringView text) {
    QList<QTextLayout::FormatRange> all;
    for (const Stretch& stretch : stretches(text)) {
        all.push_back({static_cast<int>(stretch.begin), static_cast<int>(stretch.length), exactFormat()});
    }
    return all;
}

void ExactCharacters::highlightBlock(const QString& text) {
    const QTextCharFormat exact = exactFormat();
    for (const Stretch& stretch : stretches(text)) {
        setFormat(static_cast<int>(stretch.begin), static_cast<int>(stretch.length), exact);
    }
}

void drawExactLine(QPainter& painter, const QRectF& room, Qt::Alignment alignment, const QString& text) {
    const QList<QTextLayout::FormatRange> formats = ExactCharacters::formats(text);
    if (formats.isEmpty() || (painter.font().styleStrategy() & QFont::PreferNoShaping) != 0) {
        painter.drawText(room, static_cast<int>(alignment) | Qt::TextSingleLine, text);
        return;
    }
    QTextLayout layout(text, painter.font());
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setNumColumns(static_cast<int>(text.size()));
    layout.endLayout();
    const double spare = std::max(0.0, room.width() - line.naturalTextWidth());
    const double left = (alignment & Qt::AlignRight) != 0     ? spare
                        : (alignment & Qt::AlignHCenter) != 0 ? spare / 2
                                                              : 0;
    layout.draw(&painter, {room.left() + left, room.top() + (room.height() - line.height()) / 2});
}

ExactLine::ExactLine(QLineEdit* line) : QObject(line), m_line(line) {
    line->installEventFilter(this);
    connect(line, &QLineEdit::textChanged, this, &ExactLine::refresh);
    refresh();
}

void ExactLine::refresh() {
    if (m_isComposing) {
        return;  // what an input method has not finished would be lost
    }
    // A line of input has no formats of its own; it takes those that an input method brings.
    QList<QInputMethodEvent::Attribute> formats;
    const int caret = m_line->cursorPosition();
    for (const QTextLayout::FormatRange& range : ExactCharacters::formats(m_line->text())) {
        formats.emplace_back(QInputMethodEvent::TextFormat, range.start - caret, range.length, range.format);
    }
    QInputMethodEvent bringing(QString(), formats);
    m_isSending = true;
    QCoreApplication::sendEvent(m_line, &bringing);
    m_isSending = false;
}

bool ExactLine::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::InputMethod && !m_isSending) {
        m_isComposing = !static_cast<QInputMethodEvent*>(event)->preeditString().isEmpty();
        QTimer::singleShot(0, this, &ExactLine::refresh);  // it brings its own formats
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace lexiscope
