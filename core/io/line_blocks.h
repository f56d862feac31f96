// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/gzip_reader.h"
#include "core/base/mapped_file.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// A text file as blocks of whole lines, front to back: a plain file is read where it is mapped, one that
/// gzip has packed is unpacked block by block. Lines end with LF; what ends them else is the reader's affair.
class LineBlocks {
  public:
    /// A longer line is an error: no file that is meant as lines has one.
    static constexpr std::size_t longestLine = 16 << 20;

    LineBlocks(std::shared_ptr<const MappedFile> file, std::size_t blockBytes);

    /// The next block, good until the next call: about `blockBytes` of whole lines, the very last perhaps
    /// without an end; empty once all has been read. `linesBefore` is how many lines the blocks before had,
    /// for errors. Broken (packed data, or a line too long), Unreadable, Cancelled.
    Result<std::string_view> next(std::uint64_t linesBefore, const Progress& progress);

    bool isPacked() const { return m_packed.has_value(); }
    /// Bytes of the file, as it lies on disk, read so far.
    std::uint64_t bytesRead() const;
    /// What was odd; ask at the end.
    std::vector<std::string> warnings() const;

  private:
    Result<std::string_view> nextPlain();
    Result<std::string_view> nextUnpacked(const Progress& progress);
    Error lineTooLong(std::string_view line) const;

    std::shared_ptr<const MappedFile> m_file;
    std::size_t m_blockBytes;
    std::size_t m_offset = 0;  // plain: of the next block
    std::optional<GzipReader> m_packed;
    std::string m_unpacked;
    std::size_t m_given = 0;  // bytes of m_unpacked that were in the last block
    std::uint64_t m_linesBefore = 0;
};

}  // namespace lexiscope
