// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/stage_trace.h"

#include "core/base/patience.h"
#include "core/io/tokenizer_file.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/split_regex.h"
#include "core/tokenize/word_level.h"
#include "core/tokenize/word_piece.h"
#include "tests/support/data_folder.h"
#include "tests/support/stopping_progress.h"
#include "tests/support/trace_checks.h"
#include "tests/support/vocabulary_of.h"

#include <random>
#include <string>
#include <vector>

#include <QStringList>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

/// What BERT does, with few words.
PipelineParts bertParts() {
    PipelineParts parts;
    parts.kind = "WordPiece";
    parts.vocabulary =
        test::sharedVocabulary({"[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "wor", "##ld", "!"});
    parts.normalizer = makeBertNormalizer({});
    parts.preTokenizer = makeBertPreTokenizer();
    parts.model = makeWordPiece({parts.vocabulary, TokenId{0}, "##", 100});
    for (const std::uint32_t id : {0U, 1U, 2U, 3U}) {
        parts.added.push_back({std::string(parts.vocabulary->spelling(Row{id})), TokenId{id}, true});
    }
    parts.before = {TokenId{1}};
    parts.after = {TokenId{2}};
    return parts;
}

StageTrace traceOf(const Tokenizer& tokenizer, std::string_view text, const EncodeOptions& options = {}) {
    NoProgress progress;
    return tokenizer.traceStages(text, options, progress).value();
}

/// "Lowercase: he|llo"
QStringList readable(const StageTrace& trace) {
    QStringList lines;
    for (const Stage& stage : trace.stages) {
        QStringList pieces;
        for (const StagePiece& piece : stage.pieces) {
            const std::string text = stage.text.substr(piece.span.begin, piece.span.size());
            pieces << QString::fromStdString(text) + (piece.token && piece.token->id
                                                          ? QStringLiteral("#%1").arg(piece.token->id->value)
                                                          : QString());
        }
        lines << QString::fromStdString(stage.name + (stage.detail.empty() ? "" : " (" + stage.detail + ")") +
                                        ": ") +
                     pieces.join(u'|');
    }
    return lines;
}

void compareOnRandomTexts(const Tokenizer& tokenizer, int rounds) {
    std::mt19937 random(5);
    for (int round = 0; round < rounds; ++round) {
        const std::string text = traceText(random);
        const EncodeOptions options{random() % 2 == 0, random() % 2 == 0};
        const std::string wrong = wrongInTraces(tokenizer, text, options);
        QVERIFY2(wrong.empty(), (wrong + "; text: " + displayText(text)).c_str());
    }
}

}  // namespace

class StageTraceTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void eachStepOfBertIsAStage() {
        const auto tokenizer = makePipeline(bertParts());
        const StageTrace trace = traceOf(*tokenizer, "H\u00e9llo  WORLD!\x01[MASK]", {true, true});
        QCOMPARE(readable(trace), (QStringList{QStringLiteral(": H\u00e9llo  WORLD!\u0001[MASK]"),
                                               QStringLiteral(": H\u00e9llo  WORLD!\u0001|[MASK]#3"),
                                               QStringLiteral("Clean text: H\u00e9llo  WORLD!|[MASK]#3"),
                                               QStringLiteral("Chinese apart: H\u00e9llo  WORLD!|[MASK]#3"),
                                               QStringLiteral("Strip accents: Hello  WORLD!|[MASK]#3"),
                                               QStringLiteral("Lowercase: hello  world!|[MASK]#3"),
                                               QStringLiteral("WhitespaceSplit: hello|world!|[MASK]#3"),
                                               QStringLiteral("Punctuation: hello|world|!|[MASK]#3"),
                                               QStringLiteral("WordPiece: hello#4|wor#5|ld#6|!#7|[MASK]#3"),
                                               QStringLiteral(": #1|hello#4|wor#5|ld#6|!#7|[MASK]#3|#2")}));
        const std::vector<TextChange> cleaned = trace.stages[2].changes;
        QCOMPARE(cleaned.size(), std::size_t(3));
        QVERIFY(cleaned[1] == (TextChange{ChangeKind::Removed, {14, 15}, {14, 14}}));
        const std::vector<TextChange> stripped = trace.stages[4].changes;
        QVERIFY(stripped[1] == (TextChange{ChangeKind::Replaced, {1, 3}, {1, 2}}));
        // The spaces that the pre-tokenizer drops.
        QVERIFY(trace.stages[6].changes[1] == (TextChange{ChangeKind::Removed, {5, 7}, {5, 5}}));
        QCOMPARE(trace.pieceOf(0), std::nullopt);
        QCOMPARE(trace.pieceOf(3), std::optional<std::size_t>(1));
        QVERIFY(trace.pieces[3].isTakenOut);
        QCOMPARE(trace.pieceOf(6), std::nullopt);
    }

    void anEmptyTextHasStagesToo() {
        const auto tokenizer = makePipeline(bertParts());
        QCOMPARE(wrongInTraces(*tokenizer, "", {true, true}), std::string());
        QCOMPARE(traceOf(*tokenizer, "", {true, false}).encoding.tokens.size(), std::size_t(2));
        QCOMPARE(wrongInTraces(*tokenizer, "\x01\x01", {}), std::string());
    }

    void stagesWithoutAnythingToDoAreNone() {
        PipelineParts parts = bertParts();
        parts.normalizer = nullptr;
        parts.preTokenizer = nullptr;
        const StageTrace trace = traceOf(*makePipeline(parts), "hello");
        QCOMPARE(readable(trace),
                 (QStringList{QStringLiteral(": hello"), QStringLiteral("WordPiece: hello#4")}));
    }

    void wordsAreLookedUp() {
        const auto tokenizer = makeWordLevelTokenizer(test::sharedVocabulary({"king", "queen"}));
        const StageTrace trace = traceOf(*tokenizer, " King and queen.");
        QCOMPARE(readable(trace).last(), QStringLiteral("word-level: King#0|and|queen#1|."));
        QCOMPARE(tokenizer->tracePiece("king").has_value(), false);
        compareOnRandomTexts(*tokenizer, 1000);
    }

    /// Every normalizer that moves, adds, drops and takes characters apart.
    void manyStagesAreTold() {
        PipelineParts parts = bertParts();
        parts.normalizer = makeNormalizerSequence(
            {makeUnicodeForm(UnicodeForm::Nfkd), makeUnicodeForm(UnicodeForm::Nfc), makeLowercase(),
             makeReplace(SplitRegex::compile("l+").value(), "L"), makeReplace("o", ""), makeStripAccents(),
             makeStrip(true, true), makePrepend("\u2581"),
             makeNormalizerSequence({makeReplace(" ", "\u2581"), makeBertNormalizer({})})});
        parts.preTokenizer = makePreTokenizerSequence(
            {makeMetaspace({}), makeDigits(true), makeByteLevel({true, true}),
             makeSplit(SplitRegex::compile("a").value(), SplitBehavior::Removed, false)});
        parts.added.push_back({"World", TokenId{5}, false, true, true, true});
        compareOnRandomTexts(*makePipeline(parts), 3000);
    }

    void tokenizersOfFilesAreTold_data() {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"gguf/ggml-vocab-bert-bge.gguf", "gguf/ggml-vocab-gpt-2.gguf", "gguf/ggml-vocab-llama-spm.gguf",
              "gguf/ggml-vocab-phi-3.gguf", "sentencepiece/wiki-bpe.model",
              "sentencepiece/wiki-unigram.model", "bert-base-uncased/tokenizer.json",
              "bert-base-uncased/vocab.txt", "gpt2/tokenizer.json", "tiktoken/cl100k_base.tiktoken"}) {
            QTest::newRow(file) << QString::fromLatin1(file);
        }
    }
    void tokenizersOfFilesAreTold() {
        QFETCH(QString, file);
        LEXISCOPE_NEEDS_DATA(dataFolder() / "tokenizers" / file.toStdString());
        NoProgress progress;
        const auto tokenizer = readTokenizerFile(dataFolder() / "tokenizers" / file.toStdString(), progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        compareOnRandomTexts(*tokenizer.value(), 2000);
    }

    void longTextsAndPiecesAreTold() {
        const auto tokenizer = makePipeline(bertParts());
        std::mt19937 random(8);
        std::string text;
        while (text.size() < 50'000) {
            text += traceText(random) + " ";
        }
        QCOMPARE(wrongInTraces(*tokenizer, text, {}), std::string());
        QVERIFY(!tokenizer->tracePiece(std::string(Tokenizer::longestTraced + 1, 'a')).has_value());
        QVERIFY(tokenizer->tracePiece(std::string(Tokenizer::longestTraced, 'a')).has_value());
    }

    void stopsWhenAskedTo() {
        const auto tokenizer = makePipeline(bertParts());
        StoppingProgress progress(0);
        const Result<StageTrace> trace = tokenizer->traceStages("hello", {}, progress);
        QVERIFY(!trace.ok());
        QVERIFY(trace.error().code == ErrorCode::Cancelled);
    }

    /// Each match of this one looks through all that follows: 3 MB would take a quarter of an hour.
    void stopsWithinAPatternThatIsSlow() {
        PipelineParts parts = bertParts();
        parts.normalizer = nullptr;
        parts.preTokenizer = makeSplit(SplitRegex::compile(".*?,|.").value(), SplitBehavior::Isolated, false);
        const auto tokenizer = makePipeline(parts);
        const std::string text(3'000'000, 'a');
        Patience progress(4);
        const Result<Encoding> encoding = tokenizer->encode(text, {}, progress);
        QVERIFY(!encoding.ok());
        QVERIFY(encoding.error().code == ErrorCode::Cancelled);
        Patience another(4);
        const Result<StageTrace> trace = tokenizer->traceStages(text, {}, another);
        QVERIFY(!trace.ok());
        QVERIFY(trace.error().code == ErrorCode::Cancelled);
    }

    void aPatternThatGivesUpIsAFailure() {
        PipelineParts parts = bertParts();
        parts.preTokenizer = makeSplit(SplitRegex::compile("(a+)+$").value(), SplitBehavior::Isolated, false);
        NoProgress progress;
        const std::string text = std::string(50, 'a') + "b";
        const Result<StageTrace> trace = makePipeline(parts)->traceStages(text, {}, progress);
        const Result<Encoding> encoding = makePipeline(parts)->encode(text, {}, progress);
        QVERIFY(!encoding.ok());
        QVERIFY(!trace.ok());
        QCOMPARE(toString(trace.error()), toString(encoding.error()));
    }
};

QTEST_GUILESS_MAIN(StageTraceTest)
#include "stage_trace_test.moc"
