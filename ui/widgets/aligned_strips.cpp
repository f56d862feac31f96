// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/aligned_strips.h"

#include "core/base/utf8.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/slot_mark.h"
#include "ui/widgets/token_layout.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace lexiscope {
namespace {

constexpr double markRoom = 40;
constexpr double chipRadius = 4;
constexpr int edge = 2;  // room for the outline of a chip
constexpr int linesWanted = 3;

Position positionOf(std::size_t token) {
    return Position{static_cast<std::uint32_t>(token)};
}

}  // namespace

AlignedStrips::AlignedStrips(const ThemeSource& theme, QWidget* parent) : ScrolledPaint(theme, parent) {
    setObjectName(QStringLiteral("alignedStrips"));
    setAccessibleName(tr("The same text cut by each tokenizer"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    restyle();
}

void AlignedStrips::restyle() {
    m_layout.setTheme(m_theme.theme());
    ScrolledPaint::restyle();
}

void AlignedStrips::setRows(std::vector<Row> rows) {
    if (!rows.empty()) {
        const std::shared_ptr<const EncodedText> first = rows.front().text;
        std::erase_if(rows, [&first](const Row& row) { return row.text->text != first->text; });
    }
    const auto isSame = [](const Row& a, const Row& b) { return a.text == b.text && a.slot == b.slot; };
    const bool keeps = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), isSame);
    m_rows = std::move(rows);
    if (!keeps) {
        m_under.reset();
        std::vector<std::shared_ptr<const EncodedText>> texts;
        for (const Row& row : m_rows) {
            texts.push_back(row.text);
        }
        m_layout.setRows(std::move(texts));
        relayout();
        updateGeometry();
    }
    describe();
    viewport()->update();
}

void AlignedStrips::describe() {
    QStringList parts;
    for (const Row& row : m_rows) {
        parts << tr("%1: %2 tokens").arg(slotLetter(row.slot)).arg(row.text->encoding.tokens.size());
        if (row.selected && row.selected->value < row.text->encoding.tokens.size()) {
            parts << tr("selected: %1").arg(TokenLayout::label(bytesOf(*row.text, row.selected->value)));
        }
    }
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

double AlignedStrips::left() const {
    return markRoom * m_theme.theme().fontScale;
}

void AlignedStrips::relayout() {
    m_layout.setWidth(std::max(40.0, viewport()->width() - left() - 2 * edge));
    const int content = static_cast<int>(std::ceil(m_layout.height())) + 2 * edge;
    setBar(*verticalScrollBar(), content, viewport()->height(), static_cast<int>(m_layout.linePitch() / 2));
    viewport()->update();
}

QSize AlignedStrips::sizeHint() const {
    const int lines = std::clamp(m_layout.lineCount(), 1, linesWanted);
    return {520, static_cast<int>(std::ceil(m_layout.linePitch() * lines)) + 2 * edge};
}

QSize AlignedStrips::minimumSizeHint() const {
    const double scale = m_theme.theme().fontScale;
    // Of a line two rows at least, so that they can be compared; the others scroll into view.
    const double two = 2 * m_layout.chipHeight() + 8 * scale;
    return {qRound(220 * scale), static_cast<int>(std::ceil(std::min(m_layout.linePitch(), two))) + 2 * edge};
}

QPointF AlignedStrips::toLayout(QPointF point) const {
    return point - QPointF(left() + edge, edge - verticalScrollBar()->value());
}

QRectF AlignedStrips::placeOf(const AlignedLayout::Piece& piece) const {
    return piece.place.translated(left() + edge, edge - verticalScrollBar()->value());
}

void AlignedStrips::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_layout.lineCount() == 0) {
        return;
    }
    const double scroll = verticalScrollBar()->value();
    painter.translate(edge, edge - scroll);
    const int last = m_layout.lineAt(event->rect().bottom() - edge + scroll);
    for (int line = m_layout.lineAt(event->rect().top() - edge + scroll); line <= last; ++line) {
        paintLine(painter, line);
    }
}

void AlignedStrips::paintLine(QPainter& painter, int line) const {
    const Theme& theme = m_theme.theme();
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        paintSlotMark(painter, 0, m_layout.rowTop(line, row) + m_layout.chipHeight() / 2, m_rows[row].slot,
                      theme);
    }
    painter.save();
    painter.translate(left(), 0);
    const AlignedLayout::Line content = m_layout.line(line);
    for (const AlignedLayout::Gap& gap : content.gaps) {
        const QString label = QString::fromStdString(displayText(gap.bytes));
        painter.setFont(tokenFont(m_layout.font(), label));
        painter.setPen(theme.muted);
        painter.drawText(gap.place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, label);
    }
    for (const AlignedLayout::Piece& piece : content.pieces) {
        paintPiece(painter, piece);
    }
    painter.restore();
}

