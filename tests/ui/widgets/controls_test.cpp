// SPDX-License-Identifier: GPL-3.0-or-later
// The small parts of header and footer: segmented buttons, slot pills, job bar, message bar.
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/slot_pill.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace lexiscope;

class ControlsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void segmentedClicks();
    void segmentedKeys();
    void segmentedTakesNewItems();
    void pillSaysWhatItHolds();
    void pillAnswersMouseAndKeys();
    void pillCutsALongName();
    void pillShowsLoading();
    void jobBarShowsOneJob();
    void jobBarWithoutAFraction();
    void messagesQueue();
    void messagesAreNotRepeatedAndCancelledIsNone();
    void hintsWaitForWhatWentWrong();
    void messageTextCanBeCopied();
};

namespace {

Segmented* metrics(ThemeSource& theme, QWidget& window) {
    auto* segmented = new Segmented(theme, &window);
    segmented->setItems({QStringLiteral("cosine"), QStringLiteral("Euclidean"), QStringLiteral("dot")});
    segmented->resize(segmented->sizeHint());
    window.resize(400, 100);
    if (!test::showActive(window)) {
        qFatal("no window");
    }
    return segmented;
}

}  // namespace

void ControlsTest::segmentedClicks() {
    ThemeSource theme;
    QWidget window;
    Segmented* segmented = metrics(theme, window);
    QSignalSpy chosen(segmented, &Segmented::chosen);
    QCOMPARE(segmented->current(), 0);
    QTest::mouseClick(segmented->button(2), Qt::LeftButton);
    QCOMPARE(segmented->current(), 2);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 2);
    QTest::mouseClick(segmented->button(2), Qt::LeftButton);
    QCOMPARE(segmented->current(), 2);
    QCOMPARE(chosen.count(), 1);
    segmented->setCurrent(1);
    segmented->setCurrent(7);
    segmented->setCurrent(-1);
    QCOMPARE(segmented->current(), 1);
    QCOMPARE(chosen.count(), 1);
}

void ControlsTest::segmentedKeys() {
    ThemeSource theme;
    QWidget window;
    Segmented* segmented = metrics(theme, window);
    QSignalSpy chosen(segmented, &Segmented::chosen);
    segmented->button(0)->setFocus();
    const auto press = [&window](Qt::Key key) { QTest::keyClick(window.focusWidget(), key); };
    press(Qt::Key_Right);
    QCOMPARE(segmented->current(), 1);
    QVERIFY(segmented->button(1)->hasFocus());
    press(Qt::Key_End);
    press(Qt::Key_Right);
    QCOMPARE(segmented->current(), 2);
    press(Qt::Key_Home);
    QCOMPARE(segmented->current(), 0);
    QCOMPARE(chosen.count(), 3);
    // One stop for Tab: only the chosen button takes the focus that way.
    int stops = 0;
    for (int i = 0; i < segmented->count(); ++i) {
        stops += segmented->button(i)->focusPolicy() & Qt::TabFocus ? 1 : 0;
    }
    QCOMPARE(stops, 1);
}

void ControlsTest::segmentedTakesNewItems() {
    ThemeSource theme;
    QWidget window;
    Segmented* segmented = metrics(theme, window);
    segmented->setCurrent(2);
    segmented->setItems({QStringLiteral("PCA")});
    QCOMPARE(segmented->count(), 1);
    QCOMPARE(segmented->current(), 0);
    QCOMPARE(segmented->button(0)->accessibleName(), QStringLiteral("PCA"));
    segmented->setItems({});
    QCOMPARE(segmented->current(), -1);
    QTest::keyClick(segmented, Qt::Key_Right);
    QCOMPARE(segmented->current(), -1);
}

