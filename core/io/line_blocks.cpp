// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/line_blocks.h"

#include "core/base/grouped.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t bytesBetweenStopChecks = 1 << 20;

/// How much of `text` is whole lines.
std::size_t sizeOfWholeLines(std::string_view text) {
    const std::size_t last = text.rfind('\n');
    return last == std::string_view::npos ? 0 : last + 1;
}

}  // namespace

LineBlocks::LineBlocks(std::shared_ptr<const MappedFile> file, std::size_t blockBytes)
    : m_file(std::move(file)), m_blockBytes(blockBytes) {
    if (beginsAsGzip(m_file->text())) {
        m_packed.emplace(m_file->text(), m_file->path().string());
    }
}

Result<std::string_view> LineBlocks::next(std::uint64_t linesBefore, const Progress& progress) {
    m_linesBefore = linesBefore;
    Result<std::string_view> block = m_packed ? nextUnpacked(progress) : nextPlain();
    // First: a file cut short meanwhile reads as zeros, and what was found wrong is wrong with them.
    if (const Result<Done> check = m_file->check(); !check.ok()) {
        return check.error();
    }
    return block;
}

Result<std::string_view> LineBlocks::nextPlain() {
    const std::string_view rest = m_file->text().substr(m_offset);
    std::size_t size = rest.size();
    if (size > m_blockBytes) {
        size = sizeOfWholeLines(rest.substr(0, m_blockBytes));
        if (size == 0) {
            const std::string_view line = rest.substr(0, longestLine + 1);
            const std::size_t end = line.find('\n');
            if (end == std::string_view::npos && line.size() > longestLine) {
                return lineTooLong(line);
            }
            size = end == std::string_view::npos ? line.size() : end + 1;
        }
    }
    m_offset += size;
    m_file->willRead(m_offset, m_blockBytes);
    return rest.substr(0, size);
}

Result<std::string_view> LineBlocks::nextUnpacked(const Progress& progress) {
    m_unpacked.erase(0, m_given);
    m_given = 0;
    std::size_t wanted = m_blockBytes;
    while (m_given == 0 && !(m_packed->atEnd() && m_unpacked.empty())) {
        while (m_unpacked.size() < wanted && !m_packed->atEnd()) {
            if (progress.stopRequested()) {
                return cancelled();
            }
            const Result<Done> read =
                m_packed->read(m_unpacked, std::min(bytesBetweenStopChecks, wanted - m_unpacked.size()));
            if (!read.ok()) {
                return read.error();
            }
        }
        m_given = m_packed->atEnd() ? m_unpacked.size() : sizeOfWholeLines(m_unpacked);
        if (m_given == 0 && wanted > longestLine) {
            return lineTooLong(m_unpacked);
        }
        wanted = std::max(wanted, longestLine) + 1;
    }
    return std::string_view(m_unpacked).substr(0, m_given);
}

std::uint64_t LineBlocks::bytesRead() const {
    return m_packed ? m_packed->used() : m_offset;
}

std::vector<std::string> LineBlocks::warnings() const {
    if (!m_packed || m_packed->ignored() == 0) {
        return {};
    }
    return {grouped(m_packed->ignored()) + " bytes behind what gzip has packed were not read"};
}

Error LineBlocks::lineTooLong(std::string_view line) const {
    const std::string where = m_file->path().string() + ", line " + std::to_string(m_linesBefore + 1);
    const std::size_t carriageReturn = line.find('\r');
    if (carriageReturn != std::string_view::npos) {
        return {ErrorCode::Broken, where + ", byte " + std::to_string(carriageReturn + 1) + " of it",
                "a carriage return stands alone, where lines end with a newline",
                "save the file with line ends as on Unix or Windows"};
    }
    return {ErrorCode::Broken, where, "is longer than 16 MB", "the file may be damaged: fetch it again"};
}

}  // namespace lexiscope
