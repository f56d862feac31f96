// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vocab_json.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/tokenize/unused_id.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

namespace lexiscope {
namespace {

constexpr std::string_view objectHint = "the file holds one object of token and ID: {\"the\": 0, …}";
constexpr std::size_t keysBetweenStopChecks = 4096;
constexpr std::size_t mostUnusedIds = 1U << 16U;

/// Walks over the text and tells, through a place that outlives it, how far the parser has read.
struct CountingIterator {
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at = nullptr;
    const char** furthest = nullptr;

    reference operator*() const { return *at; }
    CountingIterator& operator++() {
        *furthest = ++at;
        return *this;
    }
    CountingIterator operator++(int) {
        const CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at == other.at; }
    bool operator!=(const CountingIterator& other) const { return at != other.at; }
};

/// The parser's events. The parser keeps its own stack, and nesting ends at the first inner bracket here, so
/// that deep nesting costs nothing.
class VocabHandler final : public nlohmann::json_sax<nlohmann::json> {
  public:
    VocabHandler(std::string_view json, std::string_view name, Progress& progress)
        : m_json(json), m_name(name), m_progress(progress), m_at(json.data()) {}

    Result<std::vector<std::string>> parse(std::vector<std::string>* warnings) {
        const CountingIterator begin{m_json.data(), &m_at};
        const CountingIterator end{m_json.data() + m_json.size(), &m_at};
        const bool whole = nlohmann::json::sax_parse(begin, end, this);
        if (m_error) {
            return std::move(*m_error);
        }
        if (!whole || m_entries.empty()) {
            return broken("the vocabulary is empty", objectHint);
        }
        std::optional<std::string> unused = nameUnusedIds(m_entries);
        if (unused && warnings != nullptr) {
            warnings->push_back(*std::move(unused));
        }
        return spellingsById(std::move(m_entries), m_name);
    }

    bool start_object(std::size_t) override {
        return m_open ? refuse("a token has an object instead of an ID") : (m_open = true);
    }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return refuseValue("an array"); }
    bool end_array() override { return true; }
    bool null() override { return refuseValue("null"); }
    bool boolean(bool) override { return refuseValue("true or false"); }
    bool number_float(double, const std::string& digits) override {
        return refuseValue("the number " + quotedForError(digits) + ", which is no whole number from 0 on,");
    }
    bool number_integer(std::int64_t value) override {
        return refuseValue("the negative number " + std::to_string(value));
    }
    bool string(std::string&) override { return refuseValue("a string"); }
    bool binary(nlohmann::json::binary_t&) override { return refuseValue("binary data"); }

    bool key(std::string& spelling) override {
        if (m_entries.size() % keysBetweenStopChecks == 0) {
            if (m_progress.stopRequested()) {
                m_error = cancelled();
                return false;
            }
            m_progress.report(byte(), m_json.size(), "bytes");
        }
        m_key = std::move(spelling);
        return true;
    }

    bool number_unsigned(std::uint64_t id) override {
        if (!m_open) {
            return refuseValue("a number");
        }
        // An entry takes five bytes at the least ("":0,), which bounds the IDs but for those left out before
        // any room is made for them.
        if (id > m_json.size() / 5 + mostUnusedIds) {
            return refuse("token " + quotedForError(m_key) + " has the ID " + std::to_string(id) +
                          ", more than the file has tokens");
        }
        m_entries.push_back(
            {std::move(m_key), static_cast<std::uint32_t>(id), ", byte " + std::to_string(byte())});
        return true;
    }

    bool parse_error(std::size_t, const std::string& token,
                     const nlohmann::json::exception& exception) override {
        if (m_json.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            return refuse("the file is empty");
        }
        if (exception.id == 406) {
            return refuse("the number " + quotedForError(token) + " is too large for an ID");
        }
        return refuse("this is no sound JSON, from " + quotedForError(token) + " on");
    }

  private:
    std::size_t byte() const { return static_cast<std::size_t>(m_at - m_json.data()); }

    Error broken(std::string what, std::string_view hint) const {
        return {ErrorCode::Broken, std::string(m_name) + ", byte " + std::to_string(byte()), std::move(what),
                std::string(hint)};
    }

