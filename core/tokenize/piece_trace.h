// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/bpe_merges.h"
#include "core/tokenize/encoding.h"
#include "core/tokenize/token_model.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace lexiscope {

// How a model comes to the tokens of one piece, step by step.

/// Byte-pair encoding: symbols that merge, two at a time.
struct MergeTrace {
    static constexpr std::uint32_t noRank = MergeTable::noRank;

    /// A symbol: there from the begin, or made of two neighbours.
    struct Node {
        std::uint32_t symbol = PieceMerger::noToken;
        ByteSpan span = {};                        ///< of the piece
        std::optional<TokenId> id = std::nullopt;  ///< nothing where it is no entry
        bool isClosed = false;                     ///< merges with nothing
        std::uint32_t rank = noRank;               ///< of the merge that made it
        std::size_t left = 0;                      ///< nodes it was made of; only with a rank
        std::size_t right = 0;
    };
    std::vector<Node> nodes;  ///< first those of the begin, from left to right, then one for each merge
    std::size_t leaves = 0;   ///< how many there are at the begin
    /// The ranks of the pairs beside each other after so many merges, noRank where two do not merge.
    std::vector<std::vector<std::uint32_t>> ranks;
    /// The piece is looked up before anything merges, and is an entry: the merges, which come to the same,
    /// are not made.
    bool isLookedUp = false;

    std::size_t merges() const { return nodes.size() - leaves; }
    /// The nodes that stand after so many merges, from left to right.
    std::vector<std::size_t> stateAfter(std::size_t merges) const;
};

/// Merges the leaves until no pair is left that merges, as PieceMerger does, and writes down each step.
/// Quadratic in the number of leaves. `entries`: so many symbols, from 0 on, are IDs.
MergeTrace traceMerges(const MergeTable& table, std::vector<MergeTrace::Node> leaves, std::size_t entries);

/// Of a piece that is looked up, the closed node `whole`: the merges, where they come to that entry as well,
/// else the node alone.
MergeTrace traceLookedUp(const MergeTrace::Node& whole, MergeTrace merges);

/// WordPiece: from each place on the longest entry, found by trying ever shorter ones.
struct MatchTrace {
    struct Attempt {
        ByteSpan span;  ///< of the piece
        std::optional<TokenId> id;
    };
    enum class Outcome {
        Whole,
        TooLong,  ///< more characters than a word may have: nothing was tried
        Stuck,    ///< no entry goes on from some place: all of it is unknown
    };
    /// Attempts with more characters than this are told only where an entry is as long.
    static constexpr std::size_t charactersTold = 100;
    std::vector<Attempt> attempts;
    std::string prefix;  ///< of all that does not begin the piece
    Outcome outcome = Outcome::Whole;
};

/// Unigram: all entries that stand in the piece, and the best way through them.
struct LatticeTrace {
    struct Edge {
        ByteSpan span;              ///< of the piece
        std::optional<TokenId> id;  ///< nothing: a character that is no entry
        double score = 0;           ///< of the entry
        double sum = 0;             ///< with the best way to its begin
        bool wins = false;          ///< when it was tried, every way to its end was worse
        bool isOnPath = false;
    };
    struct Place {
        std::size_t byte = 0;
        bool isReached = false;
        double best = 0;           ///< sum of the best way there
        std::size_t edgesEnd = 0;  ///< edges[…, edgesEnd) begin here or before
    };
    std::vector<Edge> edges;    ///< in the order they are tried
    std::vector<Place> places;  ///< between characters, begin and end included
};

/// Fills in sums and the best path, from edges with scores that are in order of their begins and places in
/// order: of equal ways the one that was found first. `keepsFloats`: the sums are kept as float32.
void findBestPath(LatticeTrace& lattice, bool keepsFloats);

/// The piece is an entry or it is not.
struct LookupTrace {
    std::optional<TokenId> id;
};

struct PieceTrace {
    std::variant<MergeTrace, MatchTrace, LatticeTrace, LookupTrace> steps;
    std::vector<PieceToken> tokens;  ///< what the model makes of the piece
};

}  // namespace lexiscope
