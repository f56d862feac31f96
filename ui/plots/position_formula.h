// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/position_results.h"

#include <cstddef>

#include <QString>

namespace lexiscope {

/// How one number of the matrix came about, with its numbers put in: "sin(4 / 10000^(12/128)) · = sin(1.687)
/// = 0.9933", "wpe[4, 12] = 0.0121", "−0.25 · |7 − 3| = −1", "4 back · bucket 4". `value` is what stands
/// there.
QString positionFormula(const PositionMatrix& matrix, std::size_t row, std::size_t column, float value);

/// "position 4 · dimension 12", of ALiBi and T5 "query 4 · key 12"; several as "positions 4…7".
QString positionPlace(PositionKind kind, std::size_t row, std::size_t endRow, std::size_t column,
                      std::size_t endColumn);

/// What the model's file calls its table of positions: "wpe".
QString positionsNameOf(const Model* model);

/// A value in four decimals, or "NaN".
QString positionValueText(float value);

}  // namespace lexiscope
