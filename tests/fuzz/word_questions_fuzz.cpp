// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of analogies and as one of judged pairs, then asked of a small model.
#include "core/base/utf8.h"
#include "core/search/evaluation.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

using namespace lexiscope;

namespace {

Model smallModel() {
    Vocabulary::Builder builder;
    for (const char* word : {"a", "B", "b", "c", "d", "\xFF", "é"}) {
        builder.add(word);
    }
    Model model;
    model.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    model.table = EmbeddingTable::owned({1, 0, 1, 1, 0, 1, -1, 1, 0, 0, 2, 1, 1, -3}, 7, 2);
    return model;
}

bool isOneWord(std::string_view word) {
    return !word.empty() && word.find_first_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Model model = smallModel();
    static WorkerPool pool(1);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const Result<AnalogyQuestions> questions = parseAnalogyQuestions(text, "q"); questions.ok()) {
        std::size_t count = 0;
        for (const AnalogySection& section : questions.value().sections) {
            for (const AnalogyQuestion& question : section.questions) {
                for (const std::string& word : question) {
                    test::require(isOneWord(word));
                }
                ++count;
            }
        }
        NoProgress progress;
        const Result<AnalogyScores> scores = evaluateAnalogies(model, questions.value(), 0, pool, progress);
        test::require(scores.ok() && scores.value().all.total + scores.value().all.skipped == count);
        test::require(scores.value().all.correct <= scores.value().all.total);
    } else {
        test::require(questions.error().code == ErrorCode::Broken);
    }
    if (const Result<JudgedPairs> pairs = parseJudgedPairs(text, "p"); pairs.ok()) {
        for (const JudgedPair& pair : pairs.value().pairs) {
            test::require(std::isfinite(pair.score));
        }
        const Result<PairScores> scores = evaluatePairs(model, pairs.value(), 0);
        test::require(!scores.ok() ||
                      scores.value().used + scores.value().skipped == pairs.value().pairs.size());
    }
    const std::string folded = foldCase(text);
    test::require(isUtf8(folded) == isUtf8(text));
    test::require(foldCase(folded) == folded);
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        ": s\na b c d\nA B\tC \xC3\xA9\r\n\n: t\n",
        "# x\na\tb\t1e3\nb c -.5\nA \tD\t7\n",
    };
}
