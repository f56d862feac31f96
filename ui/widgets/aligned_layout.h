// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/session/encoded_text.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <QFont>
#include <QPointF>
#include <QRectF>

namespace lexiscope {

/// One text, cut by several tokenizers, set in lines: each character has one place, and in each line the
/// tokenizers' tokens stand below each other, so that where one cuts can be seen in the others. A character
/// that some tokenizer cuts has room for its parts, which are shown as their bytes. Lengths are logical
/// pixels.
class AlignedLayout {
  public:
    /// More characters of a text are left out, which leftOut() tells.
    static constexpr std::size_t mostCharacters = 20000;

    /// A token, or what of it stands in one line.
    struct Piece {
        std::size_t row = 0;    ///< which tokenizer
        std::size_t token = 0;  ///< its place among the tokens
        QRectF place;
        std::string bytes;  ///< of the source
        bool begins = true;
        bool ends = true;
        bool isShared = false;  ///< all rows have a token of just these bytes
    };
    /// Characters that a tokenizer has no token for, as it leaves them out.
    struct Gap {
        std::size_t row = 0;
        QRectF place;
        std::string bytes;
    };
    struct Line {
        std::vector<Piece> pieces;
        std::vector<Gap> gaps;
    };

    void setTheme(const Theme& theme);
    /// All of one text. Forgets the lines until setWidth().
    void setRows(std::vector<std::shared_ptr<const EncodedText>> rows);
    void setWidth(double width);

    std::size_t rowCount() const { return m_rows.size(); }
    const EncodedText& row(std::size_t index) const { return *m_rows[index]; }
    int lineCount() const { return static_cast<int>(m_firstOfLine.size()); }
    double lineTop(int line) const { return line * linePitch(); }
    double linePitch() const;
    double height() const;
    int lineAt(double y) const;
    Line line(int index) const;
    /// The row that a height within a line belongs to.
    double rowTop(int line, std::size_t row) const;
    std::optional<Piece> pieceAt(QPointF point) const;
    /// The line in which the token begins; none where it is left out.
    std::optional<int> lineOf(std::size_t row, std::size_t token) const;
    std::size_t leftOut() const { return m_leftOut; }
    const QFont& font() const { return m_font; }
    double chipHeight() const { return 24 * m_scale; }

  private:
    /// One character as people see it, of one code point or several.
    struct Cell {
        std::size_t begin = 0;
        std::size_t end = 0;
        double width = 0;
        double left = 0;  // in its line
    };
    /// A token that stands for bytes of the text.
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t token = 0;
    };

    double advance(const std::string& bytes) const;
    std::string_view text() const { return m_rows.front()->text; }
    void cutIntoCells();
    void collectSpans();
    void findShared();
    double widthOf(const Cell& cell) const;
    /// The parts of the cell that the row's tokens cut it into; one where none does.
    std::vector<ByteSpan> partsOf(std::size_t row, const Cell& cell) const;
    /// Where in its line the row's text from that byte of the cell on begins.
    double xOf(std::size_t row, const Cell& cell, std::size_t byte) const;
    /// The row's bytes from one to another, all in cells of one line.
    QRectF placeOf(std::size_t row, int line, std::size_t begin, std::size_t end) const;
    std::size_t cellOf(std::size_t byte) const;
    std::vector<Span>::const_iterator firstEndingAfter(std::size_t row, std::size_t byte) const;

    double m_scale = 1;
    QFont m_font;
    double m_width = 0;
    std::vector<std::shared_ptr<const EncodedText>> m_rows;
    std::vector<std::vector<Span>> m_spans;   // by row, in the order of the text
    std::vector<std::vector<bool>> m_shared;  // by row and span
    std::vector<Cell> m_cells;
    std::vector<std::size_t> m_firstOfLine;  // cells
    std::size_t m_leftOut = 0;
    mutable std::unordered_map<std::string, double> m_advance;
};

}  // namespace lexiscope
