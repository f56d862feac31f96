// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/encoded_text.h"

#include <cstddef>
#include <string>
#include <vector>

namespace lexiscope {

enum class TokenForm {
    Ids,     ///< "437 2003 285"
    Json,    ///< {"count", "tokens": [{"id", "token", "text", "bytes", "start", "end", "kind"}]}
    Python,  ///< [437, 2003, 285]
};

/// The tokens at those places as text to be pasted, in the order of `places`. JSON is what the command
/// `tokens` prints; there, bytes that are no UTF-8 become U+FFFD in "token" and "text", and stand in "bytes"
/// in hexadecimal. A token without ID is -1, null or None.
std::string tokenText(const EncodedText& text, const std::vector<std::size_t>& places, TokenForm form);

}  // namespace lexiscope
