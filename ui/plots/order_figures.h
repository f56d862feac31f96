// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/token_rows.h"
#include "ui/session/order_analysis.h"

#include <cstddef>
#include <memory>
#include <optional>

#include <QString>

namespace lexiscope {

// What the two views of rows say of two sentences that have been read, and of one that is shuffled.

/// Both sentences: each token's row without positions and with them, their means, and how far the two are
/// apart. The lines of `selected` are marked.
TokenRowFigure sameWordsFigure(const std::shared_ptr<const OrderResult>& result, std::optional<Row> selected);

/// The first sentence as typed and shuffled: the running state after each word up to `step`, beside all rows
/// at once; and what shuffling changes.
TokenRowFigure parallelFigure(const std::shared_ptr<const OrderResult>& result, std::size_t step);

/// Of a number of the figures above, with what it was added up from: "·dog at position 2 · dimension 17 ·
/// 0.0312 + 0.0841 = 0.1153".
QString sameWordsReadOut(const OrderResult& result, const TokenRowPlace& place);
QString parallelReadOut(const OrderResult& result, const TokenRowPlace& place);

/// Whether the sentences are the same words, and if not, which are not in both; and what was left out of
/// them.
QString sameWordsVerdict(const OrderResult& result);
/// What was left out of the first sentence; empty: nothing.
QString leftOut(const OrderResult& result);

/// "0", "0.532", "3.1e−8": a distance for people.
QString distanceText(double distance);

}  // namespace lexiscope
