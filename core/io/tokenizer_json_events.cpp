// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_events.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <string>

namespace lexiscope {
namespace {

constexpr std::size_t valuesBetweenStopChecks = 4096;
/// Nothing deeper is looked at, and what is not looked at takes no memory.
constexpr std::size_t deepest = 4;
/// Values of the tree are copied one within the other, so they must not be nested without end.
constexpr std::size_t deepestOfTree = 16;

/// A number with a point or an exponent as Hugging Face's program reads it: its digits as one whole number,
/// those beyond 64 bits left out, times or through a power of ten. That may be off by the last bit, and with
/// it goes the choice between ways of scores that add up to the same. `number` where that is out of range.
double likeTheOtherProgram(std::string_view digits, double number) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    constexpr int highest = 308;
    std::uint64_t whole = 0;
    int exponent = 0;
    bool isBehindPoint = false;
    bool isFull = false;
    const std::size_t end = std::min(digits.find_first_of("eE"), digits.size());
    for (const char sign : digits.substr(0, end)) {
        isBehindPoint = isBehindPoint || sign == '.';
        if (sign < '0' || sign > '9') {
            continue;
        }
        const auto digit = static_cast<std::uint64_t>(sign - '0');
        isFull = isFull || whole > (most - digit) / 10;
        whole = isFull ? whole : whole * 10 + digit;
        exponent += isFull ? (isBehindPoint ? 0 : 1) : (isBehindPoint ? -1 : 0);
    }
    if (end < digits.size()) {
        const std::string power(digits.substr(end + 1));
        exponent += static_cast<int>(std::clamp(std::strtol(power.c_str(), nullptr, 10), -9999L, 9999L));
    }
    if (exponent < -highest || exponent > highest) {
        return number;
    }
    // Powers of ten as the table of that program has them: the double next to each.
    const double power = std::strtod(("1e" + std::to_string(std::abs(exponent))).c_str(), nullptr);
    const double size =
        exponent < 0 ? static_cast<double>(whole) / power : static_cast<double>(whole) * power;
    return digits.starts_with('-') ? -size : size;
}

/// What each added token must have.
constexpr std::array<std::string_view, 7> settingsOfAdded = {"id",     "content",    "single_word", "lstrip",
                                                             "rstrip", "normalized", "special"};

/// Null where that is no flag.
bool* flagOf(AddedEntry& token, std::string_view name) {
    return name == "special"       ? &token.isSpecial
           : name == "single_word" ? &token.isSingleWord
           : name == "lstrip"      ? &token.takesLeft
           : name == "rstrip"      ? &token.takesRight
           : name == "normalized"  ? &token.isNormalized
                                   : nullptr;
}

}  // namespace

TokenizerJsonEvents::TokenizerJsonEvents(std::string name, Progress& progress)
    : JsonEvents(std::move(name)), m_progress(progress) {}

std::optional<std::string> TokenizerJsonEvents::setting(const std::string& path) const {
    const auto found = m_settings.find(path);
    return found == m_settings.end() || found->second == "null" ? std::nullopt : std::optional(found->second);
}

bool TokenizerJsonEvents::isIn(std::size_t depth, std::string_view first) const {
    return m_depth == depth && m_frames[0].key == first;
}

TokenizerJsonEvents::Place TokenizerJsonEvents::place() const {
    const bool isInVocabulary = isIn(3, "model") && m_frames[1].key == "vocab";
    if (isInVocabulary) {
        return m_frames[2].isList ? Place::ScoredList : Place::Vocabulary;
    }
    if (isIn(4, "model") && m_frames[1].key == "vocab" && m_frames[2].isList) {
        return Place::ScoredPair;
    }
    if ((isIn(3, "model") || isIn(4, "model")) && m_frames[1].key == "merges" && m_frames[2].isList) {
        return m_depth == 3 ? Place::Merges : Place::Pair;
    }
    if ((isIn(2, "added_tokens") || isIn(3, "added_tokens")) && m_frames[1].isList) {
        return m_depth == 2 ? Place::AddedTokens : Place::AddedToken;
    }
    return Place::Other;
}

