// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting texts into tokens: bench_encode TOKENIZER TEXT [NODE_MODULES TOKENIZER_JSON].
// - TEXT as a whole, from opening the tokenizer to the last token, on one thread and on two. The references
// are
//   the native builds of tiktoken (cl100k_base, which it comes with) and of Hugging Face's tokenizers, as npm
//   packs them (@anysphere/tiktoken-node, @anush008/tokenizers), where NODE_MODULES holds them and there is
//   node: each whole process, the text cut as suits it best, 10,000 characters at a time or line by line.
// - Texts made to be slow: the time for each byte of 10 MB beside that of 100 kB.
// - A keystroke in the middle of 1 MB of TEXT.
#include "core/io/model_loader.h"
#include "core/tokenize/changed_text.h"
#include "core/tokenize/partwise_encoder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace lexiscope;

namespace {

using TokenizerPtr = std::shared_ptr<const Tokenizer>;

struct Seconds {
    double wall = 0;
    double processor = 0;
};

Seconds secondsOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
            static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

TokenizerPtr opened(const std::string& path) {
    NoProgress progress;
    Result<TokenizerPtr> tokenizer = loadTokenizer(path, progress, {});
    if (!tokenizer.ok()) {
        std::fprintf(stderr, "%s\n", toString(tokenizer.error()).c_str());
        std::exit(1);
    }
    return std::move(tokenizer).value();
}

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::string content(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)), '\0');
    file.seekg(0).read(content.data(), static_cast<std::streamsize>(content.size()));
    return content;
}

std::size_t countTokens(const Tokenizer& tokenizer, std::string_view text, WorkerPool* pool) {
    NoProgress progress;
    std::size_t count = 0;
    PartwiseEncoder encoder(tokenizer, pool);
    const Result<Done> done = encoder.encode(
        text, {}, [&count](std::span<const Token> tokens) { count += tokens.size(); }, progress);
    if (!done.ok()) {
        std::fprintf(stderr, "%s\n", toString(done.error()).c_str());
    }
    return count;
}

void print(const char* what, const Seconds& seconds, double bytes, const Seconds& own) {
    std::printf("%-44s %7.2f s, %7.2f s of processor, %6.1f MB/s", what, seconds.wall, seconds.processor,
                bytes / seconds.wall / 1e6);
    if (own.wall > 0) {
        std::printf("; here %.1f x as fast, %.1f x for each second of processor", seconds.wall / own.wall,
                    seconds.processor / own.processor);
    }
    std::printf("\n");
}

/// A script that ends by printing its seconds and those of processor, in all; nothing where it fails.
std::optional<Seconds> secondsOfNode(const std::string& script) {
    const std::string command = "node -e '" + script +
                                "const u=process.cpuUsage();console.log(performance.now()/1e3,"
                                "(u.user+u.system)/1e6);})();' 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    Seconds seconds;
    const bool isRead =
        pipe != nullptr && std::fscanf(pipe, "%lf %lf", &seconds.wall, &seconds.processor) == 2;
    if (pipe != nullptr) {
        pclose(pipe);
    }
    return isRead ? std::optional(seconds) : std::nullopt;
}

void compareWithNode(const std::string& text, const std::string& modules, const std::string& json,
                     double bytes, const Seconds& own) {
    const std::string read =
        "const fs=require(\"fs\");(async()=>{const text=fs.readFileSync(\"" + text + "\",\"utf8\");";
    if (const auto seconds =
            secondsOfNode(read + "const t=require(\"" + modules +
                          "/@anysphere/tiktoken-node\").getTokenizer();for(let i=0;i<text.length;i+=10000)"
                          "await t.encodeCl100KNoSpecialTokens(text.slice(i,i+10000));")) {
        print("tiktoken, native, cl100k_base", *seconds, bytes, own);
    }
    if (const auto seconds = secondsOfNode(read + "const t=require(\"" + modules +
                                           "/@anush008/tokenizers\").Tokenizer.fromFile(\"" + json +
                                           "\");t.disableTruncation();for(const line of text.split(\"\\n\"))"
                                           "await t.encode(line,null,{addSpecialTokens:false});")) {
        print("Hugging Face's tokenizers, native", *seconds, bytes, own);
    }
}