void ControlsTest::pillSaysWhatItHolds() {
    ThemeSource theme;
    SlotPill pill(theme, 1);
    QCOMPARE(pill.accessibleName(), QStringLiteral("Model B: empty, open a model"));
    const QImage empty = pill.grab().toImage();
    pill.setModel(QStringLiteral("wiki-words"), QStringLiteral("20,000 × 100"));
    QCOMPARE(pill.accessibleName(), QStringLiteral("Model B: wiki-words"));
    QCOMPARE(pill.accessibleDescription(), QStringLiteral("20,000 × 100"));
    const QImage full = pill.grab().toImage();
    QVERIFY(full != empty);
    pill.setActive(true);
    QVERIFY(pill.accessibleDescription().contains(QStringLiteral("shown by the panels")));
    QVERIFY(pill.grab().toImage() != full);
    pill.clearModel();
    pill.setActive(false);
    QCOMPARE(pill.grab().toImage(), empty);
}

void ControlsTest::pillAnswersMouseAndKeys() {
    ThemeSource theme;
    QWidget window;
    SlotPill pill(theme, 0, &window);
    if (!test::showActive(window)) {
        qFatal("no window");
    }
    pill.setFocus();
    QSignalSpy clicked(&pill, &QAbstractButton::clicked);
    QTest::mouseClick(&pill, Qt::LeftButton);
    QTest::keyClick(&pill, Qt::Key_Space);
    QTest::keyClick(&pill, Qt::Key_Return);
    QCOMPARE(clicked.count(), 3);
}

void ControlsTest::pillCutsALongName() {
    ThemeSource theme;
    SlotPill pill(theme, 0);
    const QString name = QString(QStringLiteral("a-model-with-a-long-name-")).repeated(20);
    pill.setModel(name, QStringLiteral("3,000,000 × 300"));
    pill.resize(pill.minimumSizeHint());
    QVERIFY(!pill.grab().isNull());
    QVERIFY(pill.sizeHint().width() < 400);
    QVERIFY(pill.toolTip().contains(name));
}

void ControlsTest::pillShowsLoading() {
    ThemeSource theme;
    SlotPill pill(theme, 0);
    pill.setModel(QStringLiteral("m"), QString());
    pill.resize(pill.sizeHint());
    const auto bar = [&pill, &theme] {
        const QImage image = pill.grab().toImage();
        int length = 0;
        for (int x = 20; x < image.width() - 20; ++x) {
            length += image.pixelColor(x, image.height() - 2) == theme.theme().slot(0) ? 1 : 0;
        }
        return length;
    };
    QCOMPARE(bar(), 0);
    pill.setLoading(true, 0.25);
    const int quarter = bar();
    pill.setLoading(true, 0.75);
    QVERIFY(quarter > 0);
    QVERIFY(bar() > quarter);
    pill.setLoading(true, 7);
    QVERIFY(pill.accessibleDescription().contains(QStringLiteral("loading")));
    pill.setLoading(false);
    QCOMPARE(bar(), 0);
}

void ControlsTest::jobBarShowsOneJob() {
    ThemeSource theme;
    JobBar bar(theme);
    bar.resize(1000, bar.height());
    QVERIFY(test::showActive(bar));
    auto* cancel = bar.findChild<QPushButton*>(QStringLiteral("jobCancel"));
    auto* progress = bar.findChild<SlimProgress*>(QStringLiteral("jobProgress"));
    QVERIFY(!bar.hasJob());
    QVERIFY(!cancel->isVisible());
    QSignalSpy cancelled(&bar, &JobBar::cancelClicked);
    bar.showJob(QStringLiteral("Loading x.bin: 1 of 2 rows"), 0.5, true);
    QVERIFY(cancel->isVisible());
    QCOMPARE(progress->fraction(), 0.5);
    QCOMPARE(progress->accessibleDescription(), QStringLiteral("50 %"));
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    bar.showJob(QStringLiteral("Projecting"), 3.0, false);
    QCOMPARE(progress->fraction(), 1.0);
    QVERIFY(!cancel->isVisible());
    bar.setNote(QStringLiteral("exact search"));
    QCOMPARE(bar.note(), QStringLiteral("exact search"));
    bar.hideJob();
    QVERIFY(!progress->isVisible());
    QVERIFY(!bar.hasJob());
}

