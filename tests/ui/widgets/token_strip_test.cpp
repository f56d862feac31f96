// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_strip.h"

#include "tests/support/encoded_pieces.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/text_field.h"
#include "ui/widgets/token_layout.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>

using namespace lexiscope;
using test::encoded;

namespace {

std::vector<std::string> sentence() {
    return {"The",     " king",   " and",   " the", " queen", " of",
            " France", " walked", " along", " the", " river", "."};
}

std::vector<std::string> many(std::size_t count) {
    std::vector<std::string> pieces;
    for (std::size_t i = 0; i < count; ++i) {
        pieces.push_back(" word" + std::to_string(i % 50));
    }
    return pieces;
}

struct Open {
    ThemeSource theme;
    QWidget window;
    TokenStrip strip{theme, &window};

    explicit Open(const std::vector<std::string>& pieces = sentence(), int width = 1000,
                  std::size_t positions = 0) {
        window.resize(1200, 500);
        strip.resize(width, 300);
        strip.setEncodedText(encoded(pieces, positions));
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    void click(std::uint32_t position, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(strip.viewport(), Qt::LeftButton, modifiers,
                          strip.chipRect(Position{position}).center().toPoint());
    }
    QString toolTip(std::uint32_t position) const { return strip.toolTipOf(Position{position}); }
};

}  // namespace

class TokenStripTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void chipsStandInOrderWithoutOverlap_data();
    void chipsStandInOrderWithoutOverlap();
    void clickSelects();
    void keysWalk();
    void hoverIsToldOnce();
    void selectionIsKeptWhileItExists();
    void nothingToShow();
    void beyondThePositionsComesADivider();
    void heightFollowsRows();
    void scrollsToWhatIsAsked();
    void longTokensAreCutInTheirChip();
    void toolTipShowsMarkupAsItIs();
    void thePointerBringsTheToolTip();
    void describesItself();
    void everyThemePaints();
    void paintsCrisplyAtFourTimes();
    void neverCoversTheTextAbove();
    void hoverFollowsWhatMovesUnderThePointer();
    void joinedLettersAreMeasuredJoined();
    void bytesAreCountedInWords();
};

void TokenStripTest::neverCoversTheTextAbove() {
    ThemeSource theme;
    QWidget window;
    auto* field = new TextField(theme);
    auto* strip = new TokenStrip(theme);
    auto* column = new QVBoxLayout(&window);
    column->addWidget(field);
    column->addWidget(strip, 1);
    field->setText(QStringLiteral("a\nb\nc\nd\ne\nf"));
    strip->setEncodedText(encoded(many(400)));
    QVERIFY(!strip->sizePolicy().hasHeightForWidth());
    QVERIFY(!window.hasHeightForWidth());
    window.resize(420, 10);
    if (!test::showActive(window)) {
        qFatal("no window");
    }
    QVERIFY(window.height() < 300);
    QVERIFY(strip->geometry().top() > field->geometry().bottom());
    QVERIFY(window.rect().contains(strip->geometry()));
    QVERIFY(strip->rowCount() > 10);
}

void TokenStripTest::hoverFollowsWhatMovesUnderThePointer() {
    Open open(many(2000), 700);
    const QPoint place = open.strip.chipRect(Position{2}).center().toPoint();
    QTest::mouseMove(open.strip.viewport(), place);
    QSignalSpy hovered(&open.strip, &TokenStrip::hovered);
    const auto last = [&hovered] { return hovered.last()[0].value<std::optional<Position>>(); };
    open.strip.verticalScrollBar()->setValue(open.strip.verticalScrollBar()->maximum() / 2);
    QVERIFY(!hovered.isEmpty());
    QVERIFY(!last() || last()->value > 100);
    open.strip.verticalScrollBar()->setValue(0);
    QCOMPARE(last(), std::optional(Position{2}));
    // Another text: the same position is another token, and is told again.
    hovered.clear();
    open.strip.setEncodedText(encoded(many(30)));
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(last(), std::optional(Position{2}));
    open.strip.setEncodedText(encoded({"a"}));
    QCOMPARE(hovered.count(), 2);
    QCOMPARE(last(), std::optional<Position>());
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(open.strip.viewport(), &leave);
    open.strip.setEncodedText(encoded(many(30)));
    QCOMPARE(hovered.count(), 2);
}

