// SPDX-License-Identifier: GPL-3.0-or-later
// Reading GloVe text of 400,000 × 300: bench_text_vectors [FOLDER]. Makes the file (1 GB) there, and takes it
// away again. The reference is gensim's reader, run by python3; without it (Debian's python3-gensim) the time
// stands alone.
#include "core/io/model_loader.h"
#include "core/io/vector_writer.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <unistd.h>

using namespace lexiscope;

namespace {

constexpr std::size_t rows = 400'000;
constexpr std::size_t dimension = 300;

/// Numbers of five digits, as GloVe writes them.
void writeFile(const std::filesystem::path& path) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 0.4F);
    std::ofstream file(path, std::ios::binary);
    std::string line;
    for (std::size_t row = 0; row < rows; ++row) {
        line = "word" + std::to_string(row);
        for (std::size_t i = 0; i < dimension; ++i) {
            char digits[32];
            const auto end =
                std::to_chars(digits, digits + sizeof digits, normal(random), std::chars_format::general, 5);
            line.append(" ").append(digits, end.ptr);
        }
        file << line << '\n';
    }
}

/// Writes the file to disk and takes it out of memory.
void makeCold(const std::filesystem::path& path) {
    const int file = open(path.c_str(), O_RDONLY);
    fsync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
}

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void load(const std::filesystem::path& path) {
    NoProgress progress;
    WorkerPool pool;
    const Result<std::shared_ptr<const Model>> model = loadModel(path, progress, {&pool, {}});
    if (!model.ok() || model.value()->table->rows() != rows ||
        model.value()->table->dimension() != dimension) {
        std::printf("not read as it was written\n");
        std::exit(1);
    }
}

void convert(const std::filesystem::path& path, const std::filesystem::path& out) {
    NoProgress progress;
    WorkerPool pool;
    const Result<std::shared_ptr<const Model>> model = loadModel(path, progress, {&pool, {}});
    if (!model.ok() ||
        !writeVectors(*model.value(), *writerForEnding(out), out, {rows, &pool}, progress).ok()) {
        std::printf("not converted\n");
        std::exit(1);
    }
}

void copyWithCat(const std::filesystem::path& path, const std::filesystem::path& out) {
    if (std::system(("cat '" + path.string() + "' > '" + out.string() + "'").c_str()) != 0) {
        std::printf("not copied\n");
    }
}

/// What gensim says itself, without the start of Python; 0 where there is none.
double secondsOfGensim(const std::filesystem::path& path) {
    const std::string command =
        "/usr/bin/python3 -c \"import time; from gensim.models import KeyedVectors as K; "
        "b=time.time(); K.load_word2vec_format('" +
        path.string() + "', no_header=True); print(time.time()-b)\" 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    double taken = 0;
    if (pipe != nullptr) {
        if (std::fscanf(pipe, "%lf", &taken) != 1) {
            taken = 0;
        }
        pclose(pipe);
    }
    return taken;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const std::filesystem::path path = folder / "lexiscope-bench-400000x300.txt";
    writeFile(path);
    for (int round = 0; round < 3; ++round) {
        const double loading = seconds([&] { load(path); });
        const double gensim = secondsOfGensim(path);
        std::printf("GloVe text of %zu x %zu: %.2f s", rows, dimension, loading);
        gensim > 0 ? std::printf("; gensim %.1f s: %.1f times as fast\n", gensim, gensim / loading)
                   : std::printf("; no gensim to compare with\n");
        const std::filesystem::path out = folder / "lexiscope-bench-out";
        const std::filesystem::path binary = std::filesystem::path(out).concat(".bin");
        const std::filesystem::path text = std::filesystem::path(out).concat(".vec");
        const auto throughDisk = [&](const std::filesystem::path& written,
                                     const std::function<void()>& work) {
            makeCold(path);
            return seconds([&] {
                work();
                makeCold(written);
            });
        };
        const double copying = throughDisk(text, [&] { copyWithCat(path, text); });
        const double toBinary = throughDisk(binary, [&] { convert(path, binary); });
        const double toText = throughDisk(text, [&] { convert(path, text); });
        std::printf("cat %.2f s; convert to binary %.2f s: %.1f times; to text %.2f s: %.1f times\n", copying,
                    toBinary, toBinary / copying, toText, toText / copying);
        std::filesystem::remove(binary);
        std::filesystem::remove(text);
    }
    std::filesystem::remove(path);
    return 0;
}
