// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_layout.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>

namespace lexiscope {
namespace {

constexpr double leastChip = 40;
constexpr double widestChip = 260;
constexpr std::size_t longToken = 120;  // bytes; more never fit into the widest chip

int digits(std::size_t number) {
    int count = 1;
    for (; number >= 10; number /= 10) {
        ++count;
    }
    return count;
}

double widestDigit(const QFont& font) {
    const QFontMetricsF metrics(font);
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

}  // namespace

void TokenLayout::setTheme(const Theme& theme) {
    m_scale = theme.fontScale;
    m_chipFont = theme.monoFont(14);
    m_idFont = theme.monoFont(12);
    m_positionFont = theme.monoFont(10);
    m_idDigit = widestDigit(m_idFont);
    m_positionDigit = widestDigit(m_positionFont);
    m_advance.assign(0x10000, -1.0F);
    m_farAdvance.clear();
    std::fill(m_widthOfId.begin(), m_widthOfId.end(), -1.0F);
}

void TokenLayout::setText(const EncodedText* text) {
    m_text = text;
    m_firstOfRow.clear();
    m_left.clear();
    m_widthOfColumn.clear();
    m_dividedRow = -1;
    if (text && m_tokenizer.lock() != text->tokenizer) {
        m_tokenizer = text->tokenizer;
        m_widthOfId.assign(text->tokenizer ? text->tokenizer->vocabularySize() : 0, -1.0F);
    }
}

QString TokenLayout::label(const std::string& bytes) {
    if (bytes.size() <= 2 * longToken) {
        return QString::fromStdString(displayText(bytes));
    }
    // Cut between characters: a byte of the form 10xxxxxx continues one.
    const auto continues = [&bytes](std::size_t at) {
        return (static_cast<unsigned char>(bytes[at]) & 0xc0U) == 0x80U;
    };
    std::size_t head = longToken;
    std::size_t tail = bytes.size() - longToken;
    for (int back = 0; back < 3 && continues(head); ++back) {
        --head;
    }
    for (int on = 0; on < 3 && continues(tail); ++on) {
        ++tail;
    }
    return QString::fromStdString(displayText(bytes.substr(0, head))) + QChar(0x2026) +
           QString::fromStdString(displayText(bytes.substr(tail)));
}

double TokenLayout::advance(char32_t character) {
    const auto ask = [this, character] {
        return static_cast<float>(
            QFontMetricsF(m_chipFont).horizontalAdvance(QString::fromUcs4(&character, 1)));
    };
    if (character < m_advance.size()) {
        float& known = m_advance[character];
        if (known < 0) {
            known = ask();
        }
        return known;
    }
    const auto [known, added] = m_farAdvance.try_emplace(character, 0.0F);
    if (added) {
        known->second = ask();
    }
    return known->second;
}

double TokenLayout::textWidth(const std::string& bytes) {
    const double most = widestChip * m_scale;
    double width = 0;
    const auto add = [&](std::string_view text) {
        for (std::size_t at = 0; at < text.size() && width < most;) {
            const CodePoint point = codePointAt(text, at);
            width += advance(point.valid ? point.value : 0xfffd);
            at += point.size;
        }
    };
    const bool plain = std::all_of(
        bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), longToken)),
        [](char c) { return c > ' ' && c < 0x7f; });
    if (plain) {
        add(bytes);
    } else {
        const std::string shown = displayText(std::string_view(bytes).substr(0, longToken));
        const QString label = QString::fromStdString(shown);
        const QFont font = tokenFont(m_chipFont, label);
        if (font.styleStrategy() == m_chipFont.styleStrategy()) {
            add(shown);
        } else {
            width = QFontMetricsF(font).horizontalAdvance(label);  // letters that join: not a sum of advances
        }
    }
    return bytes.size() > longToken ? most : std::min(width, most);
}

double TokenLayout::measure(std::size_t index) {
    const std::optional<TokenId>& id = m_text->encoding.tokens[index].id;
    const double text = textWidth(bytesOf(*m_text, index)) + 2 * padding();
    const double number = id ? m_idDigit * digits(id->value) : m_idDigit;
    return std::ceil(std::max({std::min(text, widestChip * m_scale), leastChip * m_scale, number}));
}

double TokenLayout::columnWidth(std::size_t index) {
    const Token& token = m_text->encoding.tokens[index];
    double width = 0;
    if (token.id && token.kind != TokenKind::Unknown && token.id->value < m_widthOfId.size()) {
        float& known = m_widthOfId[token.id->value];
        if (known < 0) {
            known = static_cast<float>(measure(index));
        }
        width = known;
    } else {
        width = measure(index);
    }
    return std::max(width, std::ceil(m_positionDigit * digits(index)));
}

