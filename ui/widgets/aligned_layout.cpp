// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/aligned_layout.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QString>
#include <QTextBoundaryFinder>

namespace lexiscope {
namespace {

constexpr double gapOfRows = 4;
constexpr double gapOfLines = 14;
constexpr double partPadding = 3;            // of a part of a character, around its bytes
constexpr std::size_t wordsLookedBack = 40;  // cells of a word that moves to the next line as a whole

/// The text's first characters as UTF-16, and the byte that each unit comes from.
struct Units {
    QString text;
    std::vector<std::size_t> bytes;  // one more than units
    bool isWhole = true;
};

Units unitsOf(std::string_view text, std::size_t most) {
    Units units;
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size() && count < most; ++count) {
        const CodePoint point = codePointAt(text, at);
        const char32_t value = point.valid ? point.value : 0xFFFD;
        units.text += QString::fromUcs4(&value, 1);
        while (units.bytes.size() < static_cast<std::size_t>(units.text.size())) {
            units.bytes.push_back(at);
        }
        at += point.size;
    }
    units.bytes.push_back(at);
    units.isWhole = at == text.size();
    return units;
}

}  // namespace

void AlignedLayout::setTheme(const Theme& theme) {
    m_scale = theme.fontScale;
    m_font = theme.monoFont(13);
    m_advance.clear();
    if (!m_rows.empty()) {
        cutIntoCells();
        setWidth(m_width);
    }
}

void AlignedLayout::setRows(std::vector<std::shared_ptr<const EncodedText>> rows) {
    m_rows = std::move(rows);
    m_cells.clear();
    m_firstOfLine.clear();
    m_leftOut = 0;
    if (!m_rows.empty()) {
        cutIntoCells();
    }
}

double AlignedLayout::advance(const std::string& bytes) const {
    const auto [known, isNew] = m_advance.try_emplace(bytes, 0.0);
    if (isNew) {
        const QString label = QString::fromStdString(displayText(bytes));
        known->second = QFontMetricsF(tokenFont(m_font, label)).horizontalAdvance(label);
    }
    return known->second;
}

void AlignedLayout::cutIntoCells() {
    m_cells.clear();
    collectSpans();
    findShared();
    const Units units = unitsOf(text(), mostCharacters);
    m_leftOut = units.isWhole ? 0 : countCharacters(text()) - mostCharacters;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, units.text);
    for (qsizetype from = 0; from < units.text.size();) {
        const qsizetype end = finder.toNextBoundary();
        if (end <= from) {
            break;
        }
        Cell cell{units.bytes[static_cast<std::size_t>(from)], units.bytes[static_cast<std::size_t>(end)], 0,
                  0};
        cell.width = widthOf(cell);
        m_cells.push_back(cell);
        from = end;
    }
}

void AlignedLayout::collectSpans() {
    m_spans.assign(m_rows.size(), {});
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const std::vector<Token>& tokens = m_rows[row]->encoding.tokens;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].source.size() > 0) {
                m_spans[row].push_back({tokens[i].source.begin, tokens[i].source.end, i});
            }
        }
    }
}

void AlignedLayout::findShared() {
    m_shared.assign(m_rows.size(), {});
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        m_shared[row].assign(m_spans[row].size(), m_rows.size() > 1);
        for (std::size_t other = 0; other < m_rows.size(); ++other) {
            auto there = m_spans[other].begin();
            for (std::size_t i = 0; i < m_spans[row].size(); ++i) {
                const Span& span = m_spans[row][i];
                while (there != m_spans[other].end() && there->begin < span.begin) {
                    ++there;
                }
                const bool isThere =
                    there != m_spans[other].end() && there->begin == span.begin && there->end == span.end;
                m_shared[row][i] = m_shared[row][i] && isThere;
            }
        }
    }
}

std::vector<AlignedLayout::Span>::const_iterator AlignedLayout::firstEndingAfter(std::size_t row,
                                                                                 std::size_t byte) const {
    return std::partition_point(m_spans[row].begin(), m_spans[row].end(),
                                [byte](const Span& span) { return span.end <= byte; });
}

std::vector<ByteSpan> AlignedLayout::partsOf(std::size_t row, const Cell& cell) const {
    std::vector<ByteSpan> parts;
    std::size_t from = cell.begin;
    const auto cut = [&](std::size_t at) {
        if (at > from && at < cell.end) {
            parts.push_back({from, at});
            from = at;
        }
    };
    for (auto span = firstEndingAfter(row, cell.begin); span != m_spans[row].end() && span->begin < cell.end;
         ++span) {
        cut(span->begin);
        cut(span->end);
    }
    parts.push_back({from, cell.end});
    return parts;
}

double AlignedLayout::widthOf(const Cell& cell) const {
    double widest = 0;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const std::vector<ByteSpan> parts = partsOf(row, cell);
        double width = 0;
        for (const ByteSpan& part : parts) {
            width += advance(std::string(text().substr(part.begin, part.size()))) +
                     (parts.size() > 1 ? 2 * partPadding * m_scale : 0);
        }
        widest = std::max(widest, width);
    }
    return widest;
}

