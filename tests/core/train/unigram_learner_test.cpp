// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/unigram_learner.h"

#include "core/train/piece_lattice.h"
#include "core/train/symbol_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

using Strings = std::map<std::string, std::uint64_t>;

/// By looking at every string of every word.
Strings stringsByHand(const std::map<std::string, std::uint64_t>& words, std::size_t longest) {
    struct Seen {
        std::uint64_t count = 0;
        std::map<char, int> next;
    };
    std::map<std::string, Seen> seen;
    for (const auto& [word, count] : words) {
        for (std::size_t begin = 0; begin < word.size(); ++begin) {
            for (std::size_t size = 2; size <= std::min(longest, word.size() - begin); ++size) {
                Seen& string = seen[word.substr(begin, size)];
                string.count += count;
                const std::size_t end = begin + size;
                ++string.next[end < word.size() ? word[end] : '\0'];
            }
        }
    }
    Strings strings;
    for (const auto& [text, string] : seen) {
        const bool ends = string.next.contains('\0') || text.size() == longest;
        if (string.count >= 2 && (ends || string.next.size() > 1)) {
            strings[text] = string.count;
        }
    }
    return strings;
}

PieceCounts countsOf(const std::map<std::string, std::uint64_t>& words) {
    PieceCounts counts;
    for (const auto& [word, count] : words) {
        counts.add(word, count);
    }
    return counts;
}

std::map<std::string, std::uint64_t> randomWords(std::mt19937& random, std::size_t letters) {
    std::map<std::string, std::uint64_t> words;
    for (std::size_t i = 0; i < 1 + random() % 30; ++i) {
        std::string word;
        for (std::size_t j = 0; j < 1 + random() % 12; ++j) {
            word += static_cast<char>('a' + random() % letters);
        }
        words[word] += 1 + random() % 3;
    }
    return words;
}

/// All ways to tell a word: each with the indices of its strings.
void addWays(const ScoredStrings& strings, std::span<const std::uint32_t> word, std::size_t from,
             std::vector<std::uint32_t>& way, std::vector<std::vector<std::uint32_t>>& all) {
    if (from == word.size()) {
        all.push_back(way);
        return;
    }
    for (std::uint32_t i = 0; i < strings.size(); ++i) {
        const std::span<const std::uint32_t> string = strings.symbols(i);
        if (from + string.size() <= word.size() &&
            std::ranges::equal(string, word.subspan(from, string.size()))) {
            way.push_back(i);
            addWays(strings, word, from + string.size(), way, all);
            way.pop_back();
        }
    }
}

double scoreOf(const ScoredStrings& strings, const std::vector<std::uint32_t>& way) {
    double score = 0;
    for (const std::uint32_t i : way) {
        score += strings.score(i);
    }
    return score;
}

}  // namespace

class UnigramLearnerTest : public QObject {
    Q_OBJECT

