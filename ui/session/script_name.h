// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/script.h"

#include <QString>

namespace lexiscope {

/// What a script is called: to people ("Old Italic"), and in files and saved views ("old-italic").
QString scriptName(Script script);
QString scriptKey(Script script);
QString groupName(ScriptGroup group);

}  // namespace lexiscope
