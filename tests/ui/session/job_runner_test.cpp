// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/job_runner.h"

#include "tests/support/await.h"
#include "tests/support/qt_warnings.h"

#include <latch>

#include <QTest>
#include <QThread>

using namespace lexiscope;

namespace {

/// Work that ends when it is told to stop or when the gate opens.
Result<int> waitForGate(const std::shared_ptr<std::atomic<bool>>& gate, Progress& progress, int value) {
    while (!gate->load()) {
        if (progress.stopRequested()) {
            return cancelled();
        }
        std::this_thread::yield();
    }
    return value;
}

JobRunner::Request request(const QString& key, const QString& channel = QStringLiteral("channel")) {
    return {channel, key, QStringLiteral("Working"), Priority::Normal};
}

}  // namespace

class JobRunnerTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void resultsArriveOnTheOwnersThread() {
        WorkerPool pool;
        JobRunner runner(pool);
        std::thread::id worked;
        std::thread::id delivered;
        std::optional<int> value;
        runner.start<int>(
            request("a"),
            [&worked](Progress&) -> Result<int> {
                worked = std::this_thread::get_id();
                return 7;
            },
            [&](Result<int> result) {
                delivered = std::this_thread::get_id();
                value = result.value();
            });
        QVERIFY(runner.isRunning("channel"));
        QVERIFY(test::await([&] { return value.has_value(); }));
        QCOMPARE(*value, 7);
        QVERIFY(worked != std::this_thread::get_id());
        QVERIFY(delivered == std::this_thread::get_id());
        QVERIFY(runner.isIdle());
    }

    void partsArriveBeforeTheResult() {
        WorkerPool pool;
        JobRunner runner(pool);
        QStringList arrived;
        const auto gate = std::make_shared<std::atomic<bool>>(false);
        const bool isNew = runner.startWithParts<int>(
            request("a"),
            [gate](Progress& progress, const std::function<void(int)>& publish) {
                publish(1);
                publish(2);
                return waitForGate(gate, progress, 3);
            },
            [&](int part) { arrived << QStringLiteral("part %1").arg(part); },
            [&](Result<int> result) { arrived << QStringLiteral("result %1").arg(result.value()); });
        QVERIFY(isNew);
        QVERIFY(test::await([&] { return arrived.size() == 2; }));
        QVERIFY(runner.isRunning("channel"));
        const bool isNewAgain = runner.startWithParts<int>(
            request("a"), [](Progress&, const std::function<void(int)>&) -> Result<int> { return 9; },
            [](int) {}, [](Result<int>) {});
        QVERIFY(!isNewAgain);
        gate->store(true);
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QCOMPARE(arrived.join(QStringLiteral(", ")), QStringLiteral("part 1, part 2, result 3"));
    }

    void partsOfACancelledOrDroppedJobDoNotArrive() {
        for (const bool isDropped : {false, true}) {
            WorkerPool pool;
            JobRunner runner(pool);
            int parts = 0;
            const auto isPublished = std::make_shared<std::atomic<bool>>(false);
            runner.startWithParts<int>(
                request("a"),
                [isPublished](Progress&, const std::function<void(int)>& publish) -> Result<int> {
                    publish(1);
                    isPublished->store(true);
                    return 2;
                },
                [&](int) { ++parts; }, [](Result<int>) {});
            // The event loop does not run until the job has been given up.
            while (!isPublished->load()) {
                std::this_thread::yield();
            }
            isDropped ? runner.drop("channel") : runner.cancel("channel");
            QVERIFY(test::await([&] { return runner.isIdle(); }));
            QCoreApplication::processEvents();
            QCOMPARE(parts, 0);
        }
    }

    void theSameRequestJoinsTheRunningJob() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto gate = std::make_shared<std::atomic<bool>>(false);
        std::atomic<int> runs = 0;
        int deliveries = 0;
        for (int i = 0; i < 3; ++i) {
            runner.start<int>(
                request("same"),
                [gate, &runs](Progress& progress) {
                    ++runs;
                    return waitForGate(gate, progress, 1);
                },
                [&deliveries](Result<int>) { ++deliveries; });
        }
        gate->store(true);
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QCOMPARE(runs.load(), 1);
        QCOMPARE(deliveries, 1);
    }

    void anotherRequestTakesThePlaceAndTheOldResultIsDropped() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto closed = std::make_shared<std::atomic<bool>>(false);
        const auto open = std::make_shared<std::atomic<bool>>(true);
        QVector<int> delivered;
        const auto deliver = [&delivered](Result<int> result) {
            delivered << (result.ok() ? result.value() : -1);
        };
        runner.start<int>(
            request("old"), [closed](Progress& p) { return waitForGate(closed, p, 1); }, deliver);
        runner.start<int>(
            request("new"), [open](Progress& p) { return waitForGate(open, p, 2); }, deliver);
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QCOMPARE(delivered, QVector<int>{2});
    }

    void aResultThatWasFinishedBeforeItWasReplacedIsDroppedToo() {
        WorkerPool pool;
        JobRunner runner(pool);
        std::latch finished(1);
        QVector<int> delivered;
        const auto deliver = [&delivered](Result<int> result) { delivered << result.value(); };
        runner.start<int>(
            request("old"),
            [&finished](Progress&) -> Result<int> {
                finished.count_down();
                return 1;
            },
            deliver);
        finished.wait();
        runner.start<int>(
            request("new"), [](Progress&) -> Result<int> { return 2; }, deliver);
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QCOMPARE(delivered, QVector<int>{2});
    }

    void channelsDoNotDisturbEachOther() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto open = std::make_shared<std::atomic<bool>>(true);
        int sum = 0;
        for (int i = 1; i <= 4; ++i) {
            runner.start<int>(
                request("key", QStringLiteral("channel %1").arg(i)),
                [open, i](Progress& p) { return waitForGate(open, p, i); },
                [&sum](Result<int> result) { sum += result.value(); });
        }
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QCOMPARE(sum, 10);
    }

    void cancelDeliversCancelled() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto closed = std::make_shared<std::atomic<bool>>(false);
        std::optional<Error> error;
        runner.start<int>(
            request("a"), [closed](Progress& p) { return waitForGate(closed, p, 1); },
            [&error](Result<int> result) { error = result.error(); });
        runner.cancel("channel");
        QVERIFY(test::await([&] { return error.has_value(); }));
        QCOMPARE(error->code, ErrorCode::Cancelled);
    }

    void aCancelledJobIsNotJoined() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto closed = std::make_shared<std::atomic<bool>>(false);
        QVector<int> delivered;
        const auto deliver = [&delivered](Result<int> result) {
            delivered << (result.ok() ? result.value() : -1);
        };
        runner.start<int>(
            request("a"), [closed](Progress& p) { return waitForGate(closed, p, 1); }, deliver);
        runner.cancel("channel");
        runner.start<int>(
            request("a"), [](Progress&) -> Result<int> { return 2; }, deliver);
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QCOMPARE(delivered, QVector<int>{2});
    }

    void dropDeliversNothing() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto closed = std::make_shared<std::atomic<bool>>(false);
        bool delivered = false;
        runner.start<int>(
            request("a"), [closed](Progress& p) { return waitForGate(closed, p, 1); },
            [&delivered](Result<int>) { delivered = true; });
        runner.drop("channel");
        QVERIFY(runner.isIdle());
        QTest::qWait(50);
        QVERIFY(!delivered);
    }

    void theDestructorStopsAndWaits() {
        WorkerPool pool;
        const auto closed = std::make_shared<std::atomic<bool>>(false);
        std::atomic<bool> returned = false;
        std::latch begun(1);
        {
            JobRunner runner(pool);
            runner.start<int>(
                request("a"),
                [&, closed](Progress& p) {
                    begun.count_down();
                    Result<int> result = waitForGate(closed, p, 1);
                    returned = true;
                    return result;
                },
                [](Result<int>) {});
            begun.wait();
        }
        QVERIFY(returned.load());
    }

    void longJobsAreShownWithTheirNumbers() {
        WorkerPool pool;
        JobRunner runner(pool);
        const auto gate = std::make_shared<std::atomic<bool>>(false);
        runner.start<int>(
            request("a"),
            [gate](Progress& p) {
                p.report(3, 8, "rows");
                return waitForGate(gate, p, 1);
            },
            [](Result<int>) {});
        QVERIFY(runner.longJobs().isEmpty());
        QSignalSpy progressed(&runner, &JobRunner::progressed);
        QVERIFY(test::await([&] { return !runner.longJobs().isEmpty(); }));
        QVERIFY(test::awaitSignals(progressed));
        const JobState state = runner.longJobs().front();
        QCOMPARE(state.done, std::uint64_t{3});
        QCOMPARE(state.total, std::uint64_t{8});
        QCOMPARE(state.unit, QStringLiteral("rows"));
        gate->store(true);
        QVERIFY(test::await([&] { return runner.isIdle(); }));
        QVERIFY(runner.longJobs().isEmpty());
    }

    void theEndOfALongJobIsToldOfWithoutATickBeforeIt_data() {
        QTest::addColumn<bool>("isDropped");
        QTest::newRow("done") << false;
        QTest::newRow("dropped") << true;
    }
    void theEndOfALongJobIsToldOfWithoutATickBeforeIt() {
        QFETCH(bool, isDropped);
        WorkerPool pool;
        JobRunner runner(pool);
        QSignalSpy progressed(&runner, &JobRunner::progressed);
        const auto gate = std::make_shared<std::atomic<bool>>(false);
        runner.start<int>(
            request("a"), [gate](Progress& p) { return waitForGate(gate, p, 1); }, [](Result<int>) {});
        // As while a window is built: no event is handled.
        while (runner.longJobs().isEmpty()) {
            QThread::msleep(5);
        }
        QCOMPARE(progressed.count(), 0);
        gate->store(true);
        if (isDropped) {
            runner.drop("channel");
        } else {
            QThread::msleep(50);  // its result is on its way
        }
        QVERIFY(test::awaitSignals(progressed));
        QVERIFY(runner.longJobs().isEmpty());
    }
};

QTEST_GUILESS_MAIN(JobRunnerTest)
#include "job_runner_test.moc"
