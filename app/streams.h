// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace lexiscope {

// The program's standard streams and files, and what the platform has to say about them.

/// A reader that goes away, and a file that grows past what the system allows, end the writing with an error
/// instead of ending the program.
void ignoreOutputSignals();

/// Standard output, as bytes. Each of these says at once or at finishOutput() that it could not be written.
Result<Done> print(std::string_view bytes);
Result<Done> finishOutput();

/// Exactly one line on standard error: "lexiscope: WHERE: WHAT (HINT)".
void printError(const Error& error);
/// "lexiscope: warning: …"
void printWarning(std::string_view text);
/// "lexiscope: …", for what one should know though nothing is amiss.
void printNote(std::string_view text);

/// All bytes of standard input.
Result<std::string> readStandardInput();
/// All bytes of a file: NotFound, Unreadable.
Result<std::string> readFile(const std::filesystem::path& path);

/// Tells how far long work is, on one line of standard error that is wiped at the end; silent where that is
/// no terminal.
class TerminalProgress final : public Progress {
  public:
    /// What `more` gives for what is done of a total is added to the line.
    using More = std::function<std::string(std::uint64_t done, std::uint64_t total)>;

    explicit TerminalProgress(std::string_view what, More more = {});
    ~TerminalProgress() override;
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

    void report(std::uint64_t done, std::uint64_t total, std::string_view unit) override;
    bool stopRequested() const override { return false; }

  private:
    std::string m_what;
    More m_more;
    bool m_terminal;
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_next;
};

/// Seconds since it was made.
class Stopwatch {
  public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

  private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace lexiscope
