// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace lexiscope {

/// What waits first. A higher one overtakes everything lower that has not begun.
enum class Priority {
    Load,         ///< opening files
    Normal,       ///< encodings, projections
    Interactive,  ///< what the pointer or a key asks for
};

/// The one set of worker threads of the program; own threads and library threads share its bound.
/// General workers take any task; one more thread is kept free for Interactive tasks, so that a click never
/// waits for loads that fill the pool. Safe to call from any thread.
class WorkerPool {
  public:
    /// `threads` general workers; 0 means one per processor, at least two (so that two loads run side by
    /// side). Where the system refuses that many, those that it gave do the work; std::system_error or
    /// std::bad_alloc if there is none at all.
    explicit WorkerPool(unsigned threads = 0);
    /// Tasks that have not begun are dropped; running ones are waited for.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// How many general workers there are: the number of pieces worth cutting work into.
    unsigned threadCount() const;

    /// An exception that leaves the task ends the program, as one that leaves any thread does: a task catches
    /// its own.
    void post(Priority priority, std::function<void()> task);

    /// Calls body(first, last) for consecutive half-open pieces of [0, count), each of at most `grain`, on
    /// the calling thread and on workers that are idle, together on no more threads than there are general
    /// workers (a pool of one leaves all to its caller); returns when all are done. The pieces are the same
    /// however many threads there are, so results that depend on piece edges are reproducible. May be called
    /// from a task of the pool (never deadlocks). What `body` throws
    /// first is thrown here once no piece runs any more; pieces that have not begun by then are dropped.
    void parallelFor(std::size_t count, std::size_t grain,
                     const std::function<void(std::size_t first, std::size_t last)>& body,
                     Priority priority = Priority::Interactive);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace lexiscope
