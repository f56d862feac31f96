// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/background_work.h"

#include <atomic>

#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace lexiscope;

class BackgroundWorkTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void worksElsewhereAndArrivesHere();
    void onlyTheNewestOfThoseThatWaitIsDone();
    void droppedWorkDoesNotArrive();
    void finishNeedsNoEventLoop();
    void destructionWaits();
    void everyPieceRunsOnce();
    void piecesNeedNoFreeThread();
};

void BackgroundWorkTest::worksElsewhereAndArrivesHere() {
    BackgroundWork background;
    std::atomic<QThread*> worker = nullptr;
    QThread* arrival = nullptr;
    background.request([&] { worker = QThread::currentThread(); },
                       [&] { arrival = QThread::currentThread(); });
    QTRY_COMPARE(arrival, thread());
    QVERIFY(worker != nullptr && worker != thread());
}

void BackgroundWorkTest::onlyTheNewestOfThoseThatWaitIsDone() {
    BackgroundWork background;
    QSemaphore gate;
    QList<int> done;
    background.request([&] { gate.acquire(); }, [&] { done << 1; });
    for (int i = 2; i <= 4; ++i) {
        background.request([] {}, [&done, i] { done << i; });
    }
    gate.release();
    QTRY_COMPARE(done, (QList<int>{1, 4}));
}

void BackgroundWorkTest::droppedWorkDoesNotArrive() {
    BackgroundWork background;
    QSemaphore gate;
    QList<int> done;
    background.request([&] { gate.acquire(); }, [&] { done << 1; });
    background.request([] {}, [&] { done << 2; });
    background.drop();
    background.request([] {}, [&] { done << 3; });
    gate.release();
    QTRY_COMPARE(done, QList<int>{3});
}

void BackgroundWorkTest::finishNeedsNoEventLoop() {
    BackgroundWork background;
    QList<int> done;
    background.request([] { QThread::msleep(20); }, [&] { done << 1; });
    background.request([] {}, [&] { done << 2; });
    background.finish();
    QCOMPARE(done, (QList<int>{1, 2}));
    QCoreApplication::processEvents();
    QCOMPARE(done.size(), 2);
    background.finish();
}

void BackgroundWorkTest::destructionWaits() {
    std::atomic<bool> ended = false;
    bool arrived = false;
    {
        BackgroundWork background;
        background.request(
            [&] {
                QThread::msleep(50);
                ended = true;
            },
            [&] { arrived = true; });
    }
    QVERIFY(ended);
    QCoreApplication::processEvents();
    QVERIFY(!arrived);
}

void BackgroundWorkTest::everyPieceRunsOnce() {
    for (const int count : {0, 1, 2, 100}) {
        for (int round = 0; round < 50; ++round) {
            std::vector<std::atomic<int>> runs(static_cast<std::size_t>(count));
            runInPieces(count, [&](int piece) { ++runs[static_cast<std::size_t>(piece)]; });
            for (const std::atomic<int>& each : runs) {
                QCOMPARE(each.load(), 1);
            }
        }
    }
}

void BackgroundWorkTest::piecesNeedNoFreeThread() {
    QSemaphore release;
    QThreadPool& pool = *QThreadPool::globalInstance();
    for (int i = 0; i < pool.maxThreadCount(); ++i) {
        pool.start([&] { release.acquire(); });
    }
    std::atomic<int> runs = 0;
    runInPieces(10, [&](int) { ++runs; });
    QCOMPARE(runs.load(), 10);
    release.release(pool.maxThreadCount());
    pool.waitForDone();
}

QTEST_GUILESS_MAIN(BackgroundWorkTest)
#include "background_work_test.moc"
