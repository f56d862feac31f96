// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/piece_trace.h"

#include "core/tokenize/bpe_model.h"
#include "core/tokenize/byte_level_bpe.h"
#include "core/tokenize/unigram.h"
#include "core/tokenize/word_piece.h"
#include "tests/support/trace_checks.h"
#include "tests/support/vocabulary_of.h"

#include <random>
#include <string>
#include <variant>
#include <vector>

#include <QStringList>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

/// The symbols after each merge: "l o w|lo w|low".
QString states(const PieceTrace& trace, std::string_view piece) {
    const auto& merges = std::get<MergeTrace>(trace.steps);
    QStringList all;
    for (std::size_t step = 0; step <= merges.merges(); ++step) {
        QStringList state;
        for (const std::size_t node : merges.stateAfter(step)) {
            const ByteSpan& span = merges.nodes[node].span;
            state << QString::fromStdString(std::string(piece.substr(span.begin, span.size())));
        }
        all << state.join(u' ');
    }
    return all.join(u'|');
}

void compareOnRandomPieces(const TokenModel& model, const std::string& letters) {
    std::mt19937 random(17);
    const std::unique_ptr<TokenModel::Run> run = model.begin();
    const NoProgress progress;
    for (int round = 0; round < 3000; ++round) {
        std::string piece;
        for (std::size_t size = 1 + random() % 30; size > 0; --size) {
            piece += letters[random() % letters.size()];
        }
        const PieceTrace trace = model.trace(piece);
        std::vector<PieceToken> tokens;
        run->tokenize(piece, tokens, progress);
        QVERIFY(trace.tokens == tokens);
        const std::string wrong =
            std::visit([&](const auto& steps) { return wrongIn(steps, trace, piece); }, trace.steps);
        QVERIFY2(wrong.empty(), (wrong + " in " + displayText(piece)).c_str());
    }
}

BpeParts lowParts() {
    BpeParts parts;
    parts.vocabulary = test::sharedVocabulary({"?", "l", "o", "w", "e", "r", "lo", "low", "er"});
    parts.unknown = TokenId{0};
    const auto id = [](std::uint32_t value) { return TokenId{value}; };
    parts.merges = {{id(4), id(5), id(8)}, {id(1), id(2), id(6)}, {id(6), id(3), id(7)}};
    return parts;
}

}  // namespace

class PieceTraceTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void mergesGoByRank() {
        const PieceTrace trace = makeBpe(lowParts())->trace("lower");
        QCOMPARE(states(trace, "lower"), QStringLiteral("l o w e r|l o w er|lo w er|low er"));
        const auto& steps = std::get<MergeTrace>(trace.steps);
        QCOMPARE(steps.leaves, std::size_t(5));
        QVERIFY(steps.ranks[0] == (std::vector<std::uint32_t>{1, MergeTrace::noRank, MergeTrace::noRank, 0}));
        QVERIFY(steps.nodes.back().id == std::optional(TokenId{7}));
        QCOMPARE(steps.nodes.back().rank, 2U);
        QCOMPARE(trace.tokens.size(), std::size_t(2));
    }

    void whatIsTakenAsItIsDoesNotMerge() {
        BpeParts parts = lowParts();
        parts.frozen.add("we", TokenId{3});
        QCOMPARE(states(makeBpe(parts)->trace("lower"), "lower"), QStringLiteral("l o we r|lo we r"));
        parts = lowParts();
        parts.ignoresMerges = true;
        QCOMPARE(states(makeBpe(parts)->trace("lowe"), "lowe"), QStringLiteral("l o w e|lo w e|low e"));
        parts.merges.pop_back();
        QCOMPARE(states(makeBpe(parts)->trace("low"), "low"), QStringLiteral("low"));
    }

    void whatIsLookedUpShowsTheMergesThatLeadThere() {
        BpeParts parts = lowParts();
        parts.ignoresMerges = true;
        const PieceTrace trace = makeBpe(parts)->trace("low");
        QCOMPARE(states(trace, "low"), QStringLiteral("l o w|lo w|low"));
        QVERIFY(std::get<MergeTrace>(trace.steps).isLookedUp);
        QVERIFY(!std::get<MergeTrace>(makeBpe(parts)->trace("l").steps).isLookedUp);
        QVERIFY(!std::get<MergeTrace>(makeBpe(parts)->trace("lowe").steps).isLookedUp);

        ByteLevelBpeParts bytes;
        bytes.spellings = {"a", "b", "c", "ab", "abc", "bca"};
        bytes.merges = {{TokenId{0}, TokenId{1}, TokenId{3}}, {TokenId{3}, TokenId{2}, TokenId{4}}};
        bytes.ignoresMerges = true;
        const auto tokenizer = makeByteLevelBpe(std::move(bytes));
        const PieceTrace merged = tokenizer->tracePiece("abc").value();
        QCOMPARE(states(merged, "abc"), QStringLiteral("a b c|ab c|abc"));
        QVERIFY(std::get<MergeTrace>(merged.steps).isLookedUp);
        QCOMPARE(states(tokenizer->tracePiece("bca").value(), "bca"), QStringLiteral("bca"));
    }

    void marksOfWordsCountAsNoBytes() {
        BpeParts parts;
        parts.vocabulary = test::sharedVocabulary({"a", "b", "@a", "@b</w>", "@a</w>", "a@b</w>", "ab</w>"});
        parts.continuingPrefix = "@";
        parts.endOfWordSuffix = "</w>";
        parts.merges = {{TokenId{0}, TokenId{3}, TokenId{6}}};
        const TokenModelPtr model = makeBpe(parts);
        QCOMPARE(states(model->trace("ab"), "ab"), QStringLiteral("a b|ab"));
        compareOnRandomPieces(*model, "aab");
    }

    void everyKindOfPairEncodingIsTold() {
        BpeParts parts = lowParts();
        compareOnRandomPieces(*makeBpe(parts), "llloowweerrx\xff");
        parts.fuseUnknown = true;
        compareOnRandomPieces(*makeBpe(parts), "llloowweerrxxy\xc3\xa9");
        parts.frozen.add("we", TokenId{3});
        parts.ignoresMerges = true;
        compareOnRandomPieces(*makeBpe(parts), "llloowweerrx");
        parts = lowParts();
        parts.vocabulary = test::sharedVocabulary(
            {"?", "l", "o", "w", "e", "r", "lo", "low", "er", "<0x78>", "<0xC3>", "<0xA9>", "<0xFF>"});
        parts.byteFallback = true;
        compareOnRandomPieces(*makeBpe(parts), "llloowweerrxxyy\xc3\xa9\xff");
        parts.alphabet = BpeAlphabet::Bytes;
        parts.byteFallback = false;
        compareOnRandomPieces(*makeBpe(parts), "llloowweerrx\xff");
    }

    void mergesByScoreAreTold() {
        BpeParts parts;
        parts.vocabulary = test::sharedVocabulary({"?", "ab", "abc", "cd", "dd", "bcd", "ca"});
        parts.unknown = TokenId{0};
        addMergesByRank(parts, {MergeTable::noRank, 3, 2, 2, 0, 1, 5});
        compareOnRandomPieces(*makeBpe(parts), "abcde");
    }

    void attemptsBecomeShorter() {
        const TokenModelPtr model = makeWordPiece(
            {test::sharedVocabulary({"[UNK]", "un", "##able", "##a", "##aff", "##b"}), TokenId{0}, "##", 12});
        const PieceTrace trace = model->trace("unable");
        const auto& steps = std::get<MatchTrace>(trace.steps);
        QCOMPARE(steps.attempts.size(), std::size_t(6));  // unable, unabl, unab, una, un; ##able
        QVERIFY(steps.attempts[4].id == std::optional(TokenId{1}));
        QVERIFY(steps.attempts[5].id == std::optional(TokenId{2}));
        QVERIFY(std::get<MatchTrace>(model->trace("unx").steps).outcome == MatchTrace::Outcome::Stuck);
        QVERIFY(std::get<MatchTrace>(model->trace("unununununununun").steps).outcome ==
                MatchTrace::Outcome::TooLong);
        compareOnRandomPieces(*model, "unableaaff");
    }

    /// To try all of the rest at each place would take until the next day.
    void aWordOfAnyLengthIsTriedAsFarAsEntriesReach() {
        constexpr std::size_t length = 300'000;
        const TokenModelPtr model = makeWordPiece(
            {test::sharedVocabulary({"[UNK]", "a", "##a", "##aaaa"}), TokenId{0}, "##", length});
        std::vector<PieceToken> tokens;
        NoProgress progress;
        const auto run = model->begin();
        std::string word(length, 'a');
        QVERIFY(run->tokenize(word, tokens, progress));
        QCOMPARE(tokens.size(), 1 + (length - 1) / 4 + 3);
        tokens.clear();
        word.back() = 'x';
        QVERIFY(run->tokenize(word, tokens, progress));
        QCOMPARE(tokens.size(), std::size_t(1));
        QVERIFY(tokens[0].kind == TokenKind::Unknown);

        word.assign(4'000, 'a');
        const PieceTrace trace = model->trace(word);
        const auto& steps = std::get<MatchTrace>(trace.steps);
        QCOMPARE(steps.attempts.front().span.end, MatchTrace::charactersTold);
        QVERIFY(steps.attempts.size() < word.size() * MatchTrace::charactersTold);
        QCOMPARE(trace.tokens.size(), std::size_t(1003));
    }

    void entriesLongerThanWhatIsToldAreFound() {
        const std::string longer(150, 'a');
        const std::string prefixed = "##" + std::string(149, 'b');
        const TokenModelPtr model = makeWordPiece(
            {test::sharedVocabulary({"[UNK]", longer, prefixed, "##b"}), TokenId{0}, "##", 1'000});
        const PieceTrace trace = model->trace(longer + prefixed.substr(2) + "b");
        QCOMPARE(trace.tokens.size(), std::size_t(3));
        QVERIFY(std::get<MatchTrace>(trace.steps).attempts.front().span.end == 151);
    }

    void theLatticeHasEveryWay() {
        UnigramParts parts;
        parts.vocabulary = test::sharedVocabulary({"?", "a", "b", "ab", "abc", "c", "bc", "<0x78>"});
        parts.scores = {0, -3, -3, -4, -9, -3, -4, 0};
        parts.isUsable = {false, true, true, true, true, true, true, false};
        parts.unknown = TokenId{0};
        parts.unknownScore = -20;
        const PieceTrace trace = makeUnigram(parts)->trace("abc");
        const auto& lattice = std::get<LatticeTrace>(trace.steps);
        QCOMPARE(lattice.edges.size(), std::size_t(6));
        QCOMPARE(lattice.places.size(), std::size_t(4));
        QCOMPARE(lattice.places.back().best, -7.0);
        QCOMPARE(lattice.places[0].edgesEnd, std::size_t(3));  // a, ab, abc
        // a + bc and ab + c are equal: the way found first wins.
        QVERIFY(trace.tokens == (std::vector<PieceToken>{{TokenId{3}, 0, 2}, {TokenId{5}, 2, 3}}) ||
                trace.tokens == (std::vector<PieceToken>{{TokenId{1}, 0, 1}, {TokenId{6}, 1, 3}}));
        compareOnRandomPieces(*makeUnigram(parts), "aabbccx\xff");
        parts.byteFallback = true;
        parts.keepsFloats = true;
        compareOnRandomPieces(*makeUnigram(parts), "aabbccxy");
    }

    void wordsAreFoundOrNot() {
        const TokenModelPtr model = makeWordLevel(test::sharedVocabulary({"?", "a", "ab"}), TokenId{0});
        QVERIFY(std::get<LookupTrace>(model->trace("ab").steps).id == std::optional(TokenId{2}));
        QVERIFY(!std::get<LookupTrace>(model->trace("b").steps).id.has_value());
        compareOnRandomPieces(*model, "ab");
    }
};

QTEST_GUILESS_MAIN(PieceTraceTest)
#include "piece_trace_test.moc"
