// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/corpus.h"

#include "core/base/utf8.h"
#include "tests/support/scratch_folder.h"

#include <random>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

/// The words, "|" for the end of a line.
std::vector<std::string> wordsOf(std::string_view text, WordSplit split) {
    std::vector<std::string> words;
    WordCursor cursor(text, split);
    for (WordCursor::Found found = cursor.next(); found != WordCursor::Found::End; found = cursor.next()) {
        words.push_back(found == WordCursor::Found::LineEnd ? "|" : std::string(cursor.word()));
    }
    return words;
}

std::string joined(std::string_view text, WordSplit split) {
    std::string all;
    for (const std::string& word : wordsOf(text, split)) {
        all += all.empty() ? word : " " + word;
    }
    return all;
}

std::uint64_t brokenBytesOf(std::string_view text, WordSplit split) {
    WordCursor cursor(text, split);
    while (cursor.next() != WordCursor::Found::End) {
    }
    return cursor.brokenBytes();
}

Corpus corpusOf(std::string text, WordSplit split) {
    return Corpus::ofFile(MappedFile::ofBytes(std::move(text), "text.txt"), split).value();
}

/// Words of 1 to 12 letters, some beyond ASCII; after one of `lineLength` a line ends, 0: none does.
std::string randomText(std::size_t size, unsigned lineLength, unsigned seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < size) {
        for (std::uint64_t letters = 1 + random() % 12; letters > 0; --letters) {
            random() % 8 == 0 ? text += "é" : text += static_cast<char>('a' + random() % 26);
        }
        text += lineLength != 0 && random() % lineLength == 0 ? '\n' : ' ';
    }
    return text;
}

std::string allBlocks(const Corpus& corpus) {
    std::string all;
    for (std::size_t i = 0; i < corpus.blockCount(); ++i) {
        all += corpus.block(i);
    }
    return all;
}

}  // namespace

class CorpusTest : public QObject {
    Q_OBJECT

