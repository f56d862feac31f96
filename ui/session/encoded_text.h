// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/encoding.h"
#include "core/tokenize/tokenizer.h"

#include <cstddef>
#include <memory>
#include <string>

namespace lexiscope {

/// A text and its tokens by one tokenizer: what the token strip shows. Immutable, shared by const pointer.
struct EncodedText {
    std::string text;  ///< UTF-8 as typed; may hold any bytes when it came from a file
    Encoding encoding;
    std::shared_ptr<const Tokenizer> tokenizer;
    EncodeOptions options;
    std::size_t positions = 0;   ///< how many positions the model has; 0 when it has none of its own
    std::size_t characters = 0;  ///< code points of `text`
};

/// The bytes that the token in that place stands for: its own, or the source's where the vocabulary has none.
std::string bytesOf(const EncodedText& text, std::size_t place);

}  // namespace lexiscope
