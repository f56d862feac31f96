// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"

#include <cstdint>
#include <string_view>

namespace lexiscope {

/// Asks to stop from the question of this number on: for work that nobody else can stop, and that a hostile
/// file can make long. Serves one thread.
class Patience final : public Progress {
  public:
    explicit Patience(std::uint32_t questions) : m_left(questions) {}
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override {
        m_left -= m_left > 0 ? 1 : 0;
        return isOver();
    }
    bool isOver() const { return m_left == 0; }

  private:
    mutable std::uint32_t m_left;
};

}  // namespace lexiscope
