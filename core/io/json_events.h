// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace lexiscope {

/// Listens to a JSON text being read, keeping the first thing found wrong. Readers derive from it and say
/// what they expect; what they do not override is passed over. No tree is built, so memory is what the reader
/// keeps.
class JsonEvents : public nlohmann::json_sax<nlohmann::json> {
  public:
    /// `name` is what errors call the text; its first byte is byte `firstByte` of the file.
    explicit JsonEvents(std::string name, std::size_t firstByte = 0);

    /// The first error, or nothing. Broken with the byte where the text is no JSON.
    std::optional<Error> read(std::string_view text);

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string& lastToken,
                     const nlohmann::json::exception& error) final;

  protected:
    /// Ends the reading: returns false, as an event does for that.
    bool fail(ErrorCode code, std::string_view place, std::string what, std::string hint = {});

  private:
    std::string m_name;
    std::size_t m_firstByte;
    std::optional<Error> m_error;
};

}  // namespace lexiscope
