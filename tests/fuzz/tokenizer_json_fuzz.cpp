// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as tokenizer.json: they are refused with a reason, or give a tokenizer that keeps its promises.
#include "core/io/tokenizer_json.h"
#include "tests/fuzz/tokenizer_promises.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    NoProgress progress;
    const auto tokenizer = parseTokenizerJson(json, "tokenizer.json", progress);
    if (!tokenizer.ok()) {
        test::require(!tokenizer.error().what.empty() &&
                      tokenizer.error().where.starts_with("tokenizer.json"));
        return 0;
    }
    test::requireSoundTokens(*tokenizer.value(), "abba ab! <|end|>");
    test::requireSoundTokens(*tokenizer.value(), test::mixedText);
    test::requireSoundTokens(*tokenizer.value(), json);
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
        R"({"normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"BertNormalizer"}]},)"
        R"("pre_tokenizer":{"type":"Metaspace"},"decoder":{"type":"WordPiece"},"post_processor":{"type":"ByteLevel"},)"
        R"("model":{"type":"WordPiece","unk_token":"[UNK]","vocab":{"[UNK]":0,"a":1,"##b":2}}})",
        R"({"model":{"type":"Unigram","vocab":[["a",-1.5],["b",2]]},"x":[[[[{"y":[1e5]}]]]]})",
    };
}
