// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_line.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include <QTest>

using namespace lexiscope;

class CsvLineTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aTextStandsInQuotesWhereItMust_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("plain") << QByteArray("king") << QByteArray("king");
        QTest::newRow("empty") << QByteArray("") << QByteArray("\"\"");
        QTest::newRow("comma") << QByteArray("1,000") << QByteArray("\"1,000\"");
        QTest::newRow("quote") << QByteArray("say \"no\"") << QByteArray("\"say \"\"no\"\"\"");
        QTest::newRow("newline") << QByteArray("a\nb") << QByteArray("\"a\nb\"");
        QTest::newRow("carriage return") << QByteArray("a\rb") << QByteArray("\"a\rb\"");
        QTest::newRow("space in the middle") << QByteArray("New York") << QByteArray("New York");
        QTest::newRow("space before") << QByteArray(" king") << QByteArray("\" king\"");
        QTest::newRow("space after") << QByteArray("king ") << QByteArray("\"king \"");
        QTest::newRow("other scripts") << QByteArray("Ġкороль") << QByteArray("Ġкороль");
        QTest::newRow("half a character") << QByteArray("\xC3|") << QByteArray("\uFFFD|");
        QTest::newRow("zero byte") << QByteArray("a\0b", 3) << QByteArray("a\0b", 3);
    }
    void aTextStandsInQuotesWhereItMust() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, field);
        std::string out;
        CsvLine(out).text(text.toStdString()).end();
        QCOMPARE(QByteArray::fromStdString(out), field + "\r\n");
    }

    void numbersReadBackAsTheSame() {
        std::string out;
        const std::array<float, 3> values = {0.1F, -0.0F, std::numeric_limits<float>::denorm_min()};
        CsvLine line(out);
        line.count(18446744073709551615ULL)
            .number(0.1)
            .number(1.0 / 3)
            .numbers(values)
            .none()
            .text("x")
            .end();
        QCOMPARE(out, std::string("18446744073709551615,0.1,0.3333333333333333,0.1,-0,1e-45,,x\r\n"));
    }

    void whatIsNoNumberIsNamed() {
        std::string out;
        const float infinite = std::numeric_limits<float>::infinity();
        const auto negativeNan = std::bit_cast<float>(0xFFC00000U);
        CsvLine(out)
            .number(std::numeric_limits<double>::quiet_NaN())
            .number(negativeNan)
            .number(infinite)
            .number(-static_cast<double>(infinite))
            .end();
        QCOMPARE(out, std::string("nan,nan,inf,-inf\r\n"));
    }

    void eachLineBeginsAnew() {
        std::string out = "before;";
        CsvLine line(out);
        line.end();
        line.none().end();
        line.none().none().end();
        QCOMPARE(out, std::string("before;\r\n\r\n,\r\n"));
    }
};

QTEST_APPLESS_MAIN(CsvLineTest)
#include "csv_line_test.moc"
