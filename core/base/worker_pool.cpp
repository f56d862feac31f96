// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/worker_pool.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::size_t priorities = 3;

/// One parallelFor under way. It lives on its caller's stack: a worker may touch it only while it is counted
/// in `helpers`.
struct Job {
    const std::function<void(std::size_t, std::size_t)>& body;
    std::size_t count;
    std::size_t grain;
    std::size_t pieces;
    std::atomic<std::size_t> next = 0;  // the first piece nobody has taken
    unsigned helpers = 0;               // workers inside a piece; guarded by the pool's mutex
    std::condition_variable left{};     // the last helper has left
    std::atomic<bool> failed = false;
    std::exception_ptr failure{};  // the first exception of the body; read once no helper is left

    bool open() const { return next.load(std::memory_order_relaxed) < pieces; }

    /// False when no piece was left.
    bool runOne() {
        const std::size_t piece = next.fetch_add(1, std::memory_order_relaxed);
        if (piece >= pieces) {
            return false;
        }
        const std::size_t first = piece * grain;
        try {
            body(first, first + std::min(grain, count - first));
        } catch (...) {
            if (!failed.exchange(true)) {
                failure = std::current_exception();
            }
            next.store(pieces, std::memory_order_relaxed);  // the rest would be of no use
        }
        return true;
    }
};

unsigned workersFor(unsigned asked) {
    return asked > 0 ? asked : std::max(2u, std::thread::hardware_concurrency());
}

}  // namespace

struct WorkerPool::State {
    std::mutex mutex;
    std::condition_variable general;      // something for a general worker may have come
    std::condition_variable interactive;  // an Interactive task may have come
    std::array<std::deque<std::function<void()>>, priorities> tasks;
    std::array<std::vector<Job*>, priorities> jobs;
    bool stopping = false;
    unsigned workers = 0;
    std::vector<std::thread> threads;

    Job* jobToHelp(std::size_t priority) {
        for (Job* job : jobs[priority]) {
            // The caller works too, so all workers but one make the pool's full width.
            if (job->helpers + 1 < workers && job->open()) {
                return job;
            }
        }
        return nullptr;
    }

    void runFront(std::deque<std::function<void()>>& queue, std::unique_lock<std::mutex>& lock) {
        std::function<void()> task = std::move(queue.front());
        queue.pop_front();
        lock.unlock();
        task();
        task = nullptr;  // what it holds is released before the lock is taken again
        lock.lock();
    }

    void help(Job& job, std::unique_lock<std::mutex>& lock) {
        ++job.helpers;
        lock.unlock();
        job.runOne();
        lock.lock();
        if (--job.helpers == 0) {
            job.left.notify_one();  // under the lock: the caller may destroy the job once it sees 0
        }
    }

    /// One task, or one piece of a parallelFor, so that after each the most urgent is chosen anew. False:
    /// nothing to do.
    bool runMostUrgent(std::unique_lock<std::mutex>& lock) {
        for (std::size_t priority = priorities; priority-- > 0;) {
            if (!tasks[priority].empty()) {
                runFront(tasks[priority], lock);
                return true;
            }
            if (Job* job = jobToHelp(priority)) {
                help(*job, lock);
                return true;
            }
        }
        return false;
    }

    void runGeneral() {
        std::unique_lock lock(mutex);
        while (!stopping) {
            if (!runMostUrgent(lock)) {
                general.wait(lock);
            }
        }
    }

    void runInteractive() {
        std::deque<std::function<void()>>& queue = tasks[static_cast<std::size_t>(Priority::Interactive)];
        std::unique_lock lock(mutex);
        while (!stopping) {
            if (queue.empty()) {
                interactive.wait(lock);
            } else {
                runFront(queue, lock);
            }
        }
    }
};

WorkerPool::WorkerPool(unsigned threads) : m_state(std::make_unique<State>()) {
    State& state = *m_state;
    const unsigned asked = workersFor(threads);
    state.threads.reserve(asked + std::size_t{1});
    const std::lock_guard lock(state.mutex);  // those that run already look at `workers`
    try {
        for (; state.workers < asked; ++state.workers) {
            state.threads.emplace_back([&state] { state.runGeneral(); });
        }
        state.threads.emplace_back([&state] { state.runInteractive(); });
    } catch (const std::exception&) {
        // The system gives no more threads, or no memory for them. One does all the work, only later.
        if (state.workers == 0) {
            throw;
        }
    }
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->general.notify_all();
    m_state->interactive.notify_all();
    for (std::thread& thread : m_state->threads) {
        thread.join();
    }
}

unsigned WorkerPool::threadCount() const {
    return m_state->workers;
}

void WorkerPool::post(Priority priority, std::function<void()> task) {
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->stopping) {
            return;
        }
        m_state->tasks[static_cast<std::size_t>(priority)].push_back(std::move(task));
    }
    m_state->general.notify_one();
    if (priority == Priority::Interactive) {
        m_state->interactive.notify_one();
    }
}

void WorkerPool::parallelFor(std::size_t count, std::size_t grain,
                             const std::function<void(std::size_t first, std::size_t last)>& body,
                             Priority priority) {
    if (count == 0) {
        return;
    }
    grain = std::clamp<std::size_t>(grain, 1, count);
    Job job{body, count, grain, count / grain + (count % grain != 0 ? 1 : 0)};
    std::vector<Job*>& jobs = m_state->jobs[static_cast<std::size_t>(priority)];
    if (job.pieces > 1) {
        {
            const std::lock_guard lock(m_state->mutex);
            jobs.push_back(&job);
        }
        m_state->general.notify_all();
    }
    while (job.runOne()) {
    }
    if (job.pieces > 1) {
        std::unique_lock lock(m_state->mutex);
        std::erase(jobs, &job);
        job.left.wait(lock, [&job] { return job.helpers == 0; });
    }
    if (job.failure) {
        std::rethrow_exception(job.failure);
    }
}

}  // namespace lexiscope
