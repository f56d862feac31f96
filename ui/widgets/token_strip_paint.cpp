// SPDX-License-Identifier: GPL-3.0-or-later
// How a TokenStrip looks: chips, numbers, captions, the line at the model's last position, tooltips.
#include "core/base/utf8.h"
#include "ui/session/grouped_text.h"
#include "ui/session/hex_text.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/token_strip.h"

#include <utility>

#include <QPainter>

namespace lexiscope {
namespace {

constexpr std::size_t longestTip = 600;  // bytes of text in a tooltip
constexpr std::size_t longestHex = 32;   // bytes spelled in hex

void paintCentred(QPainter& painter, const QFont& font, const QColor& color, QPointF centre,
                  const QString& text) {
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QRectF(centre.x() - 300, centre.y() - 20, 600, 40), Qt::AlignCenter | Qt::TextSingleLine,
                     text);
}

}  // namespace

void TokenStrip::paintRows(QPainter& painter, double top, double bottom) const {
    const int first = m_layout.rowAt(top);
    const int last = m_layout.rowAt(bottom);
    for (int row = first; row <= last; ++row) {
        for (std::size_t index = m_layout.firstOf(row); index < m_layout.endOf(row); ++index) {
            paintChip(painter, index, m_layout.rowTop(row));
        }
    }
    if (first == 0) {
        paintCaptions(painter);
    }
    paintDivider(painter);
}

void TokenStrip::paintCaptions(QPainter& painter) const {
    const Theme& theme = m_theme.theme();
    const QRectF end = m_layout.chip(m_layout.endOf(0) - 1);
    const double left = end.right() + 18 * theme.fontScale;
    painter.setFont(theme.textFont(11));
    painter.setPen(theme.muted);
    const std::pair<QString, double> captions[] = {{tr("token"), end.center().y()},
                                                   {tr("ID"), m_layout.idCentre()},
                                                   {tr("position"), m_layout.positionCentre()}};
    for (const auto& [caption, y] : captions) {
        painter.drawText(QRectF(left, y - 12, m_layout.captionRoom(), 24), Qt::AlignLeft | Qt::AlignVCenter,
                         caption);
    }
}

void TokenStrip::paintDivider(QPainter& painter) const {
    const std::optional<double> top = m_layout.dividerTop();
    if (!top) {
        return;
    }
    const Theme& theme = m_theme.theme();
    const QString text = tr("beyond the model’s %1 positions").arg(groupedText(m_text->positions));
    const QFont font = theme.textFont(12);
    const double middle = *top + m_layout.dividerHeight() / 2 - 4 * theme.fontScale;
    painter.setFont(font);
    painter.setPen(theme.warning);
    painter.drawText(QRectF(0, middle - 12, 600, 24), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     text);
    const double left = QFontMetricsF(font).horizontalAdvance(text) + 12;
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(QPointF(left, middle + 0.5), QPointF(viewport()->width() - 2 * edge, middle + 0.5));
}

void TokenStrip::paintChip(QPainter& painter, std::size_t index, double y) const {
    const Theme& theme = m_theme.theme();
    const Token& token = m_text->encoding.tokens[index];
    const bool beyond = m_layout.isBeyond(index);
    QRectF chip = m_layout.chip(index);
    chip.moveTop(y);

    const QColor fill =
        beyond ? blend(theme.surface, theme.control, 0.8) : theme.chip(static_cast<int>(index % 8));
    paintTokenChip(painter, chip, theme,
                   {fill, token.kind == TokenKind::Unknown, isSelected(index), hasFocus(),
                    isHighlighted(token), isHovered(index)});

    QString label = TokenLayout::label(bytesOf(*m_text, index));
    const double room = chip.width() - m_layout.padding();
    const QColor ink = beyond ? theme.muted : theme.text;
    const QFont font = tokenFont(m_layout.chipFont(), label);
    label = QFontMetricsF(font).elidedText(label, Qt::ElideMiddle, room);
    paintCentred(painter, font, ink, chip.center(), label);
    const double centre = chip.center().x();
    paintCentred(painter, m_layout.idFont(), beyond ? theme.muted : blend(theme.text, theme.muted, 0.5),
                 {centre, y + m_layout.idCentre()},
                 token.id ? QString::number(token.id->value) : QStringLiteral("—"));
    paintCentred(painter, m_layout.positionFont(), theme.muted, {centre, y + m_layout.positionCentre()},
                 QString::number(index));
}

QString TokenStrip::toolTipOf(Position position) const {
    const std::size_t index = position.value;
    if (index >= m_layout.size()) {
        return {};
    }
    const Token& token = m_text->encoding.tokens[index];
    const std::string bytes = bytesOf(*m_text, index);
    QString shown = QString::fromStdString(displayText(bytes.substr(0, longestTip)));
    if (bytes.size() > longestTip) {
        shown += QChar(0x2026);
    }
    QStringList lines{shown};
    lines << (token.id ? tr("ID %1, position %2").arg(token.id->value).arg(index)
                       : tr("no ID: not in the vocabulary; position %1").arg(index));
    const QString hex = hexText(bytes, longestHex);
    lines << (bytes.size() == 1 ? tr("1 byte: %1").arg(hex)
                                : tr("%1 bytes: %2").arg(QString::number(bytes.size()), hex));
    if (token.source.size() == 1) {
        lines << tr("byte %1 of the text").arg(token.source.begin);
    } else if (token.source.size() > 1) {
        lines << tr("bytes %1 to %2 of the text").arg(token.source.begin).arg(token.source.end - 1);
    } else {
        lines << tr("stands for no bytes of the text");
    }
    if (m_layout.isBeyond(index)) {
        lines << tr("beyond the model’s %1 positions").arg(groupedText(m_text->positions));
    }
    return plainTip(lines);
}

std::optional<TextStrip::Tip> TokenStrip::tipAt(QPoint at) const {
    const std::optional<std::size_t> index = m_layout.tokenAt(toLayout(at));
    if (!index) {
        return std::nullopt;
    }
    // Below the column, so that it covers neither ID nor position.
    const QRect column = m_layout.column(*index).translated(toView()).toAlignedRect();
    return Tip{toolTipOf(Position{static_cast<std::uint32_t>(*index)}), column,
               QPoint(at.x(), column.bottom())};
}

}  // namespace lexiscope
