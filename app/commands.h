// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"

namespace lexiscope {

// The subcommands: each a table of options and one function. `command_line.cpp` lists them.

Command infoCommand();
Command tokensCommand();
Command decodeCommand();
Command vectorCommand();
Command neighborsCommand();
Command similarityCommand();
Command analogyCommand();
Command oddOneOutCommand();
Command evaluateCommand();
Command projectCommand();
Command positionsCommand();
Command trainWordsCommand();
Command trainTokenizerCommand();
Command compareCommand();
Command convertCommand();
Command renderCommand();

/// The option that most of them share.
inline constexpr OptionSpec jsonOption = {
    "--json", Takes::Nothing, {}, "Print one JSON document instead of text"};

}  // namespace lexiscope
