// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_pieces.h"

#include <algorithm>

namespace lexiscope {
namespace {

/// A match joins what stands before it, unless that is a match as well.
std::vector<ByteSpan> mergedWithPrevious(const std::vector<Stretch>& stretches) {
    std::vector<ByteSpan> pieces;
    bool wasMatch = false;
    for (const Stretch& stretch : stretches) {
        if (stretch.isMatch && !wasMatch && !pieces.empty()) {
            pieces.back().end = stretch.span.end;
        } else {
            pieces.push_back(stretch.span);
        }
        wasMatch = stretch.isMatch;
    }
    return pieces;
}

std::vector<ByteSpan> mergedWithNext(const std::vector<Stretch>& stretches) {
    std::vector<ByteSpan> pieces;
    bool wasMatch = false;
    for (std::size_t i = stretches.size(); i-- > 0;) {
        const Stretch& stretch = stretches[i];
        if (stretch.isMatch && !wasMatch && !pieces.empty()) {
            pieces.back().begin = stretch.span.begin;
        } else {
            pieces.push_back(stretch.span);
        }
        wasMatch = stretch.isMatch;
    }
    std::reverse(pieces.begin(), pieces.end());
    return pieces;
}

std::vector<ByteSpan> contiguous(const std::vector<Stretch>& stretches) {
    std::vector<ByteSpan> pieces;
    bool wasMatch = false;
    for (const Stretch& stretch : stretches) {
        if (!pieces.empty() && stretch.isMatch == wasMatch) {
            pieces.back().end = stretch.span.end;
        } else {
            pieces.push_back(stretch.span);
        }
        wasMatch = stretch.isMatch;
    }
    return pieces;
}

}  // namespace

void addPiece(std::vector<ByteSpan>& pieces, const ByteSpan& piece) {
    if (piece.size() > 0) {
        pieces.push_back(piece);
    }
}

void addPieces(std::vector<ByteSpan>& out, const std::vector<Stretch>& stretches, SplitBehavior behavior) {
    std::vector<ByteSpan> pieces;
    switch (behavior) {
        case SplitBehavior::Removed:
        case SplitBehavior::Isolated:
            for (const Stretch& stretch : stretches) {
                if (!stretch.isMatch || behavior == SplitBehavior::Isolated) {
                    addPiece(out, stretch.span);
                }
            }
            return;
        case SplitBehavior::MergedWithPrevious:
            pieces = mergedWithPrevious(stretches);
            break;
        case SplitBehavior::MergedWithNext:
            pieces = mergedWithNext(stretches);
            break;
        case SplitBehavior::Contiguous:
            pieces = contiguous(stretches);
            break;
    }
    for (const ByteSpan& piece : pieces) {
        addPiece(out, piece);
    }
}

}  // namespace lexiscope
