// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gguf_metadata.h"

#include "core/base/utf8.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::string_view magic = "GGUF";
constexpr std::size_t valuesBetweenStopChecks = 1U << 14U;

/// The kinds of a value, by number.
enum class Kind : std::uint32_t {
    Uint8,
    Int8,
    Uint16,
    Int16,
    Uint32,
    Int32,
    Float32,
    Bool,
    Text,
    List,
    Uint64,
    Int64,
    Float64
};
constexpr std::array<std::size_t, 13> sizes = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};  // at least, of each

}  // namespace

class GgufMetadata::Reader {
  public:
    Reader(std::string_view bytes, std::string_view name, Progress& progress)
        : m_bytes(bytes), m_name(name), m_progress(progress) {}

    Result<GgufMetadata> read() {
        if (!m_bytes.starts_with(magic)) {
            fail(ErrorCode::Broken, "does not begin as a GGUF file does");
            return *m_error;
        }
        m_place = magic.size();
        const std::uint64_t version = number(4);
        if (!m_error && version != 2 && version != 3) {
            fail(ErrorCode::Unsupported, "is of version " + std::to_string(version) + "; 2 and 3 are read");
        }
        number(8);  // how many tensors there are
        const std::uint64_t count = number(8);
        GgufMetadata metadata;
        for (std::uint64_t i = 0; i < count && !m_error; ++i) {
            std::string key(text());
            Value value = readValue();
            if (!m_error && !metadata.m_values.emplace(key, std::move(value)).second) {
                fail(ErrorCode::Broken, "the name " + displayText(key) + " stands there twice");
            }
        }
        return m_error ? Result<GgufMetadata>(*m_error) : Result<GgufMetadata>(std::move(metadata));
    }

  private:
    void fail(ErrorCode code, std::string what) {
        if (!m_error) {
            m_error = Error{code, m_name + ", byte " + std::to_string(m_place), std::move(what),
                            code == ErrorCode::Broken ? "the file may be damaged: fetch it again" : ""};
        }
    }
    std::size_t left() const { return m_bytes.size() - m_place; }

    std::uint64_t number(std::size_t size) {
        if (m_error || left() < size) {
            fail(ErrorCode::Broken, "is cut off");
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(m_bytes[m_place + i])} << (8U * i);
        }
        m_place += size;
        return value;
    }

    std::string_view text() {
        const std::uint64_t size = number(8);
        if (m_error || size > left()) {
            fail(ErrorCode::Broken,
                 "a text of " + std::to_string(size) + " bytes is longer than what follows");
            return {};
        }
        const std::string_view value = m_bytes.substr(m_place, size);
        m_place += size;
        return value;
    }

    Kind kind() {
        const std::uint64_t value = number(4);
        if (!m_error && value >= sizes.size()) {
            fail(ErrorCode::Broken, "a value is of kind " + std::to_string(value) + ", which is not known");
        }
        return static_cast<Kind>(m_error ? 0 : value);
    }

    Value readValue() {
        const Kind which = kind();
        return which == Kind::List ? readList() : readSingle(which);
    }

    Value readSingle(Kind which) {
        const std::size_t size = sizes[static_cast<std::size_t>(which)];
        switch (which) {
            case Kind::Text:
                return text();
            case Kind::Bool:
                return number(size) != 0;
            case Kind::Float32:
                return double{std::bit_cast<float>(static_cast<std::uint32_t>(number(size)))};
            case Kind::Float64:
                return std::bit_cast<double>(number(size));
            case Kind::Int8:
            case Kind::Int16:
            case Kind::Int32:
            case Kind::Int64: {
                const unsigned unused = static_cast<unsigned>(64 - 8 * size);
                return static_cast<std::int64_t>(number(size) << unused) >> unused;
            }
            default:
                return number(size);
        }
    }

    Value readList() {
        const Kind which = kind();
        const std::uint64_t count = number(8);
        if (m_error || count > left() / sizes[static_cast<std::size_t>(which)]) {
            fail(ErrorCode::Broken,
                 "a list of " + std::to_string(count) + " values is longer than what follows");
            return {};
        }
        std::vector<std::string_view> texts;
        std::vector<double> numbers;
        for (std::uint64_t i = 0; i < count && !m_error; ++i) {
            if (i % valuesBetweenStopChecks == 0 && m_progress.stopRequested()) {
                m_error = cancelled();
            } else if (which == Kind::Text) {
                texts.push_back(text());
            } else if (which == Kind::List) {
                fail(ErrorCode::Unsupported, "holds lists within lists");
            } else {
                numbers.push_back(asDouble(readSingle(which)));
            }
        }
        return which == Kind::Text ? Value(std::move(texts)) : Value(std::move(numbers));
    }

    static double asDouble(const Value& value) {
        if (const auto* one = std::get_if<std::int64_t>(&value)) {
            return static_cast<double>(*one);
        }
        if (const auto* one = std::get_if<std::uint64_t>(&value)) {
            return static_cast<double>(*one);
        }
        if (const auto* one = std::get_if<bool>(&value)) {
            return *one ? 1 : 0;
        }
        const auto* one = std::get_if<double>(&value);
        return one != nullptr ? *one : 0;
    }

    std::string_view m_bytes;
    std::string m_name;
    Progress& m_progress;
    std::size_t m_place = 0;
    std::optional<Error> m_error;
};

Result<GgufMetadata> GgufMetadata::parse(std::string_view bytes, std::string_view name, Progress& progress) {
    return Reader(bytes, name, progress).read();
}

template <typename T>
const T* GgufMetadata::find(const std::string& name) const {
    const auto found = m_values.find(name);
    return found == m_values.end() ? nullptr : std::get_if<T>(&found->second);
}

std::optional<std::string_view> GgufMetadata::text(const std::string& name) const {
    const auto* value = find<std::string_view>(name);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<std::uint64_t> GgufMetadata::count(const std::string& name) const {
    if (const auto* value = find<std::int64_t>(name); value != nullptr && *value >= 0) {
        return static_cast<std::uint64_t>(*value);
    }
    const auto* value = find<std::uint64_t>(name);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<bool> GgufMetadata::flag(const std::string& name) const {
    const auto* value = find<bool>(name);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

const std::vector<std::string_view>* GgufMetadata::texts(const std::string& name) const {
    return find<std::vector<std::string_view>>(name);
}

const std::vector<double>* GgufMetadata::numbers(const std::string& name) const {
    return find<std::vector<double>>(name);
}

}  // namespace lexiscope
