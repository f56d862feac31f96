// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/text_widths.h"
#include "ui/plots/walk_scene.h"

#include <vector>

namespace lexiscope {

/// Fills a scene.
class WalkScene::Maker {
  public:
    Maker(WalkScene& scene, const PieceWalk& walk, std::size_t step, const Theme& theme, bool isFolded);

    void make(const MergeTrace& trace, WalkView view);
    void make(const MatchTrace& trace, WalkView view);
    void make(const LatticeTrace& trace, WalkView view);
    void make(const LookupTrace& trace, WalkView view);

  private:
    // Pixels, at a font scale of 1.
    static constexpr double cellHeight = 26;
    static constexpr double tallCell = 37;  // with a number in a second line
    static constexpr double rowGap = 8;
    static constexpr double idHeight = 17;
    static constexpr double cellGap = 4;
    static constexpr double padding = 6;
    static constexpr double edge = 2;
    static constexpr double leastSymbol = 26;
    static constexpr double leastAttempt = 38;
    static constexpr double leastLeaf = 30;
    static constexpr double leastWay = 54;

    /// Attempts that share a row: one, or several that failed.
    struct AttemptRow {
        std::size_t first = 0;
        std::size_t count = 1;
    };
    std::vector<AttemptRow> rowsOf(const MatchTrace& trace) const;
    void addAttempts(const MatchTrace& trace, const AttemptRow& row, double top, int& found);
    static QString failed(std::size_t attempts);
    void makeRows(const MergeTrace& trace);
    void makeTree(const MergeTrace& trace);
    void addRanks(const MergeTrace& trace, std::size_t step, double top);
    void addTokens(double top);
    /// Of the edges up to `shown`, the one that leads best to each place.
    static std::vector<std::size_t> bestEdges(const LatticeTrace& trace, std::size_t shown);
    void addPlaces(const LatticeTrace& trace, double base, const std::vector<std::size_t>& best);

    /// `stretches` side by side cover the piece; each is as wide as its text and tokens, and at least
    /// `least`.
    void placeColumns(const std::vector<ByteSpan>& stretches, double least, double left);
    /// Of the tokens that lie in that stretch with their IDs, beside each other.
    double widthOfTokens(const ByteSpan& stretch);
    std::vector<ByteSpan> characters() const;
    double xOf(std::size_t byte) const;
    QRectF chip(const ByteSpan& span, double top, double height = cellHeight) const;
    double widthOf(const QString& number) { return m_numbers.of(number); }
    /// At the left of a row.
    void addNumber(const QString& number, double top);
    /// At the right of a row.
    void addSide(const QString& text, double top, bool isStrong);
    void finish(double height, double side);

    WalkScene& m_scene;
    const PieceWalk& m_walk;
    std::size_t m_step;
    const double m_unit;
    const bool m_isFolded;
    TextWidths m_texts;
    TextWidths m_numbers;
    std::vector<std::size_t> m_bytes;  // edges between the columns
    std::vector<double> m_xs;          // of those
};

}  // namespace lexiscope
