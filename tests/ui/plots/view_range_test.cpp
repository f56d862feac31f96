// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/view_range.h"

#include <QJsonDocument>
#include <QTest>

using namespace lexiscope;

class ViewRangeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void sixDigitsComeBack() {
        const auto back = rangeFromJson(rangeToJson(-0.123456789, 1234567.89));
        QCOMPARE(back->first, -0.123457);
        QCOMPARE(back->second, 1.23457e6);
    }

    void nonsenseIsNone_data() {
        QTest::addColumn<QByteArray>("json");
        for (const char* json :
             {"[]", "[1]", "[1,2,3]", "[2,1]", "[1,1]", "[\"1\",2]", "[null,2]", "[{},[]]"}) {
            QTest::newRow(json) << QByteArray(json);
        }
    }
    void nonsenseIsNone() {
        QFETCH(QByteArray, json);
        QVERIFY(!rangeFromJson(QJsonDocument::fromJson(json).array()));
        QVERIFY(!rangeFromJson({}));
    }
};

QTEST_GUILESS_MAIN(ViewRangeTest)
#include "view_range_test.moc"
