// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_reader.h"

#include "core/io/csv_line.h"

#include <QTest>

using namespace lexiscope;

namespace {

/// Fields joined by "|", records by "/"; or the error.
std::string read(std::string_view text, char separator = ',') {
    CsvReader reader(text, separator);
    std::string all;
    while (true) {
        const auto record = reader.next();
        if (!record.ok()) {
            return all + "! " + record.error().where;
        }
        if (!record.value()) {
            return all;
        }
        for (const CsvField& field : *record.value()) {
            all += field.text + "|";
        }
        all += "/";
    }
}

}  // namespace

class CsvReaderTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    // As Python's csv module reads them, but for empty lines, which it gives as records without fields.
    void recordsAreRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("records");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("no line end") << QByteArray("a,b") << QByteArray("a|b|/");
        QTest::newRow("all line ends") << QByteArray("a\nb\r\nc\rd\r") << QByteArray("a|/b|/c|/d|/");
        QTest::newRow("empty lines") << QByteArray("\n\r\na\n\n\nb\n\n") << QByteArray("a|/b|/");
        QTest::newRow("empty fields") << QByteArray(",\na,,\n") << QByteArray("||/a|||/");
        QTest::newRow("quotes") << QByteArray("\"a,b\",\"c\"\"d\",\"\"\n") << QByteArray("a,b|c\"d||/");
        QTest::newRow("lines in quotes") << QByteArray("\"a\r\nb\",c\n") << QByteArray("a\r\nb|c|/");
        QTest::newRow("quote inside") << QByteArray("a\"b\",c\n") << QByteArray("a\"b\"|c|/");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF\"a\",b") << QByteArray("a|b|/");
        QTest::newRow("spaces") << QByteArray(" a , b ") << QByteArray(" a | b |/");
        QTest::newRow("zero byte") << QByteArray("a\0b,c", 5) << QByteArray("a\0b|c|/", 7);
        QTest::newRow("no end of quote") << QByteArray("x\nay,\"b\nc") << QByteArray("x|/! line 2, column 4");
        QTest::newRow("only a quote") << QByteArray("\"") << QByteArray("! line 1, column 1");
        QTest::newRow("after a quote") << QByteArray("\"é\"x,b") << QByteArray("! line 1, column 4");
    }
    void recordsAreRead() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, records);
        QCOMPARE(QByteArray::fromStdString(read(text.toStdString())), records);
    }

    void placesCountLinesAndCharacters() {
        CsvReader reader("é,b\r\n\"x\ny\",ü,\"z\"\n\nlast", ',');
        const CsvRecord first = *reader.next().value();
        QCOMPARE(csvPlace(first[1]), std::string("line 1, column 3"));
        const CsvRecord second = *reader.next().value();
        QCOMPARE(csvPlace(second[0]), std::string("line 2, column 1"));
        QCOMPARE(csvPlace(second[1]), std::string("line 3, column 4"));
        QCOMPARE(csvPlace(second[2]), std::string("line 3, column 6"));
        QCOMPARE(csvPlace(reader.next().value()->front()), std::string("line 5, column 1"));
    }

    void theSeparatorIsThatOfTheFirstLine() {
        QCOMPARE(csvSeparator("a,b;c"), ',');
        QCOMPARE(csvSeparator("a;b\nc,d"), ';');
        QCOMPARE(csvSeparator("a\tb"), '\t');
        QCOMPARE(csvSeparator("\"a,b\";c"), ';');
        QCOMPARE(csvSeparator("a"), ',');
        QCOMPARE(csvSeparator(""), ',');
        QCOMPARE(read("a;\"b;c\"\n", ';'), std::string("a|b;c|/"));
    }

    void whatIsWrittenIsReadBack() {
        const std::vector<std::string> texts = {"", "a,b", "say \"no\"", "two\nlines", " spaced ", "\r", "ö"};
        std::string csv;
        CsvLine line(csv);
        for (const std::string& text : texts) {
            line.text(text);
        }
        line.end();
        CsvReader reader(csv, ',');
        const CsvRecord record = *reader.next().value();
        QCOMPARE(record.size(), texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QCOMPARE(record[i].text, texts[i]);
        }
        QVERIFY(!reader.next().value());
    }
};

QTEST_APPLESS_MAIN(CsvReaderTest)
#include "csv_reader_test.moc"
