// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a pair of models beside one plain matrix product in float of a part of the same cosines, on
// all cores: the counter "products" is how many products of all words with all words, over both models'
// dimensions, a comparison takes.
#include "core/compare/pair_numbers.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

#include <Eigen/Core>
#include <benchmark/benchmark.h>

using namespace lexiscope;

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Every `step`th row is a word of the other model too: "w0", "w1", …; the others have no counterpart.
Model makeModel(std::size_t rows, std::size_t dimension, std::size_t shared, char own) {
    std::mt19937 random(static_cast<unsigned>(dimension));
    std::normal_distribution<float> normal;
    std::vector<float> values(rows * dimension);
    std::generate(values.begin(), values.end(), [&] { return normal(random); });
    std::vector<std::size_t> order(rows);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), random);
    Vocabulary::Builder builder;
    for (const std::size_t word : order) {
        builder.add((word < shared ? 'w' : own) + std::to_string(word));
    }
    Model model;
    model.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    model.table = EmbeddingTable::owned(std::move(values), rows, dimension);
    return model;
}

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// All words with all words, in blocks that are thrown away.
void plainProduct(const Matrix& vectors, WorkerPool& pool) {
    constexpr std::size_t block = 256;
    const auto words = static_cast<std::size_t>(vectors.rows());
    const std::size_t blocks = (words + block - 1) / block;
    pool.parallelFor(blocks * blocks, 4, [&](std::size_t begin, std::size_t end) {
        Matrix product;
        for (std::size_t tile = begin; tile < end; ++tile) {
            const auto row = static_cast<Eigen::Index>(tile / blocks * block);
            const auto column = static_cast<Eigen::Index>(tile % blocks * block);
            product.noalias() =
                vectors.middleRows(row, std::min<Eigen::Index>(block, vectors.rows() - row)) *
                vectors.middleRows(column, std::min<Eigen::Index>(block, vectors.rows() - column))
                    .transpose();
            benchmark::DoNotOptimize(product.data());
        }
    });
}

/// Both models hold `shared` words of the other.
void pairOf(benchmark::State& state) {
    const auto shared = static_cast<std::size_t>(state.range(0));
    const Model first = makeModel(50257, 768, shared, 'a');
    const Model second = makeModel(20000, 100, shared, 'b');
    const Matrix vectors = Matrix::Random(static_cast<Eigen::Index>(shared), 768 + 100);
    WorkerPool pool;
    NoProgress progress;
    std::vector<double> times;
    std::vector<double> products;
    for (auto _ : state) {
        products.push_back(seconds([&] { plainProduct(vectors, pool); }));
        times.push_back(
            seconds([&] { benchmark::DoNotOptimize(pairNumbers(first, second, pool, progress)); }));
        state.SetIterationTime(times.back());
    }
    const auto median = [](std::vector<double>& values) {
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                         values.end());
        return values[values.size() / 2];
    };
    const double product = median(products);
    state.counters["product_s"] = product;
    state.counters["products"] = median(times) / product;
}

BENCHMARK(pairOf)->Arg(8000)->Arg(20000)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(3);

}  // namespace

BENCHMARK_MAIN();
