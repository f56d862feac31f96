// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text to learn from: its words, its blocks, and a few steps of learning.
#include "core/base/utf8.h"
#include "core/train/word_trainer.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace lexiscope;

namespace {

void readWords(std::string_view text, WordSplit split) {
    WordCursor cursor(text, split);
    std::size_t lines = 0;
    std::size_t newlines = 0;
    for (WordCursor::Found found = cursor.next(); found != WordCursor::Found::End; found = cursor.next()) {
        if (found == WordCursor::Found::LineEnd) {
            ++lines;
            continue;
        }
        test::require(!cursor.word().empty() &&
                      cursor.word().find_first_of(" \n\t") == std::string_view::npos);
        test::require(split == WordSplit::Spaces || isUtf8(cursor.word()));
    }
    for (const char c : text) {
        newlines += c == '\n' ? 1 : 0;
    }
    test::require(lines == newlines);
    test::require(split == WordSplit::Spaces || (cursor.brokenBytes() == 0) == isUtf8(text));
}

void learn(std::string_view text, WordSplit split, WorkerPool& pool) {
    const Result<Corpus> corpus = Corpus::ofFile(MappedFile::ofBytes(std::string(text), "text"), split);
    if (!corpus.ok()) {
        return;
    }
    std::string all;
    for (std::size_t i = 0; i < corpus.value().blockCount(); ++i) {
        all += corpus.value().block(i);
    }
    test::require(all == text);
    WordTrainingOptions options;
    options.dimension = 3;
    options.window = 2;
    options.minCount = 1;
    options.epochs = 1;
    options.threads = 1;
    options.rate = 1;
    NoProgress progress;
    const Result<std::unique_ptr<WordTrainer>> trainer =
        WordTrainer::create(corpus.value(), options, pool, progress);
    if (!trainer.ok()) {
        test::require(trainer.error().code == ErrorCode::Broken);
        return;
    }
    test::require(trainer.value()->run(pool, progress).ok());
    test::require(trainer.value()->wordsDone() == trainer.value()->wordsInAll());
    for (const float value : trainer.value()->vectors()) {
        test::require(std::isfinite(value));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static WorkerPool pool(1);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const WordSplit split : {WordSplit::Letters, WordSplit::Spaces}) {
        readWords(text, split);
        learn(text, split, pool);
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        "The king's 日本語 É\xCC\x81_1 don't\r\n\nthe the THE a\xFF\xE2\x96 b\n",
        std::string("a b\0c", 5) + std::string(60, 'z'),
    };
}
