// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/tokenizer_learner.h"

#include "core/io/tokenizer_json.h"
#include "core/io/tokenizer_json_writer.h"
#include "tests/support/file_bytes.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/stopping_progress.h"
#include "tests/support/token_ids.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

constexpr std::array allKinds = {TokenizerKind::Bpe, TokenizerKind::WordPiece, TokenizerKind::Unigram};

/// Sentences of made-up words whose parts repeat, in several scripts, with capitals, digits and accents.
std::string madeUpText() {
    constexpr std::array stems = {"train", "token", "Wort", "über", "naïve",
                                  "слово", "λόγος", "字",   "run",  "2026"};
    constexpr std::array endings = {"", "ing", "er", "s", "ation", "а", "ς", "典", "ning", "!"};
    std::mt19937 random(11);
    std::string text;
    for (int i = 0; i < 6000; ++i) {
        text += stems[random() % stems.size()];
        text += endings[random() % endings.size()];
        text += i % 12 == 11 ? ".\n" : i % 5 == 4 ? ", " : " ";
    }
    return text;
}

TokenizerTrainingOptions optionsOf(TokenizerKind kind, std::size_t vocabulary) {
    TokenizerTrainingOptions options;
    options.kind = kind;
    options.vocabulary = vocabulary;
    options.specials = usualSpecials(kind);
    return options;
}

Result<LearnedTokenizer> learn(const std::string& text, const TokenizerTrainingOptions& options,
                               unsigned threads = 2, TokenizerWatcher* watcher = nullptr) {
    WorkerPool pool(threads);
    NoProgress progress;
    const Corpus corpus = Corpus::ofFile(MappedFile::ofBytes(text, "text.txt"), WordSplit::Spaces).value();
    const Result<PieceCounts> counts = countForTokenizer(corpus, options, pool, progress);
    return learnTokenizer(counts.value(), options, watcher, pool, progress);
}

std::shared_ptr<const Tokenizer> readBack(const LearnedTokenizer& learned) {
    NoProgress progress;
    const auto tokenizer = parseTokenizerJson(tokenizerJson(learned), "tokenizer.json", progress);
    if (!tokenizer.ok()) {
        qWarning("%s", toString(tokenizer.error()).c_str());
        return nullptr;
    }
    return tokenizer.value();
}

/// "Ġtoken|ing"
std::string piecesOf(const Tokenizer& tokenizer, std::string_view text) {
    std::string pieces;
    for (const std::int64_t id : idsOf(tokenizer, text)) {
        pieces += (pieces.empty() ? "" : "|") +
                  (id < 0 ? "?" : std::string(tokenizer.spelling(TokenId{static_cast<std::uint32_t>(id)})));
    }
    return pieces;
}

class Collected final : public TokenizerWatcher {
  public:
    void found(const FoundMerge& merge) override { merges.push_back(merge); }
    void finished(const UnigramRound& round) override { rounds.push_back(round); }
    std::vector<FoundMerge> merges;
    std::vector<UnigramRound> rounds;
};

}  // namespace

class TokenizerLearnerTest : public QObject {
    Q_OBJECT

