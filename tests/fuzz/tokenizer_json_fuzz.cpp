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
        R"({"added_tokens":[{"id":5,"content":"<|end|>","single_word":false,"lstrip":false,"rstrip":false,)"
        R"("normalized":false,"special":true}],"normalizer":null,)"
        R"("pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},)"
        R"("decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true},)"
        R"("model":{"type":"BPE","unk_token":null,"vocab":{"a":0,"b":1,"Ġ":2,"ab":3,"Ġab":4},"merges":)";
    return {
        before + R"(["a b","Ġ ab"]}})",
        before + R"([["a","b"],["Ġ","ab"]]}})",
        R"({"truncation":{"max_length":9,"strategy":"OnlyFirst","stride":0},"padding":{"strategy":{"Fixed":3},)"
        R"("direction":"Left","pad_id":0,"pad_type_id":0,"pad_token":"a"},)"
        R"("normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"BertNormalizer",)"
        R"("clean_text":true,"handle_chinese_chars":true,"lowercase":true},{"prepend":"a"}]},)"
        R"("pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Metaspace","replacement":"▁"},)"
        R"({"type":"Split","pattern":{"Regex":"a+"},"behavior":"MergedWithNext","invert":false},)"
        R"({"type":"Digits","individual_digits":true},{"type":"Punctuation"}]},)"
        R"("decoder":{"type":"WordPiece","prefix":"##","cleanup":true},)"
        R"("post_processor":{"type":"Sequence","processors":[{"type":"TemplateProcessing",)"
        R"("single":[{"SpecialToken":{"id":"x","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],)"
        R"("special_tokens":{"x":{"id":"x","ids":[1,2],"tokens":["a","b"]}}},)"
        R"({"type":"BertProcessing","sep":["a",1],"cls":["b",2]}]},)"
        R"("model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",)"
        R"("max_input_chars_per_word":9,"vocab":{"[UNK]":0,"a":1,"##b":2}}})",
        R"({"post_processor":{"type":"TemplateProcessing","pair":[],"single":[)"
        R"({"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"x","type_id":0}},)"
        R"({"Sequence":{"id":"A","type_id":0}}],"special_tokens":{"x":{"id":"x","ids":[1],"tokens":["a"]}}},)"
        R"("model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0,"ab":1}}})",
        R"({"model":{"type":"Unigram","unk_id":0,"vocab":[["a",-1.5],["b",2],["a",-1],["ab",1]]},)"
        R"("x":[[[[{"y":[1e5]}]]]]})",
    };
}
