// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_vector_format.h"

#include <string>

#include <QTest>

using namespace lexiscope;

namespace {

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

}  // namespace

class TextVectorFormatTest : public QObject {
    Q_OBJECT

  private slots:
    void tellsVectorsFromOtherTexts_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("dimension");
        const auto row = [](const char* name, const std::string& text, TextKind kind, int dimension = 0) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << static_cast<int>(kind) << dimension;
        };
        const auto vectors = [&](const char* name, const std::string& text, int dimension) {
            row(name, text, TextKind::Vectors, dimension);
        };
        vectors("word2vec text", "2 3\ncat 0.1 2 3\ndog 4 5 6\n", 3);
        vectors("word2vec text, one row", "1 3\ncat 0.1 -2e-3 nan\n", 3);
        vectors("word2vec text, one number a row", "2 1\ncat 0.1\ndog 4\n", 1);
        vectors("word2vec text, words of two words", "1 2\nnew york 0.1 1\n", 2);
        vectors("word2vec text, comma decimals", "1 2\ncat 0,1 1,5\n", 2);
        vectors("word2vec text, another encoding", "2 3\ncaf\xE9 1 0 1\nna\xEFve 0 1 1\n", 3);
        vectors("word2vec text, its dimension too large", "2 4\ncat 0.1 2 3\ndog 4 5 6\n", 4);
        vectors("word2vec text after a byte order mark",
                "\xEF\xBB\xBF"
                "1 3\ncat 0.1 2 3\n",
                3);
        vectors("word2vec text, dimension of nothing", "1 0\ncat 0.1 2 3\n", 0);
        vectors("word2vec text, as on Windows", "2 3\r\ncat 0.1 2 3\r\ndog 4 5 6\r\n", 3);
        vectors("GloVe", "cat 0.1 2\ndog 4 5\n", 2);
        vectors("GloVe, spaces at line ends", "cat 0.1 2 \ndog 4 5 \n", 2);
        vectors("GloVe, its first row too short", "cat 0.1\ndog 4 5\ncow 4 5\nhen 4 5\n", 2);
        vectors("GloVe, its first word of two words", "new york 0.1 2\ndog 4 5\ncow 4 5\n", 2);
        vectors("GloVe, its first word and number", "windows 95 1 2\ndog 4 5\ncow 4 5\nhen 4 5\nant 4 5\n",
                2);
        vectors("GloVe, numbers as words", "2011 0.1 2\n2012 4 5\n", 2);
        vectors("GloVe, comma decimals", "cat 0,1 2\ndog 4 5,5\n", 2);
        vectors("GloVe, carriage returns alone", "cat 0.1 2\rdog 4 5\r", 2);
        vectors("GloVe, one long row", "cat" + repeated(" 1", 50) + "\n", 50);
        vectors("GloVe, long words of two words", repeated("new york" + repeated(" 1", 20) + "\n", 3), 20);
        vectors("features made by hand", "cat 1 0\ndog 1 1\ncar 0 1\n", 2);

        row("nothing", "", TextKind::Other);
        row("prose", "It was the best of times,\nit was the worst of times.\n", TextKind::Other);
        row("prose with years", "Apollo 11 1969\n", TextKind::Other);
        row("prose after two numbers", "12 30\nand then prose,\nfor some time\n", TextKind::Other);
        row("prose after two numbers, with a number", "12 30\nIn 1990\nthere was\n", TextKind::Other);
        row("some lines with numbers", "The table\ncat 0.1 2\nfollows\ndog 4 5\nhere, and so on\n",
            TextKind::Other);
        row("words alone", "cat\ndog\ncow\n", TextKind::Other);
        row("one number a line", "0.1\n0.2\n0.3\n", TextKind::Other);
        row("words and counts", "the 23135851162\nof 13151942776\nand 12997637966\n", TextKind::Other);
        row("CSV", "cat,0.1,2\ndog,4,5\n", TextKind::Other);
        row("merges", "#version: 0.2\n\u0120 t\n\u0120 a\nh e\n", TextKind::Other);
        row("pairs of words", "tiger\tcat\t7.35\ntiger\ttiger\t10.00\n", TextKind::Other);
        row("a byte of zero", std::string("cat 0.1 2\ndog 4 5\n\0", 19), TextKind::Other);
        row("a table", "0.1 0.2 0.3\n0.4 0.5 0.6\n", TextKind::NumbersAlone);
        row("a table of whole numbers", "1 2 3\n4 5 6\n7 8 9\n", TextKind::NumbersAlone);
        row("a table of long numbers", repeated(repeated(" 1.5e+00", 30).substr(1) + "\n", 3),
            TextKind::NumbersAlone);
    }
    void tellsVectorsFromOtherTexts() {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QFETCH(int, dimension);
        QCOMPARE(static_cast<int>(kindOfText(text.toStdString(), true)), kind);
        if (kind == static_cast<int>(TextKind::Vectors)) {
            QCOMPARE(static_cast<int>(textVectorFormat(text.toStdString(), true).dimension), dimension);
        }
    }

    void aCutSampleDoesNotCount() {
        // The last line is cut: by itself it would be no row.
        QVERIFY(kindOfText("cat 0.1 2\ndog 4 5\nco", false) == TextKind::Vectors);
        // One line longer than the sample: what there is of it.
        const std::string sample = "cat" + repeated(" 0.5", 1000) + " 0.";
        QVERIFY(kindOfText(sample, false) == TextKind::Vectors);
        QVERIFY(kindOfText("one" + repeated(" word", 1000), false) == TextKind::Other);
        QVERIFY(kindOfText("2 2000\n" + sample, false) == TextKind::Vectors);
    }

    void tellsWhereTheRowsBegin() {
        const TextVectorFormat word2Vec = textVectorFormat(
            "\xEF\xBB\xBF"
            "20 3\ncat 1 2 3\n",
            true);
        QCOMPARE(word2Vec.begin, std::size_t(8));
        QVERIFY(word2Vec.hasByteOrderMark);
        QVERIFY(word2Vec.header.has_value());
        QCOMPARE(word2Vec.header->rows, std::string("20"));
        const TextVectorFormat glove = textVectorFormat("cat 1.5 2 3\ndog 1 2 3\n", true);
        QCOMPARE(glove.begin, std::size_t(0));
        QVERIFY(!glove.header.has_value() && !glove.hasByteOrderMark);
    }
};

QTEST_APPLESS_MAIN(TextVectorFormatTest)
#include "text_vector_format_test.moc"
