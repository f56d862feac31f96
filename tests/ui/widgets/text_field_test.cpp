// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_field.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/exact_characters.h"

#include <random>

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGlyphRun>
#include <QGuiApplication>
#include <QMimeData>
#include <QRawFont>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace lexiscope;

namespace {

/// A field on screen with the keyboard in it.
struct Open {
    ThemeSource theme;
    QWidget window;
    TextField field{theme, &window};

    Open() {
        window.resize(800, 400);
        field.resize(780, 100);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
        field.setFocus();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&field, key, modifiers);
    }
    void type(const QString& text) { QTest::keyClicks(&field, text); }
    void paste(const QString& text) {
        QGuiApplication::clipboard()->setText(text);
        field.paste();
    }
    qsizetype longestBlock() const {
        qsizetype longest = 0;
        for (QTextBlock block = field.document()->begin(); block.isValid(); block = block.next()) {
            longest = std::max<qsizetype>(longest, block.length() - 1);
        }
        return longest;
    }
};

QString longWord(qsizetype length) {
    QString text;
    text.reserve(length);
    for (qsizetype i = 0; i < length; ++i) {
        text += QChar(static_cast<char16_t>(u'a' + i * 7 % 26));
    }
    return text;
}

}  // namespace

class TextFieldTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void typingChangesTheText();
    void enterMakesANewline();
    void everyCharacterComesOutAsItWentIn();
    void everyCharacterIsShownAsItself();
    void whatIsSetOneByOne();
    void longTextIsHeldInBoundedPieces();
    void oneKeyMovesOneCharacterOverASeam();
    void erasingWorksOverASeam();
    void copyAndCutKnowNoSeams();
    void undoAndRedo();
    void typingIsUndoneAsOneRun();
    void aLineTypedOnAndOnIsCut();
    void growsToSixLines();
    void linesEndBeforeTheScrollBar();
    void filesAreLeftToTheWindow();
    void ctrlKIsLeftToTheWindow();
    void aThirdClickSelectsTheLine();
    void marksTheBytesOfAToken();
    void randomEditing_data();
    void randomEditing();
};

void TextFieldTest::typingChangesTheText() {
    Open open;
    QSignalSpy edited(&open.field, &TextField::textEdited);
    open.type(QStringLiteral("king"));
    QCOMPARE(open.field.text(), QStringLiteral("king"));
    QCOMPARE(edited.count(), 4);
    open.key(Qt::Key_Left);
    open.key(Qt::Key_Backspace);
    QCOMPARE(open.field.text(), QStringLiteral("kig"));
    open.key(Qt::Key_Delete);
    QCOMPARE(open.field.text(), QStringLiteral("ki"));
    QCOMPARE(edited.count(), 6);
    open.key(Qt::Key_Left);
    QCOMPARE(edited.count(), 6);
    open.field.setText(QStringLiteral("queen"));
    QCOMPARE(edited.count(), 7);
    open.field.setText(QStringLiteral("queen"));
    QCOMPARE(edited.count(), 7);
}

void TextFieldTest::enterMakesANewline() {
    Open open;
    open.type(QStringLiteral("a"));
    open.key(Qt::Key_Return);
    open.key(Qt::Key_Enter, Qt::KeypadModifier);
    open.type(QStringLiteral("b"));
    QCOMPARE(open.field.text(), QStringLiteral("a\n\nb"));
    open.key(Qt::Key_Backspace);
    open.key(Qt::Key_Backspace);
    QCOMPARE(open.field.text(), QStringLiteral("a\n"));
    open.key(Qt::Key_Up);
    open.key(Qt::Key_Home);
    open.type(QStringLiteral("c"));
    QCOMPARE(open.field.text(), QStringLiteral("ca\n"));
}

