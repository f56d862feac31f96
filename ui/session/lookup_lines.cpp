// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/lookup_lines.h"

namespace lexiscope {
namespace {

constexpr std::size_t shownAtEnds = 2;
constexpr std::size_t shownBesideRow = 1;

}  // namespace

std::vector<LookupLine> lookupLines(std::size_t rows, std::size_t row, std::size_t most) {
    std::vector<LookupLine> lines;
    const auto isShown = [&](std::size_t at) {
        const std::size_t away = at > row ? at - row : row - at;
        return rows <= most || at < shownAtEnds || at + shownAtEnds >= rows || away <= shownBesideRow;
    };
    const std::size_t nearest = row > shownBesideRow ? row - shownBesideRow : 0;
    for (std::size_t at = 0; at < rows;) {
        // From what is not shown to the next row that is.
        const std::size_t next = isShown(at) ? at + 1 : at < nearest ? nearest : rows - shownAtEnds;
        lines.push_back({at, next - at, {}});
        at = next;
    }
    return lines;
}

}  // namespace lexiscope
