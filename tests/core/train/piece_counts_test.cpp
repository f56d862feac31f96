// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/piece_counts.h"

#include "tests/support/sanitized.h"
#include "tests/support/stopping_progress.h"

#include <array>
#include <map>
#include <random>
#include <string>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

Corpus corpusOf(std::string text) {
    return Corpus::ofFile(MappedFile::ofBytes(std::move(text), "text.txt"), WordSplit::Spaces).value();
}

Counts countsOf(const PieceCounts& pieces) {
    Counts counts;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        counts[std::string(pieces.piece(i))] += pieces.count(i);
    }
    return counts;
}

Counts countOf(const std::string& text, std::optional<SplitScheme> scheme, unsigned threads) {
    WorkerPool pool(threads);
    NoProgress progress;
    const Result<PieceCounts> pieces = countPieces(corpusOf(text), scheme, pool, progress);
    Counts counts = countsOf(pieces.value());
    if (counts.size() != pieces.value().size()) {
        qWarning("a piece stands twice");
    }
    return counts;
}

/// Many blocks of text in which all that schemes look at stands beside everything else.
std::string oddText() {
    constexpr std::array parts = {"word",     " ",    "  ",    "\n", "\n\n", "\t",   "É",  "é",
                                  "'s",       "'LL",  "12345", "!?", "/",    "中文", "。", "\r\n",
                                  "\xC2\xA0", "\xFF", "Ab",    "ab", " \n",  "x\n y"};
    std::mt19937 random(9);
    std::string text;
    while (text.size() < (std::size_t{test::isSanitized ? 1 : 5} << 20U) / 2) {
        text += parts[random() % parts.size()];
    }
    return text;
}

}  // namespace

class PieceCountsTest : public QObject {
    Q_OBJECT

  private slots:
    void eachPieceOnce() {
        PieceCounts pieces;
        pieces.add("a", 2);
        pieces.add("", 1);
        pieces.add("b", 1);
        pieces.add("a", 3);
        PieceCounts more;
        more.add("b", 4);
        more.add("a longer piece than a word of the machine", 1);
        pieces.add(more);
        QCOMPARE(pieces.size(), std::size_t(4));
        QCOMPARE(pieces.total(), std::uint64_t(12));
        const Counts expected = {
            {"a", 5}, {"", 1}, {"b", 5}, {"a longer piece than a word of the machine", 1}};
        QVERIFY(countsOf(pieces) == expected);
    }

    void manyPieces() {
        PieceCounts pieces;
        Counts expected;
        std::mt19937 random(3);
        for (int i = 0; i < 200'000; ++i) {
            const std::string piece = std::to_string(random() % 50'000);
            pieces.add(piece, 1);
            ++expected[piece];
        }
        QVERIFY(countsOf(pieces) == expected);
    }

    void wordsBetweenWhiteSpace() {
        const Counts expected = {{"a", 2}, {"b\xFF", 1}, {"c\v", 1}};
        QVERIFY(countOf(" a\tb\xFF\r\n\nc\v a", std::nullopt, 1) == expected);
        QVERIFY(countOf(" \n", std::nullopt, 1).empty());
    }

    /// Whoever takes which part of it: no cut is seen.
    void thePiecesOfTheTextAsAWhole() {
        const std::string text = oddText();
        for (const SplitScheme scheme : allSplitSchemes) {
            Counts expected;
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = endOfPiece(scheme, text, begin);
                ++expected[text.substr(begin, end - begin)];
                begin = end;
            }
            QVERIFY(countOf(text, scheme, 1) == expected);
            QVERIFY(countOf(text, scheme, 3) == expected);
        }
        QVERIFY(countOf(text, std::nullopt, 3) == countOf(text, std::nullopt, 1));
    }

    void withoutAPlaceToCut() {
        const std::string text(std::size_t{3} << 20U, 'a');
        QVERIFY(countOf(text, SplitScheme::Gpt2, 2) == (Counts{{text, 1}}));
        const std::string signs(std::size_t{3} << 20U, ' ');
        QVERIFY(countOf(signs, SplitScheme::Cl100k, 2) == (Counts{{signs, 1}}));
    }

    void stopsWhenAsked() {
        WorkerPool pool(2);
        const Corpus corpus = corpusOf(oddText());
        StoppingProgress stopping(1);
        const Result<PieceCounts> stopped = countPieces(corpus, SplitScheme::Gpt2, pool, stopping);
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        StoppingProgress all(1'000'000);
        QVERIFY(countPieces(corpus, SplitScheme::Gpt2, pool, all).ok());
        QCOMPARE(all.reports.back().done, corpus.size());
        QCOMPARE(all.reports.back().unit, std::string("bytes"));
    }
};

QTEST_GUILESS_MAIN(PieceCountsTest)
#include "piece_counts_test.moc"