void TextFieldTest::everyCharacterComesOutAsItWentIn() {
    Open open;
    QString odd = QStringLiteral("a\r\nb\rc\td\n\n\u2028e\u2029f\u00a0g\uFFFCh🙂e\u0301שלום\u200di");
    odd += QChar(0);
    odd += QChar(0xfdd0);
    odd += QChar(0xfdd1);
    odd += QChar(7);
    open.field.setText(odd);
    QCOMPARE(open.field.text(), odd);
    open.field.selectAll();
    open.field.copy();
    open.field.setText(QString());
    open.field.paste();
    QCOMPARE(open.field.text(), odd);
    // Typing beside such characters leaves them alone.
    open.key(Qt::Key_Home, Qt::ControlModifier);
    open.key(Qt::Key_Right);
    open.type(QStringLiteral("X"));
    QString expected = odd;
    expected.insert(1, u'X');
    QCOMPARE(open.field.text(), expected);
    QCOMPARE(open.field.utf8(), expected.toUtf8());
}

void TextFieldTest::everyCharacterIsShownAsItself() {
    Open open;
    const auto isExact = [&open](const QString& text) {
        open.field.setText(text);
        QCoreApplication::processEvents();
        // As the document lays it out, which keeps no glyphs.
        QTextLayout layout(text, open.field.font());
        layout.setFormats(open.field.document()->begin().layout()->formats());
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        QVector<quint32> shown;
        QVector<quint32> single;
        for (const QGlyphRun& run : layout.glyphRuns()) {
            shown += run.glyphIndexes();
            single = run.rawFont().glyphIndexesForString(text);
        }
        // Runs of one font come together, wherever they stand.
        std::sort(shown.begin(), shown.end());
        std::sort(single.begin(), single.end());
        return !shown.isEmpty() && shown == single;
    };
    QVERIFY(isExact(QStringLiteral("p->x 0x1F 3x4x5 3 x 4 <- => <= <-> --> ==> |> ~> != == a-b x1x")));
    open.field.setCaret(1);
    open.type(QStringLiteral("<-"));
    QVERIFY(isExact(open.field.text()));
}

void TextFieldTest::whatIsSetOneByOne() {
    using Stretch = ExactCharacters::Stretch;
    const auto of = [](const char* text) { return ExactCharacters::stretches(QString::fromLatin1(text)); };
    QCOMPARE(of(""), std::vector<Stretch>());
    QCOMPARE(of("a-b x 3x x3 axb x 3 -"), std::vector<Stretch>());
    QCOMPARE(of("1 x 2, 1  x 2"), std::vector<Stretch>({{0, 5}}));
    QCOMPARE(of("a-->b"), std::vector<Stretch>({{1, 3}}));
    QCOMPARE(of("->"), std::vector<Stretch>({{0, 2}}));
    QCOMPARE(of("1x2X3 <="), std::vector<Stretch>({{0, 3}, {2, 3}, {6, 2}}));
}

void TextFieldTest::longTextIsHeldInBoundedPieces() {
    Open open;
    for (const QString& text : {longWord(1000000), QString(200000, u'\n'),
                                QStringLiteral("the king and the queen ").repeated(40000)}) {
        open.field.selectAll();
        open.paste(text);
        QVERIFY(open.field.text() == text);
        QVERIFY(open.longestBlock() <= TextPieces::longestPiece);
        open.field.setCaret(text.size() / 2);
        open.type(QStringLiteral("Z"));
        QString expected = text;
        expected.insert(text.size() / 2, u'Z');
        QVERIFY(open.field.text() == expected);
    }
    open.field.selectAll();
    open.key(Qt::Key_Delete);
    QVERIFY(open.field.text().isEmpty());
    QCOMPARE(open.field.document()->blockCount(), 1);
}