void TokenStripTest::joinedLettersAreMeasuredJoined() {
    const QString word = QStringLiteral("الاستقلالية");
    Open open({word.toStdString()});
    const QFont joined = tokenFont(open.theme.theme().monoFont(14), word);
    const double width = open.strip.chipRect(Position{0}).width();
    const double text = QFontMetricsF(joined).horizontalAdvance(word);
    QVERIFY2(width >= text && width < text + 40,
             qPrintable(QStringLiteral("%1 for %2").arg(width).arg(text)));
}

void TokenStripTest::bytesAreCountedInWords() {
    Open open({"The", "a"});
    QVERIFY2(open.toolTip(0).contains(QStringLiteral("3 bytes: 54 68 65")), qPrintable(open.toolTip(0)));
    QVERIFY2(open.toolTip(0).contains(QStringLiteral("bytes 0 to 2 of")), qPrintable(open.toolTip(0)));
    QVERIFY2(open.toolTip(1).contains(QStringLiteral("1 byte: 61")), qPrintable(open.toolTip(1)));
    QVERIFY2(open.toolTip(1).contains(QStringLiteral("byte 3 of")), qPrintable(open.toolTip(1)));
}

void TokenStripTest::chipsStandInOrderWithoutOverlap_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("width");
    QTest::newRow("sentence") << QStringList{"The", " king", "."} << 800;
    QTest::newRow("right to left") << QStringList{"שלום", " עולם", "مرحبا", " بالعالم"} << 400;
    QTest::newRow("marks alone") << QStringList{"\u0301", "e\u0301\u0301\u0301", "\u200d", "ห\u0e49"} << 300;
    QTest::newRow("wide") << QStringList{"你好世界", "日本語", "🙂", "👨‍👩‍👧"} << 200;
    QTest::newRow("narrow strip") << QStringList{"unbelievably", "long", "?unknown", "x"} << 161;
}

void TokenStripTest::chipsStandInOrderWithoutOverlap() {
    QFETCH(QStringList, words);
    QFETCH(int, width);
    std::vector<std::string> pieces;
    for (int i = 0; i < 10; ++i) {
        for (const QString& word : words) {
            pieces.push_back(word.toStdString());
        }
    }
    Open open(pieces, width);
    QRectF before;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        const QRectF chip = open.strip.chipRect(Position{i});
        QVERIFY(chip.width() >= 40);
        QVERIFY(chip.left() >= 0);
        if (i > 0 && chip.top() == before.top()) {
            QVERIFY(chip.left() > before.right());
        } else if (i > 0) {
            QVERIFY(chip.top() > before.bottom());
            QCOMPARE(chip.left(), open.strip.chipRect(Position{0}).left());
        }
        before = chip;
    }
    QVERIFY(open.strip.rowCount() > 1);
    QVERIFY(!open.window.grab().isNull());
}

void TokenStripTest::clickSelects() {
    Open open;
    QSignalSpy clicked(&open.strip, &TokenStrip::clicked);
    open.click(4);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked[0][0].value<Position>(), Position{4});
    QCOMPARE(open.strip.selected(), std::optional(Position{4}));
    open.click(5, Qt::ControlModifier);
    QCOMPARE(clicked[1][1].value<Qt::KeyboardModifiers>(), Qt::ControlModifier);
    QCOMPARE(open.strip.selected(), std::optional(Position{4}));
    QTest::mouseClick(open.strip.viewport(), Qt::LeftButton, {}, {990, 290});
    QCOMPARE(clicked.count(), 2);
}

void TokenStripTest::keysWalk() {
    Open open(many(60), 500);
    QSignalSpy clicked(&open.strip, &TokenStrip::clicked);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&open.strip, key);
        return open.strip.selected()->value;
    };
    QCOMPARE(press(Qt::Key_Right), 0U);
    QCOMPARE(press(Qt::Key_Right), 1U);
    QCOMPARE(press(Qt::Key_Left), 0U);
    QCOMPARE(press(Qt::Key_Left), 0U);
    QCOMPARE(press(Qt::Key_End), 59U);
    QCOMPARE(press(Qt::Key_Right), 59U);
    QVERIFY(open.strip.viewport()->rect().toRectF().contains(open.strip.chipRect(Position{59})));
    QCOMPARE(press(Qt::Key_Home), 0U);
    const std::uint32_t below = press(Qt::Key_Down);
    QVERIFY(open.strip.chipRect(Position{below}).top() > open.strip.chipRect(Position{0}).top());
    QCOMPARE(open.strip.chipRect(Position{below}).left(), open.strip.chipRect(Position{0}).left());
    QCOMPARE(press(Qt::Key_Up), 0U);
    QCOMPARE(clicked.count(), 9);
}