    bool refuse(std::string what) {
        m_error = broken(std::move(what), objectHint);
        return false;
    }
    bool refuseValue(const std::string& what) {
        return m_open ? refuse("token " + quotedForError(m_key) + " has " + what + " instead of an ID")
                      : refuse("the file holds " + what + " instead of an object");
    }

    std::string_view m_json;
    std::string_view m_name;
    Progress& m_progress;
    const char* m_at;
    bool m_open = false;
    std::string m_key;
    std::vector<VocabEntry> m_entries;
    std::optional<Error> m_error;
};

}  // namespace

Result<std::vector<std::string>> parseVocabJson(std::string_view json, std::string_view name,
                                                Progress& progress, std::vector<std::string>* warnings) {
    return VocabHandler(json, name, progress).parse(warnings);
}

std::optional<std::string> nameUnusedIds(std::vector<VocabEntry>& entries) {
    std::uint32_t last = 0;
    for (const VocabEntry& entry : entries) {
        last = std::max(last, entry.id);
    }
    if (entries.empty() || last >= entries.size() + mostUnusedIds) {
        return std::nullopt;
    }
    std::vector<bool> isUsed(std::size_t{last} + 1);
    for (const VocabEntry& entry : entries) {
        isUsed[entry.id] = true;
    }
    const auto first =
        static_cast<std::size_t>(std::find(isUsed.begin(), isUsed.end(), false) - isUsed.begin());
    std::size_t count = 0;
    for (std::size_t id = first; id < isUsed.size(); ++id) {
        if (!isUsed[id]) {
            entries.push_back({nameOfUnused(id), static_cast<std::uint32_t>(id), ", unused IDs"});
            ++count;
        }
    }
    if (count == 0) {
        return std::nullopt;
    }
    return count == 1
               ? "no token has the ID " + std::to_string(first) + ": it is named “" + nameOfUnused(first) +
                     "”"
               : grouped(count) + " IDs below the highest have no token, the first " + std::to_string(first) +
                     ": they are named “" + nameOfUnused(first) + "” and so on";
}

Result<std::vector<std::string>> spellingsById(std::vector<VocabEntry> entries, std::string_view name,
                                               SpelledTwice twice) {
    const std::size_t count = entries.size();
    std::vector<std::uint32_t> holder(count, 0);  // 1 + place in entries
    std::unordered_map<std::string_view, std::size_t> places;
    places.reserve(count);
    const auto broken = [name](const VocabEntry& entry, const std::string& what, std::string_view hint) {
        return Error{ErrorCode::Broken, std::string(name) + entry.place,
                     "token " + quotedForError(entry.spelling) + what, std::string(hint)};
    };
    for (std::size_t place = 0; place < count; ++place) {
        const VocabEntry& entry = entries[place];
        if (entry.id >= count) {
            return broken(entry,
                          " has the ID " + std::to_string(entry.id) + ", but there are only " +
                              std::to_string(count) + " tokens",
                          "the IDs go from 0 on without a gap");
        }
        if (!places.emplace(entry.spelling, place).second && twice == SpelledTwice::IsBroken) {
            return broken(entry, " stands here a second time", "each token has one ID");
        }
        std::uint32_t& held = holder[entry.id];
        if (held != 0) {
            return broken(entry,
                          " has the ID " + std::to_string(entry.id) + " of token " +
                              quotedForError(entries[held - 1].spelling),
                          "each ID belongs to one token");
        }
        held = static_cast<std::uint32_t>(place + 1);
    }
    std::vector<std::string> spellings(count);
    for (VocabEntry& entry : entries) {
        spellings[entry.id] = std::move(entry.spelling);
    }
    return spellings;
}

std::string quotedForError(std::string_view text) {
    constexpr std::size_t most = 60;
    std::size_t end = 0;
    while (end < text.size() && end < most) {
        end += codePointAt(text, end).size;
    }
    std::string quoted(1, '"');
    quoted += displayText(text.substr(0, end));
    quoted += end < text.size() ? "…\"" : "\"";
    return quoted;
}

}  // namespace lexiscope