void TextFieldTest::oneKeyMovesOneCharacterOverASeam() {
    Open open;
    open.field.setText(longWord(10000));
    QVERIFY(open.field.document()->blockCount() > 3);
    const qsizetype seam = open.field.document()->begin().length() - 1;
    open.field.setCaret(seam - 3);
    for (qsizetype place = seam - 2; place <= seam + 3; ++place) {
        open.key(Qt::Key_Right);
        QCOMPARE(open.field.caret(), place);
    }
    for (qsizetype place = seam + 2; place >= seam - 3; --place) {
        open.key(Qt::Key_Left);
        QCOMPARE(open.field.caret(), place);
    }
    for (int i = 0; i < 6; ++i) {
        open.key(Qt::Key_Right, Qt::ShiftModifier);
    }
    open.field.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), open.field.text().mid(seam - 3, 6));
}

void TextFieldTest::erasingWorksOverASeam() {
    Open open;
    QString expected = longWord(10000);
    open.field.setText(expected);
    const qsizetype seam = open.field.document()->begin().length() - 1;
    open.field.setCaret(seam + 2);
    for (int i = 0; i < 5; ++i) {
        open.key(Qt::Key_Backspace);
    }
    expected.remove(seam - 3, 5);
    QCOMPARE(open.field.text(), expected);
    open.field.setCaret(seam - 6);
    for (int i = 0; i < 8; ++i) {
        open.key(Qt::Key_Delete);
    }
    expected.remove(seam - 6, 8);
    QCOMPARE(open.field.text(), expected);
    // A selection from one piece to another, beginning where a piece begins.
    open.field.setCaret(0);
    open.field.setCaret(seam + 500, true);
    open.type(QStringLiteral("Q"));
    expected.replace(0, seam + 500, QStringLiteral("Q"));
    QCOMPARE(open.field.text(), expected);
}

void TextFieldTest::copyAndCutKnowNoSeams() {
    Open open;
    const QString text = longWord(20000);
    open.field.setText(text);
    open.field.selectAll();
    open.field.copy();
    QVERIFY(QGuiApplication::clipboard()->text() == text);
    open.field.setCaret(1000);
    open.field.setCaret(9000, true);
    open.field.cut();
    QVERIFY(QGuiApplication::clipboard()->text() == text.mid(1000, 8000));
    QVERIFY(open.field.text() == text.left(1000) + text.mid(9000));
    open.field.paste();
    QVERIFY(open.field.text() == text);
}

void TextFieldTest::undoAndRedo() {
    Open open;
    open.field.setText(QStringLiteral("start "));
    QVERIFY(!open.field.canUndo());
    open.field.setText(QStringLiteral("another text"));
    open.field.undo();
    QCOMPARE(open.field.text(), QStringLiteral("start "));
    QVERIFY(!open.field.canUndo());
    open.field.moveCursor(QTextCursor::End);
    const QString big = longWord(100000);
    open.paste(big);
    open.key(Qt::Key_A, Qt::ControlModifier);
    open.key(Qt::Key_Delete);
    QCOMPARE(open.field.text(), QString());
    open.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(open.field.text() == QStringLiteral("start ") + big);
    open.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(open.field.text(), QStringLiteral("start "));
    QVERIFY(!open.field.canUndo());
    open.field.undo();
    QCOMPARE(open.field.text(), QStringLiteral("start "));
    open.field.redo();
    QVERIFY(open.field.text() == QStringLiteral("start ") + big);
    QVERIFY(open.field.canRedo());
    open.type(QStringLiteral("x"));
    QVERIFY(!open.field.canRedo());
}

void TextFieldTest::typingIsUndoneAsOneRun() {
    Open open;
    open.type(QStringLiteral("one two"));
    open.key(Qt::Key_Return);
    open.type(QStringLiteral("three"));
    open.field.undo();
    QCOMPARE(open.field.text(), QStringLiteral("one two\n"));
    open.field.undo();
    open.field.undo();
    QCOMPARE(open.field.text(), QString());
    open.field.redo();
    QCOMPARE(open.field.text(), QStringLiteral("one two"));
    open.key(Qt::Key_Backspace);
    open.key(Qt::Key_Backspace);
    QCOMPARE(open.field.text(), QStringLiteral("one t"));
    open.field.undo();
    QCOMPARE(open.field.text(), QStringLiteral("one two"));
}

