// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/aligned_text.h"

#include <algorithm>
#include <utility>

namespace lexiscope {

AlignedText::Origin AlignedText::originOf(std::size_t byte) const {
    if (m_isChanged) {
        return m_origins[byte];
    }
    const auto place = static_cast<std::uint32_t>(byte);
    return {place, place + 1};
}

AlignedText::Origin AlignedText::originOf(std::size_t begin, std::size_t end) const {
    if (!m_isChanged) {
        const auto place = static_cast<std::uint32_t>(begin);
        return {place, static_cast<std::uint32_t>(std::max(begin, end))};
    }
    Origin all{0, 0};
    bool isFound = false;
    for (std::size_t byte = begin; byte < end; ++byte) {
        const Origin one = m_origins[byte];
        if (one.begin == one.end) {
            continue;  // what was added has a place, but says nothing about what it was added to
        }
        all = isFound ? Origin{std::min(all.begin, one.begin), std::max(all.end, one.end)} : one;
        isFound = true;
    }
    if (isFound) {
        return all;
    }
    if (begin < size()) {
        const std::uint32_t place = originOf(begin).begin;
        return {place, place};
    }
    const std::uint32_t place = size() > 0 ? originOf(size() - 1).end : 0;
    return {place, place};
}

ByteSpan AlignedText::sourceOf(std::size_t begin, std::size_t end) const {
    if (!m_isChanged) {
        return {m_offset + begin, m_offset + end};
    }
    const Origin origin = originOf(begin, end);
    return {m_offset + origin.begin, m_offset + origin.end};
}

std::size_t AlignedText::placeOf(std::size_t source) const {
    if (!m_isChanged) {
        return std::min(source - std::min(source, m_offset), size());
    }
    const auto place = std::partition_point(m_origins.begin(), m_origins.end(), [&](const Origin& origin) {
        return m_offset + origin.begin < source;
    });
    return static_cast<std::size_t>(place - m_origins.begin());
}

AlignedText AlignedText::slice(std::size_t begin, std::size_t end) const {
    if (!m_isChanged) {
        return AlignedText(m_source.substr(begin, end - begin), m_offset + begin);
    }
    AlignedText part(m_source, m_offset);
    part.m_isChanged = true;
    part.m_text = m_text.substr(begin, end - begin);
    part.m_origins.assign(m_origins.begin() + static_cast<std::ptrdiff_t>(begin),
                          m_origins.begin() + static_cast<std::ptrdiff_t>(end));
    return part;
}

void TextRewriter::beginChange() {
    if (m_isChanged) {
        return;
    }
    m_isChanged = true;
    // Texts often become a little longer, for a space becomes "▁"; growing later would copy all.
    const std::size_t room = m_from.size() + m_from.size() / 2 + 16;
    m_text.reserve(room);
    m_origins.reserve(room);
    keep(0, m_kept);
}

void TextRewriter::keep(std::size_t begin, std::size_t end) {
    if (!m_isChanged) {
        if (begin == m_kept) {
            m_kept = end;
            return;
        }
        beginChange();
    }
    m_text += m_from.text().substr(begin, end - begin);
    addOrigins(begin, end);
}

void TextRewriter::addOrigins(std::size_t begin, std::size_t end) {
    if (m_from.m_isChanged) {
        const auto first = m_from.m_origins.begin();
        m_origins.insert(m_origins.end(), first + static_cast<std::ptrdiff_t>(begin),
                         first + static_cast<std::ptrdiff_t>(end));
        return;
    }
    std::size_t at = m_origins.size();
    m_origins.resize(at + end - begin);
    for (auto byte = static_cast<std::uint32_t>(begin); byte < end; ++byte, ++at) {
        m_origins[at] = {byte, byte + 1};
    }
}

void TextRewriter::replace(std::size_t begin, std::size_t end, std::string_view with) {
    if (m_from.text().substr(begin, end - begin) == with) {
        return keep(begin, end);
    }
    beginChange();
    m_text += with;
    if (with.size() == end - begin) {
        addOrigins(begin, end);
    } else {
        m_origins.insert(m_origins.end(), with.size(), m_from.originOf(begin, end));
    }
}

void TextRewriter::insert(std::size_t at, std::string_view with) {
    if (with.empty()) {
        return;
    }
    beginChange();
    const std::uint32_t place = m_from.originOf(at, at).begin;
    m_text += with;
    m_origins.insert(m_origins.end(), with.size(), {place, place});
}

AlignedText TextRewriter::take(AlignedText&& from) && {
    if (!m_isChanged && m_kept == from.size()) {
        return std::move(from);
    }
    beginChange();
    AlignedText result(from.m_source, from.m_offset);
    result.m_isChanged = true;
    result.m_text = std::move(m_text);
    result.m_origins = std::move(m_origins);
    return result;
}

}  // namespace lexiscope
