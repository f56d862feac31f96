// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace lexiscope {

/// A whole file mapped read-only into memory. The file may be cut short by others while mapped: reading a
/// page that has gone gives zeros instead of ending the program, and check() then says so. Ask check() after
/// reading a block and before believing it. Files that grow or are written over in place are not noticed.
/// Safe to use from several threads.
class MappedFile {
  public:
    /// NotFound, Unreadable (a folder, a device, no permission); an empty file maps to zero bytes.
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);
    /// Bytes that already lie in memory, read as if they were the file `path`; check() never fails.
    static std::shared_ptr<const MappedFile> ofBytes(std::string bytes, std::filesystem::path path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    const std::filesystem::path& path() const;
    const std::byte* data() const;
    std::size_t size() const;
    std::string_view text() const { return {reinterpret_cast<const char*>(data()), size()}; }

    /// Unreadable once the file is shorter than it was when mapped, or a read met a page that cannot be had
    /// (and for good: what was read since may be zeros); the error names the file and the first byte lost.
    Result<Done> check() const;

    /// Tells the system that [offset, offset + length) is read soon, front to back. A hint; never fails.
    void willRead(std::size_t offset, std::size_t length) const;

  private:
    struct State;
    explicit MappedFile(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lexiscope
