// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace lexiscope {

/// Writes one JSON document on one line, keys in the order they are given. Numbers take the shortest digits
/// that read back as the same float or double; what JSON has no number for (NaN, infinity) is null. Texts may
/// be any bytes: those that are no UTF-8 become U+FFFD. The caller pairs begin and end, and gives each member
/// a key.
class JsonWriter {
  public:
    JsonWriter& beginObject();
    JsonWriter& endObject();
    JsonWriter& beginArray();
    JsonWriter& endArray();

    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view bytes);
    JsonWriter& count(std::uint64_t value);
    JsonWriter& number(float value);
    JsonWriter& number(double value);
    JsonWriter& null();

    /// What has been written since it was asked last; the document goes on.
    std::string takeWritten() { return std::exchange(m_out, {}); }
    /// The rest of the document and a final newline.
    std::string line() &&;

  private:
    void separate();
    void appendNumber(const std::string& digits);

    std::string m_out;
    bool m_needsComma = false;
};

}  // namespace lexiscope
