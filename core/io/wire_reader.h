// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexiscope {

/// Walks through the fields of a message in Protocol Buffers' wire format (protobuf.dev/programming-guides/
/// encoding). It never reads outside the message; fields of any number may come in any order.
class WireReader {
  public:
    /// `firstByte` is the place of the message in the file, for what place() tells.
    explicit WireReader(std::string_view message, std::size_t firstByte = 0)
        : m_message(message), m_firstByte(firstByte) {}

    enum class Type { Varint, Fixed64, Bytes, Fixed32 };

    /// Goes to the next field. False at the end, and where the message is broken.
    bool next();

    // Of the field it stands at.
    std::uint32_t field() const { return m_field; }
    Type type() const { return m_type; }
    std::uint64_t number() const { return m_number; }                ///< of a Varint, Fixed64 or Fixed32
    float asFloat() const;                                           ///< of a Fixed32
    std::string_view bytes() const { return m_bytes; }               ///< of Bytes
    std::size_t bytesAt() const { return m_firstByte + m_bytesAt; }  ///< where those begin in the file

    /// What is wrong with the message, and at which byte of the file.
    const std::optional<std::string>& fault() const { return m_fault; }
    std::size_t place() const { return m_firstByte + m_place; }

  private:
    bool fail(std::string what);
    bool readVarint(std::uint64_t& value);
    bool readFixed(std::size_t size);

    std::string_view m_message;
    std::size_t m_firstByte;
    std::size_t m_place = 0;
    std::uint32_t m_field = 0;
    Type m_type = Type::Varint;
    std::uint64_t m_number = 0;
    std::string_view m_bytes;
    std::size_t m_bytesAt = 0;
    std::optional<std::string> m_fault;
};

}  // namespace lexiscope
