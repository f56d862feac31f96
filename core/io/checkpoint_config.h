// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// What stands behind a key of config.json.
struct ConfigValue {
    enum class Kind { Boolean, Number, Text, List, Object };
    Kind kind = Kind::Object;
    std::string text;                    ///< of Text; "true" or "false" of Boolean
    double number = 0;                   ///< of Number
    std::optional<std::uint64_t> count;  ///< of a Number that is written as a whole one, from 0 on
};

/// The config.json of a Hugging Face checkpoint: its values by their path, as far down as one object in it
/// ("vocab_size", "rope_scaling.factor"). Null says nothing about a key, and of a key that stands twice the
/// last counts. What a value must be is asked where it is used, for a family of models leaves lying about
/// what others need.
class CheckpointConfig {
  public:
    /// Says nothing.
    CheckpointConfig() = default;
    /// Reads the file's content; `name` is what errors call it. Broken (byte) when it is no JSON object.
    static Result<CheckpointConfig> parse(std::string_view json, const std::string& name);

    /// Reads the file; NotFound, Unreadable, Broken.
    static Result<CheckpointConfig> read(const std::filesystem::path& path);

    /// Null when it says nothing about the path.
    const ConfigValue* find(std::string_view path) const;

    // Nothing when it says nothing; Broken (names the key) when the value is of another kind.

    Result<std::optional<std::string>> text(std::string_view path) const;
    /// A whole number, zero or more.
    Result<std::optional<std::uint64_t>> count(std::string_view path) const;

  private:
    Error wrongKind(std::string_view path, std::string_view wanted) const;

    std::string m_name;
    std::map<std::string, ConfigValue, std::less<>> m_values;
};

}  // namespace lexiscope
