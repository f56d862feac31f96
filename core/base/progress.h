// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace lexiscope {

/// What long work in core reports to, and asks whether to go on. It knows no thread: calls come from
/// whichever thread does the work, one at a time, and an implementation that is watched from elsewhere makes
/// itself safe for that.
class Progress {
  public:
    virtual ~Progress() = default;

    /// `done` of `total` `unit`s ("rows", "bytes") are finished. Called about once per block of work (a few
    /// ms).
    virtual void report(std::uint64_t done, std::uint64_t total, std::string_view unit) = 0;

    /// True once the work should end; it then returns cancelled() at its next block.
    virtual bool stopRequested() const = 0;
};

/// Tells nobody and never stops: for tests and for the command line.
class NoProgress final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return false; }
};

}  // namespace lexiscope
