// SPDX-License-Identifier: GPL-3.0-or-later
// PCA of tables made in code. "multiply-adds" is the work of the covariances: rows × D × D / 2.
#include "core/embedding/embedding_table.h"
#include "core/projection/pca.h"

#include <random>

#include <benchmark/benchmark.h>

using namespace lexiscope;

namespace {

/// Directions of falling strength, as learned vectors have.
std::shared_ptr<const EmbeddingTable> makeTable(std::size_t rows, std::size_t dimension) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    for (std::size_t row = 0; row < rows; ++row) {
        float carried = 0;
        for (std::size_t i = 0; i < dimension; ++i) {
            carried = 0.5F * carried + normal(random);
            values[row * dimension + i] = carried / (1.0F + 0.01F * static_cast<float>(i));
        }
    }
    return EmbeddingTable::owned(std::move(values), rows, dimension);
}

void pcaOf(benchmark::State& state) {
    const auto rows = static_cast<std::size_t>(state.range(0));
    const auto dimension = static_cast<std::size_t>(state.range(1));
    const std::shared_ptr<const EmbeddingTable> table = makeTable(rows, dimension);
    WorkerPool pool;
    NoProgress progress;
    for (auto _ : state) {
        benchmark::DoNotOptimize(pca(*table, {}, pool, progress));
    }
    state.counters["multiply-adds"] = benchmark::Counter(
        static_cast<double>(rows) * static_cast<double>(dimension) * static_cast<double>(dimension) / 2,
        benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(pcaOf)->Args({16384, 128})->Args({50257, 768})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(pcaOf)->Args({4096, 4096})->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
