// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/worker_pool.h"

#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

#include <QTest>

using namespace lexiscope;

class WorkerPoolTest : public QObject {
    Q_OBJECT

  private slots:
    void hasAtLeastTwoWorkers();
    void runsEveryTask();
    void runsTheUrgentFirst();
    void clickDoesNotWaitForLoads();
    void coversEveryIndexOnce_data();
    void coversEveryIndexOnce();
    void piecesAreTheSameForAnyThreadCount();
    void parallelForInsideTasksNeverDeadlocks();
    void parallelForInsideParallelFor();
    void idleWorkersHelp();
    void urgentTaskOvertakesPieces();
    void destructorDropsWhatHasNotBegun();
    void destructorWaitsForWhatRuns();
    void tasksMayPostTasks();
    void manyCallersAtOnce();
    void exceptionsReachTheCaller();
};

void WorkerPoolTest::hasAtLeastTwoWorkers() {
    QVERIFY(WorkerPool().threadCount() >= 2);
    QCOMPARE(WorkerPool(1).threadCount(), 1u);
    QCOMPARE(WorkerPool(5).threadCount(), 5u);
}

void WorkerPoolTest::runsEveryTask() {
    std::atomic<int> ran = 0;
    std::latch all(3000);
    WorkerPool pool(3);
    for (int i = 0; i < 1000; ++i) {
        for (const Priority priority : {Priority::Load, Priority::Normal, Priority::Interactive}) {
            pool.post(priority, [&] {
                ++ran;
                all.count_down();
            });
        }
    }
    all.wait();
    QCOMPARE(ran.load(), 3000);
}

void WorkerPoolTest::runsTheUrgentFirst() {
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    std::latch held(1);
    std::latch all(3);
    std::latch clicked(1);
    std::mutex mutex;
    std::vector<Priority> order;
    WorkerPool pool(1);
    pool.post(Priority::Load, [&, released] {
        held.count_down();
        released.wait();
    });
    held.wait();
    const auto note = [&](Priority priority) {
        const std::lock_guard lock(mutex);
        order.push_back(priority);
        all.count_down();
    };
    pool.post(Priority::Load, [&] { note(Priority::Load); });
    pool.post(Priority::Normal, [&] { note(Priority::Normal); });
    pool.post(Priority::Interactive, [&] {
        note(Priority::Interactive);
        clicked.count_down();
    });
    clicked.wait();  // by the spare thread, while the only worker is held
    release.set_value();
    all.wait();
    QCOMPARE(order, (std::vector{Priority::Interactive, Priority::Normal, Priority::Load}));
}

void WorkerPoolTest::clickDoesNotWaitForLoads() {
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    std::latch held(2);
    std::latch answered(1);
    WorkerPool pool(2);
    for (int i = 0; i < 10; ++i) {
        pool.post(Priority::Load, [&held, released, i] {
            if (i < 2) {
                held.count_down();
            }
            released.wait();
        });
    }
    held.wait();
    pool.post(Priority::Interactive, [&] {
        pool.parallelFor(100, 7, [](std::size_t, std::size_t) {});
        answered.count_down();
    });
    answered.wait();  // would hang here if a click waited for loads
    release.set_value();
}

void WorkerPoolTest::coversEveryIndexOnce_data() {
    QTest::addColumn<qulonglong>("count");
    QTest::addColumn<qulonglong>("grain");
    QTest::newRow("nothing") << 0ull << 3ull;
    QTest::newRow("one") << 1ull << 3ull;
    QTest::newRow("one piece exactly") << 3ull << 3ull;
    QTest::newRow("uneven") << 1000ull << 7ull;
    QTest::newRow("grain 0 is 1") << 5ull << 0ull;
    QTest::newRow("grain above count") << 5ull << 18446744073709551615ull;
    QTest::newRow("many small") << 20000ull << 1ull;
}

void WorkerPoolTest::coversEveryIndexOnce() {
    QFETCH(qulonglong, count);
    QFETCH(qulonglong, grain);
    WorkerPool pool(3);
    std::vector<std::atomic<int>> seen(count);
    pool.parallelFor(count, grain, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            ++seen[i];
        }
    });
    for (const std::atomic<int>& times : seen) {
        QCOMPARE(times.load(), 1);
    }
}

void WorkerPoolTest::piecesAreTheSameForAnyThreadCount() {
    std::set<std::pair<std::size_t, std::size_t>> expected;
    for (std::size_t first = 0; first < 103; first += 10) {
        expected.emplace(first, std::min<std::size_t>(first + 10, 103));
    }
    for (const unsigned threads : {1u, 2u, 7u}) {
        WorkerPool pool(threads);
        std::mutex mutex;
        std::set<std::pair<std::size_t, std::size_t>> pieces;
        pool.parallelFor(103, 10, [&](std::size_t first, std::size_t last) {
            const std::lock_guard lock(mutex);
            pieces.emplace(first, last);
        });
        QCOMPARE(pieces, expected);
    }
}

void WorkerPoolTest::parallelForInsideTasksNeverDeadlocks() {
    std::atomic<std::size_t> sum = 0;
    std::latch all(60);
    WorkerPool pool(2);
    for (int i = 0; i < 60; ++i) {
        pool.post(i % 3 == 0 ? Priority::Load : Priority::Interactive, [&] {
            pool.parallelFor(50, 1, [&](std::size_t first, std::size_t) { sum += first; });
            all.count_down();
        });
    }
    all.wait();
    QCOMPARE(sum.load(), std::size_t(60 * 49 * 50 / 2));
}