void AlignedLayout::setWidth(double width) {
    m_width = width;
    m_firstOfLine.clear();
    double left = 0;
    std::size_t firstOfWord = 0;
    const auto begin = [&](std::size_t cell) {
        m_firstOfLine.push_back(cell);
        left = 0;
    };
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        // Most tokenizers have the space with the word that follows.
        const bool isSpaceNow = isSpace(codePointAt(text(), m_cells[i].begin));
        const bool wasSpace = i > 0 && isSpace(codePointAt(text(), m_cells[i - 1].begin));
        if (isSpaceNow && !wasSpace) {
            firstOfWord = i;
        }
        if (i == 0 || text().substr(0, m_cells[i].begin).ends_with('\n')) {
            begin(i);
        } else if (left + m_cells[i].width > width && left > 0) {
            // A word moves as a whole, unless it is longer than what one would call so.
            const bool moves = firstOfWord > m_firstOfLine.back() && i - firstOfWord <= wordsLookedBack;
            begin(moves ? firstOfWord : i);
            for (std::size_t moved = m_firstOfLine.back(); moved < i; ++moved) {
                m_cells[moved].left = left;
                left += m_cells[moved].width;
            }
        }
        m_cells[i].left = left;
        left += m_cells[i].width;
    }
}

double AlignedLayout::linePitch() const {
    return static_cast<double>(m_rows.size()) * (chipHeight() + gapOfRows * m_scale) + gapOfLines * m_scale;
}

double AlignedLayout::height() const {
    return lineCount() == 0 ? 0 : lineCount() * linePitch() - gapOfLines * m_scale;
}

double AlignedLayout::rowTop(int line, std::size_t row) const {
    return lineTop(line) + static_cast<double>(row) * (chipHeight() + gapOfRows * m_scale);
}

int AlignedLayout::lineAt(double y) const {
    return std::clamp(static_cast<int>(std::floor(y / linePitch())), 0, std::max(0, lineCount() - 1));
}

std::size_t AlignedLayout::cellOf(std::size_t byte) const {
    const auto after = std::partition_point(m_cells.begin(), m_cells.end(),
                                            [byte](const Cell& cell) { return cell.end <= byte; });
    return static_cast<std::size_t>(after - m_cells.begin());
}

double AlignedLayout::xOf(std::size_t row, const Cell& cell, std::size_t byte) const {
    if (byte <= cell.begin) {
        return cell.left;
    }
    if (byte >= cell.end) {
        return cell.left + cell.width;
    }
    const std::vector<ByteSpan> parts = partsOf(row, cell);
    double all = 0;
    double before = 0;
    for (const ByteSpan& part : parts) {
        const double width = advance(std::string(text().substr(part.begin, part.size()))) + 2 * partPadding;
        all += width;
        before += part.end <= byte ? width : 0;
    }
    return cell.left + cell.width * before / all;
}

QRectF AlignedLayout::placeOf(std::size_t row, int line, std::size_t begin, std::size_t end) const {
    const double left = xOf(row, m_cells[cellOf(begin)], begin);
    const double right = xOf(row, m_cells[cellOf(end - 1)], end);
    return {left, rowTop(line, row), right - left, chipHeight()};
}

AlignedLayout::Line AlignedLayout::line(int index) const {
    Line line;
    const auto at = static_cast<std::size_t>(index);
    const std::size_t lastCell = (index + 1 < lineCount() ? m_firstOfLine[at + 1] : m_cells.size()) - 1;
    const std::size_t begin = m_cells[m_firstOfLine[at]].begin;
    const std::size_t end = m_cells[lastCell].end;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        std::size_t from = begin;
        const auto leave = [&](std::size_t until) {
            if (until > from) {
                line.gaps.push_back(
                    {row, placeOf(row, index, from, until), std::string(text().substr(from, until - from))});
            }
        };
        for (auto span = firstEndingAfter(row, begin); span != m_spans[row].end() && span->begin < end;
             ++span) {
            const std::size_t first = std::max(span->begin, begin);
            const std::size_t last = std::min(span->end, end);
            leave(first);
            const auto place = static_cast<std::size_t>(span - m_spans[row].begin());
            line.pieces.push_back({row, span->token, placeOf(row, index, first, last),
                                   std::string(text().substr(first, last - first)), span->begin >= begin,
                                   span->end <= end, m_shared[row][place]});
            from = last;
        }
        leave(end);
    }
    return line;
}

std::optional<AlignedLayout::Piece> AlignedLayout::pieceAt(QPointF point) const {
    if (lineCount() == 0) {
        return std::nullopt;
    }
    for (const Piece& piece : line(lineAt(point.y())).pieces) {
        if (piece.place.contains(point)) {
            return piece;
        }
    }
    return std::nullopt;
}

std::optional<int> AlignedLayout::lineOf(std::size_t row, std::size_t token) const {
    const auto span = std::partition_point(m_spans[row].begin(), m_spans[row].end(),
                                           [token](const Span& each) { return each.token < token; });
    if (span == m_spans[row].end() || span->token != token || m_cells.empty() ||
        span->begin >= m_cells.back().end) {
        return std::nullopt;
    }
    const auto after = std::upper_bound(m_firstOfLine.begin(), m_firstOfLine.end(), cellOf(span->begin));
    return static_cast<int>(after - m_firstOfLine.begin()) - 1;
}

}  // namespace lexiscope
