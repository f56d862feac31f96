// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/mapped_file.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace lexiscope {

enum class DType { F32, F16, BF16 };
std::string_view name(DType dtype);  // "F32"
std::size_t byteSize(DType dtype);

/// V × D numbers, immutable, row-major. They may lie mapped in a file, unaligned, with gaps between rows or
/// in half precision, so there is no pointer to them: rows are read by widening them to float (exactly; F16
/// and BF16 are subsets). Safe to read from several threads.
class EmbeddingTable {
  public:
    /// Rows at equal distances in a file: row r begins at byte `offset + r * stride`. Broken when they do not
    /// all lie in it.
    static Result<std::shared_ptr<const EmbeddingTable>> mapped(std::shared_ptr<const MappedFile> file,
                                                                DType dtype, std::size_t rows,
                                                                std::size_t dimension, std::uint64_t offset,
                                                                std::uint64_t stride);
    /// Rows anywhere in a file: row r begins at byte rowOffsets[r]. Broken when one does not lie in it.
    static Result<std::shared_ptr<const EmbeddingTable>> mapped(std::shared_ptr<const MappedFile> file,
                                                                DType dtype, std::size_t dimension,
                                                                std::vector<std::uint64_t> rowOffsets);
    /// values.size() == rows * dimension.
    static std::shared_ptr<const EmbeddingTable> owned(std::vector<float> values, std::size_t rows,
                                                       std::size_t dimension);

    std::size_t rows() const { return m_rows; }
    std::size_t dimension() const { return m_dimension; }
    DType dtype() const { return m_dtype; }
    bool isMapped() const { return m_file != nullptr; }

    /// Rows first … first + count - 1 as float, row-major. out.size() == count * dimension(). What was read
    /// from a file that has been cut short is zeros; ask check() before believing it.
    void widen(Row first, std::size_t count, std::span<float> out) const;
    std::vector<float> row(Row row) const;

    /// Block iteration: calls visit(first, values) for consecutive blocks of at most `blockRows` rows from
    /// [first, last); values holds whole rows, row-major, and is good during the call only. Copies nothing
    /// where the numbers already lie as aligned floats without gaps. Stops early when visit returns false.
    void visitBlocks(Row first, Row last, std::size_t blockRows,
                     const std::function<bool(Row first, std::span<const float> values)>& visit) const;

    /// Tells the system that these rows are read soon.
    void willRead(Row first, Row last) const;

    /// Unreadable when the file has been cut short under what was read so far.
    Result<Done> check() const;

  private:
    EmbeddingTable() = default;
    const std::byte* rowBytes(std::size_t row) const;
    bool hasNoGaps() const;

    std::shared_ptr<const MappedFile> m_file;
    std::vector<float> m_values;
    std::vector<std::uint64_t> m_rowOffsets;
    std::uint64_t m_offset = 0;
    std::uint64_t m_stride = 0;
    std::size_t m_rows = 0;
    std::size_t m_dimension = 0;
    DType m_dtype = DType::F32;
};

}  // namespace lexiscope
