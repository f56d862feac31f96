// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_file.h"

#include "core/base/grouped.h"
#include "core/base/mapped_file.h"
#include "core/io/other_formats.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

namespace lexiscope {
namespace {

constexpr std::size_t sampleSize = 64 << 10;

bool isCalledText(const std::filesystem::path& path) {
    constexpr std::array<std::string_view, 3> endings = {".txt", ".text", ".md"};
    return std::find(endings.begin(), endings.end(), path.extension().string()) != endings.end();
}

}  // namespace

Result<std::optional<std::string>> readText(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return std::optional<std::string>();
    }
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file.ok()) {
        return file.error();
    }
    const std::string_view bytes = file.value()->text();
    const std::string_view sample = bytes.substr(0, sampleSize);
    if (!isCalledText(path) && (!looksLikeText(sample) || beginsAsJson(sample))) {
        return std::optional<std::string>();
    }
    if (bytes.size() > longestText) {
        return Error{ErrorCode::Unsupported, path.string(),
                     "is a text of " + grouped(bytes.size()) + " bytes; up to " + grouped(longestText) +
                         " can be cut into tokens here",
                     "take a part of it"};
    }
    std::string text(bytes);
    const Result<Done> check = file.value()->check();
    return check.ok() ? Result<std::optional<std::string>>(std::optional(std::move(text))) : check.error();
}

}  // namespace lexiscope
