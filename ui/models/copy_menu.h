// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"

#include <memory>

#include <QMenu>
#include <QString>

namespace lexiscope {

/// Adds a menu of the forms in which neighborText() puts that list on the clipboard; nothing for an empty
/// list or none.
void addCopyMenu(QMenu& menu, const QString& title, const std::shared_ptr<const NeighborResult>& neighbors);

}  // namespace lexiscope
