// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/aligned_strips.h"

#include "tests/support/pointer.h"
#include "tests/support/qt_warnings.h"

#include <random>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

/// A text cut at these bytes.
std::shared_ptr<const EncodedText> cut(const std::string& text, std::vector<std::size_t> ends) {
    auto encoded = std::make_shared<EncodedText>();
    encoded->text = text;
    ends.push_back(text.size());
    std::size_t from = 0;
    for (const std::size_t end : ends) {
        encoded->encoding.tokens.push_back({TokenId{static_cast<std::uint32_t>(from)}, {from, end}, {}});
        from = end;
    }
    return encoded;
}

AlignedLayout laidOut(std::vector<std::shared_ptr<const EncodedText>> rows, double width) {
    AlignedLayout layout;
    layout.setTheme(themeOf(ThemeName::Light));
    layout.setRows(std::move(rows));
    layout.setWidth(width);
    return layout;
}

std::vector<AlignedLayout::Piece> piecesOf(const AlignedLayout& layout, std::size_t row) {
    std::vector<AlignedLayout::Piece> pieces;
    for (int line = 0; line < layout.lineCount(); ++line) {
        for (const AlignedLayout::Piece& piece : layout.line(line).pieces) {
            if (piece.row == row) {
                pieces.push_back(piece);
            }
        }
    }
    return pieces;
}

}  // namespace

class AlignedStripsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { failOnQtWarnings(); }

    void theSameCharacterHasOnePlace() {
        const AlignedLayout layout = laidOut({cut("walking home", {4, 7}), cut("walking home", {7})}, 500);
        QCOMPARE(layout.lineCount(), 1);
        const std::vector<AlignedLayout::Piece> first = piecesOf(layout, 0);
        const std::vector<AlignedLayout::Piece> second = piecesOf(layout, 1);
        QCOMPARE(first.size(), std::size_t(3));
        QCOMPARE(second.size(), std::size_t(2));
        QCOMPARE(first[0].bytes, std::string("walk"));
        QCOMPARE(first[2].place.left(), second[1].place.left());
        QCOMPARE(first[2].place.right(), second[1].place.right());
        QVERIFY(first[2].isShared && second[1].isShared);
        QVERIFY(!first[0].isShared && !first[1].isShared && !second[0].isShared);
        QVERIFY(first[0].place.bottom() <= second[0].place.top());
    }

    void partsOfACharacterAreItsBytes() {
        const std::string text = "a\xF0\x9F\x90\xA6z";  // a bird
        const AlignedLayout layout = laidOut({cut(text, {1, 3, 5}), cut(text, {1, 5})}, 500);
        const std::vector<AlignedLayout::Piece> parts = piecesOf(layout, 0);
        const std::vector<AlignedLayout::Piece> whole = piecesOf(layout, 1);
        QCOMPARE(parts.size(), std::size_t(4));
        QCOMPARE(parts[1].bytes, std::string("\xF0\x9F"));
        QCOMPARE(parts[2].bytes, std::string("\x90\xA6"));
        QCOMPARE(parts[1].place.left(), whole[1].place.left());
        QVERIFY(std::abs(parts[1].place.right() - parts[2].place.left()) < 1e-6);
        QVERIFY(std::abs(parts[2].place.right() - whole[1].place.right()) < 1e-6);
        QVERIFY(parts[1].place.width() > 20);
    }

    void whatATokenizerLeavesOutIsAGap() {
        auto text = std::make_shared<EncodedText>();
        text->text = "two  words";
        text->encoding.tokens = {{TokenId{0}, {0, 3}, {}}, {TokenId{1}, {5, 10}, {}}};
        const AlignedLayout layout = laidOut({text}, 500);
        const AlignedLayout::Line line = layout.line(0);
        QCOMPARE(line.gaps.size(), std::size_t(1));
        QCOMPARE(line.gaps.front().bytes, std::string("  "));
        QVERIFY(!line.pieces.front().isShared);  // with nothing beside it there is nothing to share
    }

    // Whatever the text and the cuts: pieces and gaps of each row give the text back, in order, none upon
    // another.
    void everyByteStandsOnce() {
        std::mt19937 random(7);
        const std::vector<std::string> characters = {
            "a",    "b",      " ", "\n", "\u00E9", "e\u0301", "\u6E2F", "\U0001F468\u200D\U0001F469",
            "\xFF", "\u0645", "\t"};
        for (int round = 0; round < 200; ++round) {
            std::string text;
            for (unsigned i = 0; i < random() % 60 + 1; ++i) {
                text += characters[random() % characters.size()];
            }
            std::vector<std::shared_ptr<const EncodedText>> rows;
            for (int row = 0; row < 3; ++row) {
                std::vector<std::size_t> ends;
                for (std::size_t at = 1; at < text.size(); ++at) {
                    if (random() % 3 == 0) {
                        ends.push_back(at);
                    }
                }
                rows.push_back(cut(text, ends));
            }
            const AlignedLayout layout = laidOut(rows, 60 + static_cast<double>(random() % 200));
            for (std::size_t row = 0; row < 3; ++row) {
                std::string seen;
                double right = 0;
                int before = -1;
                for (int line = 0; line < layout.lineCount(); ++line) {
                    for (const AlignedLayout::Piece& piece : layout.line(line).pieces) {
                        if (piece.row != row) {
                            continue;
                        }
                        seen += piece.bytes;
                        right = line == before ? right : 0;
                        QVERIFY(piece.place.left() >= right - 1e-6);
                        right = piece.place.right();
                        before = line;
                    }
                }
                QCOMPARE(seen, text);
            }
        }
    }

    void longTextsAreCutAndSaid() {
        const std::string text(AlignedLayout::mostCharacters + 17, 'x');
        const AlignedLayout layout = laidOut({cut(text, {5})}, 500);
        QCOMPARE(layout.leftOut(), std::size_t(17));
        QVERIFY(laidOut({cut("short", {2})}, 500).leftOut() == 0);
        QCOMPARE(laidOut({cut("", {})}, 500).lineCount(), 0);
    }

    void aClickAndKeysSelect() {
        ThemeSource theme(ThemeName::Light);
        AlignedStrips strips(theme);
        strips.resize(600, 200);
        strips.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strips));
        const auto first = cut("walking home", {4, 7});
        const auto second = cut("walking home", {7});
        strips.setRows({{0, first, std::nullopt, false}, {2, second, std::nullopt, false}});
        QSignalSpy clicks(&strips, &AlignedStrips::clicked);
        for (const AlignedLayout::Piece& piece : strips.layoutOfText().line(0).pieces) {
            if (piece.row == 1 && piece.token == 1) {
                QTest::mouseClick(strips.viewport(), Qt::LeftButton, {},
                                  strips.placeOf(piece).center().toPoint());
            }
        }
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(clicks.at(0).at(0).toInt(), 2);
        QCOMPARE(clicks.at(0).at(1).value<Position>(), Position{1});
        strips.setRows({{0, first, std::nullopt, false}, {2, second, Position{1}, false}});
        QTest::keyClick(&strips, Qt::Key_Up);
        QCOMPARE(clicks.at(1).at(0).toInt(), 0);
        QCOMPARE(clicks.at(1).at(1).value<Position>(), Position{2});  // " home" in both
        QTest::keyClick(&strips, Qt::Key_Left);
        QCOMPARE(clicks.at(2).at(1).value<Position>(), Position{0});
        QVERIFY(strips.toolTipOf(1, 1).contains(QStringLiteral("ID 7")));
        QVERIFY(strips.accessibleDescription().contains(QStringLiteral("A: 3 tokens")));
    }

    void textsThatDifferAreNotAligned() {
        ThemeSource theme(ThemeName::Dark);
        AlignedStrips strips(theme);
        strips.setRows({{0, cut("one", {1}), std::nullopt, false}, {1, cut("two", {1}), std::nullopt, true}});
        QCOMPARE(strips.rows().size(), std::size_t(1));
        strips.setRows({});
        strips.grab();
        QCOMPARE(strips.layoutOfText().lineCount(), 0);
    }
};

QTEST_MAIN(AlignedStripsTest)
#include "aligned_strips_test.moc"
