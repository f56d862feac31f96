// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/utf8.h"
#include "core/io/vocab_json.h"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace lexiscope {

/// One object of the file. The first thing found wrong is kept, so that all settings can be read in a row. A
/// setting without a usual value must be there; null is a value of another kind but for those with OrNull.
class JsonStage {
  public:
    JsonStage(const nlohmann::json& object, std::string place) : m_object(object), m_place(std::move(place)) {
        m_type = text("type", "");
    }

    const std::string& type() const { return m_type; }
    const std::string& place() const { return m_place; }
    const std::optional<Error>& error() const { return m_error; }

    /// Files of old do not name the type: then the first of these settings that is there tells it.
    void typeBySettings(
        std::initializer_list<std::pair<std::string_view, std::string_view>> settingsAndTypes) {
        if (m_error || m_object.contains("type")) {
            return;
        }
        for (const auto& [setting, type] : settingsAndTypes) {
            if (m_type.empty() && m_object.contains(setting)) {
                m_type = type;
            }
        }
    }

    bool has(const char* name) const {
        return m_object.is_object() && m_object.contains(name) && !m_object[name].is_null();
    }
    const nlohmann::json& part(const char* name) const { return m_object[name]; }

    bool flag(const char* name, std::optional<bool> usual = std::nullopt) {
        return read<bool>(name, usual, &nlohmann::json::is_boolean, "true or false");
    }
    bool flagOrNull(const char* name, bool usual) { return has(name) ? flag(name) : usual; }
    std::string text(const char* name, std::optional<std::string> usual = std::nullopt) {
        return read<std::string>(name, std::move(usual), &nlohmann::json::is_string, "a text");
    }
    std::string textOrNull(const char* name) { return has(name) ? text(name) : std::string(); }
    std::string character(const char* name) {
        std::string value = text(name);
        if (countCharacters(value) != 1) {
            fail(ErrorCode::Broken, std::string(name).append(" is not one character"));
        }
        return value;
    }
    std::size_t count(const char* name, std::optional<std::size_t> usual = std::nullopt) {
        return read<std::size_t>(name, usual, &nlohmann::json::is_number_unsigned,
                                 "a whole number from 0 on");
    }
    double numberOrNull(const char* name, double usual) {
        return has(name) ? read<double>(name, usual, &nlohmann::json::is_number, "a number") : usual;
    }
    const nlohmann::json& list(const char* name) {
        static const nlohmann::json none = nlohmann::json::array();
        if (!has(name) || !m_object[name].is_array()) {
            fail(ErrorCode::Broken, std::string(name) + " is no list");
            return none;
        }
        return m_object[name];
    }

    void fail(ErrorCode code, std::string what) {
        if (!m_error) {
            m_error = Error{code, m_place, std::move(what),
                            code == ErrorCode::Broken ? "the file may be damaged: fetch it again" : ""};
        }
    }
    Error unknownType() {
        if (!m_error) {
            fail(ErrorCode::Unsupported,
                 m_type.empty() ? "has no type" : "the type " + quotedForError(m_type) + " is not known");
        }
        return *m_error;
    }

  private:
    template <typename T>
    T read(const char* name, std::optional<T> usual, bool (nlohmann::json::*isKind)() const,
           std::string_view kind) {
        if (!m_object.is_object()) {
            fail(ErrorCode::Broken, "is no object");
        } else if (m_object.contains(name)) {
            const nlohmann::json& value = m_object[name];
            if ((value.*isKind)()) {
                return value.get<T>();
            }
            fail(ErrorCode::Broken, std::string(name) + " is not " + std::string(kind));
        } else if (!usual) {
            fail(ErrorCode::Broken, "has no " + std::string(name));
        }
        return std::move(usual).value_or(T());
    }

    const nlohmann::json& m_object;
    std::string m_place;
    std::string m_type;
    std::optional<Error> m_error;
};

/// The value, or what was wrong on the way to it.
template <typename T>
Result<T> finish(const JsonStage& stage, T value) {
    return stage.error() ? Result<T>(*stage.error()) : Result<T>(std::move(value));
}

}  // namespace lexiscope
