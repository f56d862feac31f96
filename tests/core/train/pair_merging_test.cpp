// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pair_merging.h"

#include <algorithm>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

struct Word {
    std::vector<std::uint32_t> symbols;
    std::uint64_t count;
};

std::vector<std::string> letters(std::size_t count) {
    std::vector<std::string> alphabet;
    for (std::size_t i = 0; i < count; ++i) {
        alphabet.push_back(std::string(1, static_cast<char>('a' + i)));
    }
    return alphabet;
}

Word wordOf(const std::string& text, std::uint64_t count) {
    Word word{{}, count};
    for (const char c : text) {
        word.symbols.push_back(static_cast<std::uint32_t>(c - 'a'));
    }
    return word;
}

PairMerging mergingOf(const std::vector<Word>& words, std::size_t alphabet, PairMerging::Options options) {
    PairMerging merging(letters(alphabet), std::move(options));
    for (const Word& word : words) {
        if (!merging.addWord(word.symbols, word.count)) {
            qFatal("too many places");
        }
    }
    merging.begin();
    return merging;
}

/// "es 9, est 9"
std::string mergesOf(PairMerging merging, std::size_t most = 1000) {
    std::ostringstream list;
    for (std::size_t i = 0; i < most; ++i) {
        const std::optional<PairMerging::Merge> merge = merging.next();
        if (!merge) {
            break;
        }
        list << (i == 0 ? "" : ", ") << merging.spelling(merge->left) << '+' << merging.spelling(merge->right)
             << ' ' << merge->count;
    }
    return list.str();
}

/// The same by counting all pairs anew for each merge.
std::string mergesByRecount(std::vector<Word> words, std::size_t alphabet, std::uint64_t minCount) {
    std::vector<std::string> spellings = letters(alphabet);
    std::ostringstream list;
    for (bool isFirst = true;; isFirst = false) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> counts;
        for (const Word& word : words) {
            for (std::size_t i = 0; i + 1 < word.symbols.size(); ++i) {
                counts[{word.symbols[i], word.symbols[i + 1]}] += word.count;
            }
        }
        // The first of the largest, in the order of the pairs.
        const auto best = std::max_element(counts.begin(), counts.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        if (best == counts.end() || best->second < minCount) {
            return list.str();
        }
        const auto [left, right] = best->first;
        list << (isFirst ? "" : ", ") << spellings[left] << '+' << spellings[right] << ' ' << best->second;
        const auto merged = static_cast<std::uint32_t>(spellings.size());
        spellings.push_back(spellings[left] + spellings[right]);
        for (Word& word : words) {
            std::vector<std::uint32_t> symbols;
            for (std::size_t i = 0; i < word.symbols.size(); ++i) {
                if (i + 1 < word.symbols.size() && word.symbols[i] == left && word.symbols[i + 1] == right) {
                    symbols.push_back(merged);
                    ++i;
                } else {
                    symbols.push_back(word.symbols[i]);
                }
            }
            word.symbols = symbols;
        }
    }
}

std::vector<Word> randomWords(std::mt19937& random, std::size_t alphabet) {
    std::vector<Word> words;
    const std::size_t count = 1 + random() % 40;
    for (std::size_t i = 0; i < count; ++i) {
        Word word{{}, 1 + random() % 5};
        const std::size_t size = random() % 14;
        for (std::size_t j = 0; j < size; ++j) {
            // Runs of one letter are what goes wrong first.
            const bool repeats = j > 0 && random() % 3 == 0;
            word.symbols.push_back(repeats ? word.symbols.back()
                                           : static_cast<std::uint32_t>(random() % alphabet));
        }
        words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

class PairMergingTest : public QObject {
    Q_OBJECT

  private slots:
    /// The example of Sennrich, Haddow & Birch, without their end of word.
    void lowLowerNewestWidest() {
        const std::vector<Word> words = {wordOf("low", 5), wordOf("lower", 2), wordOf("newest", 6),
                                         wordOf("widest", 3)};
        QCOMPARE(mergesOf(mergingOf(words, 26, {}), 5), std::string("e+s 9, es+t 9, l+o 7, lo+w 7, e+w 6"));
    }

    void equallyFrequentPairsGoByTheirNumbers() {
        const std::vector<Word> words = {wordOf("dc", 3), wordOf("ba", 3), wordOf("bd", 3), wordOf("ac", 3)};
        QCOMPARE(mergesOf(mergingOf(words, 26, {})), std::string("a+c 3, b+a 3, b+d 3, d+c 3"));
    }

    void runsMergeFromTheLeft() {
        QCOMPARE(mergesOf(mergingOf({wordOf("aaaaa", 2)}, 26, {})), std::string("a+a 8, aa+a 2, aa+aaa 2"));
    }

    void asByCountingAnew() {
        std::mt19937 random(5);
        for (int i = 0; i < 400; ++i) {
            const std::size_t alphabet = 1 + random() % 6;
            const std::vector<Word> words = randomWords(random, alphabet);
            const std::uint64_t minCount = 1 + random() % 4;
            const std::string expected = mergesByRecount(words, alphabet, minCount);
            QCOMPARE(mergesOf(mergingOf(words, alphabet, {minCount, 256, {}})), expected);
        }
    }

    void theOrderOfTheWordsSaysNothing() {
        std::mt19937 random(6);
        for (int i = 0; i < 50; ++i) {
            std::vector<Word> words = randomWords(random, 5);
            const std::string merges = mergesOf(mergingOf(words, 5, {}));
            std::shuffle(words.begin(), words.end(), random);
            QCOMPARE(mergesOf(mergingOf(words, 5, {})), merges);
        }
    }

    void noSymbolIsLongerThanItMay() {
        QCOMPARE(mergesOf(mergingOf({wordOf("abababab", 5)}, 26, {2, 4, {}})),
                 std::string("a+b 20, ab+ab 15"));
        QCOMPARE(mergesOf(mergingOf({wordOf("abababab", 5)}, 26, {2, 1, {}})), std::string());
    }

    void thePrefixOfTheRightOneGoes() {
        PairMerging merging({"a", "##a", "##b"}, {2, 256, "##"});
        QVERIFY(merging.addWord(std::vector<std::uint32_t>{0, 2, 1, 2}, 3));
        merging.begin();
        QCOMPARE(merging.spelling(merging.next()->merged), std::string("a##b").erase(1, 2));
        QCOMPARE(merging.spelling(merging.next()->merged), std::string("##ab"));
        QCOMPARE(merging.spelling(merging.next()->merged), std::string("abab"));
        QVERIFY(!merging.next());
    }

    void nothingToMerge() {
        QCOMPARE(mergesOf(mergingOf({}, 3, {})), std::string());
        QCOMPARE(mergesOf(mergingOf({wordOf("a", 100), wordOf("", 5)}, 3, {})), std::string());
        QCOMPARE(mergesOf(mergingOf({wordOf("ab", 1)}, 3, {})), std::string());
        QCOMPARE(mergesOf(mergingOf({wordOf("ab", 1)}, 3, {1, 256, {}})), std::string("a+b 1"));
    }
};

QTEST_GUILESS_MAIN(PairMergingTest)
#include "pair_merging_test.moc"
