// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of this kind: they are refused with a reason, or give a tokenizer that keeps its
// promises.
#include "core/io/tiktoken_file.h"
#include "tests/fuzz/tokenizer_promises.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lexiscope;

namespace {

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::array<unsigned, 3> three{};
        for (std::size_t k = 0; k < 3 && i + k < bytes.size(); ++k) {
            three.at(k) = static_cast<unsigned char>(bytes[i + k]);
        }
        const unsigned bits = (three[0] << 16U) | (three[1] << 8U) | three[2];
        for (std::size_t k = 0; k < 4; ++k) {
            text += i + k <= bytes.size() ? digits[(bits >> (18U - 6U * k)) & 63U] : '=';
        }
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    NoProgress progress;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto read = parseTiktoken(bytes, "input", SplitScheme::O200k, progress);
    if (read.ok()) {
        test::requireSoundTokens(*read.value(), test::mixedText);
    } else {
        test::requireSoundError(read.error());
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    std::string sound;
    for (unsigned byte = 0; byte < 256; ++byte) {
        sound += base64(std::string(1, static_cast<char>(byte))) + " " + std::to_string(byte) + "\n";
    }
    return {"YWI= 0\nYQ== 1\nYg== 2\n", sound.substr(sound.size() - 60) + base64("ab") + " 256\n"};
}
