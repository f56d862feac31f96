// SPDX-License-Identifier: GPL-3.0-or-later
// Encoding in parts, on threads, and of what a change has touched gives the tokens of encoding the whole.
#include "core/tokenize/partwise_encoder.h"

#include "core/base/byte_alphabet.h"
#include "core/io/model_loader.h"
#include "core/tokenize/byte_level_bpe.h"
#include "core/tokenize/changed_text.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/unigram.h"
#include "core/tokenize/word_cuts.h"
#include "tests/support/data_folder.h"
#include "tests/support/sanitized.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

using TokenizerPtr = std::shared_ptr<const Tokenizer>;

/// All bytes, some merges and a special token.
TokenizerPtr smallBpe(SplitScheme scheme, const std::string& special = "<|end|>") {
    ByteLevelBpeParts parts;
    for (int byte = 0; byte < 256; ++byte) {
        parts.spellings.push_back(spellingOfBytes(std::string(1, static_cast<char>(byte))));
    }
    const auto idOf = [&parts](const std::string& bytes) {
        const std::string spelling = spellingOfBytes(bytes);
        const auto place = std::find(parts.spellings.begin(), parts.spellings.end(), spelling);
        if (place == parts.spellings.end()) {
            parts.spellings.push_back(spelling);
            return TokenId{static_cast<std::uint32_t>(parts.spellings.size() - 1)};
        }
        return TokenId{static_cast<std::uint32_t>(place - parts.spellings.begin())};
    };
    const std::vector<std::pair<std::string, std::string>> merges = {
        {"a", "b"}, {" ", "a"}, {"\xC3", "\xA9"}, {"b", "c"}, {" ", " "}, {"ab", "c"}, {"1", "2"}};
    for (const auto& [left, right] : merges) {
        const TokenId leftId = idOf(left);
        const TokenId rightId = idOf(right);
        parts.merges.push_back({leftId, rightId, idOf(left + right)});
    }
    parts.specials = {TokenId{static_cast<std::uint32_t>(parts.spellings.size())}};
    parts.before = *parts.specials;
    parts.after = *parts.specials;
    parts.strippingBefore = *parts.specials;
    parts.spellings.push_back(special);
    parts.split = scheme;
    return makeByteLevelBpe(std::move(parts));
}

/// Words, spaces and all that tokenizers treat in ways of their own.
/// As SentencePiece's, but for the precision of sums.
TokenizerPtr smallUnigram(bool keepsFloats, bool isCoarse, const std::string& more = {}, double scoreOfA = -3,
                          bool marksSpaces = false) {
    std::vector<std::string> entries = {
        "<unk>", "\u2581",   " ",         "a",         "b",          "c",  "e",  "g",  "h",       "i",
        "k",     "n",        "o",         "q",         "s",          "t",  "u",  "1",  "\u2581a", "\u2581ab",
        "ab",    "abc",      "\u2581abc", "\u2581the", "\u2581king", "ng", "in", "ki", "qu",      "een",
        "ee",    "\u2581of", "bc",        "\u2581o",   "f",          "'s", "12"};
    if (!more.empty()) {
        entries.push_back(more);
    }
    if (marksSpaces) {
        std::erase(entries, " ");
    }
    UnigramParts parts;
    Vocabulary::Builder builder;
    std::mt19937 random(4);
    for (const std::string& entry : entries) {
        builder.add(entry);
        const double score =
            isCoarse ? -static_cast<double>(1 + random() % 24) / 4 : -1 - static_cast<double>(random()) / 5e8;
        parts.scores.push_back(entry == "a" ? scoreOfA : keepsFloats ? static_cast<float>(score) : score);
        parts.isUsable.push_back(entry != "<unk>");
    }
    parts.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::Metaspace));
    parts.unknown = TokenId{0};
    parts.unknownScore = isCoarse ? -20 : static_cast<float>(-19.7);
    parts.keepsFloats = keepsFloats;
    parts.marksSpaces = marksSpaces;
    PipelineParts pipeline;
    pipeline.vocabulary = parts.vocabulary;
    pipeline.normalizer = makeReplace(" ", "\u2581");
    pipeline.added.push_back({"<s>", TokenId{0}, true});
    pipeline.model = makeUnigram(std::move(parts));
    return makePipeline(std::move(pipeline));
}

