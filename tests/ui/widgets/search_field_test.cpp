// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/card.h"
#include "ui/widgets/exact_characters.h"
#include "ui/widgets/exact_label.h"

#include <QInputMethodEvent>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

struct Open {
    ThemeSource theme;
    QWidget window;
    QWidget other{&window};
    SearchField field{theme, &window};
    QSignalSpy wanted{&field, &SearchField::completionsWanted};
    QSignalSpy chosen{&field, &SearchField::chosen};
    QSignalSpy submitted{&field, &SearchField::submitted};

    Open() {
        other.setFocusPolicy(Qt::StrongFocus);
        window.resize(600, 500);
        field.setGeometry(100, 10, 300, 30);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
        field.setFocus();
    }
    void key(Qt::Key key) { QTest::keyClick(&field, key); }
    void answer(const QString& prefix) {
        field.setCompletions(prefix, {{QStringLiteral("·queen"), QStringLiteral("12960"), Row{12960}},
                                      {QStringLiteral("·quest"), QStringLiteral("7"), Row{7}},
                                      {QStringLiteral("·question"), QStringLiteral("9"), Row{9}}});
    }
};

}  // namespace

class SearchFieldTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void typingAsksAndTheAnswerIsListed();
    void answersToOlderQuestionsAreDropped();
    void arrowsAndEnterChoose();
    void aClickChooses();
    void enterWithNothingMarkedSubmits();
    void escapeClosesThenEmpties();
    void leavingTheFieldClosesTheList();
    void nothingFoundIsSaid();
    void theListStaysInTheWindow();
    void aFullListSaysThatThereMayBeMore();
    void theInvitationFitsTheField();
    void signsAreShownAsTheyAreTyped();
    void whatIsBeingComposedStays();
};

void SearchFieldTest::signsAreShownAsTheyAreTyped() {
    const QFont font = themeOf(ThemeName::Light).textFont(16);
    if (QFontInfo(font).family() != QLatin1String("Inter")) {
        QSKIP("the package fonts-inter is not installed");
    }
    QFont single = font;
    single.setStyleStrategy(QFont::PreferNoShaping);
    const auto drawn = [](const QFont& in, bool isExact, const QString& text, int caret) {
        QLineEdit line;
        line.setFont(in);
        line.resize(300, 30);
        if (isExact) {
            new ExactLine(&line);
        }
        line.insert(text.left(caret));
        line.insert(text.mid(caret));
        line.setCursorPosition(caret);
        return line.grab().toImage();
    };
    const QString signs = QStringLiteral("->=>!=<--");
    for (const int caret : {0, 4, 9}) {
        QCOMPARE(drawn(font, true, signs, caret), drawn(single, false, signs, caret));
    }
    // With a font that has no ligatures this would prove nothing.
    QVERIFY(drawn(font, false, signs, 0) != drawn(single, false, signs, 0));
    // So are they in a label that quotes them.
    const auto label = [&signs](QLabel& of, const QFont& in) {
        of.setFont(in);
        of.setText(signs);
        of.resize(300, 30);
        return of.grab().toImage();
    };
    const auto line = [&signs](const QFont& in) {
        ElidedLabel of;
        of.setFont(in);
        of.setText(signs);
        of.resize(300, 30);
        return of.grab().toImage();
    };
    QCOMPARE(line(font), line(single));
    ExactLabel exact;
    QLabel plain;
    QCOMPARE(label(exact, font), label(plain, single));
    QVERIFY(exact.heightForWidth(20) > exact.heightForWidth(300));
    // The letters of other scripts join beside them.
    const QString letters = QString::fromUtf8("سلام");
    QCOMPARE(drawn(font, true, letters, 0), drawn(font, false, letters, 0));
}

