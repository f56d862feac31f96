// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"

#include <string>

namespace lexiscope {

enum class TableForm { Markdown, Latex, Csv, Python };

/// A list of neighbours as text to be pasted: rank, ID, token and score.
///
/// Markdown (GitHub's tables) and LaTeX (a tabular for any engine; Unicode beyond what fonts have is the
/// document's affair) show tokens as the window does, with "·" for a space, and four digits of the score.
/// CSV (as CsvLine writes it) and Python (a list of tuples, after a comment on what it is) hold tokens as the
/// vocabulary spells them and all digits. A Python literal keeps bytes that are no UTF-8 as str does by
/// errors="surrogateescape".
std::string neighborText(const NeighborResult& neighbors, TableForm form);

}  // namespace lexiscope
