// SPDX-License-Identifier: GPL-3.0-or-later
// Looking words up among three million, none of them found early: the slowest case of each.
#include "core/search/token_lookup.h"

#include <random>

#include <benchmark/benchmark.h>

using namespace lexiscope;

namespace {

constexpr std::size_t words = 3'000'000;

/// Like word2vec-google-news-300: words and phrases in mixed case, one in twenty with letters beyond ASCII.
const Vocabulary& vocabulary() {
    static const Vocabulary made = [] {
        constexpr std::string_view letters = "etaoinshrdlucmfwypvbgkjqxz";
        std::mt19937 random(1);
        std::geometric_distribution<std::size_t> letter(0.1);
        Vocabulary::Builder builder;
        for (std::size_t i = 0; i < words; ++i) {
            std::string word;
            for (std::size_t left = 3 + random() % 14; left > 0; --left) {
                char next = letters[letter(random) % letters.size()];
                if (random() % 12 == 0) {
                    next = static_cast<char>(next - 'a' + 'A');
                }
                word += next;
            }
            if (random() % 20 == 0) {
                word += "é";
            }
            builder.add(word);
        }
        return std::move(builder).build(WordMark::None);
    }();
    return made;
}

void complete(benchmark::State& state, std::string_view prefix) {
    NoProgress progress;
    vocabulary();
    for (auto _ : state) {
        benchmark::DoNotOptimize(completions(vocabulary(), prefix, 1000000, progress));
    }
}

void closest(benchmark::State& state, std::string_view text) {
    vocabulary();
    for (auto _ : state) {
        benchmark::DoNotOptimize(closestSpellings(vocabulary(), text, 3));
    }
}

BENCHMARK_CAPTURE(complete, rare, "zqjx")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete, common, "th")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete, beyond_ascii, "éta")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(closest, short_word, "kign")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(closest, long_word, "internationalisatoin")->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
