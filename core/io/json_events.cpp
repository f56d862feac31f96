// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_events.h"

#include "core/base/utf8.h"

#include <utility>

namespace lexiscope {

JsonEvents::JsonEvents(std::string name, std::size_t firstByte)
    : m_name(std::move(name)), m_firstByte(firstByte) {}

std::optional<Error> JsonEvents::read(std::string_view text) {
    m_error.reset();
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), this) && !m_error) {
        fail(ErrorCode::Broken, {}, "is not valid JSON");
    }
    return m_error;
}

bool JsonEvents::parse_error(std::size_t position, const std::string& lastToken,
                             const nlohmann::json::exception& error) {
    constexpr int outOfRange = 406;
    constexpr std::size_t shown = 40;
    const std::size_t begin = lastToken.size() > shown ? lastToken.size() - shown : 0;
    const std::string near = displayText(std::string_view(lastToken).substr(begin));
    const std::size_t byte = m_firstByte + (position == 0 ? 0 : position - 1);
    if (error.id == outOfRange) {
        return fail(ErrorCode::Broken, ", byte " + std::to_string(byte),
                    "the number “" + near + "” is larger than any that is known here");
    }
    return fail(
        ErrorCode::Broken, ", byte " + std::to_string(byte),
        near.empty() ? "is not valid JSON: it ends too early" : "is not valid JSON, after “" + near + "”");
}

bool JsonEvents::fail(ErrorCode code, std::string_view place, std::string what, std::string hint) {
    if (!m_error) {
        m_error = Error{code, m_name + std::string(place), std::move(what), std::move(hint)};
    }
    return false;
}

}  // namespace lexiscope
