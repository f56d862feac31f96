// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as tokenizer.json: they are refused with a reason, or give a tokenizer that keeps its promises.
#include "core/io/tokenizer_json.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;

namespace {

void checkTokenizer(const Tokenizer& tokenizer, std::string_view text, const EncodeOptions& options) {
    NoProgress progress;
    const Result<Encoding> encoding = tokenizer.encode(text, options, progress);
    test::require(encoding.ok());
    std::size_t at = 0;
    for (const Token& token : encoding.value().tokens) {
        test::require(token.source.begin == at && token.source.end > at);
        at = token.source.end;
        if (token.id) {
            test::require(token.id->value < tokenizer.vocabularySize());
            const std::string_view piece = text.substr(token.source.begin, token.source.size());
            test::require(tokenizer.decode(std::vector<TokenId>{*token.id}).value() == piece);
            test::require(tokenizer.tokenKind(*token.id) == token.kind);
        }
    }
    test::require(at == text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    NoProgress progress;
    const auto tokenizer = parseTokenizerJson(json, "tokenizer.json", progress);
    if (!tokenizer.ok()) {
        test::require(!tokenizer.error().what.empty() &&
                      tokenizer.error().where.starts_with("tokenizer.json"));
        return 0;
    }
    for (const bool parseSpecial : {false, true}) {
        checkTokenizer(*tokenizer.value(), "abba ab! <|end|>", {false, parseSpecial});
        checkTokenizer(*tokenizer.value(), json, {false, parseSpecial});
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    const std::string before =
        R"({"added_tokens":[{"id":5,"content":"<|end|>","lstrip":false,"special":true}],"normalizer":null,)"
        R"("pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},"decoder":{"type":"ByteLevel"},)"
        R"("model":{"type":"BPE","unk_token":null,"vocab":{"a":0,"b":1,"Ġ":2,"ab":3,"Ġab":4},"merges":)";
    return {
        before + R"(["a b","Ġ ab"]}})",
        before + R"([["a","b"],["Ġ","ab"]]}})",
        R"({"model":{"type":"Unigram","vocab":[["a",-1.5],["b",2]]},"x":[[[[{"y":[1e5]}]]]]})",
    };
}
