// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_config.h"

#include "core/base/mapped_file.h"
#include "core/base/utf8.h"
#include "core/io/json_events.h"

#include <utility>

namespace lexiscope {
namespace {

using Kind = ConfigValue::Kind;

/// Depth 1 is the object itself, 2 an object in it; what lies deeper, or in a list, is passed over.
class ConfigEvents final : public JsonEvents {
  public:
    using JsonEvents::JsonEvents;

    std::map<std::string, ConfigValue, std::less<>> values;

    bool start_object(std::size_t) override {
        if (m_depth > 0) {
            put({Kind::Object, {}, 0, {}});
        }
        m_isListAtTwo = m_depth == 1 ? false : m_isListAtTwo;
        ++m_depth;
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override {
        if (!put({Kind::List, {}, 0, {}})) {
            return false;
        }
        m_isListAtTwo = m_depth == 1 ? true : m_isListAtTwo;
        ++m_depth;
        return true;
    }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        if (m_depth == 1) {
            m_key = name;
        } else if (m_depth == 2) {
            m_innerKey = name;
        }
        return true;
    }
    bool number_unsigned(number_unsigned_t number) override {
        return put({Kind::Number, {}, static_cast<double>(number), number});
    }
    bool number_integer(number_integer_t number) override {
        return put({Kind::Number, {}, static_cast<double>(number), {}});
    }
    bool number_float(number_float_t number, const string_t&) override {
        return put({Kind::Number, {}, number, {}});
    }
    bool string(string_t& text) override { return put({Kind::Text, text, 0, {}}); }
    bool boolean(bool is) override { return put({Kind::Boolean, is ? "true" : "false", 0, {}}); }
    bool null() override {
        if (m_depth == 0) {
            return noObject();
        }
        if (const std::optional<std::string> path = pathHere()) {
            values.erase(*path);
        }
        return true;
    }

  private:
    bool noObject() { return fail(ErrorCode::Broken, {}, "is not a JSON object"); }

    std::optional<std::string> pathHere() const {
        if (m_depth == 1) {
            return m_key;
        }
        return m_depth == 2 && !m_isListAtTwo ? std::optional(m_key + "." + m_innerKey) : std::nullopt;
    }

    bool put(ConfigValue value) {
        if (m_depth == 0) {
            return noObject();
        }
        if (std::optional<std::string> path = pathHere()) {
            values.insert_or_assign(*std::move(path), std::move(value));
        }
        return true;
    }

    bool close() {
        --m_depth;
        return true;
    }

    std::string m_key;
    std::string m_innerKey;
    std::size_t m_depth = 0;
    bool m_isListAtTwo = false;
};

}  // namespace

Result<CheckpointConfig> CheckpointConfig::parse(std::string_view json, const std::string& name) {
    ConfigEvents events(name);
    if (std::optional<Error> error = events.read(json)) {
        return *std::move(error);
    }
    CheckpointConfig config;
    config.m_name = name;
    config.m_values = std::move(events.values);
    return config;
}

Result<CheckpointConfig> CheckpointConfig::read(const std::filesystem::path& path) {
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file.ok()) {
        return file.error();
    }
    Result<CheckpointConfig> config = parse(file.value()->text(), path.string());
    if (const Result<Done> check = file.value()->check(); !check.ok()) {
        return check.error();
    }
    return config;
}

const ConfigValue* CheckpointConfig::find(std::string_view path) const {
    const auto found = m_values.find(path);
    return found == m_values.end() ? nullptr : &found->second;
}

Result<std::optional<std::string>> CheckpointConfig::text(std::string_view path) const {
    const ConfigValue* value = find(path);
    if (value == nullptr) {
        return std::optional<std::string>();
    }
    return value->kind == Kind::Text ? Result(std::optional(value->text)) : wrongKind(path, "text");
}

Result<std::optional<std::uint64_t>> CheckpointConfig::count(std::string_view path) const {
    const ConfigValue* value = find(path);
    if (value == nullptr) {
        return std::optional<std::uint64_t>();
    }
    return value->count ? Result(value->count) : wrongKind(path, "a whole number, zero or more");
}

Error CheckpointConfig::wrongKind(std::string_view path, std::string_view wanted) const {
    return {ErrorCode::Broken, m_name, "“" + displayText(path) + "” should be " + std::string(wanted), {}};
}

}  // namespace lexiscope
