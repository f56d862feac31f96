// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

// What an x_fuzz.cpp defines. libFuzzer calls the first with what it makes up; the replay program, part of
// the tests, calls it with the seeds, with each seed cut short and with each of its bytes changed.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace lexiscope::test {

/// What a fuzz target asserts, in builds without assertions too.
inline void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Small sound inputs, and ones that once were a fault.
std::vector<std::string> fuzzSeeds();

}  // namespace lexiscope::test
