// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace lexiscope {

/// Writes a file whole or not at all: what is written goes to a temporary file beside it, which takes its
/// place at commit(). Until then, and whatever fails before, what was there stays as it was; the temporary
/// file is taken away. Of a link the file it points to is replaced; permissions stay. What is there but is no
/// regular file (a pipe, a device) is written to directly.
class SafeFile {
  public:
    /// NotFound, Unreadable (a folder, no permission).
    static Result<SafeFile> create(const std::filesystem::path& path);
    SafeFile(SafeFile&&) noexcept;
    SafeFile& operator=(SafeFile&&) noexcept;
    ~SafeFile();

    /// Unreadable where the system does not take the bytes, as on a full disk.
    Result<Done> write(std::string_view bytes);
    /// Hands all that was written to the system. Nothing can be written afterwards.
    Result<Done> close();
    /// close(), if need be, and takes the place of what was there.
    Result<Done> commit();

  private:
    struct State;
    explicit SafeFile(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// What writes a file's content, piece by piece, through the function it is given.
using WriteBytes = std::function<Result<Done>(std::string_view)>;
using FileContent = std::function<Result<Done>(const WriteBytes&)>;

/// A SafeFile of this content, or the error of what failed first.
Result<Done> writeFileSafely(const std::filesystem::path& path, const FileContent& content);

}  // namespace lexiscope
