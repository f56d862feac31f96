// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/stage_trace.h"

#include <cstddef>

#include <QString>

namespace lexiscope {

/// Stretches that are not as they were.
std::size_t changesIn(const Stage& stage);
/// Pieces that are tokens already.
std::size_t takenOut(const Stage& stage);

/// "Lowercase", "Replace · → ▁"
QString stageTitle(const Stage& stage);
/// "normalizer · 2 changes"
QString stageNote(const Stage& stage);
/// Whether its title says how a stage is set, because that is short.
bool standsInTitle(const QString& detail);

}  // namespace lexiscope