  private:
    void refused(TokenizerTrainingOptions options, const char* says) {
        const Result<Done> sound = validate(options);
        QVERIFY(!sound.ok());
        QCOMPARE(sound.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(toString(sound.error()).find(says) != std::string::npos, toString(sound.error()).c_str());
    }

  private slots:
    void asManyIdsAsAskedFor() {
        for (const TokenizerKind kind : allKinds) {
            const Result<LearnedTokenizer> learned = learn(madeUpText(), optionsOf(kind, 290));
            QVERIFY(learned.ok());
            QVERIFY2(learned.value().spellings.size() == 290 ||
                         (kind != TokenizerKind::Bpe && learned.value().spellings.size() > 100),
                     std::to_string(learned.value().spellings.size()).c_str());
            const std::set<std::string> different(learned.value().spellings.begin(),
                                                  learned.value().spellings.end());
            QCOMPARE(different.size(), learned.value().spellings.size());
            const auto tokenizer = readBack(learned.value());
            QVERIFY(tokenizer);
            QCOMPARE(tokenizer->vocabularySize(), learned.value().spellings.size());
            for (std::uint32_t id = 0; id < tokenizer->vocabularySize(); ++id) {
                QCOMPARE(std::string(tokenizer->spelling(TokenId{id})), learned.value().spellings[id]);
            }
        }
    }

    void theSameWhateverTheThreads() {
        for (const TokenizerKind kind : allKinds) {
            const std::string alone = tokenizerJson(learn(madeUpText(), optionsOf(kind, 300), 1).value());
            for (int i = 0; i < 3; ++i) {
                QVERIFY(tokenizerJson(learn(madeUpText(), optionsOf(kind, 300), 4).value()) == alone);
            }
        }
    }

    void bytesMergeIntoFrequentWords() {
        const auto learned = learn(madeUpText(), optionsOf(TokenizerKind::Bpe, 700));
        const auto tokenizer = readBack(learned.value());
        QCOMPARE(tokenizer->kind(), std::string_view("byte-level BPE"));
        QCOMPARE(piecesOf(*tokenizer, "token tokens"), std::string("token|Ġtokens"));
        QCOMPARE(learned.value().spellings[0], std::string("!"));
        QCOMPARE(learned.value().spellings[256],
                 learned.value().spellings[learned.value().merges[0].left.value] +
                     learned.value().spellings[learned.value().merges[0].right.value]);
        QCOMPARE(learned.value().spellings.back(), std::string("<|endoftext|>"));
        const std::string any = "Any bytes: \xFF\x00 ⚙ слова <|endoftext|>";
        NoProgress progress;
        const Encoding encoding = tokenizer->encode(any, {}, progress).value();
        std::vector<TokenId> ids;
        for (const Token& token : encoding.tokens) {
            ids.push_back(*token.id);
        }
        QCOMPARE(tokenizer->decode(ids).value(), any);
        QCOMPARE(idsOf(*tokenizer, "<|endoftext|>", {false, true}),
                 std::vector<std::int64_t>{std::int64_t(learned.value().spellings.size()) - 1});
    }

    void otherCuts() {
        for (const SplitScheme scheme : allSplitSchemes) {
            TokenizerTrainingOptions options = optionsOf(TokenizerKind::Bpe, 600);
            options.split = scheme;
            const auto tokenizer = readBack(learn("12345678 12345678 a's 'S\n\n", options).value());
            QVERIFY(tokenizer);
            const bool joinsDigits = scheme == SplitScheme::Gpt2;
            QCOMPARE(piecesOf(*tokenizer, "12345678").starts_with("12345678"), joinsDigits);
        }
    }

    void wordPiecesGoOnWithTheirMark() {
        const auto learned = learn(madeUpText(), optionsOf(TokenizerKind::WordPiece, 400));
        const auto tokenizer = readBack(learned.value());
        QCOMPARE(tokenizer->kind(), std::string_view("WordPiece"));
        QCOMPARE(piecesOf(*tokenizer, "Training TOKENS naive"), std::string("training|tokens|naive"));
        QCOMPARE(piecesOf(*tokenizer, "trainrun").substr(0, 8), std::string("train|##"));
        QCOMPARE(piecesOf(*tokenizer, "☃"), std::string("[UNK]"));
        const std::vector<std::int64_t> around = idsOf(*tokenizer, "run", {true, false});
        QCOMPARE(around.front(), std::int64_t(2));
        QCOMPARE(around.back(), std::int64_t(3));
        TokenizerTrainingOptions cased = optionsOf(TokenizerKind::WordPiece, 400);
        cased.isCased = true;
        QCOMPARE(piecesOf(*readBack(learn(madeUpText(), cased).value()), "Wort über"),
                 std::string("Wort|über"));
    }

    void unigramPiecesHaveScores() {
        const auto learned = learn(madeUpText(), optionsOf(TokenizerKind::Unigram, 150));
        const LearnedTokenizer& tokenizer = learned.value();
        QCOMPARE(tokenizer.scores.size(), tokenizer.spellings.size());
        QCOMPARE(tokenizer.spellings[0], std::string("<unk>"));
        QVERIFY(std::is_sorted(tokenizer.scores.begin() + 1, tokenizer.scores.end(), std::greater<>()));
        double sum = 0;
        for (std::size_t i = 1; i < tokenizer.scores.size(); ++i) {
            sum += std::exp(tokenizer.scores[i]);
        }
        QVERIFY2(sum > 0.8 && sum <= 1.0001, std::to_string(sum).c_str());
        const auto read = readBack(tokenizer);
        QCOMPARE(read->kind(), std::string_view("Unigram"));
        // Each word with its mark, and between them nothing.
        QCOMPARE(piecesOf(*read, "token  token\n"), std::string("▁token|▁token"));
        QCOMPARE(piecesOf(*read, "☃"), std::string("▁|<unk>"));
        // NFKC: a full-width letter is the letter.
        QCOMPARE(idsOf(*read, "ｔoken"), idsOf(*read, "token"));
    }

    void theWatcherIsToldOfAll() {
        Collected bpe;
        const auto merged = learn(madeUpText(), optionsOf(TokenizerKind::Bpe, 300), 2, &bpe);
        QCOMPARE(bpe.merges.size(), merged.value().merges.size());
        for (std::size_t i = 0; i < bpe.merges.size(); ++i) {
            QCOMPARE(bpe.merges[i].merged, merged.value().spellings[256 + i]);
            QVERIFY(i == 0 || bpe.merges[i].count <= bpe.merges[i - 1].count);
        }
        Collected unigram;
        QVERIFY(learn(madeUpText(), optionsOf(TokenizerKind::Unigram, 100), 2, &unigram).ok());
        QVERIFY(!unigram.rounds.empty());
        for (std::size_t i = 1; i < unigram.rounds.size(); ++i) {
            QVERIFY(unigram.rounds[i].pieces < unigram.rounds[i - 1].pieces);
        }
    }

    void aShortTextGivesFewer() {
        const auto learned = learn("abc abc", optionsOf(TokenizerKind::Bpe, 5000));
        // ab, abc; " abc" stands once.
        QCOMPARE(learned.value().merges.size(), std::size_t(2));
        QCOMPARE(learned.value().spellings.size(), std::size_t(259));
        QVERIFY(learn("a", optionsOf(TokenizerKind::WordPiece, 100)).ok());
        QVERIFY(learn("a", optionsOf(TokenizerKind::Unigram, 100)).ok());
        for (const TokenizerKind kind : {TokenizerKind::WordPiece, TokenizerKind::Unigram}) {
            const auto nothing = learn(" \n", optionsOf(kind, 100));
            QVERIFY(!nothing.ok());
            QCOMPARE(nothing.error().code, ErrorCode::Broken);
        }
    }

    void bytesThatAreNoTextHarmNothing() {
        std::mt19937 random(1);
        std::string bytes;
        for (int i = 0; i < 20'000; ++i) {
            bytes += static_cast<char>(random());
        }
        for (const TokenizerKind kind : allKinds) {
            const auto learned = learn(bytes + madeUpText(), optionsOf(kind, 600));
            QVERIFY(learned.ok());
            QVERIFY(readBack(learned.value()));
        }
    }

    void wrongOptionsAreRefused() {
        refused(optionsOf(TokenizerKind::Bpe, 256), "vocab: it must be 257 to 1,000,000");
        refused(optionsOf(TokenizerKind::WordPiece, 20), "vocab: it must be 21 to");
        refused(optionsOf(TokenizerKind::Unigram, mostTrainedTokens + 1), "vocab");
        TokenizerTrainingOptions options = optionsOf(TokenizerKind::Bpe, 1000);
        options.minCount = 0;
        refused(options, "min-count");
        options = optionsOf(TokenizerKind::Bpe, 1000);
        options.specials = {"<a>", "<a>"};
        refused(options, "twice");
        options.specials = {"a"};
        refused(options, "2 characters");
        options.specials = {"a\xFF"};
        refused(options, "UTF-8");
    }

    void aSpecialTokenThatIsATokenOfTheText() {
        TokenizerTrainingOptions options = optionsOf(TokenizerKind::Bpe, 700);
        options.specials = {"token"};
        const auto learned = learn(madeUpText(), options);
        QVERIFY(!learned.ok());
        QCOMPARE(learned.error().code, ErrorCode::InvalidArgument);
    }

    void theUnknownOneIsAlwaysThere() {
        TokenizerTrainingOptions options = optionsOf(TokenizerKind::WordPiece, 200);
        options.specials = {"[CLS]"};
        const auto learned = learn(madeUpText(), options);
        QCOMPARE(learned.value().spellings[0], std::string("[UNK]"));
        QCOMPARE(learned.value().spellings[1], std::string("[CLS]"));
        QCOMPARE(piecesOf(*readBack(learned.value()), "☃"), std::string("[UNK]"));
    }

    void stopsWhenAsked() {
        WorkerPool pool(2);
        NoProgress none;
        const Corpus corpus =
            Corpus::ofFile(MappedFile::ofBytes(madeUpText(), "text.txt"), WordSplit::Spaces).value();
        for (const TokenizerKind kind : allKinds) {
            const TokenizerTrainingOptions options = optionsOf(kind, 400);
            const PieceCounts counts = countForTokenizer(corpus, options, pool, none).value();
            for (const std::size_t after : {std::size_t(0), std::size_t(2)}) {
                StoppingProgress stopping(after);
                const auto stopped = learnTokenizer(counts, options, nullptr, pool, stopping);
                QVERIFY(!stopped.ok());
                QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
            }
        }
    }

    void theFolderIsMade() {
        const ScratchFolder scratch;
        const LearnedTokenizer learned = learn(madeUpText(), optionsOf(TokenizerKind::Bpe, 300)).value();
        QVERIFY(writeTokenizerJson(learned, scratch.path() / "a" / "b" / "tokenizer.json").ok());
        QCOMPARE(fileBytes(scratch.path() / "a" / "b" / "tokenizer.json"), tokenizerJson(learned));
        scratch.write("file", "x");
        const Result<Done> refusedPlace =
            writeTokenizerJson(learned, scratch.path() / "file" / "tokenizer.json");
        QVERIFY(!refusedPlace.ok());
        QCOMPARE(refusedPlace.error().code, ErrorCode::Unreadable);
    }
};

QTEST_GUILESS_MAIN(TokenizerLearnerTest)
#include "tokenizer_learner_test.moc"
