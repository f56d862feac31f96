// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/byte_layout.h"

#include "core/base/utf8.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QObject>

namespace lexiscope {
namespace {

constexpr double leastCell = 28;
constexpr std::size_t columnStep = 4;  // rows of 37 bytes are harder to count in than rows of 36

bool continues(std::string_view text, std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

ByteSpan characterAround(std::string_view text, std::size_t byte) {
    for (std::size_t back = 0; back < 4 && back <= byte; ++back) {
        const std::size_t begin = byte - back;
        if (continues(text, begin)) {
            continue;
        }
        const CodePoint point = codePointAt(text, begin);
        if (point.valid && begin + point.size > byte) {
            return {begin, begin + point.size};
        }
        break;
    }
    return {byte, byte + 1};
}

std::optional<ByteSpan> characterCutAt(std::string_view text, std::size_t place) {
    if (place == 0 || place >= text.size() || !continues(text, place)) {
        return std::nullopt;
    }
    const ByteSpan around = characterAround(text, place);
    return around.begin < place ? std::optional(around) : std::nullopt;
}

void ByteLayout::setTheme(const Theme& theme) {
    m_scale = theme.fontScale;
    m_characterFont = theme.monoFont(14);
    m_byteFont = theme.monoFont(12);
    m_idFont = theme.monoFont(10);
    m_captionFont = theme.textFont(11);
    measure();
}

void ByteLayout::setText(const EncodedText* text) {
    m_text = text;
    m_tokens = text == nullptr ? TokenPlaces() : TokenPlaces(text->encoding.tokens);
    measure();
}

void ByteLayout::measure() {
    const std::size_t ids = m_text != nullptr && m_text->tokenizer ? m_text->tokenizer->vocabularySize() : 1;
    // An ID of a token of one byte fits below it, whichever it is.
    const QString widest(QString::number(std::max<std::size_t>(ids, 1) - 1).size(), u'0');
    m_cell = std::ceil(
        std::max(leastCell * m_scale, QFontMetricsF(m_idFont).horizontalAdvance(widest) + 6 * m_scale));
    const QFontMetricsF caption(m_captionFont);
    const QString last = QObject::tr("byte %1").arg(groupedText(size()));
    m_begin = std::ceil(
        std::max(caption.horizontalAdvance(last), caption.horizontalAdvance(QObject::tr("character"))) +
        14 * m_scale);
    setWidth(m_width);
}

void ByteLayout::setWidth(double width) {
    m_width = width;
    m_columns = columnsAt(width);
}

std::size_t ByteLayout::columnsAt(double width) const {
    const double cells = std::floor((width - m_begin) / m_cell);
    const auto fitting = static_cast<std::size_t>(std::max(1.0, cells));
    // A text that fits in one row is one: nothing is counted over several.
    return fitting < columnStep || fitting >= size() ? fitting : fitting - fitting % columnStep;
}

std::size_t ByteLayout::endOf(std::size_t row) const {
    return std::min(size(), (row + 1) * m_columns);
}

double ByteLayout::heightOf(std::size_t rows) const {
    return rows == 0 ? 0 : static_cast<double>(rows - 1) * rowPitch() + rowHeight();
}

double ByteLayout::heightAt(double width, int rows) {
    const std::size_t columns = columnsAt(width);
    const std::size_t all = (size() + columns - 1) / columns;
    return heightOf(std::clamp<std::size_t>(all, 1, static_cast<std::size_t>(std::max(1, rows))));
}

double ByteLayout::contentWidth() const {
    return m_begin + static_cast<double>(std::min(size(), m_columns)) * m_cell;
}

std::size_t ByteLayout::rowAt(double y) const {
    const double last = rowCount() == 0 ? 0 : static_cast<double>(rowCount() - 1);
    return static_cast<std::size_t>(std::clamp(std::floor(y / rowPitch()), 0.0, last));
}

QRectF ByteLayout::inRow(ByteSpan bytes, std::size_t row) const {
    const std::size_t begin = std::max(bytes.begin, firstOf(row));
    const std::size_t end = std::min(bytes.end, endOf(row));
    if (begin >= end) {
        return {};
    }
    return {m_begin + static_cast<double>(begin - firstOf(row)) * m_cell, rowTop(row) + characterHeight(),
            static_cast<double>(end - begin) * m_cell, byteHeight()};
}

std::optional<std::size_t> ByteLayout::byteAt(QPointF point) const {
    if (size() == 0 || point.x() < m_begin || point.y() < 0) {
        return std::nullopt;
    }
    const std::size_t row = rowAt(point.y());
    const auto column = static_cast<std::size_t>((point.x() - m_begin) / m_cell);
    const std::size_t byte = firstOf(row) + column;
    const bool isInside = point.y() < rowTop(row) + rowHeight() && column < m_columns && byte < endOf(row);
    return isInside ? std::optional(byte) : std::nullopt;
}

std::optional<std::size_t> ByteLayout::tokenAt(QPointF point) const {
    const std::optional<std::size_t> byte = byteAt(point);
    return byte ? m_tokens.at(*byte) : std::nullopt;
}

std::optional<StripLayout::Band> ByteLayout::bandOf(std::size_t token) const {
    if (size() == 0) {
        return std::nullopt;
    }
    const std::size_t begin = m_text->encoding.tokens[token].source.begin;
    const double top = rowTop(rowOf(std::min(begin, size() - 1)));
    return Band{top, top + rowHeight()};
}

std::size_t ByteLayout::widestRowOf(ByteSpan bytes) const {
    const std::size_t first = rowOf(bytes.begin);
    const std::size_t last = rowOf(bytes.end - 1);
    if (last > first + 1) {
        return first + 1;
    }
    const bool isMoreInLast = last > first && bytes.end - firstOf(last) > firstOf(last) - bytes.begin;
    return isMoreInLast ? last : first;
}

}  // namespace lexiscope
