// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"

#include <string>
#include <vector>

namespace lexiscope::test {

/// Writes down what it is told, and asks to stop after a number of reports.
class StoppingProgress final : public Progress {
  public:
    struct Report {
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        std::string unit;
    };

    explicit StoppingProgress(std::size_t stopAfter) : m_stopAfter(stopAfter) {}

    void report(std::uint64_t done, std::uint64_t total, std::string_view unit) override {
        reports.push_back({done, total, std::string(unit)});
    }
    bool stopRequested() const override { return reports.size() >= m_stopAfter; }

    std::vector<Report> reports;

  private:
    std::size_t m_stopAfter;
};

}  // namespace lexiscope::test
