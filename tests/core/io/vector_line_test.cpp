// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vector_line.h"

#include <array>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr std::string_view said = "line 1 says";

struct ReadLine {
    VectorLine line;
    std::vector<float> numbers;
    std::optional<LineFault> fault;
};

/// Three numbers are wanted.
ReadLine read(std::string_view text) {
    ReadLine row;
    row.numbers.resize(3);
    row.fault = readVectorLine(withoutLineEnd(text), said, row.line, row.numbers);
    return row;
}

}  // namespace

class VectorLineTest : public QObject {
    Q_OBJECT

  private slots:
    void readsAWordAndItsNumbers_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("word");
        const auto row = [](const char* name, const char* line, const char* word) {
            QTest::newRow(name) << QByteArray(line) << QByteArray(word);
        };
        row("plain", "cat 1 -2.5 3e1", "cat");
        row("a space at the end", "cat 1 -2.5 3e1 ", "cat");
        row("as on Windows", "cat 1 -2.5 3e1\r", "cat");
        row("a space and as on Windows", "cat 1 -2.5 3e1 \r", "cat");
        row("tabs", "cat\t1\t-2.5\t3e1", "cat");
        row("a tab after the word", "cat\t1 -2.5 3e1", "cat");
        row("a word of two words", "new york 1 -2.5 3e1", "new york");
        row("a word of dots", ". . . 1 -2.5 3e1", ". . .");
        row("a word that is a number", "2012 1 -2.5 3e1", "2012");
        row("a word that is a number with a point", "3.14 1 -2.5 3e1", "3.14");
        row("a word of a space", "  1 -2.5 3e1", " ");
        row("a word without characters", " 1 -2.5 3e1", "");
        row("a word with a tab in it", "a\tb 1 -2.5 3e1", "a\tb");
        row("other spaces belong to the word", "a\u00A0b 1 -2.5 3e1", "a\u00A0b");
        row("a word that is infinite", "to infinity 1 -2.5 3e1", "to infinity");
        row("a word in another encoding", "caf\xE9 1 -2.5 3e1", "caf\xE9");
    }
    void readsAWordAndItsNumbers() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, word);
        const std::string text = line.toStdString();
        const ReadLine row = read(text);
        QVERIFY2(!row.fault.has_value(), row.fault ? row.fault->what.c_str() : "");
        QCOMPARE(QByteArray::fromStdString(std::string(row.line.word)), word);
        QCOMPARE(row.numbers, (std::vector<float>{1, -2.5F, 30}));
        QVERIFY(!row.line.hasCarriageReturn);
    }

    void saysWhatIsOddAboutAWord() {
        QCOMPARE(read("windows 95 1 2 3").line.numberInWord, std::optional<std::size_t>(8));
        QCOMPARE(read("over 1,000 1 2 3").line.numberInWord, std::optional<std::size_t>(5));
        QVERIFY(!read("2012 1 2 3").line.numberInWord.has_value());
        QVERIFY(!read("cat 1 2 3").line.numberInWord.has_value());
        const ReadLine row = read("a\rb 1 2 3");
        QVERIFY(!row.fault.has_value() && row.line.hasCarriageReturn);
        QCOMPARE(row.line.word, std::string_view("a\rb"));
    }

    void saysWhatIsWrongAndWhere_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("offset");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char* name, const char* line, int offset, const char* what,
                            const char* hint) {
            QTest::newRow(name) << QByteArray(line) << offset << QString(what) << QString(hint);
        };
        row("one number too few", "cat 1 2", 7, "this row has 2 numbers, but line 1 says 3", "as many");
        row("one number", "cat 1", 5, "this row has 1 number, but", "as many");
        row("no numbers", "cat", 3, "this row has 0 numbers, but", "as many");
        row("numbers alone, too few", "1 2 3", 5, "this row has 2 numbers, but", "as many");
        row("one number too many", "cat 0.5 1 2 3", 4, "this row has 4 numbers, but line 1 says 3",
            "as many");
        row("comma decimals", "cat 0,5 1,5 2,5", 12, "\"2,5\" is no number", "point");
        row("one comma", "cat 0,5 1 2", 4, "\"0,5\" is no number", "point");
        row("a letter in a number", "cat 1 2x 3", 6, "\"2x\" is no number", "damaged");
        row("an odd character", "cat 1 2 ٣", 8, "\"٣\" is no number", "damaged");
        row("two spaces", "cat 1  2 3", 6, "two spaces", "one space");
        row("a carriage return between rows", "cat 1 2 3\rdog 4 5 6", 9, "a carriage return", "line ends");
        row("a carriage return among numbers", "cat 1 2\r3 4", 7, "a carriage return", "line ends");
        row("a carriage return, too few", "cat 1\r2", 5, "a carriage return", "line ends");
    }
    void saysWhatIsWrongAndWhere() {
        QFETCH(QByteArray, line);
        QFETCH(int, offset);
        QFETCH(QString, what);
        QFETCH(QString, hint);
        const std::string text = line.toStdString();
        const ReadLine row = read(text);
        QVERIFY(row.fault.has_value());
        QVERIFY2(QString::fromStdString(row.fault->what).contains(what), row.fault->what.c_str());
        QVERIFY2(QString::fromStdString(row.fault->hint).contains(hint), row.fault->hint.c_str());
        QCOMPARE(static_cast<int>(row.fault->offset), offset);
    }

    void countsFieldsAndNumbers() {
        const LineShape plain = shapeOfLine("cat 0.5 1");
        QCOMPARE(plain.fields, std::size_t(3));
        QCOMPARE(plain.numbers, std::size_t(2));
        QVERIFY(!plain.beginsWithNumber && plain.othersHavePoint);
        const LineShape numbers = shapeOfLine("1 2 3");
        QCOMPARE(numbers.numbers, std::size_t(2));
        QVERIFY(numbers.beginsWithNumber && !numbers.firstHasPoint && !numbers.othersHavePoint);
        QCOMPARE(shapeOfLine("cat 0,5 1.2.3").numbers, std::size_t(2));
        QCOMPARE(shapeOfLine("cat 1 dog 2").numbers, std::size_t(1));
        QCOMPARE(shapeOfLine("cat").numbers, std::size_t(0));
        QCOMPARE(shapeOfLine("1").numbers, std::size_t(0));
        QCOMPARE(shapeOfLine("a . - ,").numbers, std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(VectorLineTest)
#include "vector_line_test.moc"