/// Calls place(index, row, left, width, divided) for each token in order, until it returns false.
template <typename Place>
void TokenLayout::flow(double width, Place place) {
    const std::size_t count = m_text->encoding.tokens.size();
    const std::size_t limit = m_text->positions == 0 ? count : m_text->positions;
    int row = 0;
    double left = 0;
    for (std::size_t index = 0; index < count; ++index) {
        const double column = columnWidth(index);
        const double end = row == 0 ? width - captionRoom() : width;
        const bool divided = index == limit;
        if (left > 0 && (divided || left + column > end)) {
            ++row;
            left = 0;
        }
        if (!place(index, row, left, column, divided)) {
            return;
        }
        left += column + gap();
    }
}

void TokenLayout::setWidth(double width) {
    m_width = width;
    m_firstOfRow.clear();
    m_left.clear();
    m_widthOfColumn.clear();
    m_dividedRow = -1;
    if (!m_text) {
        return;
    }
    const std::size_t count = m_text->encoding.tokens.size();
    m_limit = m_text->positions == 0 ? count : m_text->positions;
    m_left.reserve(count);
    m_widthOfColumn.reserve(count);
    flow(width, [this](std::size_t index, int row, double left, double column, bool divided) {
        if (row == rowCount()) {
            m_firstOfRow.push_back(static_cast<std::uint32_t>(index));
        }
        if (divided) {
            m_dividedRow = row;
        }
        m_left.push_back(static_cast<float>(left));
        m_widthOfColumn.push_back(static_cast<float>(column));
        return true;
    });
}

double TokenLayout::heightAt(double width, int rows) {
    int last = 0;
    bool dividerSeen = false;
    if (m_text) {
        flow(width, [&](std::size_t, int row, double, double, bool divided) {
            if (row >= rows) {
                return false;
            }
            last = row;
            dividerSeen = dividerSeen || divided;
            return true;
        });
    }
    return last * rowPitch() + rowHeight() + (dividerSeen ? dividerHeight() : 0);
}

double TokenLayout::height() const {
    return rowCount() == 0 ? 0 : rowTop(rowCount() - 1) + rowHeight();
}

double TokenLayout::rowTop(int row) const {
    return row * rowPitch() + (m_dividedRow >= 0 && row >= m_dividedRow ? dividerHeight() : 0);
}

std::size_t TokenLayout::endOf(int row) const {
    return row + 1 < rowCount() ? firstOf(row + 1) : size();
}

int TokenLayout::rowOf(std::size_t index) const {
    const auto after = std::upper_bound(m_firstOfRow.begin(), m_firstOfRow.end(), index);
    return static_cast<int>(after - m_firstOfRow.begin()) - 1;
}

int TokenLayout::rowAt(double y) const {
    const bool below = m_dividedRow >= 0 && y >= rowTop(m_dividedRow) - dividerHeight();
    const double place = below ? std::max(y - dividerHeight(), m_dividedRow * rowPitch()) : y;
    return std::clamp(static_cast<int>(std::floor(place / rowPitch())), 0, std::max(0, rowCount() - 1));
}

QRectF TokenLayout::chip(std::size_t index) const {
    return {m_left[index], rowTop(rowOf(index)), m_widthOfColumn[index], chipHeight()};
}

QRectF TokenLayout::column(std::size_t index) const {
    return {m_left[index], rowTop(rowOf(index)), m_widthOfColumn[index], rowHeight()};
}

std::optional<std::size_t> TokenLayout::tokenAt(QPointF point) const {
    if (size() == 0) {
        return std::nullopt;
    }
    const int row = rowAt(point.y());
    const std::size_t index = nearest(row, point.x());
    return column(index).contains(point) ? std::optional(index) : std::nullopt;
}

std::optional<StripLayout::Band> TokenLayout::bandOf(std::size_t token) const {
    const QRectF place = column(token);
    return Band{place.top(), place.bottom()};
}

std::size_t TokenLayout::nearest(int row, double x) const {
    const auto begin = m_left.begin() + static_cast<std::ptrdiff_t>(firstOf(row));
    const auto end = m_left.begin() + static_cast<std::ptrdiff_t>(endOf(row));
    const auto after = std::upper_bound(begin, end, x);
    return static_cast<std::size_t>((after == begin ? begin : after - 1) - m_left.begin());
}

std::optional<double> TokenLayout::dividerTop() const {
    return m_dividedRow < 0 ? std::nullopt : std::optional(rowTop(m_dividedRow) - dividerHeight());
}

}  // namespace lexiscope
