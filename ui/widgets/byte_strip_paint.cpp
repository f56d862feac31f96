// SPDX-License-Identifier: GPL-3.0-or-later
// How a ByteStrip looks: characters, bytes, tokens, IDs, tooltips.
#include "core/base/utf8.h"
#include "ui/session/grouped_text.h"
#include "ui/session/hex_text.h"
#include "ui/widgets/byte_strip.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/token_layout.h"

#include <algorithm>
#include <array>

#include <QPainter>

namespace lexiscope {
namespace {

constexpr double radius = 6;

/// As the lane of characters shows it: a mark that stands on a letter stands on a circle here.
QString labelOf(std::string_view character) {
    const QString shown = QString::fromStdString(displayText(character));
    const CodePoint point = codePointAt(character, 0);
    const QChar::Category category = QChar::category(point.value);
    const bool isMark = category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
    return isMark && !shown.startsWith(QChar(0x2039)) ? QChar(0x25CC) + shown : shown;
}

QString codePointName(char32_t value) {
    return QStringLiteral("U+%1").arg(static_cast<uint>(value), 4, 16, QChar(u'0')).toUpper();
}

void paintIn(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& ink, const QString& text,
             Qt::Alignment alignment = Qt::AlignCenter) {
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine, text);
}

}  // namespace

void ByteStrip::paintRows(QPainter& painter, double top, double bottom) const {
    const std::size_t last = m_layout.rowAt(bottom);
    for (std::size_t row = m_layout.rowAt(top); row <= last; ++row) {
        paintBegin(painter, row);
        paintTokens(painter, row);
        paintBytes(painter, row);
        paintCharacters(painter, row);
    }
}

void ByteStrip::paintBegin(QPainter& painter, std::size_t row) const {
    const Theme& theme = m_theme.theme();
    const double top = m_layout.rowTop(row);
    const double width = m_layout.beginWidth();
    const double bytes = top + m_layout.characterHeight();
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    paintIn(painter, {0, bytes, width, m_layout.byteHeight()}, m_layout.captionFont(), theme.muted,
            tr("byte %1").arg(groupedText(m_layout.firstOf(row))), left);
    if (row == 0) {
        paintIn(painter, {0, top, width, m_layout.characterHeight() - 6 * theme.fontScale},
                m_layout.captionFont(), theme.muted, tr("character"), left);
        paintIn(painter, {0, bytes + m_layout.byteHeight(), width, m_layout.idHeight()},
                m_layout.captionFont(), theme.muted, tr("ID"), left);
    }
}

void ByteStrip::paintTokens(QPainter& painter, std::size_t row) const {
    const std::vector<Token>& tokens = m_text->encoding.tokens;
    const std::vector<std::uint32_t>& places = m_layout.tokens().places();
    const std::size_t begin = m_layout.firstOf(row);
    const std::size_t end = m_layout.endOf(row);
    const Theme& theme = m_theme.theme();
    std::size_t done = begin;
    const auto paintGap = [&](std::size_t until) {
        if (done < until) {
            const QRectF gap = m_layout.inRow({done, until}, row).adjusted(2, 1, -2, -1);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme.muted, 1.2, Qt::DashLine));
            painter.drawRoundedRect(gap, radius, radius);
        }
    };
    for (std::size_t i = m_layout.tokens().firstBehind(begin);
         i < places.size() && tokens[places[i]].source.begin < end; ++i) {
        paintGap(std::min(end, tokens[places[i]].source.begin));
        paintToken(painter, places[i], row);
        done = tokens[places[i]].source.end;
    }
    paintGap(end);
}

void ByteStrip::paintToken(QPainter& painter, std::size_t index, std::size_t row) const {
    const Theme& theme = m_theme.theme();
    const Token& token = m_text->encoding.tokens[index];
    const QRectF cells = m_layout.inRow(token.source, row);
    QRectF chip = cells.adjusted(1, 0, -1, 0);
    painter.save();
    // What goes on in another row has no end in this one.
    painter.setClipRect(cells.adjusted(-1, -2, 1, 2), Qt::IntersectClip);
    chip.setLeft(token.source.begin < m_layout.firstOf(row) ? chip.left() - 3 * radius : chip.left());
    chip.setRight(token.source.end > m_layout.endOf(row) ? chip.right() + 3 * radius : chip.right());
    paintTokenChip(painter, chip, theme,
                   {theme.chip(static_cast<int>(index % 8)), token.kind == TokenKind::Unknown,
                    isSelected(index), hasFocus(), isHighlighted(token), isHovered(index)});
    painter.restore();
    if (row == m_layout.widestRowOf(token.source)) {
        paintIn(painter, {cells.left(), cells.bottom(), cells.width(), m_layout.idHeight()},
                m_layout.idFont(), blend(theme.text, theme.muted, 0.5),
                token.id ? QString::number(token.id->value) : QStringLiteral("—"));
    }
}

