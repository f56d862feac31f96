// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/resource_folder.h"

#include <system_error>

namespace lexiscope {

std::filesystem::path modelFolder() {
    std::error_code failure;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure) {
        return {};
    }
    return program.parent_path().parent_path() / "share/lexiscope/models";
}

}  // namespace lexiscope