bool TokenizerJsonEvents::isOfTree() const {
    const bool isLarge = (m_depth >= 1 && m_frames[0].key == "added_tokens") ||
                         (m_depth >= 2 && (m_frames[1].key == "vocab" || m_frames[1].key == "merges"));
    return !isLarge && m_depth < deepestOfTree;
}

bool TokenizerJsonEvents::key(string_t& name) {
    if (m_depth <= deepest) {
        m_frames.back().key = name;
    }
    if (isOfTree()) {
        m_tree.key(std::move(name));
    }
    return true;
}

bool TokenizerJsonEvents::open(bool isList) {
    if (isOfTree()) {
        m_tree.open(isList);
    }
    const Place where = place();
    if (where == Place::AddedToken && !addToAddedToken({}, Kind::Other, 0)) {
        return false;
    }
    if (where == Place::Vocabulary) {
        return addVocabularyEntry(Kind::Other, 0);
    }
    if (where == Place::ScoredPair || (where == Place::ScoredList && !isList)) {
        return addToScoredPair({}, Kind::Other);
    }
    if (where == Place::ScoredList) {
        m_partsOfScored = 0;
    } else if (where == Place::Pair || (where == Place::Merges && !isList)) {
        return addPart({}, Kind::Other);
    }
    if (where == Place::Merges) {
        m_partsOfMerge = 0;
        m_merges.emplace_back();
    } else if (where == Place::AddedTokens) {
        m_added.emplace_back();
        m_seenOfAdded = 0;
    } else if (where == Place::Other) {
        value(isList ? "[" : "{", Kind::Other);
    }
    if (m_depth++ < deepest) {
        m_frames.push_back({isList, {}});
    }
    return true;
}

bool TokenizerJsonEvents::close() {
    if (place() == Place::ScoredPair && m_partsOfScored != 2) {
        return addToScoredPair({}, Kind::Other);
    }
    if (place() == Place::Pair && m_partsOfMerge != 2) {
        return addPart({}, Kind::Other);
    }
    if (place() == Place::AddedToken && !isAddedTokenWhole()) {
        return false;
    }
    if (--m_depth < deepest) {
        m_frames.pop_back();
    }
    if (isOfTree()) {
        m_tree.close();
    }
    return true;
}

bool TokenizerJsonEvents::null() {
    addToTree(nullptr);
    return value("null", Kind::Other);
}

bool TokenizerJsonEvents::boolean(bool is) {
    addToTree(is);
    return value(is ? "true" : "false", Kind::Boolean);
}

bool TokenizerJsonEvents::string(string_t& text) {
    addToTree(text);
    return value(text, Kind::String);
}

bool TokenizerJsonEvents::number_integer(number_integer_t number) {
    addToTree(number);
    m_number = static_cast<double>(number);
    return value(std::to_string(number), Kind::Other);
}

bool TokenizerJsonEvents::number_float(number_float_t number, const string_t& digits) {
    addToTree(number);
    m_number = likeTheOtherProgram(digits, number);
    return value(digits, Kind::Other);
}

bool TokenizerJsonEvents::number_unsigned(number_unsigned_t number) {
    addToTree(number);
    m_number = static_cast<double>(number);
    return value(std::to_string(number), Kind::Number, number);
}

bool TokenizerJsonEvents::value(std::string_view text, Kind kind, std::uint64_t number) {
    switch (place()) {
        case Place::Vocabulary:
            return addVocabularyEntry(kind, number);
        case Place::ScoredList:
            return addToScoredPair({}, Kind::String);
        case Place::ScoredPair:
            return addToScoredPair(text, kind);
        case Place::Merges:
            return addMerge(text, kind);
        case Place::Pair:
            return addPart(text, kind);
        case Place::AddedTokens:
            return broken("added_tokens[" + std::to_string(m_added.size()) + "]", "is no object");
        case Place::AddedToken:
            return addToAddedToken(text, kind, number);
        case Place::Other:
            break;
    }
    if (m_depth == 1) {
        m_settings[m_frames[0].key] = text;
    } else if (m_depth == 2 && !m_frames[1].isList) {
        m_settings[m_frames[0].key + "." + m_frames[1].key] = text;
    }
    return true;
}

