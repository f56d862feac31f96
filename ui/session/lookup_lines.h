// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace lexiscope {

/// Rows of a table below each other that a picture shows, or that it leaves out.
struct LookupLine {
    std::size_t first = 0;
    std::size_t count = 1;
    std::vector<float> values;  ///< of a row that is shown; empty: these rows are left out
};

/// Which of `rows` rows are shown where `row` is looked up: all if they are at most `most`, else the first
/// two, the last two and those around `row`, in at most 9 lines; what lies between is left out, unless it is
/// a single row. Without values: a line of one row is one that is shown.
std::vector<LookupLine> lookupLines(std::size_t rows, std::size_t row, std::size_t most);

}  // namespace lexiscope
