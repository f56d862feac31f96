// SPDX-License-Identifier: GPL-3.0-or-later
// Exact searches beside one reading of the same matrix from memory on all cores: the counter "reads" is how
// many such readings a search takes.
#include "core/embedding/embedding_table.h"
#include "core/search/analogy.h"
#include "core/search/nearest.h"

#include <chrono>
#include <cstring>
#include <random>

#include <benchmark/benchmark.h>

using namespace lexiscope;

namespace {

constexpr std::size_t rows = 50257;
constexpr std::size_t dimension = 768;
constexpr std::size_t bytes = rows * dimension * sizeof(float);

std::vector<float> randomNumbers() {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    for (float& value : values) {
        value = normal(random);
    }
    return values;
}

const EmbeddingTable& table() {
    static const std::shared_ptr<const EmbeddingTable> made =
        EmbeddingTable::owned(randomNumbers(), rows, dimension);
    return *made;
}

WorkerPool& pool() {
    static WorkerPool workers;
    return workers;
}

/// Reads every byte once and does the least with it.
std::uint64_t readOnce(const float* values, std::size_t count) {
    constexpr std::size_t lanes = 16;
    std::uint64_t sums[lanes] = {};
    const auto* bytesOfValues = reinterpret_cast<const char*>(values);
    for (std::size_t i = 0; i + lanes <= count / 2; i += lanes) {
        std::uint64_t words[lanes];
        std::memcpy(words, bytesOfValues + i * sizeof(std::uint64_t), sizeof words);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            sums[lane] |= words[lane];
        }
    }
    std::uint64_t all = 0;
    for (const std::uint64_t sum : sums) {
        all |= sum;
    }
    return all;
}

void readMatrix() {
    table().visitBlocks(Row{0}, Row{1}, 1, [](Row, std::span<const float> first) {
        // An owned table lies in one piece: reached through its first row, as no search is allowed to.
        const float* values = first.data();
        pool().parallelFor(rows, 1024, [values](std::size_t from, std::size_t to) {
            benchmark::DoNotOptimize(readOnce(values + from * dimension, (to - from) * dimension));
        });
        return true;
    });
}

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Reading and searching take turns, so that both meet the same machine; the medians are compared.
void besideReading(benchmark::State& state, const std::function<void()>& search) {
    std::vector<double> reads;
    std::vector<double> searches;
    readMatrix();
    for (auto _ : state) {
        reads.push_back(seconds(readMatrix));
        searches.push_back(seconds(search));
        state.SetIterationTime(searches.back());
    }
    const auto median = [](std::vector<double>& times) {
        std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                         times.end());
        return times[times.size() / 2];
    };
    const double read = median(reads);
    state.counters["search_ms"] = 1000 * median(searches);
    state.counters["read_ms"] = 1000 * read;
    state.counters["read_GB/s"] = static_cast<double>(bytes) / read / 1e9;
    state.counters["reads"] = median(searches) / read;
}

void topTen(benchmark::State& state, Metric metric, bool withNorms) {
    NoProgress progress;
    std::shared_ptr<const RowNorms> norms;
    if (withNorms) {
        norms = RowNorms::compute(table(), pool(), progress).value();
    }
    const NearestQuery query = {table().row(Row{1234}), metric, 10, {Row{1234}}, 0};
    besideReading(state,
                  [&] { benchmark::DoNotOptimize(nearest(table(), norms.get(), query, pool(), progress)); });
}

void analogyTen(benchmark::State& state, AnalogyMethod method) {
    NoProgress progress;
    const std::vector<Row> positive = {Row{10}, Row{20}};
    const std::vector<Row> negative = {Row{30}};
    besideReading(state, [&] {
        benchmark::DoNotOptimize(analogy(table(), nullptr, positive, negative, method, 10, pool(), progress));
    });
}

BENCHMARK_CAPTURE(topTen, cosine, Metric::Cosine, false)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(60);
BENCHMARK_CAPTURE(topTen, cosine_norms, Metric::Cosine, true)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(60);
BENCHMARK_CAPTURE(topTen, dot, Metric::Dot, false)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(60);
BENCHMARK_CAPTURE(topTen, euclidean, Metric::Euclidean, false)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(60);
BENCHMARK_CAPTURE(analogyTen, add, AnalogyMethod::Add)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(30);
BENCHMARK_CAPTURE(analogyTen, multiply, AnalogyMethod::Multiply)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(30);

}  // namespace

BENCHMARK_MAIN();
