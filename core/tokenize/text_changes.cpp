// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/text_changes.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <tuple>

namespace lexiscope {
namespace {

/// One of the two texts, taken from left to right.
class Side {
  public:
    explicit Side(const CharacterText& text) : m_text(text), m_least(text.characters.size() + 1) {
        m_least.back() = std::numeric_limits<std::size_t>::max();
        for (std::size_t i = text.characters.size(); i > 0; --i) {
            m_least[i - 1] = std::min(m_least[i], text.characters[i - 1].source.begin);
        }
    }

    bool isAtEnd() const { return m_next == m_text.characters.size(); }
    const ByteSpan& source() const { return m_text.characters[m_next].source; }
    /// The first byte of the source that this character or a later one stands for.
    std::size_t least() const { return m_least[m_next]; }
    void take() { ++m_next; }

    /// What was taken since the last call.
    ByteSpan group() {
        const std::size_t begin =
            m_next == m_groupBegin ? m_done : m_text.characters[m_groupBegin].span.begin;
        m_done = m_next == m_groupBegin ? m_done : m_text.characters[m_next - 1].span.end;
        m_groupBegin = m_next;
        return {begin, m_done};
    }
    std::string_view textOf(const ByteSpan& span) const {
        return m_text.text.substr(span.begin, span.size());
    }

  private:
    const CharacterText& m_text;
    std::vector<std::size_t> m_least;
    std::size_t m_next = 0;
    std::size_t m_groupBegin = 0;
    std::size_t m_done = 0;  // bytes
};

/// Takes the characters that stand for one stretch of the source, as small as it can be.
class Group {
  public:
    Group(Side& before, Side& after) : m_before(before), m_after(after) {
        const auto placeOf = [](const Side& side) {
            return side.isAtEnd() ? std::tuple(std::numeric_limits<std::size_t>::max(), std::size_t{0})
                                  : std::tuple(side.source().begin, side.source().end);
        };
        Side& first = placeOf(after) < placeOf(before) ? after : before;
        m_stretch = first.source();
        first.take();
        while (grow(m_before) || grow(m_after)) {
        }
    }

  private:
    bool grow(Side& side) {
        if (side.isAtEnd()) {
            return false;
        }
        const ByteSpan& source = side.source();
        const bool isSamePlace = m_stretch.size() == 0 && source == m_stretch;
        if (!isSamePlace && side.least() >= m_stretch.end) {
            return false;
        }
        m_stretch.begin = std::min(m_stretch.begin, source.begin);
        m_stretch.end = std::max(m_stretch.end, source.end);
        side.take();
        return true;
    }

    Side& m_before;
    Side& m_after;
    ByteSpan m_stretch;
};

ChangeKind kindOf(std::string_view before, std::string_view after) {
    if (before == after) {
        return ChangeKind::Kept;
    }
    return before.empty() ? ChangeKind::Inserted : after.empty() ? ChangeKind::Removed : ChangeKind::Replaced;
}

void add(std::vector<TextChange>& changes, const TextChange& change) {
    if (!changes.empty() && changes.back().kind == change.kind && change.kind != ChangeKind::Replaced) {
        changes.back().before.end = change.before.end;
        changes.back().after.end = change.after.end;
    } else {
        changes.push_back(change);
    }
}

}  // namespace

std::vector<TextChange> changesBetween(const CharacterText& before, const CharacterText& after) {
    Side old(before);
    Side fresh(after);
    std::vector<TextChange> changes;
    while (!old.isAtEnd() || !fresh.isAtEnd()) {
        const Group group(old, fresh);
        const ByteSpan oldSpan = old.group();
        const ByteSpan freshSpan = fresh.group();
        add(changes, {kindOf(old.textOf(oldSpan), fresh.textOf(freshSpan)), oldSpan, freshSpan});
    }
    return changes;
}

ByteSpan followed(std::span<const TextChange> changes, const ByteSpan& before) {
    const auto first = std::partition_point(changes.begin(), changes.end(), [&](const TextChange& change) {
        return change.before.end <= before.begin;
    });
    const auto behind = std::partition_point(
        first, changes.end(), [&](const TextChange& change) { return change.before.begin < before.end; });
    if (first == behind) {
        const std::size_t place = first == changes.begin() ? 0 : (first - 1)->after.end;
        return {place, place};
    }
    const TextChange& last = *(behind - 1);
    const auto plus = [](const TextChange& change, std::size_t place) {
        return change.after.begin + (place - change.before.begin);
    };
    const bool beginsInside = first->kind == ChangeKind::Kept && before.begin > first->before.begin;
    const bool endsInside = last.kind == ChangeKind::Kept && before.end < last.before.end;
    return {beginsInside ? plus(*first, before.begin) : first->after.begin,
            endsInside ? plus(last, before.end) : last.after.end};
}

}  // namespace lexiscope
