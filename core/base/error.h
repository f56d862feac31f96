// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lexiscope {

enum class ErrorCode {
    NotFound,         ///< no such file, token or model
    Unreadable,       ///< the system refused to open, map or read it
    Unsupported,      ///< sound, but of a kind this program does not read
    Broken,           ///< of a known kind, but damaged or contradicting itself
    InvalidArgument,  ///< the caller asked for something that makes no sense
    Cancelled,        ///< somebody asked to stop; never shown as a failure
};

/// Why something could not be done: what, where, and what to do about it.
struct Error {
    ErrorCode code = ErrorCode::Broken;
    std::string where;  ///< file and line or byte, token, or option; may be empty
    std::string what;   ///< one sentence without a final full stop
    std::string hint;   ///< what the reader can do; may be empty

    bool operator==(const Error&) const = default;
};

/// "WHERE: WHAT (HINT)" without the parts that are empty. One line, as the command line prints it.
std::string toString(const Error& error);

/// The error every cancelled job ends with.
Error cancelled();

}  // namespace lexiscope
