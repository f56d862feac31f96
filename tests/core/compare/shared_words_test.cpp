// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/shared_words.h"

#include "tests/support/stopping_progress.h"
#include "tests/support/vocabulary_of.h"

#include <algorithm>
#include <initializer_list>

#include <QTest>

using namespace lexiscope;
using test::vocabularyOf;

namespace {

std::vector<SharedWord> shared(const Vocabulary& first, const Vocabulary& second) {
    NoProgress progress;
    return sharedWords(first, second, progress).value();
}

SharedWord word(std::uint32_t first, std::uint32_t second, bool sameCase = true) {
    return {Row{first}, Row{second}, sameCase};
}

using Words = std::vector<SharedWord>;

}  // namespace

class SharedWordsTest : public QObject {
    Q_OBJECT

  private slots:
    void exactComesBeforeCase() {
        const Vocabulary first = vocabularyOf({"The", "the", "King", "queen", "only"});
        const Vocabulary second = vocabularyOf({"queen", "the", "KING", "king"});
        QCOMPARE(shared(first, second), (Words{word(1, 1), word(2, 2, false), word(3, 0)}));
    }

    void marksAreLeftOut() {
        const Vocabulary gpt =
            vocabularyOf({"\u0120the", "ing", "\u0120", "\u0120andr\u00C3\u00A9"}, WordMark::ByteLevel);
        const Vocabulary llama =
            vocabularyOf({"ing", "\u2581andr\u00E9", "\u2581the", "the", "\u2581"}, WordMark::Metaspace);
        const Vocabulary plain = vocabularyOf({"andr\u00E9", "ing", "the"});
        // " " alone is no word start in either.
        QCOMPARE(shared(gpt, llama), (Words{word(0, 2), word(1, 0), word(2, 4), word(3, 1)}));
        // Where every entry is a word, a piece of a word is none of them.
        QCOMPARE(shared(gpt, plain), (Words{word(0, 2), word(3, 0)}));
        QCOMPARE(shared(plain, llama), (Words{word(0, 1), word(2, 2)}));
    }

    void eachRowIsUsedOnce() {
        const Vocabulary first = vocabularyOf({"THE", "The", "tHE", "dog", "dog"});
        const Vocabulary second = vocabularyOf({"the", "dog", "Dog", "dog"});
        QCOMPARE(shared(first, second), (Words{word(0, 0, false), word(3, 1)}));
        // Nor does the second of two equal words take what differs in case.
        QCOMPARE(shared(vocabularyOf({"dog", "dog"}), vocabularyOf({"dog", "DOG"})), (Words{word(0, 0)}));
    }

    void caseIsThatOfAllScripts() {
        QCOMPARE(shared(vocabularyOf({"\u0394\u03AD\u03BB\u03C4\u03B1", "\u00C9t\u00E9"}),
                        vocabularyOf({"\u00E9T\u00C9", "\u03B4\u03AD\u03BB\u03C4\u03B1"})),
                 (Words{word(0, 1, false), word(1, 0, false)}));
    }

    void bytesThatAreNoTextMatchThemselves() {
        QCOMPARE(shared(vocabularyOf({"\xff\xfe", "", "a\xff"}), vocabularyOf({"A\xff", "\xff\xfe", ""})),
                 (Words{word(0, 1), word(1, 2), word(2, 0, false)}));
    }

    void swappingGivesTheSamePairs() {
        const Vocabulary first =
            vocabularyOf({"The", "the", "THE", "b", "B", "x", "b", "\u0130", "word"}, WordMark::None);
        const Vocabulary second = vocabularyOf({"tHe", "the", "x", "X", "WORD", "Word", "B", "B"});
        Words swapped;
        for (const SharedWord& pair : shared(second, first)) {
            swapped.push_back({pair.second, pair.first, pair.sameCase});
        }
        std::sort(swapped.begin(), swapped.end(),
                  [](const SharedWord& a, const SharedWord& b) { return a.first < b.first; });
        QCOMPARE(swapped, shared(first, second));
        QCOMPARE(swapped, (Words{word(0, 0, false), word(1, 1), word(4, 6), word(5, 2), word(8, 4, false)}));
    }

    void noWordInCommonIsAnError() {
        NoProgress progress;
        for (const Vocabulary& second : {vocabularyOf({"\u043A\u043E\u0442"}), vocabularyOf({})}) {
            const Result<Words> result = sharedWords(vocabularyOf({"cat"}), second, progress);
            QVERIFY(!result.ok());
            QVERIFY(result.error().code == ErrorCode::NotFound);
            QVERIFY(result.error().what.find("no word in common") != std::string::npos);
            QVERIFY(!result.error().hint.empty());
        }
    }

    void placesInTwoLists() {
        const Vocabulary first =
            vocabularyOf({"\u0120King", "\u0120king", "king", "\u0120prince", "ed"}, WordMark::ByteLevel);
        const Vocabulary second = vocabularyOf({"king", "Prince", "queen", "ed", "KING"});
        const auto rows = [](std::initializer_list<std::uint32_t> numbers) {
            std::vector<Row> list;
            for (const std::uint32_t number : numbers) {
                list.push_back(Row{number});
            }
            return list;
        };
        using Places = std::vector<SharedPlace>;
        QCOMPARE(sharedPlaces(first, rows({0, 3, 1}), second, rows({2, 1, 0})), (Places{{1, 1}, {2, 2}}));
        QCOMPARE(sharedPlaces(first, rows({1, 0, 2}), second, rows({4, 0})), (Places{{0, 1}, {1, 0}}));
        QCOMPARE(sharedPlaces(first, rows({4}), second, rows({3})), (Places{{0, 0}}));
        QCOMPARE(sharedPlaces(first, rows({}), second, rows({3})), Places{});
        QCOMPARE(sharedPlaces(first, rows({3}), second, rows({0, 2})), Places{});
    }

    void stops() {
        test::StoppingProgress progress(1);
        const Result<Words> result = sharedWords(vocabularyOf({"a"}), vocabularyOf({"a"}), progress);
        QVERIFY(!result.ok() && result.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(SharedWordsTest)
#include "shared_words_test.moc"
