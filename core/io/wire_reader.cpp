// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/wire_reader.h"

#include <bit>
#include <utility>

namespace lexiscope {
namespace {

constexpr unsigned bitsOfVarint = 64;
constexpr std::uint64_t mostFields = (1U << 29U) - 1;

}  // namespace

float WireReader::asFloat() const {
    return std::bit_cast<float>(static_cast<std::uint32_t>(m_number));
}

bool WireReader::fail(std::string what) {
    m_fault = std::move(what);
    return false;
}

bool WireReader::readVarint(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < bitsOfVarint; shift += 7) {
        if (m_place == m_message.size()) {
            return fail("a number is cut off");
        }
        const auto byte = static_cast<unsigned char>(m_message[m_place++]);
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80) {
            return true;
        }
    }
    return fail("a number is longer than 64 bits");
}

bool WireReader::readFixed(std::size_t size) {
    if (m_message.size() - m_place < size) {
        return fail("a number is cut off");
    }
    m_number = 0;
    for (std::size_t i = 0; i < size; ++i) {
        m_number |= std::uint64_t{static_cast<unsigned char>(m_message[m_place + i])} << (8U * i);
    }
    m_place += size;
    return true;
}

bool WireReader::next() {
    if (m_fault || m_place == m_message.size()) {
        return false;
    }
    std::uint64_t tag = 0;
    if (!readVarint(tag)) {
        return false;
    }
    if (tag >> 3U == 0 || tag >> 3U > mostFields) {
        return fail("there is no field " + std::to_string(tag >> 3U));
    }
    m_field = static_cast<std::uint32_t>(tag >> 3U);
    switch (tag & 7U) {
        case 0:
            m_type = Type::Varint;
            return readVarint(m_number);
        case 1:
            m_type = Type::Fixed64;
            return readFixed(8);
        case 5:
            m_type = Type::Fixed32;
            return readFixed(4);
        case 2:
            break;
        default:
            return fail("field " + std::to_string(m_field) + " is of kind " + std::to_string(tag & 7U) +
                        ", which has gone out of use");
    }
    m_type = Type::Bytes;
    std::uint64_t size = 0;
    if (!readVarint(size)) {
        return false;
    }
    if (size > m_message.size() - m_place) {
        return fail("field " + std::to_string(m_field) + " says it has " + std::to_string(size) +
                    " bytes, but " + std::to_string(m_message.size() - m_place) + " follow");
    }
    m_bytesAt = m_place;
    m_bytes = m_message.substr(m_place, size);
    m_place += size;
    return true;
}

}  // namespace lexiscope
