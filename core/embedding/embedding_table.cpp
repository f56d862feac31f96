// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding_table.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

static_assert(std::endian::native == std::endian::little,
              "files hold little-endian numbers and are read in place");
static_assert(std::numeric_limits<float>::is_iec559);

float widenF16(std::uint16_t half) {
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const std::uint32_t magnitude = half & 0x7FFFU;
    // Branches that only choose between values, so that the compiler can do eight at a time.
    const std::uint32_t rebias = magnitude >= 0x7C00U ? (255U - 31U) << 23U : (127U - 15U) << 23U;
    const std::uint32_t normal = (magnitude << 13U) + rebias;
    const auto subnormal =
        std::bit_cast<std::uint32_t>(static_cast<float>(static_cast<std::int32_t>(magnitude)) * 0x1p-24F);
    return std::bit_cast<float>(sign | (magnitude < 0x0400U ? subnormal : normal));
}

float widenBF16(std::uint16_t half) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(half) << 16U);
}

template <float (*widenOne)(std::uint16_t)>
void widenHalves(const std::byte* from, std::size_t count, float* out) {
    for (std::size_t i = 0; i < count; ++i) {
        std::uint16_t half = 0;
        std::memcpy(&half, from + i * sizeof(half), sizeof(half));
        out[i] = widenOne(half);
    }
}

void widenRun(DType dtype, const std::byte* from, std::size_t count, float* out) {
    switch (dtype) {
        case DType::F32:
            std::memcpy(out, from, count * sizeof(float));
            break;
        case DType::F16:
            widenHalves<widenF16>(from, count, out);
            break;
        case DType::BF16:
            widenHalves<widenBF16>(from, count, out);
            break;
    }
}

Error outside(const MappedFile& file, std::size_t row) {
    return {ErrorCode::Broken,
            file.path().string(),
            "row " + std::to_string(row) + " does not lie in the file",
            {}};
}

/// False when dimension * size does not fit, or a row is longer than the file.
bool rowFits(const MappedFile& file, DType dtype, std::size_t dimension) {
    return dimension <= file.size() / byteSize(dtype);
}

}  // namespace

std::string_view name(DType dtype) {
    switch (dtype) {
        case DType::F32:
            return "F32";
        case DType::F16:
            return "F16";
        case DType::BF16:
            return "BF16";
    }
    return {};
}

std::size_t byteSize(DType dtype) {
    return dtype == DType::F32 ? 4 : 2;
}

Result<std::shared_ptr<const EmbeddingTable>> EmbeddingTable::mapped(std::shared_ptr<const MappedFile> file,
                                                                     DType dtype, std::size_t rows,
                                                                     std::size_t dimension,
                                                                     std::uint64_t offset,
                                                                     std::uint64_t stride) {
    if (!rowFits(*file, dtype, dimension)) {
        return outside(*file, 0);
    }
    const std::uint64_t length = dimension * byteSize(dtype);
    if (rows != 0) {
        if (offset > file->size() || file->size() - offset < length) {
            return outside(*file, 0);
        }
        const std::uint64_t room = file->size() - offset - length;
        if (stride != 0 && room / stride < rows - 1) {
            return outside(*file, room / stride + 1);
        }
    }
    std::shared_ptr<EmbeddingTable> table(new EmbeddingTable);
    table->m_file = std::move(file);
    table->m_offset = offset;
    table->m_stride = stride;
    table->m_rows = rows;
    table->m_dimension = dimension;
    table->m_dtype = dtype;
    return std::shared_ptr<const EmbeddingTable>(std::move(table));
}

