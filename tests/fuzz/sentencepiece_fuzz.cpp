// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of this kind: they are refused with a reason, or give a tokenizer that keeps its
// promises.
#include "core/io/sentencepiece_file.h"
#include "tests/fuzz/tokenizer_promises.h"
#include "tests/support/sentencepiece_bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;
using namespace lexiscope::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    NoProgress progress;
    const auto read = parseSentencePiece({reinterpret_cast<const char*>(data), size}, "input", progress);
    if (read.ok()) {
        test::requireSoundTokens(*read.value(), test::mixedText);
    } else {
        test::requireSoundError(read.error());
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    const std::string map =
        std::string("\x08\0\0\0", 4) + std::string("\0\1\0\0\0\0\0\0", 8) + std::string("x\0", 2);
    return {small(1), small(2), small(4) + bytesField(3, bytesField(2, map))};
}
