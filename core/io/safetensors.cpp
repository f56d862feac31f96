// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"

#include "core/base/byte_reader.h"
#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/json_events.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::uint64_t longestHeader = 100'000'000;  // the reference reader refuses longer ones too
constexpr std::size_t mostDimensions = 64;

struct DTypeBits {
    std::string_view name;
    std::uint64_t bits;
};
constexpr std::array dtypes = {
    DTypeBits{"BOOL", 8},    DTypeBits{"U8", 8},      DTypeBits{"I8", 8},   DTypeBits{"F8_E5M2", 8},
    DTypeBits{"F8_E4M3", 8}, DTypeBits{"F8_E8M0", 8}, DTypeBits{"I16", 16}, DTypeBits{"U16", 16},
    DTypeBits{"F16", 16},    DTypeBits{"BF16", 16},   DTypeBits{"I32", 32}, DTypeBits{"U32", 32},
    DTypeBits{"F32", 32},    DTypeBits{"F64", 64},    DTypeBits{"I64", 64}, DTypeBits{"U64", 64},
};

std::string placeOf(std::string_view tensor) {
    return ", tensor " + displayText(tensor);
}

/// Reads the header's JSON. Depth 1 is the object of tensors, 2 one tensor, 3 its shape or offsets.
class HeaderEvents final : public JsonEvents {
  public:
    explicit HeaderEvents(std::string name) : JsonEvents(std::move(name), lengthBytes) {}

    std::vector<SafetensorsEntry> entries;

    bool key(string_t& name) override {
        if (m_depth == 1) {
            m_inMetadata = name == "__metadata__";
            if (!m_names.insert(name).second) {
                return fail(ErrorCode::Broken, placeOf(name), "is there twice");
            }
            m_entry = {};
            m_entry.info.name = name;
            m_offsets.clear();
            m_field = Field::DType;  // nothing of this tensor is passed over yet
            m_hasDType = m_hasShape = m_hasOffsets = false;
        } else if (m_depth == 2 && !m_inMetadata) {
            m_field = name == "dtype"          ? Field::DType
                      : name == "shape"        ? Field::Shape
                      : name == "data_offsets" ? Field::Offsets
                                               : Field::Other;
            if ((m_field == Field::DType && std::exchange(m_hasDType, true)) ||
                (m_field == Field::Shape && std::exchange(m_hasShape, true)) ||
                (m_field == Field::Offsets && std::exchange(m_hasOffsets, true))) {
                return failHere("has “" + name + "” twice");
            }
        }
        return true;
    }

    bool start_object(std::size_t) override {
        const bool expected = m_depth < 2;
        ++m_depth;
        return expected || isPassedOver() || failHere("has an object where none belongs");
    }
    bool end_object() override {
        --m_depth;
        if (m_depth != 1 || m_inMetadata) {
            return true;
        }
        if (!m_hasDType || !m_hasShape || !m_hasOffsets) {
            return failHere("lacks dtype, shape or data_offsets");
        }
        if (m_offsets.size() != 2) {
            return failHere("has data_offsets that are not two numbers");
        }
        m_entry.begin = m_offsets[0];
        m_entry.end = m_offsets[1];
        entries.push_back(std::move(m_entry));
        return true;
    }

    bool start_array(std::size_t) override {
        ++m_depth;
        const bool expected = m_depth == 3 && (m_field == Field::Shape || m_field == Field::Offsets);
        return (expected && !m_inMetadata) || isPassedOver() || failHere("has a list where none belongs");
    }
    bool end_array() override {
        --m_depth;
        return true;
    }

    bool number_unsigned(number_unsigned_t number) override {
        if (isPassedOver()) {
            return true;
        }
        if (m_depth != 3) {
            return failHere("has a number where none belongs");
        }
        std::vector<std::uint64_t>& numbers = m_field == Field::Shape ? m_entry.info.shape : m_offsets;
        if (numbers.size() == (m_field == Field::Shape ? mostDimensions : 2)) {
            return failHere(m_field == Field::Shape ? "has a shape of more than 64 dimensions"
                                                    : "has data_offsets that are not two numbers");
        }
        numbers.push_back(number);
        return true;
    }
    bool number_integer(number_integer_t) override {
        return isPassedOver() || failHere("has a negative number");
    }
    bool number_float(number_float_t, const string_t& text) override {
        return isPassedOver() || failHere("has the number " + text + ", which is no whole number of 64 bits");
    }
    bool string(string_t& text) override {
        if (isPassedOver() || (m_inMetadata && m_depth == 2)) {
            return true;
        }
        if (m_depth != 2 || m_field != Field::DType) {
            return failHere("has text where none belongs");
        }
        m_entry.info.dtype = text;
        return true;
    }
    bool boolean(bool) override { return isPassedOver() || failHere("has true or false where none belongs"); }
    bool null() override { return isPassedOver() || failHere("has null where it does not belong"); }

  private:
    enum class Field { DType, Shape, Offsets, Other };

    /// Inside a field of a tensor that the format does not name.
    bool isPassedOver() const { return m_depth >= 2 && !m_inMetadata && m_field == Field::Other; }