void AlignedStrips::paintPiece(QPainter& painter, const AlignedLayout::Piece& piece) const {
    const Theme& theme = m_theme.theme();
    const Row& row = m_rows[piece.row];
    const Token& token = row.text->encoding.tokens[piece.token];
    const bool isSelected = row.selected && row.selected->value == piece.token;
    const bool isUnder = m_under && *m_under == std::pair(piece.row, piece.token);
    painter.setOpacity(row.dimmed ? 0.55 : 1);
    QColor fill = piece.isShared ? blend(theme.surface, theme.control, theme.isDark() ? 1 : 0.9)
                                 : blend(theme.surface, theme.slot(row.slot), theme.isDark() ? 0.34 : 0.24);
    if (isUnder) {
        fill = blend(fill, theme.text, 0.08);
    }
    // Where a token goes on in another line, it is open at that side.
    QRectF chip = piece.place.adjusted(piece.begins ? 1 : 0, 0, piece.ends ? -1 : 0, 0);
    painter.save();
    painter.setClipRect(chip.adjusted(-2, -2, 2, 2));
    const QRectF shape =
        chip.adjusted(piece.begins ? 0 : -2 * chipRadius, 0, piece.ends ? 0 : 2 * chipRadius, 0);
    paintRounded(painter, shape, std::min(chipRadius, shape.width() / 2), fill);
    if (token.kind == TokenKind::Unknown) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.muted, 1.2, Qt::DashLine));
        painter.drawRoundedRect(shape.adjusted(0.6, 0.6, -0.6, -0.6), chipRadius, chipRadius);
    }
    if (isSelected) {
        paintRounded(painter, shape.adjusted(-1, -1, 1, 1), chipRadius + 1, {}, theme.accent, 2);
    } else if (isUnder) {
        paintRounded(painter, shape, chipRadius, {}, theme.muted, 1);
    }
    painter.restore();
    const QString label = QString::fromStdString(displayText(piece.bytes));
    painter.setFont(tokenFont(m_layout.font(), label));
    painter.setPen(theme.text);
    painter.drawText(piece.place, Qt::AlignCenter | Qt::TextSingleLine, label);
    painter.setOpacity(1);
}

void AlignedStrips::mousePressEvent(QMouseEvent* event) {
    const std::optional<AlignedLayout::Piece> piece = m_layout.pieceAt(toLayout(event->position()));
    if (event->button() == Qt::LeftButton && piece) {
        Q_EMIT clicked(m_rows[piece->row].slot, positionOf(piece->token));
    }
}

void AlignedStrips::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
}

void AlignedStrips::followPointer() {
    const std::optional<AlignedLayout::Piece> piece =
        m_pointer ? m_layout.pieceAt(toLayout(*m_pointer)) : std::nullopt;
    const auto under = piece ? std::optional(std::pair(piece->row, piece->token)) : std::nullopt;
    if (under == m_under) {
        return;
    }
    m_under = under;
    viewport()->setCursor(under ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
    Q_EMIT hovered(under ? m_rows[under->first].slot : 0,
                   under ? std::optional(positionOf(under->second)) : std::nullopt);
}

std::size_t AlignedStrips::rowOfKeyboard() const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.selected.has_value(); });
    return found == m_rows.end() ? 0 : static_cast<std::size_t>(found - m_rows.begin());
}

void AlignedStrips::moveTo(std::size_t row, std::size_t token) {
    if (const std::optional<int> line = m_layout.lineOf(row, token)) {
        const double top = m_layout.lineTop(*line);
        bringIntoView(static_cast<int>(top), static_cast<int>(std::ceil(top + m_layout.linePitch())));
    }
    Q_EMIT clicked(m_rows[row].slot, positionOf(token));
}

std::size_t AlignedStrips::tokenBeside(std::size_t row, std::size_t other, std::size_t token) const {
    const ByteSpan span = m_rows[row].text->encoding.tokens[token].source;
    const std::vector<Token>& tokens = m_rows[other].text->encoding.tokens;
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::size_t begin = std::max(span.begin, tokens[i].source.begin);
        const std::size_t end = std::min(span.end, tokens[i].source.end);
        if (end > begin && end - begin > most) {
            most = end - begin;
            best = i;
        }
    }
    return best;
}

void AlignedStrips::keyPressEvent(QKeyEvent* event) {
    if (m_rows.empty()) {
        return ScrolledPaint::keyPressEvent(event);
    }
    const std::size_t row = rowOfKeyboard();
    const std::size_t count = m_rows[row].text->encoding.tokens.size();
    const bool none = !m_rows[row].selected || m_rows[row].selected->value >= count;
    const std::size_t here = none ? 0 : m_rows[row].selected->value;
    if (count == 0) {
        return ScrolledPaint::keyPressEvent(event);
    }
    switch (event->key()) {
        case Qt::Key_Left:
            return moveTo(row, here == 0 ? 0 : here - 1);
        case Qt::Key_Right:
            return moveTo(row, none ? 0 : std::min(here + 1, count - 1));
        case Qt::Key_Home:
            return moveTo(row, 0);
        case Qt::Key_End:
            return moveTo(row, count - 1);
        case Qt::Key_Up:
        case Qt::Key_Down: {
            const bool isUp = event->key() == Qt::Key_Up;
            const std::size_t other = isUp ? (row == 0 ? 0 : row - 1) : std::min(row + 1, m_rows.size() - 1);
            return other == row || m_rows[other].text->encoding.tokens.empty()
                       ? void()
                       : moveTo(other, tokenBeside(row, other, here));
        }
        default:
            return ScrolledPaint::keyPressEvent(event);
    }
}

QString AlignedStrips::toolTipOf(std::size_t row, std::size_t token) const {
    const EncodedText& text = *m_rows[row].text;
    const Token& each = text.encoding.tokens[token];
    QStringList lines{TokenLayout::label(bytesOf(text, token))};
    lines << (each.id ? tr("%1: ID %2, position %3")
                            .arg(slotLetter(m_rows[row].slot))
                            .arg(each.id->value)
                            .arg(token)
                      : tr("%1: no ID: not in the vocabulary; position %2")
                            .arg(slotLetter(m_rows[row].slot))
                            .arg(token));
    return plainTip(lines);
}

bool AlignedStrips::showTip(QPoint at) {
    if (const std::optional<AlignedLayout::Piece> piece = m_layout.pieceAt(toLayout(at))) {
        QToolTip::showText(viewport()->mapToGlobal(at), toolTipOf(piece->row, piece->token), viewport(),
                           placeOf(*piece).toAlignedRect());
    } else {
        QToolTip::hideText();
    }
    return true;
}

}  // namespace lexiscope
