// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safe_file.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

std::string hintFor(int code) {
    switch (code) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return "make room there or choose another place";
        case EACCES:
        case EPERM:
        case EROFS:
            return "choose a folder that can be written to";
        case ENOENT:
            return "the folder must be there";
        default:
            return {};
    }
}

Error failure(const fs::path& path, std::string_view what, int code) {
    const ErrorCode kind = code == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable;
    return {kind, path.string(), std::string(what).append(": ").append(std::strerror(code)), hintFor(code)};
}

}  // namespace

struct SafeFile::State {
    fs::path asked;   // what errors name
    fs::path target;  // what is replaced; asked, or where a link points to
    std::optional<fs::path> temporary;
    std::FILE* file = nullptr;

    State() = default;
    ~State() {
        if (file != nullptr) {
            std::fclose(file);
        }
        if (temporary) {
            ::unlink(temporary->c_str());
        }
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Result<Done> openDirectly() {
        file = std::fopen(asked.c_str(), "wb");
        return file == nullptr ? Result<Done>(failure(asked, "could not be opened", errno)) : Done{};
    }

    Result<Done> openBeside() {
        fs::path beside = target;
        // Two of one program may be on their way to the same file.
        static std::atomic<unsigned> made = 0;
        beside += "." + std::to_string(::getpid()) + "-" + std::to_string(++made) + ".tmp";
        struct stat old = {};
        const bool exists = ::stat(target.c_str(), &old) == 0;
        const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            return failure(asked, "could not be created", errno);
        }
        temporary = std::move(beside);
        if (exists && ::fchmod(descriptor, old.st_mode & 07777) != 0) {
            // Its permissions stay the usual ones, then: some file systems have none to set.
            errno = 0;
        }
        file = ::fdopen(descriptor, "wb");
        if (file == nullptr) {
            const int code = errno;
            ::close(descriptor);
            return failure(asked, "could not be created", code);
        }
        return Done{};
    }
};

SafeFile::SafeFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SafeFile::SafeFile(SafeFile&&) noexcept = default;
SafeFile& SafeFile::operator=(SafeFile&&) noexcept = default;
SafeFile::~SafeFile() = default;

Result<SafeFile> SafeFile::create(const fs::path& path) {
    auto state = std::make_unique<State>();
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (fs::is_directory(status)) {
        return failure(path, "could not be written", EISDIR);
    }
    state->asked = path;
    Result<Done> opened = Done{};
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        opened = state->openDirectly();
    } else {
        // What a link points to is replaced, not the link.
        const fs::path target = fs::exists(status) ? fs::canonical(path, failed) : path;
        state->target = failed ? path : target;
        opened = state->openBeside();
    }
    if (!opened.ok()) {
        return opened.error();
    }
    return SafeFile(std::move(state));
}

Result<Done> SafeFile::write(std::string_view bytes) {
    errno = 0;
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_state->file) != bytes.size()) {
        return failure(m_state->asked, "could not be written", errno);
    }
    return Done{};
}

Result<Done> SafeFile::close() {
    std::FILE* file = std::exchange(m_state->file, nullptr);
    if (file != nullptr && std::fclose(file) != 0) {
        return failure(m_state->asked, "could not be written", errno);
    }
    return Done{};
}

Result<Done> SafeFile::commit() {
    Result<Done> closed = close();
    if (!closed.ok() || !m_state->temporary) {
        return closed;
    }
    if (::rename(m_state->temporary->c_str(), m_state->target.c_str()) != 0) {
        return failure(m_state->asked, "could not be replaced", errno);
    }
    m_state->temporary.reset();
    return Done{};
}

Result<Done> writeFileSafely(const fs::path& path, const FileContent& content) {
    Result<SafeFile> file = SafeFile::create(path);
    if (!file.ok()) {
        return file.error();
    }
    Result<Done> written = content([&](std::string_view bytes) { return file.value().write(bytes); });
    return written.ok() ? file.value().commit() : written;
}

}  // namespace lexiscope
