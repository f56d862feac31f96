// SPDX-License-Identifier: GPL-3.0-or-later
// Merging in windows and with a queue gives what the definition gives.
#include "core/tokenize/bpe_merges.h"

#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

using Tokens = std::vector<std::uint32_t>;

struct Rules {
    std::vector<BpeMerge> merges;
    Tokens ranks;
};

std::uint32_t below(std::mt19937& random, std::size_t end) {
    return static_cast<std::uint32_t>(random() % end);
}

/// Pairs of the first few tokens and of those that other pairs make, in random order of rank, some of equal
/// rank: what is made of a part may go before what makes it.
Rules randomRules(std::mt19937& random, std::uint32_t symbols, std::size_t count) {
    Rules rules;
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::uint32_t tokens = symbols;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t left = below(random, tokens);
        const std::uint32_t right = below(random, tokens);
        if (seen.emplace(left, right).second) {
            rules.merges.push_back({TokenId{left}, TokenId{right}, TokenId{tokens++}});
            rules.ranks.push_back(below(random, 2 * count));
        }
    }
    return rules;
}

/// As the definition has it: look at all pairs, merge the leftmost of lowest rank, begin again.
Tokens naivelyMerged(const Rules& rules, Tokens tokens) {
    for (;;) {
        std::size_t best = rules.merges.size();
        std::size_t place = 0;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            for (std::size_t rule = 0; rule < rules.merges.size(); ++rule) {
                if (rules.merges[rule].left.value == tokens[i] &&
                    rules.merges[rule].right.value == tokens[i + 1] &&
                    (best == rules.merges.size() || rules.ranks[rule] < rules.ranks[best])) {
                    best = rule;
                    place = i;
                }
            }
        }
        if (best == rules.merges.size()) {
            return tokens;
        }
        tokens[place] = rules.merges[best].merged.value;
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(place) + 1);
    }
}

Tokens randomPiece(std::mt19937& random, std::uint32_t symbols, std::size_t size) {
    Tokens piece;
    const bool isPeriodic = random() % 3 == 0;
    const std::size_t period = 1 + random() % 7;
    for (std::size_t i = 0; i < size; ++i) {
        const bool isUnknown = random() % 97 == 0;
        piece.push_back(isUnknown                   ? PieceMerger::noToken
                        : isPeriodic && i >= period ? piece[i - period]
                                                    : below(random, symbols));
    }
    return piece;
}

}  // namespace

class BpeMergesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void windowsGiveWhatTheDefinitionGives() {
        std::mt19937 random(5);
        const NoProgress progress;
        for (int round = 0; round < 60; ++round) {
            const std::uint32_t symbols = 1 + below(random, 4);
            const Rules rules = randomRules(random, symbols, 1 + random() % 24);
            const MergeTable table(rules.merges, rules.ranks);
            PieceMerger inWindows(table, 50);
            PieceMerger atOnce(table);
            for (int i = 0; i < 4; ++i) {
                const Tokens piece = randomPiece(random, symbols, random() % 240);
                const Tokens expected = naivelyMerged(rules, piece);
                for (PieceMerger* merger : {&inWindows, &atOnce}) {
                    Tokens tokens = piece;
                    QVERIFY(merger->merge(tokens, progress));
                    QCOMPARE(tokens, expected);
                }
            }
        }
    }

    void longPiecesGiveTheSameInWindowsOfAnySize() {
        std::mt19937 random(6);
        const NoProgress progress;
        for (int round = 0; round < 20; ++round) {
            const std::uint32_t symbols = 2 + below(random, 30);
            const Rules rules = randomRules(random, symbols, 400);
            const MergeTable table(rules.merges, rules.ranks);
            const Tokens piece = randomPiece(random, symbols, 20000);
            Tokens expected = piece;
            QVERIFY(PieceMerger(table, piece.size()).merge(expected, progress));
            for (const std::size_t window : {std::size_t{64}, std::size_t{1000}, PieceMerger::usualWindow}) {
                Tokens tokens = piece;
                QVERIFY(PieceMerger(table, window).merge(tokens, progress));
                QCOMPARE(tokens, expected);
            }
        }
    }

    void aTokenMayBeLongerThanAWindow() {
        // 2^i times the one symbol is token i.
        std::vector<BpeMerge> merges;
        for (std::uint32_t i = 0; i < 12; ++i) {
            merges.push_back({TokenId{i}, TokenId{i}, TokenId{i + 1}});
        }
        const MergeTable table(merges);
        PieceMerger merger(table, 64);
        Tokens tokens((1U << 12U) + 5U, 0);
        QVERIFY(merger.merge(tokens, NoProgress()));
        QCOMPARE(tokens, (Tokens{12, 2, 0}));
    }

    void stopsWhenAsked() {
        const MergeTable table(std::vector<BpeMerge>{{TokenId{0}, TokenId{0}, TokenId{1}}});
        Tokens tokens(100000, 0);
        QVERIFY(!PieceMerger(table).merge(tokens, StoppingProgress(0)));
    }
};

QTEST_APPLESS_MAIN(BpeMergesTest)
#include "bpe_merges_test.moc"