void TokenStripTest::hoverIsToldOnce() {
    Open open;
    QSignalSpy hovered(&open.strip, &TokenStrip::hovered);
    const QPoint inside = open.strip.chipRect(Position{2}).center().toPoint();
    QTest::mouseMove(open.strip.viewport(), inside);
    QTest::mouseMove(open.strip.viewport(), inside + QPoint(2, 1));
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(hovered[0][0].value<std::optional<Position>>(), std::optional(Position{2}));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(open.strip.viewport(), &leave);
    QCOMPARE(hovered.count(), 2);
    QCOMPARE(hovered[1][0].value<std::optional<Position>>(), std::optional<Position>());
}

void TokenStripTest::selectionIsKeptWhileItExists() {
    Open open;
    open.strip.setSelected(Position{4});
    open.strip.setEncodedText(encoded({"a", "b", "c", "d", "e"}));
    QCOMPARE(open.strip.selected(), std::optional(Position{4}));
    open.strip.setEncodedText(encoded({"a", "b"}));
    QCOMPARE(open.strip.selected(), std::optional<Position>());
    open.strip.setSelected(Position{7});
    QCOMPARE(open.strip.selected(), std::optional<Position>());
}

void TokenStripTest::nothingToShow() {
    Open open(std::vector<std::string>{});
    QCOMPARE(open.strip.rowCount(), 0);
    QVERIFY(open.strip.chipRect(Position{0}).isNull());
    QTest::keyClick(&open.strip, Qt::Key_Right);
    QVERIFY(!open.strip.selected());
    open.strip.setEncodedText(nullptr);
    open.strip.ensureVisible(Position{3});
    QVERIFY(!open.window.grab().isNull());
}

void TokenStripTest::beyondThePositionsComesADivider() {
    Open all(many(20), 1000, 20);
    QVERIFY(all.toolTip(19).contains(QStringLiteral("word19")));
    QVERIFY(!all.toolTip(19).contains(QStringLiteral("beyond")));
    Open open(many(20), 1000, 5);
    const QRectF last = open.strip.chipRect(Position{4});
    const QRectF first = open.strip.chipRect(Position{5});
    QVERIFY(first.top() > last.top());
    QCOMPARE(first.left(), open.strip.chipRect(Position{0}).left());
    QVERIFY(open.toolTip(5).contains(QStringLiteral("beyond the model’s 5 positions")));
    QVERIFY(!open.toolTip(4).contains(QStringLiteral("beyond")));
    // Rows after the divider still answer to the pointer.
    open.click(17);
    QCOMPARE(open.strip.selected(), std::optional(Position{17}));
    // The gap of the divider belongs to no token.
    QTest::mouseClick(open.strip.viewport(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(first.center().x()), static_cast<int>(first.top()) - 12));
    QCOMPARE(open.strip.selected(), std::optional(Position{17}));
}

void TokenStripTest::heightFollowsRows() {
    Open open;
    const int one = open.strip.heightForWidth(2000);
    const int two = open.strip.heightForWidth(700);
    QVERIFY(two > one);
    QSignalSpy changed(&open.strip, &TokenStrip::heightChanged);
    open.strip.setEncodedText(encoded(many(5000)));
    QCOMPARE(changed.count(), 1);
    open.strip.setMaximumRows(2);
    QCOMPARE(open.strip.heightForWidth(700), two);
    open.strip.setMaximumRows(1);
    QCOMPARE(open.strip.heightForWidth(700), one);
}

