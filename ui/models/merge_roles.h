// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace lexiscope {

/// What a row of a list of merges tells beside Qt::DisplayRole, which says all of it in words.
enum MergeRole {
    MergeNumberRole = Qt::UserRole + 1,  ///< QString before the row: its rank, ID or round
    MergeLeftRole,                       ///< QString, empty where nothing was merged
    MergeRightRole,
    MergeResultRole,  ///< QString, what came of it
    MergeValueRole,   ///< QString at the end of the row: a count or a score
};

}  // namespace lexiscope
