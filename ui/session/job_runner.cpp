// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/job_runner.h"

#include <algorithm>

namespace lexiscope {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto shownAfter = std::chrono::milliseconds(300);
constexpr int tickMilliseconds = 50;

}  // namespace

class JobRunner::Job final : public Progress {
  public:
    Job(quint64 number, Request request) : m_number(number), m_request(std::move(request)) {}

    void report(std::uint64_t done, std::uint64_t total, std::string_view unit) override {
        m_done.store(done, std::memory_order_relaxed);
        m_total.store(total, std::memory_order_relaxed);
        const std::scoped_lock lock(m_unitMutex);
        if (m_unit != unit) {
            m_unit = unit;
        }
    }
    bool stopRequested() const override { return m_stop.load(std::memory_order_relaxed); }
    void stop() { m_stop.store(true, std::memory_order_relaxed); }

    quint64 number() const { return m_number; }
    const Request& request() const { return m_request; }
    bool isLong() const { return Clock::now() - m_started >= shownAfter; }
    JobState state() const {
        const std::scoped_lock lock(m_unitMutex);
        return {m_request.channel, m_request.label, m_done.load(), m_total.load(),
                QString::fromStdString(m_unit)};
    }

  private:
    const quint64 m_number;
    const Request m_request;
    const Clock::time_point m_started = Clock::now();
    std::atomic<bool> m_stop = false;
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<std::uint64_t> m_total = 0;
    mutable std::mutex m_unitMutex;
    std::string m_unit;
};

Error JobRunner::outOfMemory() {
    return {ErrorCode::Unreadable, "memory", "there is not enough for this",
            "close other programs or choose a smaller model"};
}

JobRunner::JobRunner(WorkerPool& pool, QObject* parent) : QObject(parent), m_pool(pool) {
    m_ticker.setInterval(tickMilliseconds);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        const bool hasLongJobs = !longJobs().isEmpty();
        if (hasLongJobs || m_hadLongJobs) {
            m_hadLongJobs = hasLongJobs;
            Q_EMIT progressed();
        }
        if (m_current.empty()) {
            m_ticker.stop();
        }
    });
}

JobRunner::~JobRunner() {
    for (const auto& [channel, job] : m_current) {
        job->stop();
    }
    std::unique_lock lock(m_mutex);
    m_allReturned.wait(lock, [this] { return m_onWorkers == 0; });
}

bool JobRunner::startErased(const Request& request, Work work) {
    if (const auto running = m_current.find(request.channel); running != m_current.end()) {
        if (running->second->request().key == request.key && !running->second->stopRequested()) {
            return false;
        }
        running->second->stop();
    }
    auto job = std::make_shared<Job>(m_nextNumber++, request);
    m_current[request.channel] = job;
    if (!m_ticker.isActive()) {
        // Jobs may begin before there is an event loop; a timer may not.
        QMetaObject::invokeMethod(&m_ticker, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    }
    {
        const std::scoped_lock lock(m_mutex);
        ++m_onWorkers;
    }
    m_pool.post(request.priority, [this, job, work = std::move(work)] {
        Deliver deliver = work(*job, [this, &job](Deliver part) {
            QMetaObject::invokeMethod(
                this,
                [this, job, part = std::move(part)] {
                    if (isCurrent(*job) && !job->stopRequested()) {
                        part();
                    }
                },
                Qt::QueuedConnection);
        });
        // Queued before the count goes down: the destructor waits for the count, and Qt drops what is queued
        // for an object that is gone.
        QMetaObject::invokeMethod(
            this, [this, job, deliver = std::move(deliver)] { arrived(job, deliver); }, Qt::QueuedConnection);
        const std::scoped_lock lock(m_mutex);
        --m_onWorkers;
        m_allReturned.notify_all();
    });
    return true;
}

bool JobRunner::isCurrent(const Job& job) const {
    const auto current = m_current.find(job.request().channel);
    return current != m_current.end() && current->second->number() == job.number();
}

void JobRunner::arrived(const std::shared_ptr<Job>& job, const Deliver& deliver) {
    if (!isCurrent(*job)) {
        return;
    }
    // Whoever looked between two ticks may show it.
    m_hadLongJobs = m_hadLongJobs || job->isLong();
    m_current.erase(job->request().channel);
    deliver();
    if (m_hadLongJobs) {
        m_hadLongJobs = !longJobs().isEmpty();
        Q_EMIT progressed();
    }
    if (m_current.empty()) {
        Q_EMIT idle();
    }
}

void JobRunner::cancel(const QString& channel) {
    if (const auto running = m_current.find(channel); running != m_current.end()) {
        running->second->stop();
    }
}

void JobRunner::drop(const QString& channel) {
    if (const auto running = m_current.find(channel); running != m_current.end()) {
        running->second->stop();
        m_hadLongJobs = m_hadLongJobs || running->second->isLong();
        m_current.erase(running);
        if (m_current.empty()) {
            Q_EMIT idle();
        }
    }
}

QVector<JobState> JobRunner::longJobs() const {
    QVector<std::shared_ptr<Job>> jobs;
    for (const auto& [channel, job] : m_current) {
        if (job->isLong()) {
            jobs.push_back(job);
        }
    }
    std::sort(jobs.begin(), jobs.end(),
              [](const auto& a, const auto& b) { return a->number() < b->number(); });
    QVector<JobState> states;
    for (const auto& job : jobs) {
        states.push_back(job->state());
    }
    return states;
}

}  // namespace lexiscope