void ControlsTest::jobBarWithoutAFraction() {
    ThemeSource theme;
    JobBar bar(theme);
    bar.resize(800, bar.height());
    QVERIFY(test::showActive(bar));
    bar.showJob(QStringLiteral("Reading"), -1, true);
    auto* progress = bar.findChild<SlimProgress*>(QStringLiteral("jobProgress"));
    const QImage before = progress->grab().toImage();
    QTRY_VERIFY(progress->grab().toImage() != before);  // it wanders
    QCOMPARE(progress->accessibleDescription(), QStringLiteral("under way"));
}

void ControlsTest::messagesQueue() {
    ThemeSource theme;
    QWidget window;
    MessageBar bar(theme, &window);
    if (!test::showActive(window)) {
        qFatal("no window");
    }
    auto* count = bar.findChild<ElidedLabel*>(QStringLiteral("messageCount"));
    auto* kind = bar.findChild<ElidedLabel*>(QStringLiteral("messageKind"));
    QVERIFY(!bar.isVisible());
    bar.add(MessageBar::Severity::Error,
            {ErrorCode::Broken, "x.bin, byte 12", "the file ends early", "download it again"});
    QVERIFY(bar.isVisible());
    QCOMPARE(bar.text(), QStringLiteral("x.bin, byte 12: the file ends early. Download it again."));
    QVERIFY(!count->isVisible());
    bar.add(MessageBar::Severity::Warning, QStringLiteral("two words occur twice"));
    bar.add(MessageBar::Severity::Warning, QStringLiteral("a third"));
    QCOMPARE(count->text(), QStringLiteral("1 of 3"));
    QCOMPARE(kind->text(), QStringLiteral("Error"));
    QTest::mouseClick(bar.findChild<QToolButton*>(QStringLiteral("messageClose")), Qt::LeftButton);
    QCOMPARE(count->text(), QStringLiteral("2 of 3"));
    QCOMPARE(bar.text(), QStringLiteral("two words occur twice"));
    QCOMPARE(kind->text(), QStringLiteral("Warning"));
    QTest::keyClick(&bar, Qt::Key_Escape);
    QCOMPARE(bar.text(), QStringLiteral("a third"));
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(!bar.isVisible());
    QCOMPARE(bar.text(), QString());
    bar.closeCurrent();
    QCOMPARE(bar.count(), 0);
}

void ControlsTest::messagesAreNotRepeatedAndCancelledIsNone() {
    ThemeSource theme;
    MessageBar bar(theme);
    bar.add(MessageBar::Severity::Error, cancelled());
    QCOMPARE(bar.count(), 0);
    bar.add(MessageBar::Severity::Error, QStringLiteral("again"));
    bar.add(MessageBar::Severity::Error, QStringLiteral("again"));
    QCOMPARE(bar.count(), 1);
    bar.clear();
    QCOMPARE(bar.count(), 0);
}

void ControlsTest::hintsWaitForWhatWentWrong() {
    ThemeSource theme;
    MessageBar bar(theme);
    bar.add(MessageBar::Severity::Hint, QStringLiteral("type a text"));
    QCOMPARE(bar.text(), QStringLiteral("type a text"));
    bar.add(MessageBar::Severity::Warning, QStringLiteral("two words occur twice"));
    bar.add(MessageBar::Severity::Error, QStringLiteral("no such file"));
    for (const char* text : {"two words occur twice", "no such file", "type a text"}) {
        QCOMPARE(bar.text(), QString::fromLatin1(text));
        bar.closeCurrent();
    }
    QCOMPARE(bar.count(), 0);
}

void ControlsTest::messageTextCanBeCopied() {
    ThemeSource theme;
    QWidget window;
    MessageBar bar(theme, &window);
    bar.add(MessageBar::Severity::Error, QStringLiteral("<i>what</i> happened"));
    bar.resize(400, 40);
    if (!test::showActive(window)) {
        qFatal("no window");
    }
    auto* text = bar.findChild<QLabel*>(QStringLiteral("messageText"));
    QTest::mouseDClick(text, Qt::LeftButton, {}, QPoint(8, text->height() / 2));
    QVERIFY(text->hasSelectedText());
    QCOMPARE(text->text(), QStringLiteral("<i>what</i> happened"));
    QCOMPARE(text->textFormat(), Qt::PlainText);
}

QTEST_MAIN(ControlsTest)
#include "controls_test.moc"
