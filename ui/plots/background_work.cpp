// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/background_work.h"

#include <atomic>
#include <memory>
#include <utility>

#include <QSemaphore>

namespace lexiscope {

BackgroundWork::BackgroundWork() {
    m_pool.setMaxThreadCount(1);
}

BackgroundWork::~BackgroundWork() {
    m_pool.waitForDone();
}

void BackgroundWork::request(std::function<void()> work, std::function<void()> done) {
    Piece piece{std::move(work), std::move(done)};
    if (m_busy) {
        m_next = std::move(piece);
    } else {
        start(std::move(piece));
    }
}

void BackgroundWork::drop() {
    m_next = {};
    m_running.done = nullptr;
}

void BackgroundWork::finish() {
    while (m_busy) {
        m_pool.waitForDone();
        arrive(m_number);
    }
}

void BackgroundWork::start(Piece piece) {
    m_busy = true;
    m_running = std::move(piece);
    const int number = ++m_number;
    m_pool.start([this, number, work = m_running.work] {
        work();
        QMetaObject::invokeMethod(
            this, [this, number] { arrive(number); }, Qt::QueuedConnection);
    });
}

void BackgroundWork::arrive(int number) {
    if (!m_busy || number != m_number) {
        return;
    }
    m_busy = false;
    const Piece arrived = std::exchange(m_running, {});
    if (m_next.work) {
        start(std::exchange(m_next, {}));
    }
    if (arrived.done) {
        arrived.done();
    }
}

void runInPieces(int count, const std::function<void(int)>& piece) {
    // A thread that begins late finds nothing left to do, and nobody waits for it: then all that it may touch
    // is this.
    struct State {
        std::atomic<int> next = 0;
        QSemaphore done;
    };
    const auto state = std::make_shared<State>();
    const auto work = [state, count, &piece] {
        for (int i = state->next++; i < count; i = state->next++) {
            piece(i);
            state->done.release();
        }
    };
    QThreadPool& pool = *QThreadPool::globalInstance();
    for (int helpers = 1; helpers < std::min(count, pool.maxThreadCount()) && pool.tryStart(work);
         ++helpers) {
    }
    work();
    state->done.acquire(count);
}

}  // namespace lexiscope