std::string randomText(std::mt19937& random, std::size_t stretches) {
    static const std::vector<std::string> all = {
        "a",       "abc",  " ",          " ab",      " abc ab",      "  ",   "\n",       " \n ",     "'s",
        "12",      " 345", "\u00E9",     "e\u0301",  "\u65E5\u672C", "\xFF", "\xE2\x96", ".",        ", b",
        "<|end|>", " <s>", "\U0001F642", "ABc",      "\u2581",       "\t",   "a cab",    "The king", " of",
        " queens", "</s>", "[MASK]",     " it's 12", "''",           "``",   "\u3000"};
    std::string text;
    for (std::size_t i = 0; i < stretches; ++i) {
        text += all[random() % all.size()];
    }
    return text;
}

Encoding encoded(const Tokenizer& tokenizer, std::string_view text, const EncodeOptions& options) {
    NoProgress progress;
    return tokenizer.encode(text, options, progress).value();
}

Encoding inParts(PartwiseEncoder& encoder, std::string_view text, const EncodeOptions& options) {
    NoProgress progress;
    Encoding encoding;
    const Result<Done> done = encoder.encode(
        text, options,
        [&encoding](std::span<const Token> tokens) {
            encoding.tokens.insert(encoding.tokens.end(), tokens.begin(), tokens.end());
        },
        progress);
    return done.ok() ? encoding : Encoding{};
}

/// A text with one stretch taken out and another put in.
std::string changedText(std::mt19937& random, const std::string& text) {
    const std::size_t begin = random() % (text.size() + 1);
    const std::size_t removed =
        std::min<std::size_t>(random() % 3 == 0 ? random() % 40 : random() % 3, text.size() - begin);
    return text.substr(0, begin) + (random() % 4 == 0 ? "" : randomText(random, random() % 3)) +
           text.substr(begin + removed);
}

constexpr std::array allOptions = {EncodeOptions{false, false}, EncodeOptions{false, true},
                                   EncodeOptions{true, false}, EncodeOptions{true, true}};

void checkParts(const Tokenizer& tokenizer, std::mt19937& random, int texts, std::size_t partSize = 24,
                std::size_t stretches = 200) {
    WorkerPool pool(3);
    PartwiseEncoder inTurn(tokenizer, nullptr, partSize);
    PartwiseEncoder onThreads(tokenizer, &pool, partSize);
    for (int i = 0; i < texts; ++i) {
        const std::string text = randomText(random, random() % stretches);
        for (const EncodeOptions& options : allOptions) {
            const Encoding whole = encoded(tokenizer, text, options);
            QVERIFY2(inParts(inTurn, text, options).tokens == whole.tokens, text.c_str());
            QVERIFY2(inParts(onThreads, text, options).tokens == whole.tokens, text.c_str());
        }
    }
}

void checkChanges(const Tokenizer& tokenizer, std::mt19937& random, int texts) {
    NoProgress progress;
    for (int i = 0; i < texts; ++i) {
        std::string before = randomText(random, random() % 60);
        const EncodeOptions& options = allOptions[random() % allOptions.size()];
        Encoding known = encoded(tokenizer, before, options);
        for (int change = 0; change < 8; ++change) {
            std::string text = changedText(random, before);
            known = encodeChanged(tokenizer, before, known, text, options, progress).value();
            QVERIFY2(known.tokens == encoded(tokenizer, text, options).tokens,
                     (before + "\n->\n" + text).c_str());
            before = std::move(text);
        }
    }
}

}  // namespace

class PartwiseEncoderTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void textsAreCutBetweenWords() {
        const std::string text = "to be, 1 or 2 not";
        QCOMPARE(wordCutFrom(text, 0), std::size_t{2});
        QCOMPARE(wordCutFrom(text, 2), std::size_t{2});
        QCOMPARE(wordCutFrom(text, 3), std::size_t{8});  // "be, 1": a comma before, a digit behind
        QCOMPARE(wordCutFrom(text, 9), std::size_t{13});
        QCOMPARE(wordCutFrom(text, 14), text.size());
        QCOMPARE(wordCutUpTo(text, text.size()), std::size_t{13});
        QCOMPARE(wordCutUpTo(text, 8), std::size_t{8});
        QCOMPARE(wordCutUpTo(text, 7), std::size_t{2});
        QCOMPARE(wordCutUpTo(text, 1), std::size_t{0});
        for (const char* none : {"", " ", "a", "a ", " a", "a  b", "a\nb", "\u00E9 a", "a \u00E9"}) {
            QCOMPARE(wordCutFrom(none, 0), std::string_view(none).size());
            QCOMPARE(wordCutUpTo(none, 9), std::size_t{0});
        }
    }

    void somethingMayReachOverACut() {
        for (const char* over : {"a b", "the end", "x\u2581y", "1 ", "<a b>"}) {
            QVERIFY(reachesOverWordCut(over));
        }
        for (const char* not_over : {"", "a", " a", "\u2581\u2581a", "<end>", ". a", "\u00E9 a"}) {
            QVERIFY(!reachesOverWordCut(not_over));
        }
        QVERIFY(smallBpe(SplitScheme::Gpt2)->keepsWordsApart());
        QVERIFY(!smallBpe(SplitScheme::Gpt2, "<the end>")->keepsWordsApart());
        QVERIFY(smallBpe(SplitScheme::Gpt2, "<the\u2581end>")->keepsWordsApart());
        QVERIFY(reachesOverWordCut("x y", false) && !reachesOverWordCut("x\u2581y", false));
    }

    void partsAndChangesOfByteLevelBpe() {
        std::mt19937 random(7);
        for (const SplitScheme scheme : allSplitSchemes) {
            for (const char* special : {"<|end|>", "<s>", "king of", "b\u2581a"}) {
                const TokenizerPtr tokenizer = smallBpe(scheme, special);
                checkParts(*tokenizer, random, 20);
                checkChanges(*tokenizer, random, 60);
            }
        }
    }

    void partsAndChangesOfPublishedTokenizers_data() {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"gpt2", "gpt2/tokenizer.json", "tiktoken/cl100k_base.tiktoken",
              "bert-base-uncased/tokenizer.json", "gguf/ggml-vocab-gpt-2.gguf",
              "gguf/ggml-vocab-bert-bge.gguf", "gguf/ggml-vocab-llama-spm.gguf", "gguf/ggml-vocab-phi-3.gguf",
              "sentencepiece/wiki-unigram.model", "sentencepiece/wiki-bpe.model"}) {
            QTest::newRow(file) << file;
        }
    }
    void partsAndChangesOfPublishedTokenizers() {
        QFETCH(const QString, file);
        const std::filesystem::path path = dataFolder() / "tokenizers" / file.toStdString();
        LEXISCOPE_NEEDS_DATA(path);
        NoProgress progress;
        const auto tokenizer = loadTokenizer(path, progress, {});
        QVERIFY(tokenizer.ok());
        const bool sumsWords = file == "sentencepiece/wiki-unigram.model";
        QCOMPARE(tokenizer.value()->keepsWordsApart(), !sumsWords);
        QCOMPARE(tokenizer.value()->sumsWords(), sumsWords);
        std::mt19937 random(11);
        checkParts(*tokenizer.value(), random, 15);
        checkChanges(*tokenizer.value(), random, 60);
    }

    void partsAndChangesOfSummedWords_data() {
        QTest::addColumn<bool>("keepsFloats");
        QTest::addColumn<bool>("isCoarse");
        QTest::addColumn<bool>("marksSpaces");  // then capitals are unknown beside them
        QTest::newRow("float32") << true << false << false;
        QTest::newRow("float32, scores of few bits") << true << true << false;
        QTest::newRow("float32, spaces marked") << true << false << true;
        QTest::newRow("float64") << false << false << false;
        QTest::newRow("float64, scores of few bits") << false << true << false;
    }
    void partsAndChangesOfSummedWords() {
        QFETCH(const bool, keepsFloats);
        QFETCH(const bool, isCoarse);
        QFETCH(const bool, marksSpaces);
        const TokenizerPtr tokenizer = smallUnigram(keepsFloats, isCoarse, {}, -3, marksSpaces);
        QVERIFY(tokenizer->sumsWords() && !tokenizer->keepsWordsApart());
        std::mt19937 random(12);
        checkParts(*tokenizer, random, 20);
        checkParts(*tokenizer, random, 6, 300, 9000);
        checkChanges(*tokenizer, random, 30);
        NoProgress progress;
        std::size_t mostSums = 0;
        for (int i = 0; i < (test::isSanitized ? 3 : 12); ++i) {
            std::string before = randomText(random, 500 + random() % 8000);
            Encoding known = encoded(*tokenizer, before, {});
            for (int change = 0; change < 12; ++change) {
                std::string text = changedText(random, before);
                known = encodeChanged(*tokenizer, before, known, text, {}, progress).value();
                QVERIFY(known.tokens == encoded(*tokenizer, text, {}).tokens);
                before = std::move(text);
            }
            mostSums = std::max(mostSums, known.sums.size());
        }
        QVERIFY(mostSums > 10);
    }

    void sumsNeedEntriesThatStayWithinWords() {
        QVERIFY(!smallUnigram(true, false, "king\u2581of")->sumsWords());
        QVERIFY(!smallUnigram(true, false, {}, 0.5)->sumsWords());
    }

    void oneEncoderServesManyTexts() {
        const TokenizerPtr tokenizer = smallBpe(SplitScheme::Cl100k);
        const std::unique_ptr<Encoder> encoder = tokenizer->encoder();
        std::mt19937 random(3);
        NoProgress progress;
        for (int i = 0; i < 300; ++i) {
            const std::string text = randomText(random, random() % 300);
            Encoding encoding;
            const TakeTokens take = [&encoding](std::span<const Token> tokens) {
                encoding.tokens.insert(encoding.tokens.end(), tokens.begin(), tokens.end());
            };
            QVERIFY(encoder->encode(text, {}, take, progress).ok());
            QVERIFY(encoding.tokens == encoded(*tokenizer, text, {}).tokens);
        }
    }

    /// However slow the tokens are taken, they come in order; what taking them throws comes back, and no
    /// thread goes on.
    void takingMayBeSlowOrFail() {
        const TokenizerPtr tokenizer = smallBpe(SplitScheme::Gpt2);
        WorkerPool pool(3);
        std::string text;
        while (text.size() < 4000) {
            text += "abc ab " + std::string(text.size() % 5, 'q');
        }
        NoProgress progress;
        std::vector<Token> tokens;
        PartwiseEncoder encoder(*tokenizer, &pool, 16);
        const TakeTokens takeSlowly = [&tokens](std::span<const Token> more) {
            tokens.insert(tokens.end(), more.begin(), more.end());
            std::this_thread::sleep_for(std::chrono::microseconds(100));
        };
        QVERIFY(encoder.encode(text, {}, takeSlowly, progress).ok());
        QVERIFY(tokens == encoded(*tokenizer, text, {}).tokens);
        int left = 5;
        const TakeTokens takeSome = [&left](std::span<const Token>) {
            if (--left == 0) {
                throw std::runtime_error("enough");
            }
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)encoder.encode(text, {}, takeSome, progress));
        QCOMPARE(left, 0);
    }

    void stopsWhenAsked() {
        const TokenizerPtr tokenizer = smallBpe(SplitScheme::Gpt2);
        WorkerPool pool(2);
        std::string text;
        while (text.size() < 4000) {
            text += "abc ab ";
        }
        for (WorkerPool* threads : {static_cast<WorkerPool*>(nullptr), &pool}) {
            StoppingProgress progress(2);
            PartwiseEncoder encoder(*tokenizer, threads, 16);
            const Result<Done> done = encoder.encode(
                text, {}, [](std::span<const Token>) {}, progress);
            QVERIFY(!done.ok());
            QCOMPARE(done.error().code, ErrorCode::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(PartwiseEncoderTest)
#include "partwise_encoder_test.moc"
