// SPDX-License-Identifier: GPL-3.0-or-later
// From a file that is not in memory to the first neighbours: bench_cold_file [FOLDER]. Makes a word2vec file
// of 3,000,000 × 300 numbers (3.6 GB) there, and takes it away again. The reference is reading the file once,
// as `cat FILE > /dev/null` does.
#include "core/io/model_loader.h"
#include "core/search/nearest.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <unistd.h>
#include <vector>

using namespace lexiscope;

namespace {

constexpr std::size_t rows = 3'000'000;
constexpr std::size_t dimension = 300;

void writeFile(const std::filesystem::path& path) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> pattern(dimension * 101);
    for (float& value : pattern) {
        value = normal(random);
    }
    std::ofstream file(path, std::ios::binary);
    file << rows << ' ' << dimension << '\n';
    for (std::size_t row = 0; row < rows; ++row) {
        file << "word" << row << ' ';
        file.write(reinterpret_cast<const char*>(&pattern[(row * 7) % (dimension * 100)]),
                   dimension * sizeof(float));
        file << '\n';
    }
}

/// Writes the file to disk and takes it out of the page cache.
void makeCold(const std::filesystem::path& path) {
    const int file = open(path.c_str(), O_RDONLY);
    fsync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
}

void readOnce(const std::filesystem::path& path) {
    const int file = open(path.c_str(), O_RDONLY);
    std::vector<char> buffer(128 * 1024);
    while (read(file, buffer.data(), buffer.size()) > 0) {
    }
    close(file);
}

void loadAndSearch(const std::filesystem::path& path) {
    NoProgress progress;
    WorkerPool pool;
    const auto begin = std::chrono::steady_clock::now();
    const Result<std::shared_ptr<const Model>> model = loadModel(path, progress);
    if (!model.ok()) {
        std::printf("%s\n", toString(model.error()).c_str());
        return;
    }
    const std::chrono::duration<double> loading = std::chrono::steady_clock::now() - begin;
    const EmbeddingTable& table = *model.value()->table;
    const auto found =
        nearest(table, nullptr, {table.row(Row{5}), Metric::Cosine, 10, {Row{5}}, 0}, pool, progress);
    std::printf("  loading %.1f s, then %zu neighbours\n", loading.count(),
                found.ok() ? found.value().size() : 0);
}

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const std::filesystem::path path = folder / "lexiscope-bench-3000000x300.bin";
    writeFile(path);
    for (int round = 0; round < 2; ++round) {
        makeCold(path);
        const double reading = seconds([&] { readOnce(path); });
        makeCold(path);
        const double answering = seconds([&] { loadAndSearch(path); });
        const double again = seconds([&] { loadAndSearch(path); });
        std::printf("reading once %.1f s, first neighbours %.1f s: %.2f readings; warm %.1f s\n", reading,
                    answering, answering / reading, again);
    }
    std::filesystem::remove(path);
    return 0;
}
