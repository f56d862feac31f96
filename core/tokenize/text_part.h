// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/tokenizer.h"

#include <string_view>
#include <vector>

namespace lexiscope {

/// Encodes text[part), each end of which is a word cut or an end of the text, with a tokenizer that keeps
/// words apart or sums them. The words beside it are encoded with it and left out again, so that what happens
/// at the ends of a text happens to them. `watch` may be null; its places lie in the part, or at its end.
Result<Done> encodePart(Encoder& encoder, std::string_view text, const ByteSpan& part,
                        const EncodeOptions& options, const TakeTokens& take, Progress& progress,
                        SumWatch* watch = nullptr);

/// Word cuts within the part, some way from each other, as encodeChanged() is to find sums at.
std::vector<TextSum> sumsAskedFor(std::string_view text, const ByteSpan& part);

Token shifted(Token token, std::size_t by);

}  // namespace lexiscope