  private slots:
    void splitsText_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("letters");
        QTest::addColumn<QByteArray>("spaces");
        const auto row = [](const char* name, const char* text, const char* letters, const char* spaces) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(letters) << QByteArray(spaces);
        };
        row("nothing", "", "", "");
        row("spaces alone", "  \t ", "", "");
        row("a sentence", "The cat sat.", "the cat sat", "The cat sat.");
        row("lines", "a\nb\r\n\nc", "a | b | | c", "a | b | | c");
        row("a last line end", "a\n", "a |", "a |");
        row("digits and _", "A1_b 22", "a1_b 22", "A1_b 22");
        row("an apostrophe", "don't—stop", "don t stop", "don't—stop");
        row("accents", "Élan ÉCOLE naïve", "élan école naïve", "Élan ÉCOLE naïve");
        row("a combining accent", "Cafe\xCC\x81 x", "cafe\xCC\x81 x", "Cafe\xCC\x81 x");
        row("Greek and Cyrillic", "ΛΌΓΟΣ Привет", "λόγοσ привет", "ΛΌΓΟΣ Привет");
        row("Chinese with its comma", "你好，世界", "你好 世界", "你好，世界");
        row("Hindi vowel signs", "हिन्दी।", "हिन्दी", "हिन्दी।");
        row("digits of other scripts", "٣٤ x", "٣٤ x", "٣٤ x");
        row("a wide space", "a\u00A0b\u3000c", "a b c", "a\u00A0b\u3000c");
        row("emoji", "a🙂b", "a b", "a🙂b");
        row("a byte order mark", "\xEF\xBB\xBFword", "word", "\xEF\xBB\xBFword");
        row("upper and lower in one word", "iPhone É1é", "iphone é1é", "iPhone É1é");
        row("bytes that are no UTF-8", "a\xFF\x62 \xC3", "a b", "a\xFF\x62 \xC3");
    }
    void splitsText() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, letters);
        QFETCH(QByteArray, spaces);
        QCOMPARE(joined(text.toStdString(), WordSplit::Letters), letters.toStdString());
        QCOMPARE(joined(text.toStdString(), WordSplit::Spaces), spaces.toStdString());
    }

    void zeroBytesPartWords() {
        const std::string text("a\0b", 3);
        QCOMPARE(joined(text, WordSplit::Letters), std::string("a b"));
        QCOMPARE(joined(text, WordSplit::Spaces), std::string("a b"));
    }

    void brokenBytesAreCounted() {
        QCOMPARE(brokenBytesOf("a\xFFz \xC3 é", WordSplit::Letters), std::uint64_t(2));
        QCOMPARE(brokenBytesOf("\xED\xA0\x80", WordSplit::Letters), std::uint64_t(3));  // a surrogate
        QCOMPARE(brokenBytesOf("\xFF\xFE\xFF", WordSplit::Letters), std::uint64_t(3));
        QCOMPARE(brokenBytesOf("é 你 🙂", WordSplit::Letters), std::uint64_t(0));
        QCOMPARE(brokenBytesOf("\xFF", WordSplit::Spaces), std::uint64_t(0));
    }

    void blocksCutNoWord_data() {
        QTest::addColumn<unsigned>("lineLength");
        QTest::newRow("no line end") << 0U;
        QTest::newRow("long lines") << 20000U;
        QTest::newRow("short lines") << 9U;
        QTest::newRow("lines of a word") << 1U;
    }
    void blocksCutNoWord() {
        QFETCH(unsigned, lineLength);
        for (unsigned seed = 0; seed < 4; ++seed) {
            const std::string text = randomText(400'000 + seed * 8191, lineLength, seed);
            for (const WordSplit split : {WordSplit::Letters, WordSplit::Spaces}) {
                const Corpus corpus = corpusOf(text, split);
                QVERIFY(corpus.blockCount() >= 6);
                QVERIFY(allBlocks(corpus) == text);
                std::vector<std::string> words;
                for (std::size_t i = 0; i < corpus.blockCount(); ++i) {
                    const std::vector<std::string> more = wordsOf(corpus.block(i), split);
                    words.insert(words.end(), more.begin(), more.end());
                    const bool isLast = i + 1 == corpus.blockCount();
                    const bool hasNearLines = lineLength != 0 && lineLength < 1000;
                    const char end = corpus.block(i).back();
                    QVERIFY(isLast || end == '\n' || (end == ' ' && !hasNearLines));
                }
                QVERIFY(words == wordsOf(text, split));
            }
        }
    }

    void whatHasNoSpaceIsCutBetweenCharacters() {
        std::string text = "x";
        while (text.size() < 300'000) {
            text += "你";
        }
        const Corpus corpus = corpusOf(text, WordSplit::Letters);
        QVERIFY(allBlocks(corpus) == text);
        for (std::size_t i = 0; i < corpus.blockCount(); ++i) {
            QVERIFY(isUtf8(corpus.block(i)));
            QVERIFY(!corpus.block(i).empty());
        }
    }

    void anyBytesAreCoveredOnce() {
        std::mt19937 random(3);
        for (const unsigned kinds : {256U, 2U, 1U}) {
            std::string text(200'000 + random() % 1000, '\0');
            for (char& byte : text) {
                byte = static_cast<char>(kinds == 1 ? 0x80U : random() % kinds * (256 / kinds));
            }
            const Corpus corpus = corpusOf(text, WordSplit::Letters);
            QVERIFY(allBlocks(corpus) == text);
        }
    }

    void textsOfExactlyABlock() {
        for (const std::size_t size : {65535, 65536, 65537, 131072}) {
            const std::string text = std::string(size - 1, 'a') + "\n";
            const Corpus corpus = corpusOf(text, WordSplit::Letters);
            QCOMPARE(corpus.blockCount(), (size + 65535) / 65536);
            QVERIFY(allBlocks(corpus) == text);
        }
    }

    void filesThatCannotBe() {
        const ScratchFolder folder;
        QCOMPARE(Corpus::open(folder.path() / "none", WordSplit::Letters).error().code, ErrorCode::NotFound);
        QCOMPARE(Corpus::open(folder.path(), WordSplit::Letters).error().code, ErrorCode::Unreadable);
        const Result<Corpus> empty = Corpus::open(folder.write("empty", ""), WordSplit::Letters);
        QCOMPARE(empty.error().code, ErrorCode::Broken);
        QVERIFY(toString(empty.error()).find("empty: the file is empty") != std::string::npos);
        for (const char* packed : {"\x1F\x8B\x08 words", "\x28\xB5\x2F\xFD words"}) {
            const Result<Corpus> refused = Corpus::open(folder.write("packed", packed), WordSplit::Letters);
            QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        }
        const Corpus corpus = Corpus::open(folder.write("a", "one two"), WordSplit::Spaces).value();
        QCOMPARE(corpus.size(), std::uint64_t(7));
        QCOMPARE(corpus.path(), folder.path() / "a");
        QVERIFY(corpus.check().ok());
    }
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpus_test.moc"