void measureText(const std::string& tokenizer, const std::string& path, const char* modules,
                 const char* json) {
    double bytes = 0;
    const auto run = [&](WorkerPool* pool) {
        const std::string text = contentOf(path);
        bytes = static_cast<double>(text.size());
        countTokens(*opened(tokenizer), text, pool);
    };
    const Seconds one = secondsOf([&] { run(nullptr); });
    print("one thread, set-up included", one, bytes, {});
    const Seconds two = secondsOf([&] {
        WorkerPool pool(2);
        run(&pool);
    });
    print("two threads, set-up included", two, bytes, {});
    if (modules != nullptr && json != nullptr) {
        compareWithNode(path, modules, json, bytes, one);
    }
}

std::string repeated(std::string_view unit, std::size_t size) {
    std::string text;
    while (text.size() < size) {
        text += unit;
    }
    return text;
}

std::string randomBytes(std::size_t size) {
    std::mt19937 random(1);
    std::string text;
    std::generate_n(std::back_inserter(text), size, [&random] { return static_cast<char>(random()); });
    return text;
}

double nanosecondsAByte(const Tokenizer& tokenizer, const std::string& text, int rounds) {
    double best = 1e9;
    for (int i = 0; i < rounds; ++i) {
        best = std::min(best, secondsOf([&] { countTokens(tokenizer, text, nullptr); }).processor);
    }
    return best / static_cast<double>(text.size()) * 1e9;
}

void measureWorstCases(const Tokenizer& tokenizer) {
    const std::vector<std::pair<const char*, std::function<std::string(std::size_t)>>> texts = {
        {"one letter", [](std::size_t size) { return repeated("a", size); }},
        {"one word", [](std::size_t size) { return repeated("antidisestablishmentarianism", size); }},
        {"emoji", [](std::size_t size) { return repeated("\U0001F642", size); }},
        {"spaces", [](std::size_t size) { return repeated(" ", size); }},
        {"Chinese", [](std::size_t size) { return repeated("\u4E2D\u6587", size); }},
        {"random bytes", randomBytes},
    };
    for (const auto& [name, make] : texts) {
        const double small = nanosecondsAByte(tokenizer, make(100'000), 9);
        const double large = nanosecondsAByte(tokenizer, make(10'000'000), 1);
        std::printf("%-14s %6.1f ns a byte of 100 kB, %6.1f of 10 MB: %.2f x\n", name, small, large,
                    large / small);
    }
}

void measureKeystroke(const Tokenizer& tokenizer, std::string text) {
    text.resize(std::min<std::size_t>(text.size(), 1'000'000));
    NoProgress progress;
    const Encoding known = tokenizer.encode(text, {}, progress).value();
    const std::string typed = std::string(text).insert(text.size() / 2, "x");
    double best = 1e9;
    for (int i = 0; i < 9; ++i) {
        best = std::min(best, secondsOf([&] {
                                  encodeChanged(tokenizer, text, known, typed, {}, progress).value();
                              }).processor);
    }
    std::printf("a keystroke in %zu bytes, %zu tokens: %.2f ms\n", text.size(), known.tokens.size(),
                best * 1e3);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fprintf(stderr, "bench_encode TOKENIZER TEXT [NODE_MODULES TOKENIZER_JSON]\n");
        return 2;
    }
    measureText(arguments[1], arguments[2], count > 4 ? arguments[3] : nullptr,
                count > 4 ? arguments[4] : nullptr);
    const TokenizerPtr tokenizer = opened(arguments[1]);
    measureKeystroke(*tokenizer, contentOf(arguments[2]));
    measureWorstCases(*tokenizer);
    return 0;
}
