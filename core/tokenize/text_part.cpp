// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/text_part.h"

#include "core/tokenize/word_cuts.h"

#include <algorithm>

namespace lexiscope {
namespace {

void shiftPlaces(SumWatch* watch, std::size_t by) {
    for (std::size_t i = 0; watch != nullptr && i < watch->sums.size(); ++i) {
        watch->sums[i].place += by;
    }
}

}  // namespace

Token shifted(Token token, std::size_t by) {
    token.source = {token.source.begin + by, token.source.end + by};
    return token;
}

Result<Done> encodePart(Encoder& encoder, std::string_view text, const ByteSpan& part,
                        const EncodeOptions& options, const TakeTokens& take, Progress& progress,
                        SumWatch* watch) {
    const bool isLast = part.end == text.size();
    const std::size_t begin = part.begin == 0 ? 0 : wordCutUpTo(text, part.begin - 1);
    const std::size_t end = isLast ? part.end : wordCutFrom(text, part.end + 1);
    shiftPlaces(watch, std::size_t{0} - begin);
    encoder.watch(watch);
    std::vector<Token> own;
    const TakeTokens takeOwn = [&](std::span<const Token> tokens) {
        const auto beginsBefore = [begin](const Token& token, std::size_t place) {
            return token.source.begin + begin < place;
        };
        const auto first = std::lower_bound(tokens.begin(), tokens.end(), part.begin, beginsBefore);
        const auto last =
            isLast ? tokens.end() : std::lower_bound(first, tokens.end(), part.end, beginsBefore);
        own.resize(static_cast<std::size_t>(last - first));
        std::transform(first, last, own.begin(),
                       [begin](const Token& token) { return shifted(token, begin); });
        take(own);
    };
    Result<Done> done = encoder.encode(text.substr(begin, end - begin), options, takeOwn, progress);
    shiftPlaces(watch, begin);
    return done;
}

std::vector<TextSum> sumsAskedFor(std::string_view text, const ByteSpan& part) {
    constexpr std::size_t bytesBetween = 256;
    std::vector<TextSum> sums;
    const std::string_view upToEnd = text.substr(0, part.end);
    for (std::size_t place = part.begin; place < part.end;) {
        place = wordCutFrom(upToEnd, place + bytesBetween);
        if (place < part.end) {
            sums.push_back({place, 0, 0});
        }
    }
    return sums;
}

}  // namespace lexiscope
