// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/vocabulary.h"

#include <QTest>

using namespace lexiscope;

namespace {

Vocabulary made(const std::vector<std::string_view>& words, WordMark mark = WordMark::None) {
    Vocabulary::Builder builder;
    for (const std::string_view word : words) {
        builder.add(word);
    }
    return std::move(builder).build(mark);
}

}  // namespace

class VocabularyTest : public QObject {
    Q_OBJECT

  private slots:
    void anEmptyOneFindsNothing() {
        const Vocabulary vocabulary = made({});
        QCOMPARE(vocabulary.size(), std::size_t(0));
        QVERIFY(!vocabulary.find(""));
        QVERIFY(!vocabulary.find("cat"));
        QVERIFY(vocabulary.duplicates().empty());
    }

    void findsWhatWasAdded() {
        const std::string withZero("a\0b", 3);
        const Vocabulary vocabulary = made({"cat", "", "Cat", withZero, "\xFF\xFE", "a"});
        QCOMPARE(vocabulary.size(), std::size_t(6));
        for (std::uint32_t row = 0; row < 6; ++row) {
            QVERIFY(vocabulary.find(vocabulary.spelling(Row{row})) == Row{row});
        }
        QCOMPARE(vocabulary.spelling(Row{3}), std::string_view(withZero));
        QVERIFY(!vocabulary.find("ca"));
        QVERIFY(!vocabulary.find("cats"));
        QVERIFY(vocabulary.duplicates().empty());
    }

    void aWordThatComesAgainIsKeptAndTheFirstIsFound() {
        const Vocabulary vocabulary = made({"cat", "dog", "cat", "cow", "cat", "dog"});
        QCOMPARE(vocabulary.size(), std::size_t(6));
        QVERIFY(vocabulary.find("cat") == Row{0});
        QVERIFY(vocabulary.find("dog") == Row{1});
        QCOMPARE(vocabulary.spelling(Row{4}), std::string_view("cat"));
        QVERIFY((vocabulary.duplicates() == std::vector<Row>{Row{2}, Row{4}, Row{5}}));
    }

    void growsWithAndWithoutReserve_data() {
        QTest::addColumn<int>("reserved");
        QTest::newRow("nothing reserved") << 0;
        QTest::newRow("too little") << 100;
        QTest::newRow("exactly") << 20000;
        QTest::newRow("too much") << 100000;
    }
    void growsWithAndWithoutReserve() {
        QFETCH(int, reserved);
        Vocabulary::Builder builder;
        builder.reserve(static_cast<std::size_t>(reserved), static_cast<std::size_t>(reserved) * 6);
        for (int i = 0; i < 20000; ++i) {
            builder.add("w" + std::to_string(i * 7919));
        }
        QCOMPARE(builder.size(), std::size_t(20000));
        const Vocabulary vocabulary = std::move(builder).build(WordMark::None);
        for (std::uint32_t i = 0; i < 20000; ++i) {
            const std::string word = "w" + std::to_string(i * 7919);
            QVERIFY(vocabulary.find(word) == Row{i});
            QVERIFY(!vocabulary.find(word + "x"));
        }
        QVERIFY(vocabulary.memory() >= 20000 * 8);
    }

    void textOfByteLevel() {
        const Vocabulary v =
            made({"Ġking", "king", "Ġ", "ĠĠ", "Ċ", "Ã©", "<|endoftext|>", "<pad▁>", ""}, WordMark::ByteLevel);
        const std::vector<std::string> texts = {" king", "king",          " ",      "  ", "\n",
                                                "é",     "<|endoftext|>", "<pad▁>", ""};
        const std::vector<std::string> bare = {"king", "king",          " ",      " ", "\n",
                                               "é",    "<|endoftext|>", "<pad▁>", ""};
        for (std::uint32_t row = 0; row < v.size(); ++row) {
            QCOMPARE(textOf(v, Row{row}), texts[row]);
            QCOMPARE(bareText(v, Row{row}), bare[row]);
        }
    }

    void textOfMetaspace() {
        const Vocabulary v = made({"▁king", "king", "▁", "▁a▁b", "Ġ"}, WordMark::Metaspace);
        const std::vector<std::string> texts = {" king", "king", " ", " a b", "Ġ"};
        const std::vector<std::string> bare = {"king", "king", " ", "a b", "Ġ"};
        for (std::uint32_t row = 0; row < v.size(); ++row) {
            QCOMPARE(textOf(v, Row{row}), texts[row]);
            QCOMPARE(bareText(v, Row{row}), bare[row]);
        }
    }

    void wordPieceMarksWhatGoesOnWithinAWord() {
        const Vocabulary v = made({"king", "##ing", "##", "[CLS]", "#", "[x"}, WordMark::WordPiece);
        const std::vector<std::string> bare = {"king", "ing", "##", "[CLS]", "#", "[x"};
        const std::vector<bool> begins = {true, false, true, false, true, true};
        for (std::uint32_t row = 0; row < v.size(); ++row) {
            QCOMPARE(textOf(v, Row{row}), std::string(v.spelling(Row{row})));
            QCOMPARE(bareText(v, Row{row}), bare[row]);
            QCOMPARE(beginsWord(v, Row{row}), bool(begins[row]));
        }
        QVERIFY(markOf(WordMark::WordPiece).empty());
        QCOMPARE(spelledInside("ing", WordMark::WordPiece), std::string("##ing"));
        QCOMPARE(spelledInside("ing", WordMark::Metaspace), std::string("ing"));
    }

    void textOfUnmarkedIsTheSpelling() {
        const Vocabulary v = made({"Ġking", "▁king", " king", "\xFF"});
        for (std::uint32_t row = 0; row < v.size(); ++row) {
            QCOMPARE(textOf(v, Row{row}), std::string(v.spelling(Row{row})));
            QCOMPARE(bareText(v, Row{row}), std::string(v.spelling(Row{row})));
        }
    }
};

QTEST_APPLESS_MAIN(VocabularyTest)
#include "vocabulary_test.moc"
