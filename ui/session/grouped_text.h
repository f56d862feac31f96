// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <QString>

namespace lexiscope {

/// "16,384": the one way in which the window groups the digits of a count.
QString groupedText(std::uint64_t number);

/// "1 token", "1,204 tokens": `many` has %1 for the number.
QString counted(std::uint64_t number, const QString& one, const QString& many);

}  // namespace lexiscope