void TextFieldTest::aLineTypedOnAndOnIsCut() {
    Open open;
    open.field.setText(longWord(TextPieces::longestPiece - 5));
    open.field.moveCursor(QTextCursor::End);
    QCOMPARE(open.field.document()->blockCount(), 1);
    open.type(QStringLiteral("0123456789"));
    QVERIFY(open.field.document()->blockCount() > 1);
    QCOMPARE(open.field.text(), longWord(TextPieces::longestPiece - 5) + QStringLiteral("0123456789"));
    for (int i = 0; i < 10; ++i) {
        open.key(Qt::Key_Backspace);
    }
    QCOMPARE(open.field.text(), longWord(TextPieces::longestPiece - 5));
}

void TextFieldTest::growsToSixLines() {
    Open open;
    const int one = open.field.height();
    open.field.setText(QStringLiteral("a\nb"));
    const int two = open.field.height();
    QVERIFY(two > one);
    open.field.setText(QStringLiteral("a\nb\nc\nd\ne\nf"));
    const int six = open.field.height();
    QCOMPARE(six - two, 4 * (two - one));
    open.field.setText(QStringLiteral("a\nb\nc\nd\ne\nf\ng\nh"));
    QCOMPARE(open.field.height(), six);
    open.field.setText(QString());
    QCOMPARE(open.field.height(), one);
}

void TextFieldTest::linesEndBeforeTheScrollBar() {
    Open open;
    const auto widest = [&open] {
        double width = 0;
        for (QTextBlock block = open.field.document()->begin(); block.isValid(); block = block.next()) {
            for (int i = 0; i < block.layout()->lineCount(); ++i) {
                width = std::max(width, block.layout()->lineAt(i).naturalTextWidth());
            }
        }
        return width;
    };
    // Word by word over the sixth line, so that the bar appears while typing.
    for (int word = 0; word < 160; ++word) {
        open.field.insertPlainText(QStringLiteral("wordwide%1 ").arg(word));
        QVERIFY2(widest() <= open.field.viewport()->width(), qPrintable(QString::number(word)));
    }
    QVERIFY(open.field.verticalScrollBar()->isVisible());
    open.field.setText(QString());
    for (const QString& before : {QString(), QStringLiteral("a\n")}) {
        open.field.setText(before + QStringLiteral("several words in one long text ").repeated(60));
        QVERIFY(open.field.verticalScrollBar()->isVisible());
        QVERIFY(widest() <= open.field.viewport()->width());
    }
}

