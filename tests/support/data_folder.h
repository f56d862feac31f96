// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <QTest>

namespace lexiscope::test {

/// The folder of real data: what LEXISCOPE_DATA names, else ../shared/data beside the project. It may be
/// absent.
inline std::filesystem::path dataFolder() {
    const char* named = std::getenv("LEXISCOPE_DATA");
    if (named != nullptr && *named != '\0') {
        return named;
    }
    return std::filesystem::path(LEXISCOPE_SOURCE_DIR) / "../shared/data";
}

/// The models that come with the program.
inline std::filesystem::path builtinModels() {
    return std::filesystem::path(LEXISCOPE_SOURCE_DIR) / "resources/models";
}

}  // namespace lexiscope::test

/// Leaves the test function as skipped where `place`, a std::filesystem::path below dataFolder(), does not
/// exist.
#define LEXISCOPE_NEEDS_DATA(place)                                                                     \
    do {                                                                                                \
        const std::filesystem::path neededData(place);                                                  \
        if (!std::filesystem::exists(neededData)) {                                                     \
            QSKIP(("no " + neededData.string() + "; LEXISCOPE_DATA names the folder of data").c_str()); \
        }                                                                                               \
    } while (false)
