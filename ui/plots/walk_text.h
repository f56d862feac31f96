// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/trace_analysis.h"

#include <cstddef>

#include <QString>

namespace lexiscope {

/// How the steps of a piece are drawn.
enum class WalkView {
    Rows,  ///< what stands after each step, below each other; of a lattice all there is
    Tree,  ///< of merges alone
};

/// How many moments a walk has; at least one. BPE: the symbols of the begin, one for each merge, and one more
/// where some of what is left is no entry of the vocabulary. WordPiece: the word, one for each attempt, and
/// one more where it comes to nothing. Unigram: the places, one for each of them but the last, and the way
/// back. Else one.
std::size_t stepsOf(const PieceWalk& walk);
bool hasTree(const PieceWalk& walk);

/// What happens at that moment: a sentence or two with the numbers put in.
QString walkText(const PieceWalk& walk, std::size_t step);

/// A stretch of the piece as chips show it: "·the".
QString walkLabel(const PieceWalk& walk, const ByteSpan& span);

}  // namespace lexiscope