  private slots:
    void digammaIsAsTabled() {
        // Abramowitz & Stegun, table 6.1; -γ - 2 log 2; 10,000 by the first terms.
        QVERIFY(std::abs(digamma(1) + 0.5772156649015329) < 1e-12);
        QVERIFY(std::abs(digamma(0.5) + 1.9635100260214235) < 1e-12);
        QVERIFY(std::abs(digamma(2) - 0.4227843350984671) < 1e-12);
        QVERIFY(std::abs(digamma(10) - 2.251752589066721) < 1e-12);
        QVERIFY(std::abs(digamma(10'000) - (std::log(10'000) - 0.00005 - 1.0 / 12e8)) < 1e-12);
    }

    void stringsAsFoundByHand() {
        std::mt19937 random(4);
        for (int i = 0; i < 200; ++i) {
            const auto words = randomWords(random, 1 + random() % 4);
            const std::size_t longest = 2 + random() % 15;
            const SymbolText text(countsOf(words), {"a", "b", "c", "d"});
            Strings found;
            for (const FrequentString& string : frequentStrings(text, longest, 100'000)) {
                const std::string spelling = text.spelling(text.symbols().subspan(string.begin, string.size));
                QVERIFY(!found.contains(spelling));
                found[spelling] = string.count;
            }
            QVERIFY(found == stringsByHand(words, longest));
        }
    }

    void theBestStringsAreKept() {
        const SymbolText text(countsOf({{"abc", 10}, {"abd", 5}, {"xy", 7}}), {"a", "b", "c", "d", "x", "y"});
        const std::vector<FrequentString> best = frequentStrings(text, 16, 2);
        QCOMPARE(best.size(), std::size_t(2));
        QCOMPARE(text.spelling(text.symbols().subspan(best[0].begin, best[0].size)), std::string("abc"));
        QCOMPARE(text.spelling(text.symbols().subspan(best[1].begin, best[1].size)), std::string("ab"));
        QCOMPARE(best[1].count, std::uint64_t(15));
    }

    void wordsEndBeforeOtherCharacters() {
        const SymbolText text(countsOf({{"ab\u00E9cd\xFF", 3}, {std::string(200, 'a'), 2}}),
                              {"d", "a", "b", "c"});
        QCOMPARE(text.words(), std::size_t(5));
        QCOMPARE(text.spelling(text.word(3)), std::string("ab"));
        QCOMPARE(text.spelling(text.word(4)), std::string("cd"));
        QCOMPARE(text.word(0).size(), SymbolText::longestWord);
        QCOMPARE(text.word(2).size(), 200 - 2 * SymbolText::longestWord);
        QCOMPARE(text.weight(4), std::uint64_t(3));
    }

    void sumsAndBestWaysAsByHand() {
        std::mt19937 random(8);
        for (int round = 0; round < 200; ++round) {
            std::map<std::vector<std::uint32_t>, double> wanted = {{{0}, -2.5}, {{1}, -3}, {{2}, -4.25}};
            for (int i = 0; i < 12; ++i) {
                std::vector<std::uint32_t> string;
                for (std::size_t j = 0; j < 2 + random() % 3; ++j) {
                    string.push_back(static_cast<std::uint32_t>(random() % 3));
                }
                wanted[string] = -1 - static_cast<double>(random() % 1000) / 97;
            }
            ScoredStrings strings;
            for (const auto& [string, score] : wanted) {
                strings.add(string, score);
            }
            std::vector<std::uint32_t> word;
            for (std::size_t j = 0; j < 1 + random() % 8; ++j) {
                word.push_back(static_cast<std::uint32_t>(random() % 3));
            }
            const SymbolTrie trie(strings);
            PieceLattice lattice(strings, trie);
            std::vector<std::vector<std::uint32_t>> ways;
            std::vector<std::uint32_t> way;
            addWays(strings, word, 0, way, ways);
            double sum = 0;
            double best = -1e9;
            std::vector<double> expected(strings.size());
            for (const std::vector<std::uint32_t>& each : ways) {
                sum += std::exp(scoreOf(strings, each));
                best = std::max(best, scoreOf(strings, each));
            }
            for (const std::vector<std::uint32_t>& each : ways) {
                for (const std::uint32_t i : each) {
                    expected[i] += std::exp(scoreOf(strings, each)) / sum;
                }
            }
            std::vector<double> counts(strings.size());
            const double logarithm =
                lattice.expect(word, [&](std::uint32_t index, double share) { counts[index] += share; });
            QVERIFY(std::abs(logarithm - std::log(sum)) < 1e-9);
            for (std::size_t i = 0; i < counts.size(); ++i) {
                QVERIFY(std::abs(counts[i] - expected[i]) < 1e-9);
            }
            QVERIFY(std::abs(scoreOf(strings, lattice.best(word, false)) - best) < 1e-9);
            for (const std::uint32_t i : lattice.best(word, true)) {
                QVERIFY(strings.length(i) < word.size());
            }
        }
    }

    /// Where the probability of a word is smaller than a double holds.
    void veryUnlikelyWords() {
        ScoredStrings strings;
        const std::array<std::uint32_t, 2> both = {0, 0};
        strings.add(std::span(both).first(1), -60);
        strings.add(both, -121);
        const SymbolTrie trie(strings);
        PieceLattice lattice(strings, trie);
        const std::vector<std::uint32_t> word(40, 0);
        double characters = 0;
        const double logarithm = lattice.expect(word, [&](std::uint32_t index, double share) {
            characters += share * static_cast<double>(strings.length(index));
        });
        QVERIFY(std::abs(characters - 40) < 1e-9);
        QVERIFY(logarithm > -2400 && logarithm < -2400 + 40);
    }

    void frequentWordsBecomePieces() {
        PieceCounts words;
        words.add("▁the", 1000);
        words.add("▁then", 300);
        words.add("▁running", 200);
        words.add("▁jumping", 200);
        words.add("▁jump", 150);
        words.add("▁run", 150);
        WorkerPool pool(2);
        NoProgress progress;
        UnigramLearning options;
        options.pieces = 32;
        options.characterCoverage = 1;
        const auto pieces = learnUnigram(words, options, nullptr, pool, progress);
        QVERIFY(pieces.ok());
        std::map<std::string, double> scores(pieces.value().begin(), pieces.value().end());
        QVERIFY(scores.contains("▁the") && scores.contains("▁jump"));
        for (const char* character : {"▁", "t", "h", "e", "n", "r", "u", "i", "g", "j", "m", "p"}) {
            QVERIFY2(scores.contains(character), character);
        }
        QVERIFY(scores.size() <= 32);
        QCOMPARE(pieces.value().front().first, std::string("▁the"));
    }
};

QTEST_GUILESS_MAIN(UnigramLearnerTest)
#include "unigram_learner_test.moc"
