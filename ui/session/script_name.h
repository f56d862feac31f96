// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/script.h"

#include <QString>

namespace lexiscope {

/// What a script is called: to people ("Cyrillic"), and in files and saved views ("cyrillic").
QString scriptName(Script script);
QString scriptKey(Script script);

}  // namespace lexiscope
