// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"

#include <functional>
#include <memory>

#include <QMenu>
#include <QString>
#include <QWidget>

namespace lexiscope {

/// Adds a menu of the forms in which neighborText() puts that list on the clipboard; nothing for an empty
/// list or none.
void addCopyMenu(QMenu& menu, const QString& title, const std::shared_ptr<const NeighborResult>& neighbors);

/// A right click there, or the menu key, offers the same for what `neighbors` then gives.
void offerCopies(QWidget& list, std::function<std::shared_ptr<const NeighborResult>()> neighbors);

}  // namespace lexiscope
