// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lexiscope {

/// `lexiscope [MODEL [MODEL]] [--text T]`
struct WindowOptions {
    std::vector<std::string> models;  ///< none, one or two; paths or "builtin:NAME"; something is there
    std::optional<std::string> text;  ///< bytes; none: the window chooses
};

/// `lexiscope render WHAT --out F …`, found sound as far as can be told without a model.
struct RenderOptions {
    std::string what;                   ///< one of the figures that `lexiscope render --help` lists
    std::string part;                   ///< one of its parts in the same list; empty: all of it
    std::string out;                    ///< a path; its ending is one of those that the same help lists
    std::optional<std::string> model;   ///< path or "builtin:NAME"
    std::optional<std::string> model2;  ///< only with `model`
    std::optional<std::string> model3;  ///< only with `model2`
    std::optional<std::string> model4;  ///< only with `model3`
    std::optional<std::string> text;
    std::optional<std::string> select;  ///< a token
    std::string size;                   ///< "1280x720", "160x90mm"; empty: the figure chooses
    double scale = 1;                   ///< multiplies the pixels of an image; 0.1 … 16
    std::string theme = "light";        ///< light, dark or print
    double fontSize = 1;                ///< factor of all type, 0.5 … 3
    bool caption = false;
    bool transparent = false;
    std::string view;  ///< a JSON object; empty: what the figure begins with
};

/// Does what the command line asks for and gives the exit status: 0 done, 1 failed, 2 wrong usage. A failure
/// is one line on standard error. Only the window and `render` use Qt; every other subcommand makes do
/// without.
int runCommandLine(int argc, char** argv);

}  // namespace lexiscope
