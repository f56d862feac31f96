// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/lost_bytes.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace lexiscope {
namespace {

std::uint64_t brokenBytes(std::string_view text) {
    if (isUtf8(text)) {
        return 0;
    }
    std::uint64_t count = 0;
    for (std::size_t place = 0; place < text.size();) {
        const CodePoint point = codePointAt(text, place);
        count += point.valid ? 0 : point.size;
        place += point.size;
    }
    return count;
}

/// There is one.
std::size_t firstBroken(std::string_view text) {
    std::size_t place = 0;
    for (CodePoint point = codePointAt(text, place); point.valid; point = codePointAt(text, place)) {
        place += point.size;
    }
    return place;
}

}  // namespace

std::optional<LostBytes> lostBytes(const PieceCounts& counts, std::string_view text, TokenizerKind kind) {
    if (kind == TokenizerKind::Bpe) {
        return std::nullopt;
    }
    LostBytes lost;
    // Word by word, each once: no character is cut where words end.
    for (std::size_t i = 0; i < counts.size(); ++i) {
        lost.count += brokenBytes(counts.piece(i)) * counts.count(i);
    }
    if (lost.count == 0) {
        return std::nullopt;
    }
    lost.first = firstBroken(text);
    const std::string_view before = text.substr(0, lost.first);
    lost.line = 1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    return lost;
}

std::string toString(const LostBytes& lost) {
    const bool isOne = lost.count == 1;
    return grouped(lost.count) + (isOne ? " byte is" : " bytes are") + " no UTF-8 and " +
           (isOne ? "teaches" : "teach") + " nothing: " + (isOne ? "" : "the first of them is ") + "byte " +
           grouped(lost.first) + ", in line " + grouped(lost.line);
}

}  // namespace lexiscope