bool TokenizerJsonEvents::addVocabularyEntry(Kind kind, std::uint64_t number) {
    if (kind != Kind::Number || number >= std::numeric_limits<std::uint32_t>::max()) {
        return broken("model.vocab", "token " + quotedForError(m_frames.back().key) +
                                         " has no whole number from 0 on as its ID");
    }
    m_vocabulary.push_back({m_frames.back().key, static_cast<std::uint32_t>(number), ", model.vocab"});
    return m_vocabulary.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::addMerge(std::string_view text, Kind kind) {
    const std::size_t space = kind == Kind::String ? text.find(' ') : std::string_view::npos;
    if (space == std::string_view::npos || text.find(' ', space + 1) != std::string_view::npos) {
        return broken("model.merges",
                      "merge " + std::to_string(m_merges.size() + 1) + " is no pair of tokens");
    }
    m_merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    return m_merges.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

/// ["the", -3.2]: first the token, then its score.
bool TokenizerJsonEvents::addToScoredPair(std::string_view text, Kind kind) {
    const bool isNumber = kind == Kind::Number || (kind == Kind::Other && !text.empty() && text != "null");
    const bool isExpected = m_partsOfScored == 0 ? kind == Kind::String : m_partsOfScored == 1 && isNumber;
    if (!isExpected || place() != Place::ScoredPair) {
        return broken("model.vocab",
                      "entry " + std::to_string(m_scores.size()) + " is no token and its score");
    }
    if (m_partsOfScored++ == 0) {
        m_vocabulary.push_back(
            {std::string(text), static_cast<std::uint32_t>(m_vocabulary.size()), ", model.vocab"});
        return true;
    }
    m_scores.push_back(m_number);
    return m_scores.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::addPart(std::string_view text, Kind kind) {
    if (kind != Kind::String || m_partsOfMerge == 2) {
        return broken("model.merges", "merge " + std::to_string(m_merges.size()) + " is no pair of tokens");
    }
    (m_partsOfMerge++ == 0 ? m_merges.back().first : m_merges.back().second) = text;
    return m_merges.size() % valuesBetweenStopChecks != 0 || !isStopped();
}

bool TokenizerJsonEvents::addToAddedToken(std::string_view text, Kind kind, std::uint64_t number) {
    AddedEntry& token = m_added.back();
    const std::string& name = m_frames.back().key;
    if (name == "content") {
        if (kind != Kind::String) {
            return brokenAddedToken("content is not a text");
        }
        token.content = text;
    } else if (name == "id") {
        if (kind != Kind::Number || number >= std::numeric_limits<std::uint32_t>::max()) {
            return brokenAddedToken("id is no whole number from 0 on");
        }
        token.id = static_cast<std::uint32_t>(number);
    } else if (bool* flag = flagOf(token, name)) {
        if (kind != Kind::Boolean) {
            return brokenAddedToken(name + " is not true or false");
        }
        *flag = text == "true";
    }
    const auto* const at = std::find(settingsOfAdded.begin(), settingsOfAdded.end(), name);
    m_seenOfAdded |= 1U << static_cast<unsigned>(at - settingsOfAdded.begin());
    return true;
}

bool TokenizerJsonEvents::isAddedTokenWhole() {
    for (unsigned i = 0; i < settingsOfAdded.size(); ++i) {
        if ((m_seenOfAdded & (1U << i)) == 0) {
            return brokenAddedToken("has no " + std::string(settingsOfAdded.at(i)));
        }
    }
    return true;
}

bool TokenizerJsonEvents::brokenAddedToken(std::string what) {
    return broken("added_tokens[" + std::to_string(m_added.size() - 1) + "]", std::move(what));
}

bool TokenizerJsonEvents::broken(std::string_view part, std::string what) {
    return fail(ErrorCode::Broken, ", " + std::string(part), std::move(what),
                "the file may be damaged: fetch it again");
}

bool TokenizerJsonEvents::isStopped() {
    if (!m_progress.stopRequested()) {
        return false;
    }
    fail(ErrorCode::Cancelled, {}, {});
    return true;
}

}  // namespace lexiscope