void ByteStrip::paintBytes(QPainter& painter, std::size_t row) const {
    const Theme& theme = m_theme.theme();
    for (std::size_t byte = m_layout.firstOf(row); byte < m_layout.endOf(row); ++byte) {
        const bool isOfToken = m_layout.tokens().at(byte).has_value();
        paintIn(painter, m_layout.inRow({byte, byte + 1}, row), m_layout.byteFont(),
                isOfToken ? theme.text : theme.muted, hexText({&m_text->text[byte], 1}));
    }
}

void ByteStrip::paintCharacters(QPainter& painter, std::size_t row) const {
    for (std::size_t byte = m_layout.firstOf(row); byte < m_layout.endOf(row);) {
        const ByteSpan character = characterAround(m_text->text, byte);
        paintCharacter(painter, character, row);
        byte = character.end;
    }
}

void ByteStrip::paintCharacter(QPainter& painter, ByteSpan character, std::size_t row) const {
    const Theme& theme = m_theme.theme();
    const std::string_view bytes = std::string_view(m_text->text).substr(character.begin, character.size());
    if (!codePointAt(bytes, 0).valid) {
        return;  // it writes none
    }
    const QRectF cells = m_layout.inRow(character, row);
    const double height = m_layout.characterHeight();
    const QRectF lane(cells.left(), cells.top() - height, cells.width(), height - 6 * theme.fontScale);
    if (character.begin >= m_layout.firstOf(row)) {
        QString label = labelOf(bytes);
        const QFont font = tokenFont(m_layout.characterFont(), label);
        const bool isSigned = label.startsWith(QChar(0x2039));
        label = isSigned ? QFontMetricsF(font).elidedText(label, Qt::ElideMiddle, lane.width()) : label;
        paintIn(painter, lane, font, isSigned ? theme.muted : theme.text, label);
    }
    if (character.size() == 1) {
        return;
    }
    // A bracket over the bytes of one character; heavier where a token ends inside it.
    bool isCut = false;
    for (std::size_t place = character.begin + 1; place < character.end; ++place) {
        isCut = isCut || m_layout.tokens().at(place) != m_layout.tokens().at(place - 1);
    }
    const double y = cells.top() - 4 * theme.fontScale;
    const double left = cells.left() + 5;
    const double right = cells.right() - 5;
    painter.setPen(QPen(isCut ? theme.text : theme.muted, isCut ? 1.6 : 1));
    painter.drawLine(QPointF(left, y), QPointF(right, y));
    if (character.begin >= m_layout.firstOf(row)) {
        painter.drawLine(QPointF(left, y), QPointF(left, y + 2.5 * theme.fontScale));
    }
    if (character.end <= m_layout.endOf(row)) {
        painter.drawLine(QPointF(right, y), QPointF(right, y + 2.5 * theme.fontScale));
    }
}

QString ByteStrip::toolTipOf(std::size_t byte) const {
    if (byte >= m_layout.size()) {
        return {};
    }
    const std::string_view text = m_text->text;
    const ByteSpan around = characterAround(text, byte);
    const std::string_view bytes = text.substr(around.begin, around.size());
    const CodePoint point = codePointAt(bytes, 0);
    QStringList lines{tr("byte %1: %2").arg(groupedText(byte), hexText({&text[byte], 1}))};
    if (!point.valid) {
        lines << tr("no part of a character");
    } else if (around.size() == 1) {
        lines << tr("the character %1, %2").arg(labelOf(bytes), codePointName(point.value));
    } else {
        lines << tr("%1 of the %2 bytes of the character %3, %4")
                     .arg(byte - around.begin + 1)
                     .arg(around.size())
                     .arg(labelOf(bytes), codePointName(point.value));
    }
    if (const std::optional<std::size_t> index = m_layout.tokens().at(byte)) {
        const Token& token = m_text->encoding.tokens[*index];
        lines << tr("token %1, %2")
                     .arg(TokenLayout::label(bytesOf(*m_text, *index)),
                          token.id ? tr("ID %1, position %2").arg(token.id->value).arg(*index)
                                   : tr("not in the vocabulary"));
    } else {
        lines << tr("of no token: left out before the text was cut");
    }
    return plainTip(lines);
}

std::optional<TextStrip::Tip> ByteStrip::tipAt(QPoint at) const {
    const std::optional<std::size_t> byte = m_layout.byteAt(toLayout(at));
    if (!byte) {
        return std::nullopt;
    }
    const QRect cell = cellRect(*byte).toAlignedRect();
    return Tip{toolTipOf(*byte), cell, QPoint(at.x(), cell.bottom() + static_cast<int>(m_layout.idHeight()))};
}

}  // namespace lexiscope
