// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/token_places.h"

#include <random>

#include <QTest>

using namespace lexiscope;

class TokenPlacesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void nothingIsNowhere() {
        QVERIFY(!TokenPlaces().at(0));
        const std::vector<Token> none;
        QVERIFY(!TokenPlaces(none).at(3));
        QCOMPARE(TokenPlaces(none).firstBehind(0), std::size_t{0});
    }

    void asTokenByToken() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            std::vector<Token> tokens;
            std::size_t end = 0;
            for (int i = 0; i < 40; ++i) {
                const std::size_t begin = end + random() % 3;  // gaps and tokens without a byte
                end = begin + random() % 4;
                tokens.push_back({TokenId{static_cast<std::uint32_t>(i)}, {begin, end}, TokenKind::Normal});
            }
            const TokenPlaces places(tokens);
            for (std::size_t byte = 0; byte < end + 3; ++byte) {
                std::optional<std::size_t> expected;
                std::size_t behind = 0;
                for (std::size_t i = 0; i < tokens.size(); ++i) {
                    const ByteSpan source = tokens[i].source;
                    if (source.begin <= byte && byte < source.end) {
                        expected = i;
                    }
                    behind += source.size() > 0 && source.end <= byte ? 1 : 0;
                }
                QCOMPARE(places.at(byte), expected);
                QCOMPARE(places.firstBehind(byte), behind);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TokenPlacesTest)
#include "token_places_test.moc"
