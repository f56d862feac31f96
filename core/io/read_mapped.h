// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace lexiscope {

/// What `read` makes of a file's bytes, a Result that holds nothing of them. A file cut short meanwhile looks
/// damaged in some other way to it, so what really happened is asked last, and said. NotFound, Unreadable.
template <typename Read>
auto readMapped(const std::filesystem::path& path, Read read) -> decltype(read(std::string_view())) {
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file.ok()) {
        return file.error();
    }
    auto result = read(file.value()->text());
    if (const Result<Done> intact = file.value()->check(); !intact.ok()) {
        return intact.error();
    }
    return result;
}

}  // namespace lexiscope
