// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/token_traits.h"

#include "core/base/utf8.h"
#include "core/embedding/table_pass.h"

#include <algorithm>
#include <limits>

namespace lexiscope {
namespace {

constexpr std::size_t pieceRows = 16384;
constexpr const char* oneByte = "\xFF";  // that is no character

}  // namespace

Result<std::shared_ptr<const TokenTraits>> TokenTraits::of(const Vocabulary& vocabulary, const IsByte& isByte,
                                                           WorkerPool& pool, Progress& progress) {
    const std::size_t rows = vocabulary.size();
    auto traits = std::make_shared<TokenTraits>();
    traits->lengths.resize(rows);
    traits->scripts.resize(rows);
    const bool isMarked = vocabulary.wordMark() != WordMark::None;
    const bool hasSpaces = isMarked && !markOf(vocabulary.wordMark()).empty();
    traits->starts.resize(isMarked ? rows : 0);
    SharedProgress shared(progress, rows, "tokens");
    const auto look = [&](std::size_t first, std::size_t last) {
        if (shared.stopRequested()) {
            return;
        }
        for (std::size_t i = first; i < last; ++i) {
            const Row row{static_cast<std::uint32_t>(i)};
            const std::string bare = isByte && isByte(row) ? oneByte : bareText(vocabulary, row);
            traits->lengths[i] = static_cast<std::uint16_t>(
                std::min<std::size_t>(countCharacters(bare), std::numeric_limits<std::uint16_t>::max()));
            traits->scripts[i] = scriptOf(bare);
            if (isMarked) {
                const bool isStart =
                    hasSpaces ? textOf(vocabulary, row).starts_with(' ') : beginsWord(vocabulary, row);
                traits->starts[i] = isStart ? 1 : 0;
            }
        }
        shared.add(last - first);
    };
    pool.parallelFor(rows, pieceRows, look, Priority::Normal);
    if (shared.stopRequested()) {
        return cancelled();
    }
    const std::vector<float> lengths(traits->lengths.begin(), traits->lengths.end());
    traits->lengthScale = scaleOf(lengths);
    return std::shared_ptr<const TokenTraits>(std::move(traits));
}

}  // namespace lexiscope
