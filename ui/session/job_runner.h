// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

#include <QObject>
#include <QString>
#include <QTimer>
#include <QVector>

namespace lexiscope {

/// A job as it is seen while it runs.
struct JobState {
    QString channel;
    QString label;  ///< "Loading gpt2"
    std::uint64_t done = 0;
    std::uint64_t total = 0;  ///< 0: not known yet
    QString unit;             ///< "rows"
};

/// Runs work of core on the worker pool and brings each result back to the thread this object lives on.
///
/// A channel is a place where one result is wanted at a time ("load 0", "neighbours"): a request with the key
/// of the job that runs there joins it; any other request cancels it and takes its place. A result that is no
/// longer wanted when it arrives is dropped here, in this one place. The key names all inputs of the work.
/// The destructor cancels all jobs and waits for them.
class JobRunner : public QObject {
    Q_OBJECT
  public:
    explicit JobRunner(WorkerPool& pool, QObject* parent = nullptr);
    ~JobRunner() override;

    struct Request {
        QString channel;
        QString key;
        QString label;
        Priority priority = Priority::Normal;
    };

    /// `work` runs on a worker and must only touch what it holds; `finished` runs on this object's thread.
    template <typename T>
    void start(const Request& request, std::function<Result<T>(Progress&)> work,
               std::function<void(Result<T>)> finished) {
        startErased(request, [work = std::move(work), finished = std::move(finished)](
                                 Progress& progress, const std::function<void(Deliver)>&) {
            return delivery<T>(guarded<T>([&] { return work(progress); }), finished);
        });
    }

    /// For work that has something to show before it is done: what it hands to the function it is given comes
    /// to `part`, on this object's thread and before `finished`, unless the job has been cancelled or dropped
    /// by then. False when a running job was joined.
    template <typename T>
    bool startWithParts(const Request& request,
                        std::function<Result<T>(Progress&, const std::function<void(T)>&)> work,
                        std::function<void(T)> part, std::function<void(Result<T>)> finished) {
        return startErased(
            request, [work = std::move(work), part = std::move(part), finished = std::move(finished)](
                         Progress& progress, const std::function<void(Deliver)>& post) {
                const std::function<void(T)> publish = [&](T value) {
                    auto shared = std::make_shared<T>(std::move(value));
                    post([shared, part] { part(std::move(*shared)); });
                };
                return delivery<T>(guarded<T>([&] { return work(progress, publish); }), finished);
            });
    }

    /// Asks the channel's job to stop; `finished` is then called with Cancelled, unless it was done first.
    void cancel(const QString& channel);
    /// Forgets the channel's job: it is asked to stop and its result is dropped.
    void drop(const QString& channel);
    bool isRunning(const QString& channel) const { return m_current.contains(channel); }
    bool isIdle() const { return m_current.empty(); }

    WorkerPool& pool() const { return m_pool; }
    /// The jobs that have run for 0.3 s or longer, oldest first: those worth showing.
    QVector<JobState> longJobs() const;

  Q_SIGNALS:
    /// longJobs() or its numbers have changed; at most every 50 ms.
    void progressed();
    void idle();

  private:
    using Deliver = std::function<void()>;

    /// The one thing that may be thrown at any place is that memory runs out: an error like others, and the
    /// window goes on.
    template <typename T>
    static Result<T> guarded(const std::function<Result<T>()>& work) {
        try {
            return work();
        } catch (const std::bad_alloc&) {
            return outOfMemory();
        }
    }
    static Error outOfMemory();

    template <typename T>
    static Deliver delivery(Result<T> result, const std::function<void(Result<T>)>& finished) {
        // Shared, because std::function copies what it holds and a model must not be copied.
        auto shared = std::make_shared<Result<T>>(std::move(result));
        return [shared, finished] { finished(std::move(*shared)); };
    }

    class Job;
    using Work = std::function<Deliver(Progress&, const std::function<void(Deliver)>& post)>;
    bool startErased(const Request& request, Work work);
    bool isCurrent(const Job& job) const;
    void arrived(const std::shared_ptr<Job>& job, const Deliver& deliver);

    WorkerPool& m_pool;
    std::map<QString, std::shared_ptr<Job>> m_current;
    quint64 m_nextNumber = 1;
    QTimer m_ticker;
    bool m_hadLongJobs = false;

    // Work that has not returned yet, dropped jobs included: the destructor waits for it to reach zero.
    std::mutex m_mutex;
    std::condition_variable m_allReturned;
    int m_onWorkers = 0;
};

}  // namespace lexiscope
