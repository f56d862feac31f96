// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/trace_analysis.h"

#include "core/tokenize/scored_pieces.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

/// Pieces with "▁", of which one reaches over a word's end.
std::shared_ptr<const Tokenizer> sentencePieces(PieceModel model) {
    ScoredPieceParts parts;
    parts.model = model;
    parts.pieces = {{"<unk>", 0, PieceKind::Unknown},
                    {"\u2581", -2},
                    {"a", -3},
                    {"b", -3},
                    {"\u2581a", -4},
                    {"ab", -4},
                    {"\u2581ab", -3.5F},
                    {"b\u2581a", -20}};
    return makeScoredPieces(std::move(parts)).value();
}

std::shared_ptr<const EncodedText> encoded(const std::string& text,
                                           const std::shared_ptr<const Tokenizer>& tokenizer) {
    NoProgress progress;
    auto result = std::make_shared<EncodedText>();
    result->text = text;
    result->tokenizer = tokenizer;
    result->encoding = tokenizer->encode(text, {}, progress).value();
    return result;
}

}  // namespace

class TraceAnalysisTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void textsAreTracedInTheBackground() {
        test::Workspace w;
        TraceAnalysis analysis(w.runner);
        QVERIFY(!analysis.result() && !analysis.isCurrent() && !analysis.isBusy());
        const auto text = encoded("ab ba", sentencePieces(PieceModel::Unigram));
        analysis.setText(text);
        QVERIFY(analysis.isBusy());
        QVERIFY(w.settle());
        QVERIFY(analysis.isCurrent());
        QVERIFY(analysis.result()->trace.encoding.tokens == text->encoding.tokens);
        // The one of before stays until the next one stands.
        analysis.setText(encoded("b", text->tokenizer));
        QVERIFY(analysis.result() && !analysis.isCurrent());
        QVERIFY(w.settle());
        QVERIFY(analysis.isCurrent());
        analysis.setText(encoded(std::string(TraceAnalysis::mostBytes + 1, 'a'), text->tokenizer));
        QVERIFY(analysis.isTooLong() && !analysis.isBusy());
        analysis.setText(nullptr);
        QVERIFY(!analysis.isTooLong() && !analysis.isBusy() && !analysis.isCurrent());
    }

    void aTextWithSignsForSpacesFallsIntoWords() {
        test::Workspace w;
        for (const PieceModel model : {PieceModel::Unigram, PieceModel::Bpe}) {
            TraceAnalysis analysis(w.runner);
            analysis.setText(encoded("ab ba x", sentencePieces(model)));
            QVERIFY(w.settle());
            const TracedText& traced = *analysis.result();
            QCOMPARE(traced.trace.pieces.size(), std::size_t(1));
            std::string all;
            std::size_t tokens = 0;
            for (std::size_t word = 0; word < traced.words.size(); ++word) {
                QVERIFY(traced.words[word].text.starts_with("\u2581"));
                QCOMPARE(traced.words[word].first, tokens);
                QCOMPARE(traced.wordOf(tokens), std::optional(word));
                all += traced.words[word].text;
                tokens += traced.words[word].count;
                const auto walk = walkOf(traced, word);
                QVERIFY(walk != nullptr);
                QCOMPARE(walk->text, traced.words[word].text);
                QCOMPARE(walk->trace.tokens.size(), traced.words[word].count);
            }
            QCOMPARE(all, traced.trace.pieces[0].text);
            QCOMPARE(tokens, traced.trace.encoding.tokens.size());
            QCOMPARE(traced.wordOf(tokens), std::nullopt);
        }
    }

    void aWordThatIsCutOtherwiseByItselfIsShownWithAllOfItsPiece() {
        TracedText traced;
        traced.encoded = encoded("ab ab", sentencePieces(PieceModel::Unigram));
        NoProgress progress;
        traced.trace = traced.encoded->tokenizer->traceStages(traced.encoded->text, {}, progress).value();
        traced.words = wordsOf(traced.trace);
        QCOMPARE(traced.words.size(), std::size_t(2));
        traced.words[1].text = "\u2581a";
        QCOMPARE(walkOf(traced, 1)->text, traced.trace.pieces[0].text);
    }
};

QTEST_GUILESS_MAIN(TraceAnalysisTest)
#include "trace_analysis_test.moc"
