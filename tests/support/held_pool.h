// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/worker_pool.h"

#include <atomic>
#include <memory>
#include <thread>

namespace lexiscope::test {

/// Keeps all threads of a pool busy as long as it lives: what is asked for meanwhile has not begun, and can
/// be cancelled before it is done, however fast it is.
class HeldPool {
  public:
    explicit HeldPool(WorkerPool& pool) {
        const unsigned threads = pool.threadCount() + 1;  // the one for Interactive tasks as well
        for (unsigned i = 0; i < threads; ++i) {
            pool.post(Priority::Interactive, [state = m_state] {
                ++state->held;
                while (!state->released.load()) {
                    std::this_thread::yield();
                }
            });
        }
        while (m_state->held.load() < threads) {
            std::this_thread::yield();
        }
    }
    ~HeldPool() { m_state->released.store(true); }
    HeldPool(const HeldPool&) = delete;
    HeldPool& operator=(const HeldPool&) = delete;

  private:
    struct State {
        std::atomic<unsigned> held = 0;
        std::atomic<bool> released = false;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

}  // namespace lexiscope::test
