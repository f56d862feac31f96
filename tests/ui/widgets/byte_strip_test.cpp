// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/byte_strip.h"

#include "core/base/utf8.h"
#include "tests/support/encoded_pieces.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <random>

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;
using test::encoded;

namespace {

// A euro sign in two tokens, and an emoji in three.
const std::vector<std::string> cut = {"The", " \xE2\x82", "\xAC", " \xF0", "\x9F\x98", "\x80", "?x"};

struct Open {
    ThemeSource theme;
    QWidget window;
    ByteStrip strip{theme, &window};

    explicit Open(const std::shared_ptr<const EncodedText>& text = encoded(cut), int width = 1000,
                  int height = 300) {
        window.resize(1200, 500);
        strip.resize(width, height);
        strip.setEncodedText(text);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    QPoint centre(std::size_t byte) const { return strip.cellRect(byte).center().toPoint(); }
    void click(std::size_t byte, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(strip.viewport(), Qt::LeftButton, modifiers, centre(byte));
    }
};

std::shared_ptr<const EncodedText> many(std::size_t count) {
    std::vector<std::string> pieces;
    for (std::size_t i = 0; i < count; ++i) {
        pieces.push_back(" word" + std::to_string(i % 50));
    }
    return encoded(pieces);
}

std::uint32_t lastPosition(const QSignalSpy& clicked) {
    return clicked.last()[0].value<Position>().value;
}

}  // namespace

class ByteStripTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void charactersAreFoundFromAnyOfTheirBytes() {
        std::mt19937 random(5);
        const std::vector<std::string> parts = {"a",    "é",    "€",        "😀",        "\x80",
                                                "\xE2", "\xF0", "\xE2\x82", "\xC0\x80", "\xED\xA0\x80"};
        for (int round = 0; round < 500; ++round) {
            std::string text;
            for (int i = 0; i < 12; ++i) {
                text += parts[random() % parts.size()];
            }
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t size = codePointAt(text, begin).size;
                for (std::size_t byte = begin; byte < begin + size; ++byte) {
                    QCOMPARE(characterAround(text, byte), (ByteSpan{begin, begin + size}));
                    QCOMPARE(characterCutAt(text, byte).has_value(), byte > begin);
                }
                begin += size;
            }
            QVERIFY(!characterCutAt(text, text.size()));
        }
    }

    void everyByteHasItsCell() {
        for (const int width : {120, 333, 1000}) {
            Open open(many(100), width);
            const std::size_t size = open.strip.encodedText()->text.size();
            QRectF before;
            for (std::size_t byte = 0; byte < size; ++byte) {
                const QRectF cell = open.strip.cellRect(byte);
                QVERIFY(cell.width() > 20);
                QVERIFY(cell.right() <= width);
                QVERIFY(cell.left() >= before.right() - 0.01 || cell.top() > before.bottom());
                before = cell;
            }
            QVERIFY(open.strip.cellRect(size).isNull());
        }
    }

    void oneRowFitsInItsOwnWidth() {
        for (std::size_t bytes = 1; bytes < 40; ++bytes) {
            Open open(encoded({std::string(bytes, 'a')}), 3000);
            QCOMPARE(open.strip.rowCount(), 1);
            const int width = open.strip.contentWidth();
            open.strip.resize(width, 100);
            QCOMPARE(open.strip.rowCount(), 1);
            QCOMPARE(open.strip.contentWidth(), width);
        }
    }

    void aClickOnAByteIsOneOnItsToken() {
        Open open;
        QSignalSpy clicked(&open.strip, &ByteStrip::clicked);
        const std::vector<std::uint32_t> tokens = {0, 0, 0, 1, 1, 1, 2, 3, 3, 4, 4, 5, 6, 6};
        for (std::size_t byte = 0; byte < tokens.size(); ++byte) {
            open.click(byte);
            QCOMPARE(lastPosition(clicked), tokens[byte]);
        }
        open.click(0, Qt::ControlModifier);
        QCOMPARE(clicked.last()[1].value<Qt::KeyboardModifiers>(), Qt::ControlModifier);
        const qsizetype before = clicked.count();
        QTest::mouseClick(open.strip.viewport(), Qt::LeftButton, {}, QPoint(3, 30));
        QCOMPARE(clicked.count(), before);
    }

    void keysWalkOverTokens() {
        Open open(many(200), 400);
        open.strip.setFocus();
        QSignalSpy clicked(&open.strip, &ByteStrip::clicked);
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(&open.strip, key);
            return lastPosition(clicked);
        };
        QCOMPARE(press(Qt::Key_Right), 0U);
        QCOMPARE(press(Qt::Key_Right), 1U);
        QCOMPARE(press(Qt::Key_Left), 0U);
        QCOMPARE(press(Qt::Key_Left), 0U);
        const std::uint32_t below = press(Qt::Key_Down);
        QVERIFY(below > 0);
        QCOMPARE(press(Qt::Key_Up), 0U);
        QVERIFY(press(Qt::Key_PageDown) > below);
        QCOMPARE(press(Qt::Key_End), 199U);
        QCOMPARE(press(Qt::Key_Right), 199U);
        QCOMPARE(press(Qt::Key_Down), 199U);
        const QRectF cell = open.strip.cellRect(open.strip.encodedText()->text.size() - 1);
        QVERIFY(QRectF(open.strip.viewport()->rect()).contains(cell));
        QCOMPARE(press(Qt::Key_Home), 0U);
        QCOMPARE(open.strip.verticalScrollBar()->value(), 0);
        QCOMPARE(press(Qt::Key_Return), 0U);
    }

    void tokensWithoutBytesAreStepsOver() {
        auto text = std::make_shared<EncodedText>(*encoded({"a", "b", "c"}));
        text->encoding.tokens.insert(text->encoding.tokens.begin() + 1,
                                     Token{TokenId{0}, {1, 1}, TokenKind::Special});
        Open open(text);
        QSignalSpy clicked(&open.strip, &ByteStrip::clicked);
        open.strip.setSelected(Position{1});
        QTest::keyClick(&open.strip, Qt::Key_Right);
        QCOMPARE(lastPosition(clicked), 2U);
        QTest::keyClick(&open.strip, Qt::Key_Left);
        QCOMPARE(lastPosition(clicked), 0U);
    }

    void removedBytesAreOfNoToken() {
        auto text = std::make_shared<EncodedText>(*encoded({"a", "bc", "d"}));
        text->encoding.tokens.erase(text->encoding.tokens.begin() + 1);
        Open open(text);
        QSignalSpy clicked(&open.strip, &ByteStrip::clicked);
        open.click(1);
        QCOMPARE(clicked.count(), 0);
        open.click(3);
        QCOMPARE(lastPosition(clicked), 1U);
        QVERIFY(open.strip.toolTipOf(2).contains(QStringLiteral("of no token")));
    }

    void hoverIsToldOnce() {
        Open open;
        QSignalSpy hovered(&open.strip, &ByteStrip::hovered);
        QTest::mouseMove(open.strip.viewport(), open.centre(3));
        QTest::mouseMove(open.strip.viewport(), open.centre(4));
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered.last()[0].value<std::optional<Position>>(), std::optional(Position{1}));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(open.strip.viewport(), &leave);
        QCOMPARE(hovered.count(), 2);
        QVERIFY(!hovered.last()[0].value<std::optional<Position>>());
    }

    void theToolTipNamesByteCharacterAndToken() {
        const Open open;
        const QString tip = open.strip.toolTipOf(5);
        for (const char* part : {"byte 5: 82", "2 of the 3 bytes of the character €, U+20AC",
                                 "token ·‹E2 82›, ID 1, position 1"}) {
            QVERIFY2(tip.contains(QString::fromUtf8(part)), qPrintable(tip));
        }
        QVERIFY(open.strip.toolTipOf(0).contains(QStringLiteral("the character T, U+0054")));
        QVERIFY(open.strip.toolTipOf(13).contains(QStringLiteral("not in the vocabulary")));
        QVERIFY(open.strip.toolTipOf(14).isEmpty());
        const Open broken(encoded({"\xFF", "<b>"}));
        QVERIFY(broken.strip.toolTipOf(0).contains(QStringLiteral("no part of a character")));
        QVERIFY(broken.strip.toolTipOf(1).contains(QStringLiteral("&lt;b&gt;")));
    }

    void aMegabyteIsLaidOutAtOnce() {
        Open open(many(150'000), 1000, 140);
        const std::size_t size = open.strip.encodedText()->text.size();
        QVERIFY(size > 1'000'000);
        open.strip.setSelected(Position{149'999});
        QVERIFY(QRectF(open.strip.viewport()->rect()).contains(open.strip.cellRect(size - 1)));
        QVERIFY(open.strip.firstInView() > size - 200);
        open.strip.showFrom(500'000);
        QVERIFY(open.strip.firstInView() <= 500'000 && open.strip.firstInView() > 499'900);
        QVERIFY(!open.strip.grab().isNull());
        QVERIFY(open.strip.sizeHint().height() < 200);
    }

    void everyThemePaints() {
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
            Open open(encoded({"The", " \xE2\x82", "\xAC", "?x", "\xFF", "e\u0301", "\x07", "\n"}), 300);
            open.theme.set(theme);
            open.strip.setSelected(Position{1});
            const QImage plain = open.strip.grab().toImage();
            open.strip.setSelected(Position{2});
            QVERIFY(plain != open.strip.grab().toImage());
            open.strip.setDimmed(true);
            QVERIFY(!open.strip.grab().isNull());
        }
    }

    void nothingToShow() {
        Open open(nullptr);
        QCOMPARE(open.strip.rowCount(), 0);
        open.strip.setFocus();
        QTest::keyClick(&open.strip, Qt::Key_Right);
        QVERIFY(!open.strip.grab().isNull());
        open.strip.setEncodedText(encoded({}));
        open.strip.setSelected(Position{3});
        QVERIFY(!open.strip.grab().isNull());
        QVERIFY(open.strip.accessibleDescription().startsWith(QStringLiteral("0 bytes")));
    }
};

QTEST_MAIN(ByteStripTest)
#include "byte_strip_test.moc"