void WorkerPoolTest::parallelForInsideParallelFor() {
    WorkerPool pool(2);
    std::atomic<int> count = 0;
    pool.parallelFor(20, 1, [&](std::size_t, std::size_t) {
        pool.parallelFor(
            20, 3, [&](std::size_t first, std::size_t last) { count += static_cast<int>(last - first); });
    });
    QCOMPARE(count.load(), 400);
}

void WorkerPoolTest::idleWorkersHelp() {
    WorkerPool pool(3);
    std::latch together(3);  // only three threads at once get past it
    std::mutex mutex;
    std::set<std::thread::id> threads;
    pool.parallelFor(3, 1, [&](std::size_t, std::size_t) {
        together.arrive_and_wait();
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
    });
    QCOMPARE(threads.size(), std::size_t(3));
    QVERIFY(threads.contains(std::this_thread::get_id()));
}

void WorkerPoolTest::urgentTaskOvertakesPieces() {
    const std::thread::id caller = std::this_thread::get_id();
    std::latch helperBegun(1);
    std::latch posted(1);
    std::latch answered(1);
    std::atomic<int> helperPieces = 0;
    int piecesBeforeTask = -1;
    bool callerBegun = false;
    WorkerPool pool(2);
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    pool.post(Priority::Load, [released] { released.wait(); });  // leaves one worker to help
    const auto body = [&](std::size_t, std::size_t) {
        if (std::this_thread::get_id() != caller) {
            if (++helperPieces == 1) {
                helperBegun.count_down();
                posted.wait();
            }
        } else if (!callerBegun) {
            callerBegun = true;
            helperBegun.wait();
            pool.post(Priority::Normal, [&] {
                piecesBeforeTask = helperPieces;
                answered.count_down();
            });
            posted.count_down();
            answered.wait();
        }
    };
    pool.parallelFor(1000, 1, body, Priority::Load);
    release.set_value();
    QCOMPARE(piecesBeforeTask, 1);
}

void WorkerPoolTest::destructorDropsWhatHasNotBegun() {
    const auto held = std::make_shared<int>(0);
    std::function<void()> again;
    {
        // A task that always posts itself anew: without dropping, the destructor would never return.
        std::latch begun(1);
        std::atomic<bool> first = true;
        WorkerPool pool(1);
        again = [&begun, &first, &pool, &again, held] {
            if (first.exchange(false)) {
                begun.count_down();
            }
            pool.post(Priority::Normal, again);
        };
        pool.post(Priority::Normal, again);
        begun.wait();
    }
    again = nullptr;
    QCOMPARE(held.use_count(), 1L);  // and what the dropped task held is freed
}

void WorkerPoolTest::destructorWaitsForWhatRuns() {
    std::atomic<bool> finished = false;
    {
        std::latch begun(1);
        WorkerPool pool(2);
        pool.post(Priority::Normal, [&] {
            begun.count_down();
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            finished = true;
        });
        begun.wait();
    }
    QVERIFY(finished);
}

void WorkerPoolTest::tasksMayPostTasks() {
    std::latch done(1);
    std::function<void(int)> step;
    WorkerPool pool(1);
    step = [&](int left) {
        if (left == 0) {
            done.count_down();
        } else {
            pool.post(Priority::Normal, [&step, left] { step(left - 1); });
        }
    };
    step(500);
    done.wait();
    QVERIFY(done.try_wait());
}

void WorkerPoolTest::manyCallersAtOnce() {
    WorkerPool pool(2);
    std::vector<std::thread> callers;
    std::array<std::size_t, 6> sums = {};
    for (std::size_t caller = 0; caller < sums.size(); ++caller) {
        callers.emplace_back([&pool, &sums, caller] {
            for (int round = 0; round < 50; ++round) {
                std::vector<std::size_t> parts(40);
                pool.parallelFor(400, 10, [&](std::size_t first, std::size_t last) {
                    for (std::size_t i = first; i < last; ++i) {
                        parts[first / 10] += i;
                    }
                });
                sums[caller] += std::accumulate(parts.begin(), parts.end(), std::size_t(0));
            }
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }
    for (const std::size_t sum : sums) {
        QCOMPARE(sum, std::size_t(50 * 399 * 400 / 2));
    }
}

void WorkerPoolTest::exceptionsReachTheCaller() {
    WorkerPool pool(3);
    for (const std::size_t bad : {0U, 57U, 399U}) {
        for (const std::size_t grain : {1U, 10U, 400U}) {
            QVERIFY_THROWS_EXCEPTION(std::bad_alloc,
                                     pool.parallelFor(400, grain, [bad](std::size_t first, std::size_t last) {
                                         if (first <= bad && bad < last) {
                                             throw std::bad_alloc();
                                         }
                                     }));
        }
    }
    QVERIFY_THROWS_EXCEPTION(
        std::bad_alloc, pool.parallelFor(400, 1, [](std::size_t, std::size_t) { throw std::bad_alloc(); }));
    std::atomic<std::size_t> count = 0;  // the pool still works
    pool.parallelFor(400, 1, [&count](std::size_t, std::size_t) { ++count; });
    QCOMPARE(count.load(), std::size_t(400));
}

QTEST_APPLESS_MAIN(WorkerPoolTest)
#include "worker_pool_test.moc"