void TextFieldTest::filesAreLeftToTheWindow() {
    Open open;
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/model.bin"))});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    enter.accept();
    QCoreApplication::sendEvent(open.field.viewport(), &enter);
    QVERIFY(!enter.isAccepted());
    QMimeData words;
    words.setText(QStringLiteral("dropped"));
    QDragEnterEvent text({5, 5}, Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(open.field.viewport(), &text);
    QVERIFY(text.isAccepted());
    QDropEvent drop({5, 5}, Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(open.field.viewport(), &drop);
    QCOMPARE(open.field.text(), QStringLiteral("dropped"));
    QCOMPARE(open.field.toPlainText(), QStringLiteral("dropped"));
    open.field.undo();
    QCOMPARE(open.field.text(), QString());
}

void TextFieldTest::ctrlKIsLeftToTheWindow() {
    Open open;
    open.field.setText(QStringLiteral("the rest stays"));
    QKeyEvent override(QEvent::ShortcutOverride, Qt::Key_K, Qt::ControlModifier);
    override.ignore();
    QCoreApplication::sendEvent(&open.field, &override);
    QVERIFY(!override.isAccepted());
    open.key(Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(open.field.text(), QStringLiteral("the rest stays"));
}

void TextFieldTest::aThirdClickSelectsTheLine() {
    Open open;
    open.field.setText(QStringLiteral("first line\nsecond line\nthird"));
    open.field.setCaret(15);
    const QPoint place = open.field.cursorRect().center();
    QTest::mouseDClick(open.field.viewport(), Qt::LeftButton, {}, place);
    QTest::mousePress(open.field.viewport(), Qt::LeftButton, {}, place);
    open.field.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("second line"));
}

void TextFieldTest::marksTheBytesOfAToken() {
    Open open;
    open.field.setText(QStringLiteral("né🙂 ") + longWord(5000));
    const QByteArray bytes = open.field.utf8();
    open.field.showRange(1, 7);  // é (2 bytes) and the face (4)
    QCOMPARE(open.field.extraSelections().size(), 1);
    QCOMPARE(open.field.extraSelections().first().cursor.selectedText(), QStringLiteral("é🙂"));
    open.field.showRange(bytes.size() - 3, bytes.size());
    QCOMPARE(open.field.extraSelections().first().cursor.selectedText(), open.field.text().right(3));
    open.field.showRange(4, 4);
    QVERIFY(open.field.extraSelections().isEmpty());
}

void TextFieldTest::randomEditing_data() {
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<int>("steps");
    QTest::newRow("one word") << 1U << QStringLiteral("abcdefghij") << 60;
    QTest::newRow("words") << 2U << QStringLiteral("the king ") << 60;
    QTest::newRow("lines") << 3U << QStringLiteral("a line of text\n") << 60;
    QTest::newRow("newlines") << 4U << QStringLiteral("\n") << 60;
    // Thousands of lines of emoji are slow to lay out.
    QTest::newRow("faces") << 5U << QStringLiteral("🙂\r\n") << 15;
}

// The field against a plain string that is edited the same way: after each step both must hold the same text,
// and the document the pieces it should.
void TextFieldTest::randomEditing() {
    QFETCH(quint32, seed);
    QFETCH(QString, unit);
    QFETCH(int, steps);
    Open open;
    std::mt19937 random(seed);
    const auto upTo = [&random](qsizetype most) {
        return static_cast<qsizetype>(random() % static_cast<quint32>(most + 1));
    };
    QString expected = unit.repeated(9000 / unit.size());
    open.field.setText(expected);
    for (int step = 0; step < steps; ++step) {
        const qsizetype at = upTo(expected.size());
        const qsizetype length = std::min(expected.size() - at, upTo(1) == 0 ? upTo(3) : upTo(4000));
        open.field.setCaret(at);
        open.field.setCaret(at + length, true);
        QString with;
        switch (upTo(4)) {
            case 0:
                with = QStringLiteral("typed");
                open.type(with);
                break;
            case 1:
                with = unit.repeated(upTo(4500) / unit.size());
                if (with.isEmpty()) {
                    with = unit;
                }
                open.paste(with);
                break;
            case 2:
                with = QStringLiteral("\n");
                open.key(Qt::Key_Return);
                break;
            default:
                if (length == 0) {
                    continue;
                }
                open.key(upTo(1) == 0 ? Qt::Key_Backspace : Qt::Key_Delete);
        }
        expected.replace(at, length, with);
        QVERIFY2(open.field.text() == expected, qPrintable(QStringLiteral("step %1").arg(step)));
        QCOMPARE(open.field.caret(), at + with.size());
        QVERIFY(open.longestBlock() <= TextPieces::longestPiece);
        if (upTo(9) == 0 && open.field.canUndo()) {
            open.field.undo();
            open.field.redo();
            QVERIFY(open.field.text() == expected);
        }
    }
    while (open.field.canUndo()) {
        open.field.undo();
    }
    QCOMPARE(open.field.text(), unit.repeated(9000 / unit.size()));
}

QTEST_MAIN(TextFieldTest)
#include "text_field_test.moc"
