// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mapped_file.h"

#include "core/base/page_guard.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <optional>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace lexiscope {

struct MappedFile::State {
    std::filesystem::path path;
    std::string bytes;  // for a file that only lies in memory
    const std::byte* data = nullptr;
    std::size_t size = 0;
    int descriptor = -1;
    std::optional<PageGuard> guard;
    std::atomic<std::size_t> cutAt{PageGuard::nothingLost};

    ~State() {
        guard.reset();  // first: the handler must not touch the range once it is unmapped
        if (descriptor >= 0) {
            if (size != 0) {
                munmap(const_cast<std::byte*>(data), size);
            }
            close(descriptor);
        }
    }
};

namespace {

Error systemError(const std::filesystem::path& path, int number, std::string_view doing) {
    const std::string reason = std::generic_category().message(number);
    if (number == ENOENT || number == ENOTDIR) {
        return {ErrorCode::NotFound, path.string(), "no such file or folder", "check the path"};
    }
    const std::string hint = number == EACCES || number == EPERM ? "check its permissions" : "";
    return {ErrorCode::Unreadable, path.string(), std::string(doing) + ": " + reason, hint};
}

}  // namespace

MappedFile::MappedFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
MappedFile::~MappedFile() = default;

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
    auto state = std::make_unique<State>();
    state->path = path;
    // O_NONBLOCK so that a pipe nobody writes to is refused below and not waited for.
    state->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (state->descriptor < 0) {
        return systemError(path, errno, "cannot be opened");
    }
    struct stat status {};
    if (fstat(state->descriptor, &status) != 0) {
        return systemError(path, errno, "cannot be examined");
    }
    if (S_ISDIR(status.st_mode)) {
        return Error{ErrorCode::Unreadable, path.string(), "is a folder, not a file", {}};
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::Unreadable, path.string(), "is not a regular file",
                     "copy its content to a file first"};
    }
    const auto length = static_cast<std::uint64_t>(status.st_size);
    if (length > static_cast<std::uint64_t>(std::numeric_limits<std::ptrdiff_t>::max())) {
        return Error{
            ErrorCode::Unreadable, path.string(), "is larger than the memory that can be addressed", {}};
    }
    if (length != 0) {
        void* address = mmap(nullptr, length, PROT_READ, MAP_SHARED, state->descriptor, 0);
        if (address == MAP_FAILED) {
            return systemError(path, errno, "cannot be mapped into memory");
        }
        state->data = static_cast<const std::byte*>(address);
        state->size = length;
        state->guard.emplace(state->data, state->size);
    }
    return std::shared_ptr<const MappedFile>(new MappedFile(std::move(state)));
}

std::shared_ptr<const MappedFile> MappedFile::ofBytes(std::string bytes, std::filesystem::path path) {
    auto state = std::make_unique<State>();
    state->path = std::move(path);
    state->bytes = std::move(bytes);
    state->data = reinterpret_cast<const std::byte*>(state->bytes.data());
    state->size = state->bytes.size();
    return std::shared_ptr<const MappedFile>(new MappedFile(std::move(state)));
}

const std::filesystem::path& MappedFile::path() const {
    return m_state->path;
}
const std::byte* MappedFile::data() const {
    return m_state->data;
}
std::size_t MappedFile::size() const {
    return m_state->size;
}

Result<Done> MappedFile::check() const {
    State& state = *m_state;
    if (!state.guard) {
        return Done{};
    }
    // A file cut inside its last page raises no bus error: the rest of that page just reads as zeros.
    struct stat status {};
    if (fstat(state.descriptor, &status) == 0 && static_cast<std::uint64_t>(status.st_size) < state.size) {
        const auto size = static_cast<std::size_t>(status.st_size);
        std::size_t known = state.cutAt.load();
        while (size < known && !state.cutAt.compare_exchange_weak(known, size)) {
        }
    }
    const std::size_t cutAt = state.cutAt.load();
    const std::size_t lost = state.guard->firstLost();
    if (cutAt == PageGuard::nothingLost && lost == PageGuard::nothingLost) {
        return Done{};
    }
    const bool cut = cutAt != PageGuard::nothingLost;
    return Error{
        ErrorCode::Unreadable, state.path.string() + ", byte " + std::to_string(std::min(cutAt, lost)),
        cut ? "the file has been cut short while in use" : "the file can no longer be read from here on",
        "load it again once the file is whole"};
}

void MappedFile::willRead(std::size_t offset, std::size_t length) const {
    const State& state = *m_state;
    if (!state.guard || offset >= state.size) {
        return;
    }
    static const auto pageSize = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t begin = offset - offset % pageSize;
    const std::size_t end = offset + std::min(length, state.size - offset);
    madvise(const_cast<std::byte*>(state.data) + begin, end - begin, MADV_WILLNEED);
}

}  // namespace lexiscope
