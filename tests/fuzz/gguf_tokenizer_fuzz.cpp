// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of this kind: they are refused with a reason, or give a tokenizer that keeps its
// promises.
#include "core/io/gguf_tokenizer.h"
#include "tests/fuzz/tokenizer_promises.h"
#include "tests/support/gguf_tokenizer_bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;
using namespace lexiscope::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    NoProgress progress;
    const auto read = parseGgufTokenizer({reinterpret_cast<const char*>(data), size}, "input", progress);
    if (read.ok()) {
        test::requireSoundTokens(*read.value(), test::mixedText);
    } else {
        test::requireSoundError(read.error());
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    Gguf pieces;
    pieces.addText("general.name", "phi-3").addText("tokenizer.ggml.model", "llama");
    pieces.addTexts("tokenizer.ggml.tokens", {"<unk>", "<s>", "</s>", "\u2581", "a", "<0x0A>"});
    pieces.addInts("tokenizer.ggml.token_type", {2, 3, 4, 1, 1, 6});
    pieces.addFloats("tokenizer.ggml.scores", {0, 0, 0, -1, -2, 0});
    pieces.addCount("tokenizer.ggml.bos_token_id", 9);
    Gguf raw;
    raw.addText("tokenizer.ggml.model", "gemma4");
    raw.addTexts("tokenizer.ggml.tokens", {"<bos>", "a", "\u2581", "\u2581a"});
    raw.addTexts("tokenizer.ggml.merges", {"\u2581 a"}).addCount("tokenizer.ggml.bos_token_id", 0);
    return {words().bytes(), bytePairs("gpt-2").addTexts("tokenizer.ggml.merges", {"a b"}).bytes(),
            scored().bytes(), pieces.bytes(), raw.bytes()};
}
