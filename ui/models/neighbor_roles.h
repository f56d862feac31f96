// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace lexiscope {

/// What a row of a list of neighbours tells beside Qt::DisplayRole, the token as people see it.
enum NeighborRole {
    BarFractionRole = Qt::UserRole + 1,  ///< double, 0…1: length of the bar; outside of it the bar is cut
    NumberRole,                          ///< QString, right of the bar ("0.702")
    SlotRole,                            ///< int, whose colour the bar takes
    IdRole,                              ///< QString before the token, all as long; empty for none
    SharedRole,                          ///< bool, a list beside this one has the same word
};

}  // namespace lexiscope
