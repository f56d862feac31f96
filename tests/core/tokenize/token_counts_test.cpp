// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/token_counts.h"

#include <QTest>

using namespace lexiscope;

class TokenCountsTest : public QObject {
    Q_OBJECT

  private slots:
    void sizes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("characters");
        QTest::addColumn<int>("words");
        QTest::newRow("nothing") << QByteArray() << 0 << 0;
        QTest::newRow("spaces") << QByteArray(" \t\n\xC2\xA0") << 4 << 0;
        QTest::newRow("words") << QByteArray(" two\n words ") << 12 << 2;
        QTest::newRow("ideographic space") << QByteArray("\xE9\x9B\xA8\xE3\x80\x80\xE9\x9B\xA8") << 3 << 2;
        QTest::newRow("no spaces") << QByteArray("\xE6\x98\x8E\xE5\xA4\xA9\xE3\x80\x82") << 3 << 1;
        QTest::newRow("no UTF-8") << QByteArray("a\xFF\xFE z") << 5 << 2;
        QTest::newRow("a zero byte is no space") << QByteArray("a\0b", 3) << 3 << 1;
    }
    void sizes() {
        QFETCH(QByteArray, text);
        QFETCH(int, characters);
        QFETCH(int, words);
        const TextSize size = sizeOf(text.toStdString());
        QCOMPARE(static_cast<int>(size.bytes), static_cast<int>(text.size()));
        QCOMPARE(static_cast<int>(size.characters), characters);
        QCOMPARE(static_cast<int>(size.words), words);
    }

    void countsAndRatios() {
        Encoding encoding;
        encoding.tokens = {{TokenId{1}, {0, 3}, TokenKind::Normal},
                           {std::nullopt, {3, 4}, TokenKind::Unknown},
                           {TokenId{0}, {4, 4}, TokenKind::Special}};
        const TokenCounts counts = countsOf(encoding);
        QCOMPARE(counts, (TokenCounts{3, 1}));
        const TextSize size = sizeOf("the!x y");
        QCOMPARE(charactersPerToken(size, counts), 7.0 / 3);
        QCOMPARE(tokensPerWord(size, counts), 1.5);
        QCOMPARE(charactersPerToken(size, {}), 0.0);
        QCOMPARE(tokensPerWord({}, counts), 0.0);
    }
};

QTEST_APPLESS_MAIN(TokenCountsTest)
#include "token_counts_test.moc"
