// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as vocab.json and merges.txt: they are refused with a reason, or give a tokenizer that keeps its
// promises.
#include "core/io/gpt2_tokenizer_files.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;

namespace {

/// Without the bytes that no token stands for: those the merges go over.
std::string knownOf(std::string_view piece, const std::array<bool, 256>& isKnown) {
    std::string known;
    std::copy_if(piece.begin(), piece.end(), std::back_inserter(known),
                 [&](char byte) { return isKnown[static_cast<unsigned char>(byte)]; });
    return known;
}

std::array<bool, 256> knownBytes(const Tokenizer& tokenizer) {
    std::array<bool, 256> isKnown{};
    for (std::uint32_t id = 0; id < tokenizer.vocabularySize(); ++id) {
        const std::string bytes = tokenizer.tokenBytes(TokenId{id});
        if (bytes.size() == 1) {
            isKnown[static_cast<unsigned char>(bytes.front())] = true;
        }
    }
    return isKnown;
}

void checkTokenizer(const Tokenizer& tokenizer, std::string_view text, const EncodeOptions& options) {
    const std::array<bool, 256> isKnown = knownBytes(tokenizer);
    NoProgress progress;
    const Result<Encoding> encoding = tokenizer.encode(text, options, progress);
    test::require(encoding.ok());
    std::size_t at = 0;
    for (const Token& token : encoding.value().tokens) {
        test::require(token.source.begin == at && token.source.end > at);
        at = token.source.end;
        const std::string_view piece = text.substr(token.source.begin, token.source.size());
        test::require(token.id.has_value() == (token.kind != TokenKind::Unknown));
        if (token.id) {
            test::require(token.id->value < tokenizer.vocabularySize());
            const std::string decoded = tokenizer.decode(std::vector<TokenId>{*token.id}).value();
            test::require(decoded == piece || decoded == knownOf(piece, isKnown));
            test::require(tokenizer.tokenKind(*token.id) == token.kind);
        }
    }
    test::require(at == text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t firstEnd = all.find('\xFE');
    const std::string_view vocab = all.substr(0, firstEnd);
    const std::string_view rest = firstEnd == std::string_view::npos ? "" : all.substr(firstEnd + 1);
    const std::size_t secondEnd = rest.find('\xFE');
    const std::string_view merges = rest.substr(0, secondEnd);
    const std::string_view text = secondEnd == std::string_view::npos ? all : rest.substr(secondEnd + 1);

    NoProgress progress;
    const auto tokenizer = parseGpt2Tokenizer(vocab, merges, "vocab.json", "merges.txt", progress);
    if (!tokenizer.ok()) {
        test::require(!tokenizer.error().what.empty() && !tokenizer.error().where.empty());
        return 0;
    }
    const VocabularyMakeup makeup = tokenizer.value()->makeup().value();
    test::require(makeup.bytes + makeup.merges + makeup.specials + makeup.other + makeup.unused ==
                  tokenizer.value()->vocabularySize());
    checkTokenizer(*tokenizer.value(), text, {false, false});
    checkTokenizer(*tokenizer.value(), text, {false, true});
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    const std::string vocab =
        R"({"a": 0, "b": 1, "ab": 2, "\u0120": 3, "\u0120ab": 4, "<s>": 5, "\u00c3": 6})";
    const std::string merges = "#version: 0.2\na b\nĠ ab\n";
    return {
        vocab + "\xFE" + merges + "\xFE" + "abba ab! <s> 12",
        vocab + "\xFE\xFE",
        "{\"a\":0,\"aa\":1,\"aaaa\":2}\xFE"
        "a a\r\naa aa\n\xFE" +
            std::string(100, 'a'),
        "{\"a\":0,\"aa\":1,\"aaaa\":2}\xFE"
        "a a\r\naa aa\n\xFE"
        "aaacaaa2ac",
        "[[[{\"a\":1e9}]]]",
        "{\"a\":0,\"b\":3,\"ab\":4}\xFE"
        "a b\na b\n\xFE"
        "ab[unused 1]",
    };
}