void SearchFieldTest::whatIsBeingComposedStays() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("a->"));
    open.field.selectAll();
    QCOMPARE(open.field.selectedText(), QStringLiteral("a->"));
    open.field.deselect();
    QInputMethodEvent composing(QStringLiteral("ka"), {});
    QCoreApplication::sendEvent(&open.field, &composing);
    const QImage shown = open.field.grab().toImage();
    QCoreApplication::processEvents();
    QCOMPARE(open.field.grab().toImage(), shown);
    QInputMethodEvent done;
    done.setCommitString(QStringLiteral("か"));
    QCoreApplication::sendEvent(&open.field, &done);
    QCoreApplication::processEvents();
    QCOMPARE(open.field.text(), QStringLiteral("a->か"));
    QCOMPARE(open.field.cursorPosition(), 4);
}

void SearchFieldTest::theInvitationFitsTheField() {
    Open open;
    QCOMPARE(open.field.placeholderText(), QStringLiteral("Find a token…"));
    open.field.resize(110, 30);
    QCOMPARE(open.field.placeholderText(), QStringLiteral("Find…"));
    open.field.resize(300, 30);
    QCOMPARE(open.field.placeholderText(), QStringLiteral("Find a token…"));
}

void SearchFieldTest::aFullListSaysThatThereMayBeMore() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("q"));
    QVector<Completion> found(SearchField::fullList, {QStringLiteral("·queen"), QStringLiteral("7"), Row{7}});
    open.field.setCompletions(QStringLiteral("q"), found);
    const int full = open.field.popup()->height();
    QVERIFY(!open.field.popup()->grab().isNull());
    // The line at the foot is no token.
    QTest::mouseClick(open.field.popup(), Qt::LeftButton, {}, QPoint(40, full - 5 - 13));
    QCOMPARE(open.chosen.count(), 0);
    found.removeLast();
    open.field.setCompletions(QStringLiteral("q"), found);
    QCOMPARE(open.field.popup()->height(), full - 2 * 26);
    // A note has that line too.
    open.field.setCompletions(QStringLiteral("q"), found, QStringLiteral("7 of 9 rows so far"));
    QCOMPARE(open.field.popup()->height(), full - 26);
    QCOMPARE(open.field.popup()->accessibleDescription(), QStringLiteral("11 tokens · 7 of 9 rows so far"));
    QVERIFY(!open.field.popup()->grab().isNull());
}

void SearchFieldTest::typingAsksAndTheAnswerIsListed() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("qu"));
    QCOMPARE(open.wanted.count(), 2);
    QCOMPARE(open.wanted[1][0].toString(), QStringLiteral("qu"));
    QVERIFY(!open.field.isListOpen());
    open.answer(QStringLiteral("qu"));
    QVERIFY(open.field.isListOpen());
    QVERIFY(open.field.popup()->geometry().top() >= open.field.geometry().bottom());
    QVERIFY(open.field.hasFocus());
    open.field.selectAll();
    open.key(Qt::Key_Backspace);
    QVERIFY(!open.field.isListOpen());
}

void SearchFieldTest::answersToOlderQuestionsAreDropped() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("que"));
    open.answer(QStringLiteral("qu"));
    QVERIFY(!open.field.isListOpen());
    open.answer(QStringLiteral("que"));
    QVERIFY(open.field.isListOpen());
    open.key(Qt::Key_Escape);
    open.key(Qt::Key_Escape);
    open.answer(QStringLiteral("que"));
    QVERIFY(!open.field.isListOpen());
}

void SearchFieldTest::arrowsAndEnterChoose() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("que"));
    open.answer(QStringLiteral("que"));
    open.key(Qt::Key_Down);
    open.key(Qt::Key_Down);
    open.key(Qt::Key_Down);
    open.key(Qt::Key_Down);
    open.key(Qt::Key_Up);
    QCOMPARE(open.field.popup()->accessibleDescription(), QStringLiteral("·quest"));
    open.key(Qt::Key_Return);
    QCOMPARE(open.chosen.count(), 1);
    QCOMPARE(open.chosen[0][0].value<Row>(), Row{7});
    QCOMPARE(open.submitted.count(), 0);
    QVERIFY(!open.field.isListOpen());
    // Down asks again.
    open.key(Qt::Key_Down);
    QCOMPARE(open.wanted.last()[0].toString(), QStringLiteral("que"));
}