    bool failHere(const std::string& what) {
        return m_entry.info.name.empty() ? fail(ErrorCode::Broken, ", byte 8", "the header " + what)
                                         : fail(ErrorCode::Broken, placeOf(m_entry.info.name), what);
    }

    std::unordered_set<std::string> m_names;
    SafetensorsEntry m_entry;
    std::vector<std::uint64_t> m_offsets;
    std::size_t m_depth = 0;
    Field m_field = Field::Other;
    bool m_inMetadata = false;
    bool m_hasDType = false;
    bool m_hasShape = false;
    bool m_hasOffsets = false;
};

std::optional<std::uint64_t> bitsOf(std::string_view dtype) {
    for (const DTypeBits& known : dtypes) {
        if (known.name == dtype) {
            return known.bits;
        }
    }
    return std::nullopt;
}

/// Nothing when the product does not fit.
std::optional<std::uint64_t> product(const std::vector<std::uint64_t>& shape, std::uint64_t start) {
    if (std::find(shape.begin(), shape.end(), 0U) != shape.end()) {
        return 0;
    }
    std::uint64_t result = start;
    for (const std::uint64_t length : shape) {
        if (result > std::numeric_limits<std::uint64_t>::max() / length) {
            return std::nullopt;
        }
        result *= length;
    }
    return result;
}

/// What is wrong with one entry whose offsets count from `dataBegin`, or nothing.
std::optional<Error> wrongIn(const SafetensorsEntry& entry, std::uint64_t dataSize, const std::string& path) {
    const std::string where = path + placeOf(entry.info.name);
    if (entry.begin > entry.end) {
        return Error{ErrorCode::Broken, where, "ends before it begins", {}};
    }
    if (entry.end > dataSize) {
        return Error{ErrorCode::Broken, where,
                     "ends at byte " + grouped(entry.end) + " of the numbers, of which the file holds only " +
                         grouped(dataSize),
                     "the file may have been cut short: fetch it again"};
    }
    const std::optional<std::uint64_t> bitsEach = bitsOf(entry.info.dtype);
    if (!bitsEach) {
        return std::nullopt;
    }
    const std::optional<std::uint64_t> bits = product(entry.info.shape, *bitsEach);
    if (!bits || *bits / 8 != entry.end - entry.begin) {
        return Error{ErrorCode::Broken,
                     where,
                     "its shape and dtype ask for another number of bytes than the " +
                         grouped(entry.end - entry.begin) + " it has",
                     {}};
    }
    return std::nullopt;
}

/// The whole of the numbers belongs to exactly one tensor each. Expects the entries in order of their place.
std::optional<Error> gapOrOverlap(const std::vector<SafetensorsEntry>& entries, std::uint64_t dataSize,
                                  const std::string& path) {
    std::uint64_t next = 0;
    for (const SafetensorsEntry& entry : entries) {
        if (entry.begin != next) {
            return Error{ErrorCode::Broken,
                         path + placeOf(entry.info.name),
                         entry.begin < next ? "overlaps another tensor" : "leaves a gap before it",
                         {}};
        }
        next = entry.end;
    }
    if (next != dataSize) {
        return Error{
            ErrorCode::Broken, path, grouped(dataSize - next) + " bytes at the end belong to no tensor", {}};
    }
    return std::nullopt;
}

}  // namespace

Result<std::vector<SafetensorsEntry>> readSafetensors(const MappedFile& file) {
    const std::string path = file.path().string();
    ByteReader reader(file.text());
    const std::optional<std::uint64_t> length = reader.takeU64();
    if (!length) {
        return Error{ErrorCode::Broken, path + ", byte 0", "is too short for a safetensors file", {}};
    }
    if (*length > longestHeader || *length > reader.remaining()) {
        return Error{ErrorCode::Broken, path + ", byte 0",
                     "the header is said to be " + grouped(*length) + " bytes long, but " +
                         (*length > longestHeader ? "100 MB are the most"
                                                  : "only " + grouped(reader.remaining()) + " follow"),
                     "the file may have been cut short, or is no safetensors file"};
    }
    HeaderEvents header(path);
    std::optional<Error> wrong = header.read(*reader.take(*length));
    std::vector<SafetensorsEntry>& entries = header.entries;
    const std::uint64_t dataSize = reader.remaining();
    for (auto entry = entries.begin(); entry != entries.end() && !wrong; ++entry) {
        wrong = wrongIn(*entry, dataSize, path);
    }
    if (!wrong) {
        std::sort(entries.begin(), entries.end(), [](const SafetensorsEntry& a, const SafetensorsEntry& b) {
            return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
        });
        wrong = gapOrOverlap(entries, dataSize, path);
    }
    // Asked before anything found wrong is believed: a file cut short meanwhile reads as zeros.
    if (const Result<Done> check = file.check(); !check.ok()) {
        return check.error();
    }
    if (wrong) {
        return *std::move(wrong);
    }
    for (SafetensorsEntry& entry : entries) {
        entry.begin += reader.offset();
        entry.end += reader.offset();
    }
    return std::move(entries);
}

bool beginsAsSafetensors(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::optional<std::uint64_t> length = reader.takeU64();
    return length && *length >= 2 && *length <= longestHeader && reader.take(1) == "{";
}

}  // namespace lexiscope
