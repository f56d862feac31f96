// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams.h"

#include "app/text_output.h"
#include "core/base/grouped.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

Error systemError(std::string where, std::string_view what, int code) {
    const ErrorCode kind = code == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable;
    return {kind, std::move(where), std::string(what).append(": ").append(std::strerror(code)), {}};
}

Result<Done> outputFailed(int code) {
    return systemError("standard output", "could not be written", code);
}

void printLine(std::string_view prefix, std::string_view text) {
    // Standard output first: on a terminal the two then stand in the order they were said.
    std::fflush(stdout);
    const std::string line = std::string("lexiscope: ").append(prefix).append(oneLine(text)).append("\n");
    std::fwrite(line.data(), 1, line.size(), stderr);
}

/// Most of the time for reading a large file goes into getting memory for it page by page.
void askForLargePages(std::string& bytes) {
    constexpr std::size_t large = std::size_t(1) << 24;
    if (bytes.capacity() < large) {
        return;
    }
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* begin = bytes.data();
    std::size_t size = bytes.capacity();
    if (std::align(page, page, begin, size) != nullptr) {
        ::madvise(begin, size - size % page, MADV_HUGEPAGE);  // a hint: nothing is lost where it fails
    }
}

Result<std::string> readAll(std::FILE* file, const std::string& name) {
    std::string bytes;
    constexpr std::size_t piece = std::size_t(1) << 20;
    struct stat status {};
    if (::fstat(::fileno(file), &status) == 0 && S_ISREG(status.st_mode)) {
        // All at once, or the bytes would be copied, and stand in memory twice, as they become more.
        constexpr std::size_t most = std::size_t(1) << 32;
        bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), most) + piece);
        askForLargePages(bytes);
    }
    for (std::size_t got = piece; got == piece;) {
        const std::size_t before = bytes.size();
        bytes.resize(before + piece);
        errno = 0;
        got = std::fread(bytes.data() + before, 1, piece, file);
        bytes.resize(before + got);
    }
    if (std::ferror(file) != 0) {
        return systemError(name, "could not be read", errno);
    }
    return bytes;
}

}  // namespace

void ignoreOutputSignals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

Result<Done> print(std::string_view bytes) {
    errno = 0;
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
        return outputFailed(errno);
    }
    return Done{};
}

Result<Done> finishOutput() {
    errno = 0;
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        return outputFailed(errno != 0 ? errno : EIO);
    }
    return Done{};
}

void printError(const Error& error) {
    printLine({}, toString(error));
}

void printWarning(std::string_view text) {
    printLine("warning: ", text);
}

void printNote(std::string_view text) {
    printLine({}, text);
}

Result<std::string> readStandardInput() {
    return readAll(stdin, "standard input");
}

Result<std::string> readFile(const fs::path& path) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (file == nullptr) {
        return systemError(path.string(), "could not be opened", errno);
    }
    return readAll(file.get(), path.string());
}

TerminalProgress::TerminalProgress(std::string_view what, More more)
    : m_what(what),
      m_more(std::move(more)),
      m_terminal(::isatty(STDERR_FILENO) == 1),
      m_next(std::chrono::steady_clock::now() + std::chrono::milliseconds(300)) {}

TerminalProgress::~TerminalProgress() {
    if (m_shown) {
        std::fputs("\r\x1b[K", stderr);
    }
}

void TerminalProgress::report(std::uint64_t done, std::uint64_t total, std::string_view unit) {
    const std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();
    if (!m_terminal || now < m_next) {
        return;
    }
    m_next = now + std::chrono::milliseconds(100);
    m_shown = true;
    std::string line = "\r\x1b[K" + oneLine(m_what) + ": " + grouped(done) + " of " + grouped(total) + " ";
    line.append(unit).append(m_more ? m_more(done, total) : std::string());
    std::fputs(line.c_str(), stderr);
}

}  // namespace lexiscope