void SearchFieldTest::aClickChooses() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("q"));
    open.answer(QStringLiteral("q"));
    QTest::mouseMove(open.field.popup(), QPoint(40, 5 + 26 * 2 + 10));
    QTest::mouseClick(open.field.popup(), Qt::LeftButton, {}, QPoint(40, 5 + 26 * 2 + 10));
    QCOMPARE(open.chosen.count(), 1);
    QCOMPARE(open.chosen[0][0].value<Row>(), Row{9});
}

void SearchFieldTest::enterWithNothingMarkedSubmits() {
    Open open;
    open.key(Qt::Key_Return);
    QCOMPARE(open.submitted.count(), 0);
    QTest::keyClicks(&open.field, QStringLiteral("que"));
    open.answer(QStringLiteral("que"));
    open.key(Qt::Key_Return);
    QCOMPARE(open.submitted.count(), 1);
    QCOMPARE(open.submitted[0][0].toString(), QStringLiteral("que"));
    open.field.showMessage(QStringLiteral("no such token"));
    QVERIFY(open.field.isListOpen());
    QCOMPARE(open.field.popup()->accessibleDescription(), QStringLiteral("no such token"));
}

void SearchFieldTest::escapeClosesThenEmpties() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("que"));
    open.answer(QStringLiteral("que"));
    open.key(Qt::Key_Escape);
    QVERIFY(!open.field.isListOpen());
    QCOMPARE(open.field.text(), QStringLiteral("que"));
    open.key(Qt::Key_Escape);
    QCOMPARE(open.field.text(), QString());
}

void SearchFieldTest::leavingTheFieldClosesTheList() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("que"));
    open.answer(QStringLiteral("que"));
    open.other.setFocus();
    QVERIFY(!open.field.isListOpen());
    open.answer(QStringLiteral("que"));
    QVERIFY(!open.field.isListOpen());
}

void SearchFieldTest::nothingFoundIsSaid() {
    Open open;
    QTest::keyClicks(&open.field, QStringLiteral("xyz"));
    open.field.setCompletions(QStringLiteral("xyz"), {}, QStringLiteral("7 of 9 rows so far"));
    QCOMPARE(open.field.popup()->accessibleDescription(),
             QStringLiteral("no token begins with “xyz” · 7 of 9 rows so far"));
    open.field.setCompletions(QStringLiteral("xyz"), {});
    QVERIFY(open.field.isListOpen());
    QCOMPARE(open.field.popup()->accessibleDescription(), QStringLiteral("no token begins with “xyz”"));
    open.key(Qt::Key_Down);
    open.key(Qt::Key_Return);
    QCOMPARE(open.submitted.count(), 1);
}

void SearchFieldTest::theListStaysInTheWindow() {
    Open open;
    open.window.resize(600, 160);
    QTest::keyClicks(&open.field, QStringLiteral("w"));
    QVector<Completion> many;
    for (std::uint32_t i = 0; i < 50; ++i) {
        many.append({QStringLiteral("word%1").arg(i), QString::number(i), Row{i}});
    }
    open.field.setCompletions(QStringLiteral("w"), many);
    QVERIFY(open.window.rect().contains(open.field.popup()->geometry()));
    // Of a field that has hardly room, too, at the right of the window; there the list can be read still.
    open.field.setGeometry(510, 10, 80, 30);
    open.field.closeList();
    open.field.setCompletions(QStringLiteral("w"), many);
    QVERIFY(open.window.rect().contains(open.field.popup()->geometry()));
    QVERIFY(open.field.popup()->width() > 300);
    for (int i = 0; i < 20; ++i) {
        open.key(Qt::Key_Down);
    }
    QVERIFY(!open.window.grab().isNull());
    open.key(Qt::Key_Return);
    QCOMPARE(open.chosen[0][0].value<Row>(), Row{19});
}

QTEST_MAIN(SearchFieldTest)
#include "search_field_test.moc"