Result<std::shared_ptr<const EmbeddingTable>> EmbeddingTable::mapped(std::shared_ptr<const MappedFile> file,
                                                                     DType dtype, std::size_t dimension,
                                                                     std::vector<std::uint64_t> rowOffsets) {
    if (!rowFits(*file, dtype, dimension)) {
        return outside(*file, 0);
    }
    const std::uint64_t lastBegin = file->size() - dimension * byteSize(dtype);
    for (std::size_t row = 0; row < rowOffsets.size(); ++row) {
        if (rowOffsets[row] > lastBegin) {
            return outside(*file, row);
        }
    }
    std::shared_ptr<EmbeddingTable> table(new EmbeddingTable);
    table->m_file = std::move(file);
    table->m_rows = rowOffsets.size();
    table->m_rowOffsets = std::move(rowOffsets);
    table->m_dimension = dimension;
    table->m_dtype = dtype;
    return std::shared_ptr<const EmbeddingTable>(std::move(table));
}

std::shared_ptr<const EmbeddingTable> EmbeddingTable::owned(std::vector<float> values, std::size_t rows,
                                                            std::size_t dimension) {
    assert(values.size() == rows * dimension);
    std::shared_ptr<EmbeddingTable> table(new EmbeddingTable);
    table->m_values = std::move(values);
    table->m_stride = dimension * sizeof(float);
    table->m_rows = rows;
    table->m_dimension = dimension;
    return table;
}

const std::byte* EmbeddingTable::rowBytes(std::size_t row) const {
    if (!m_file) {
        return reinterpret_cast<const std::byte*>(m_values.data()) + row * m_stride;
    }
    return m_file->data() + (m_rowOffsets.empty() ? m_offset + row * m_stride : m_rowOffsets[row]);
}

bool EmbeddingTable::hasNoGaps() const {
    return m_rowOffsets.empty() && m_stride == m_dimension * byteSize(m_dtype);
}

void EmbeddingTable::widen(Row first, std::size_t count, std::span<float> out) const {
    assert(first.value <= m_rows && count <= m_rows - first.value);
    assert(out.size() == count * m_dimension);
    if (out.empty()) {
        return;
    }
    if (hasNoGaps()) {
        widenRun(m_dtype, rowBytes(first.value), out.size(), out.data());
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        widenRun(m_dtype, rowBytes(first.value + i), m_dimension, out.data() + i * m_dimension);
    }
}

std::vector<float> EmbeddingTable::row(Row row) const {
    std::vector<float> values(m_dimension);
    widen(row, 1, values);
    return values;
}

void EmbeddingTable::visitBlocks(
    Row first, Row last, std::size_t blockRows,
    const std::function<bool(Row first, std::span<const float> values)>& visit) const {
    assert(first.value <= last.value && last.value <= m_rows && blockRows > 0);
    if (first.value == last.value) {
        return;
    }
    const bool inPlace = m_dtype == DType::F32 && hasNoGaps() &&
                         reinterpret_cast<std::uintptr_t>(rowBytes(0)) % alignof(float) == 0;
    std::vector<float> buffer;
    if (!inPlace) {
        buffer.resize(std::min<std::size_t>(blockRows, last.value - first.value) * m_dimension);
    }
    for (std::size_t row = first.value; row < last.value; row += blockRows) {
        const std::size_t count = std::min<std::size_t>(blockRows, last.value - row);
        const Row begin{static_cast<std::uint32_t>(row)};
        std::span<const float> values;
        if (inPlace) {
            values = {reinterpret_cast<const float*>(rowBytes(row)), count * m_dimension};
        } else {
            const std::span<float> part = std::span(buffer).first(count * m_dimension);
            widen(begin, count, part);
            values = part;
        }
        if (!visit(begin, values)) {
            return;
        }
    }
}

void EmbeddingTable::willRead(Row first, Row last) const {
    assert(first.value <= last.value && last.value <= m_rows);
    if (!m_file || first.value == last.value) {
        return;
    }
    // Rows of a file are in its order nearly always; where they are not, this hint is merely a worse one.
    const std::byte* begin = rowBytes(first.value);
    const std::byte* end = rowBytes(last.value - 1) + m_dimension * byteSize(m_dtype);
    if (begin < end) {
        m_file->willRead(static_cast<std::size_t>(begin - m_file->data()),
                         static_cast<std::size_t>(end - begin));
    }
}

Result<Done> EmbeddingTable::check() const {
    return m_file ? m_file->check() : Done{};
}

}  // namespace lexiscope
