// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over its seeds and their neighbours, or writes the seeds to a folder for libFuzzer to
// begin with.
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/sanitized.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace {

std::size_t runs = 0;

void run(std::string_view input) {
    // A copy of exactly this size, so that AddressSanitizer sees a step past its end.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    ++runs;
}

/// Each byte replaced by all of these; with a sanitizer, by one of them.
void runWithNeighbours(const std::string& seed) {
    constexpr std::string_view replacements("\0\x01 \n\"09-[}\x7F\xFF", 12);
    run(seed);
    for (std::size_t i = 0; i < seed.size(); ++i) {
        run(std::string_view(seed).substr(0, i));
        std::string changed = seed;
        for (std::size_t j = 0; j < replacements.size(); ++j) {
            if (!lexiscope::test::isSanitized || j == i % replacements.size()) {
                changed[i] = replacements[j];
                run(changed);
            }
        }
        run(seed.substr(0, i) + seed.substr(i + 1));
        run(seed.substr(0, i) + seed);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> seeds = lexiscope::test::fuzzSeeds();
    if (argc == 2) {
        std::filesystem::create_directories(argv[1]);
        for (std::size_t i = 0; i < seeds.size(); ++i) {
            std::ofstream(std::filesystem::path(argv[1]) / ("seed-" + std::to_string(i)), std::ios::binary)
                << seeds[i];
        }
        return 0;
    }
    for (const std::string& seed : seeds) {
        runWithNeighbours(seed);
    }
    std::printf("%zu inputs\n", runs);
    return runs == 0 ? 1 : 0;
}
