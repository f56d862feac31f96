// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of this kind: they are refused with a reason, or give a tokenizer that keeps its
// promises.
#include "core/io/bert_tokenizer.h"
#include "tests/fuzz/tokenizer_promises.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    NoProgress progress;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto read = parseVocabTxt(bytes, "input", progress);
    if (read.ok()) {
        test::requireSoundTokens(*read.value(), test::mixedText);
        test::requireSoundTokens(*read.value(), bytes);
    } else {
        test::requireSoundError(read.error());
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\n##o\nhell\n,\ndon\n'\nt\naa\n##b\n",
        "[UNK]\r\na\r\n##a\r\n##aa\r\n\u65E5\r\ne\r\n##\u0301\r\n1\r\n##2\r\n[MASK]",
        "Hello\nhello\n\xFF\n##\n[SEP]",
        "a\n\nb\n",
    };
}
