// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line.h"

namespace lexiscope {

/// Opens the window on the models and runs until it is closed. Gives the exit status.
int runWindow(const WindowOptions& options, int argc, char** argv);

/// Paints one figure into a file, without a display. Gives the exit status, having said on standard error why
/// it failed.
int runRender(const RenderOptions& options);

}  // namespace lexiscope
