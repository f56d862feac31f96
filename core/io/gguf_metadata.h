// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lexiscope {

/// What a GGUF file (llama.cpp, versions 2 and 3, little-endian) says of itself before its tensors: names and
/// values. Numbers of all widths are kept as 64 bits, lists of lists are passed over. Texts point into the
/// bytes that were read. Source: docs/gguf.md of ggml.
class GgufMetadata {
  public:
    /// Broken (byte): cut off, a length past the end, a kind of value that is not known, a name twice.
    /// Unsupported: another version. Cancelled.
    static Result<GgufMetadata> parse(std::string_view bytes, std::string_view name, Progress& progress);

    // Nothing when there is none of that name, or it is of another kind.
    std::optional<std::string_view> text(const std::string& name) const;
    std::optional<std::uint64_t> count(const std::string& name) const;  ///< whole and not below 0
    std::optional<bool> flag(const std::string& name) const;
    const std::vector<std::string_view>* texts(const std::string& name) const;
    const std::vector<double>* numbers(const std::string& name) const;

  private:
    using Value = std::variant<std::monostate, std::int64_t, std::uint64_t, double, bool, std::string_view,
                               std::vector<std::string_view>, std::vector<double>>;
    class Reader;

    template <typename T>
    const T* find(const std::string& name) const;

    std::map<std::string, Value, std::less<>> m_values;
};

}  // namespace lexiscope