void TokenStripTest::scrollsToWhatIsAsked() {
    Open open(many(20000), 700);
    for (const std::uint32_t position : {19999U, 0U, 10000U, 9990U}) {
        open.strip.ensureVisible(Position{position});
        QVERIFY(open.strip.viewport()->rect().toRectF().contains(open.strip.chipRect(Position{position})));
    }
    QVERIFY(open.strip.verticalScrollBar()->maximum() > 1000);
    open.click(9990);
    QCOMPARE(open.strip.selected(), std::optional(Position{9990}));
}

void TokenStripTest::longTokensAreCutInTheirChip() {
    const std::string bytes = "start" + std::string(1000000, 'x') + "the end";
    Open open({bytes, "?" + bytes});
    for (const std::uint32_t position : {0U, 1U}) {
        QVERIFY(open.strip.chipRect(Position{position}).width() < 300);
    }
    const QString label = TokenLayout::label(bytes);
    QVERIFY(label.startsWith(QStringLiteral("start")));
    QVERIFY(label.endsWith(QStringLiteral("the·end")));
    QVERIFY(label.size() < 300);
    QVERIFY(open.toolTip(0).size() < 2000);
    // Both ends are cut between characters.
    QString faces = QString(QStringLiteral("🙂")).repeated(1000);
    QVERIFY(!TokenLayout::label(faces.toStdString()).contains(QStringLiteral("‹")));
    QVERIFY(!TokenLayout::label("x" + faces.toStdString() + "x").contains(QStringLiteral("‹")));
}

void TokenStripTest::toolTipShowsMarkupAsItIs() {
    Open open({"<b>", "?\n\xff"});
    const QString tip = open.toolTip(0);
    QVERIFY2(tip.contains(QStringLiteral("&lt;b&gt;")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("3C 62 3E")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("bytes 0 to 2")), qPrintable(tip));
    const QString unknown = open.toolTip(1);
    QVERIFY2(unknown.contains(QStringLiteral("not in the vocabulary")), qPrintable(unknown));
    QVERIFY2(unknown.contains(QStringLiteral("‹FF›")), qPrintable(unknown));
}

void TokenStripTest::thePointerBringsTheToolTip() {
    Open open;
    const QPoint place = open.strip.chipRect(Position{4}).center().toPoint();
    QHelpEvent help(QEvent::ToolTip, place, open.strip.viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(open.strip.viewport(), &help);
    QCOMPARE(QToolTip::text(), open.toolTip(4));
    QToolTip::hideText();
}

void TokenStripTest::describesItself() {
    Open open;
    QVERIFY(open.strip.accessibleDescription().startsWith(QStringLiteral("12 token")));
    open.click(4);
    QVERIFY2(open.strip.accessibleDescription().contains(QStringLiteral("·queen, ID 4, position 4")),
             qPrintable(open.strip.accessibleDescription()));
}

void TokenStripTest::everyThemePaints() {
    Open open(many(300), 700, 120);
    open.strip.setSelected(Position{1});
    open.strip.setHighlightedId(TokenId{3});
    QImage before;
    int widest = 0;
    for (const ThemeName name : {ThemeName::Dark, ThemeName::Print, ThemeName::Light}) {
        open.theme.set(name);
        const QImage now = open.strip.grab().toImage();
        QVERIFY(now != before);
        before = now;
        const int width = static_cast<int>(open.strip.chipRect(Position{0}).width());
        widest = std::max(widest, width);
    }
    // Print is set larger, and Light, the last, small again.
    QVERIFY(widest > open.strip.chipRect(Position{0}).width());
    open.strip.setDimmed(true);
    QVERIFY(open.strip.grab().toImage() != before);
}

void TokenStripTest::paintsCrisplyAtFourTimes() {
    Open open;
    const auto edges = [&open](int scale) {
        QImage image(open.strip.size() * scale, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        image.fill(Qt::white);
        open.strip.render(&image);
        // Text drawn at this resolution has steps of brightness from pixel to pixel; enlarged text has none
        // this steep.
        int steep = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 1; x < image.width(); ++x) {
                steep += std::abs(qGray(image.pixel(x, y)) - qGray(image.pixel(x - 1, y))) > 120 ? 1 : 0;
            }
        }
        return steep;
    };
    QVERIFY(edges(4) > 2 * edges(1));
}

QTEST_MAIN(TokenStripTest)
#include "token_strip_test.moc"
