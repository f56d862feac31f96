// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/step_player.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage {
    explicit Stage(int steps) : player(theme), changes(&player, &StepPlayer::stepChanged) {
        player.setSteps(steps);
        player.resize(320, 30);
    }
    bool show() { return test::showActive(player); }
    QAbstractButton* button(const char* name) const {
        return player.findChild<QAbstractButton*>(QLatin1String(name));
    }
    void click(const char* name) const { QTest::mouseClick(button(name), Qt::LeftButton); }
    QList<int> told() const {
        QList<int> steps;
        for (const QList<QVariant>& change : changes) {
            steps << change.front().toInt();
        }
        return steps;
    }

    ThemeSource theme;
    StepPlayer player;
    QSignalSpy changes;
};

}  // namespace

class StepPlayerTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void stepsByButtons() {
        Stage stage(3);
        QVERIFY(stage.show());
        QVERIFY(!stage.button("stepBack")->isEnabled());
        stage.click("stepForward");
        stage.click("stepForward");
        QVERIFY(!stage.button("stepForward")->isEnabled());
        stage.click("stepBack");
        QCOMPARE(stage.told(), (QList<int>{1, 2, 1}));
        QCOMPARE(stage.player.step(), 1);
    }

    void stepsByKeysAndSlider() {
        Stage stage(5);
        QVERIFY(stage.show());
        auto* slider = stage.player.findChild<QSlider*>();
        stage.button("stepForward")->setFocus();
        QTest::keyClick(stage.button("stepForward"), Qt::Key_Right);
        QTest::keyClick(stage.button("stepForward"), Qt::Key_End);
        QTest::keyClick(stage.button("stepForward"), Qt::Key_Home);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(stage.told(), (QList<int>{1, 4, 0, 1}));
        QCOMPARE(slider->value(), 1);
    }

    void playsToTheEndAndAnew() {
        Stage stage(3);
        QVERIFY(stage.show());
        stage.player.setInterval(1);
        stage.click("play");
        QVERIFY(stage.player.isPlaying());
        QCOMPARE(stage.button("play")->accessibleName(), QStringLiteral("Pause"));
        QTRY_VERIFY(!stage.player.isPlaying());
        QCOMPARE(stage.told(), (QList<int>{1, 2}));
        QCOMPARE(stage.button("play")->accessibleName(), QStringLiteral("Play"));
        QTest::keyClick(&stage.player, Qt::Key_Space);
        QTRY_VERIFY(!stage.player.isPlaying());
        QCOMPARE(stage.told(), (QList<int>{1, 2, 0, 1, 2}));
    }

    void anyStepByHandEndsPlaying() {
        Stage stage(100);
        QVERIFY(stage.show());
        stage.player.setInterval(100000);
        stage.player.play();
        stage.click("stepForward");
        QVERIFY(!stage.player.isPlaying());
        stage.player.play();
        QTest::keyClick(&stage.player, Qt::Key_Space);
        QVERIFY(!stage.player.isPlaying());
        QCOMPARE(stage.player.step(), 1);
    }

    void followsTheNumberOfSteps() {
        Stage stage(10);
        QVERIFY(stage.show());
        stage.player.setStep(7);
        stage.player.setSteps(20);
        QCOMPARE(stage.player.step(), 7);
        stage.player.setSteps(4);
        QCOMPARE(stage.player.step(), 3);
        stage.player.setStep(99);
        QCOMPARE(stage.player.step(), 3);
        QCOMPARE(stage.told(), QList<int>());
    }

    void hasNothingToDoWithoutSteps() {
        Stage stage(-1);
        QVERIFY(stage.show());
        QCOMPARE(stage.player.steps(), 0);
        stage.player.play();
        QVERIFY(!stage.player.isPlaying());
        for (const char* name : {"stepBack", "play", "stepForward"}) {
            QVERIFY(!stage.button(name)->isEnabled());
        }
        stage.player.setSteps(2);
        stage.player.setInterval(100000);
        stage.player.play();
        stage.player.setSteps(1);
        QVERIFY(!stage.player.isPlaying());
    }

    void pausesWhereNobodySeesIt() {
        Stage stage(3);
        QVERIFY(stage.show());
        stage.player.setInterval(100000);
        stage.player.play();
        stage.player.hide();
        QVERIFY(!stage.player.isPlaying());
    }
};

QTEST_MAIN(StepPlayerTest)
#include "step_player_test.moc"
