// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace lexiscope {

/// The folder of the built-in models: share/lexiscope/models beside the folder the program lies in, in the
/// build tree as in the installed one. It is where they belong; whether they are there, the loader says.
/// Empty if the system does not tell where the program lies.
std::filesystem::path modelFolder();

}  // namespace lexiscope
