// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_file.h"

#include "tests/support/scratch_folder.h"

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

class TextFileTest : public QObject {
    Q_OBJECT

  private slots:
    void textsAreKnownByNameOrContent_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isText");
        QTest::newRow("prose") << "a.txt" << QByteArray("It was the best of times.") << true;
        QTest::newRow("no ending") << "a" << QByteArray("It was the best of times.") << true;
        QTest::newRow("code") << "a.py" << QByteArray("print(1)\n") << true;
        QTest::newRow("another encoding, called text") << "a.txt" << QByteArray("caf\xE9\0x", 6) << true;
        QTest::newRow("another encoding, not called so") << "a.dat" << QByteArray("caf\xE9 au lait") << false;
        QTest::newRow("bytes") << "a.dat" << QByteArray("\x01\x00\xFF", 3) << false;
        QTest::newRow("JSON") << "a.json" << QByteArray("{\"a\": 1}") << false;
        QTest::newRow("JSON called text") << "a.txt" << QByteArray("{\"a\": 1}") << true;
        QTest::newRow("a byte order mark") << "a.md" << QByteArray("\xEF\xBB\xBFtext") << true;
    }
    void textsAreKnownByNameOrContent() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isText);
        const ScratchFolder folder;
        const auto text = readText(folder.write(name.toStdString(), bytes.toStdString()));
        QVERIFY(text.ok());
        QCOMPARE(text.value().has_value(), isText);
        QVERIFY(!isText || *text.value() == bytes.toStdString());
    }

    void whatIsNoFileIsNoText() {
        const ScratchFolder folder;
        QVERIFY(!readText(folder.path()).value().has_value());
        const auto absent = readText(folder.path() / "absent.txt");
        QVERIFY(!absent.ok());
        QCOMPARE(absent.error().code, ErrorCode::NotFound);
    }

    void longTextsAreRefused() {
        const ScratchFolder folder;
        const auto fits = readText(folder.write("a.txt", std::string(longestText, 'x')));
        QVERIFY(fits.ok() && fits.value()->size() == longestText);
        const auto longer = readText(folder.write("a.txt", std::string(longestText + 1, 'x')));
        QVERIFY(!longer.ok());
        QCOMPARE(longer.error().code, ErrorCode::Unsupported);
        QVERIFY(!longer.error().hint.empty());
    }
};

QTEST_APPLESS_MAIN(TextFileTest)
#include "text_file_test.moc"
