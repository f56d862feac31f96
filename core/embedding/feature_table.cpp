// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/feature_table.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/embedding/distances.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <unordered_set>
#include <utility>

namespace lexiscope {
namespace {

Error invalid(std::string where, std::string what, std::string hint = {}) {
    return {ErrorCode::InvalidArgument, std::move(where), std::move(what), std::move(hint)};
}

/// What is said of one that is there already.
Error taken(const std::string& name) {
    return invalid(name, "is there already", "give it another name");
}

bool isControl(char32_t character) {
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

Result<Done> checkSize(std::size_t things, std::size_t questions) {
    if (things == 0 || questions == 0) {
        return invalid({}, things == 0 ? "there is no thing" : "there is no question", "add one");
    }
    if (things > FeatureTable::mostThings || questions > FeatureTable::mostQuestions ||
        things * questions > FeatureTable::mostRatings) {
        return invalid({}, grouped(things) + " things × " + grouped(questions) + " questions are too many",
                       "at most " + grouped(FeatureTable::mostThings) + " × " +
                           grouped(FeatureTable::mostQuestions) + " and " +
                           grouped(FeatureTable::mostRatings) + " ratings");
    }
    return Done{};
}

Result<std::vector<std::string>> checkedNames(const std::vector<std::string>& names) {
    std::vector<std::string> checked;
    std::unordered_set<std::string> seen;
    checked.reserve(names.size());
    for (const std::string& each : names) {
        Result<std::string> name = featureName(each);
        if (!name.ok()) {
            return name.error();
        }
        if (!seen.insert(name.value()).second) {
            return taken(name.value());
        }
        checked.push_back(std::move(name).value());
    }
    return checked;
}

/// NaN is none.
bool isRating(float value) {
    return value >= FeatureTable::leastRating && value <= FeatureTable::mostRating;
}

Error noRating(float value) {
    return invalid(std::to_string(value), "is no rating", "a number from 0 to 10");
}

/// The name if it may stand at place `except` of `names`, or after them.
Result<std::string> nameFor(const std::vector<std::string>& names, std::string_view asked,
                            std::optional<std::size_t> except) {
    Result<std::string> name = featureName(asked);
    if (name.ok()) {
        const auto found = std::find(names.begin(), names.end(), name.value());
        if (found != names.end() && static_cast<std::size_t>(found - names.begin()) != except) {
            return taken(name.value());
        }
    }
    return name;
}

}  // namespace

Result<std::string> featureName(std::string_view name) {
    const std::size_t first = name.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return invalid({}, "a name has at least one character");
    }
    name = name.substr(first, name.find_last_not_of(' ') + 1 - first);
    if (name.size() > FeatureTable::longestName) {
        return invalid(displayText(name.substr(0, 40)) + "…",
                       "is longer than " + grouped(FeatureTable::longestName) + " bytes", "shorten it");
    }
    for (std::size_t at = 0; at < name.size();) {
        const CodePoint point = codePointAt(name, at);
        if (!point.valid || isControl(point.value)) {
            return invalid(
                displayText(name),
                point.valid ? "has a line's end or another control character in it" : "is no UTF-8",
                "take it out");
        }
        at += point.size;
    }
    return std::string(name);
}

std::string unusedName(std::string_view base, const std::vector<std::string>& names) {
    std::string name(base);
    for (std::size_t number = 2; std::find(names.begin(), names.end(), name) != names.end(); ++number) {
        name = std::string(base) + " " + std::to_string(number);
    }
    return name;
}

FeatureTable::FeatureTable() : m_things{"thing"}, m_questions{"question"}, m_ratings{leastRating} {}

Result<FeatureTable> FeatureTable::make(const std::vector<std::string>& things,
                                        const std::vector<std::string>& questions,
                                        std::vector<float> ratings) {
    assert(ratings.size() == things.size() * questions.size());
    if (const Result<Done> sound = checkSize(things.size(), questions.size()); !sound.ok()) {
        return sound.error();
    }
    Result<std::vector<std::string>> checkedThings = checkedNames(things);
    if (!checkedThings.ok()) {
        return checkedThings.error();
    }
    Result<std::vector<std::string>> checkedQuestions = checkedNames(questions);
    if (!checkedQuestions.ok()) {
        return checkedQuestions.error();
    }
    const auto wrong = std::find_if_not(ratings.begin(), ratings.end(), isRating);
    if (wrong != ratings.end()) {
        return noRating(*wrong);
    }
    FeatureTable table;
    table.m_things = std::move(checkedThings).value();
    table.m_questions = std::move(checkedQuestions).value();
    table.m_ratings = std::move(ratings);
    return table;
}

std::span<const float> FeatureTable::ratingsOf(std::size_t thing) const {
    return std::span(m_ratings).subspan(thing * m_questions.size(), m_questions.size());
}

float FeatureTable::rating(std::size_t thing, std::size_t question) const {
    return ratingsOf(thing)[question];
}

Result<FeatureTable> FeatureTable::withThing(std::string_view asked) const {
    Result<std::string> name = nameFor(m_things, asked, std::nullopt);
    const Result<Done> fits = checkSize(m_things.size() + 1, m_questions.size());
    if (!name.ok() || !fits.ok()) {
        return name.ok() ? fits.error() : name.error();
    }
    FeatureTable table = *this;
    table.m_things.push_back(std::move(name).value());
    table.m_ratings.resize(m_ratings.size() + m_questions.size(), leastRating);
    return table;
}

Result<FeatureTable> FeatureTable::withQuestion(std::string_view asked) const {
    Result<std::string> name = nameFor(m_questions, asked, std::nullopt);
    const Result<Done> fits = checkSize(m_things.size(), m_questions.size() + 1);
    if (!name.ok() || !fits.ok()) {
        return name.ok() ? fits.error() : name.error();
    }
    FeatureTable table = *this;
    table.m_questions.push_back(std::move(name).value());
    table.m_ratings.clear();
    for (std::size_t thing = 0; thing < m_things.size(); ++thing) {
        const std::span<const float> row = ratingsOf(thing);
        table.m_ratings.insert(table.m_ratings.end(), row.begin(), row.end());
        table.m_ratings.push_back(leastRating);
    }
    return table;
}

Result<FeatureTable> FeatureTable::withoutThing(std::size_t thing) const {
    assert(thing < m_things.size());
    if (m_things.size() == 1) {
        return invalid(m_things.front(), "is the only thing", "add another one first");
    }
    FeatureTable table = *this;
    table.m_things.erase(table.m_things.begin() + static_cast<std::ptrdiff_t>(thing));
    const auto row = table.m_ratings.begin() + static_cast<std::ptrdiff_t>(thing * m_questions.size());
    table.m_ratings.erase(row, row + static_cast<std::ptrdiff_t>(m_questions.size()));
    return table;
}

Result<FeatureTable> FeatureTable::withoutQuestion(std::size_t question) const {
    assert(question < m_questions.size());
    if (m_questions.size() == 1) {
        return invalid(m_questions.front(), "is the only question", "add another one first");
    }
    FeatureTable table = *this;
    table.m_questions.erase(table.m_questions.begin() + static_cast<std::ptrdiff_t>(question));
    table.m_ratings.clear();
    for (std::size_t at = 0; at < m_ratings.size(); ++at) {
        if (at % m_questions.size() != question) {
            table.m_ratings.push_back(m_ratings[at]);
        }
    }
    return table;
}

Result<FeatureTable> FeatureTable::withThingNamed(std::size_t thing, std::string_view asked) const {
    assert(thing < m_things.size());
    Result<std::string> name = nameFor(m_things, asked, thing);
    if (!name.ok()) {
        return name.error();
    }
    FeatureTable table = *this;
    table.m_things[thing] = std::move(name).value();
    return table;
}

Result<FeatureTable> FeatureTable::withQuestionNamed(std::size_t question, std::string_view asked) const {
    assert(question < m_questions.size());
    Result<std::string> name = nameFor(m_questions, asked, question);
    if (!name.ok()) {
        return name.error();
    }
    FeatureTable table = *this;
    table.m_questions[question] = std::move(name).value();
    return table;
}

Result<FeatureTable> FeatureTable::withRating(std::size_t thing, std::size_t question, float rating) const {
    assert(thing < m_things.size() && question < m_questions.size());
    if (!isRating(rating)) {
        return noRating(rating);
    }
    FeatureTable table = *this;
    table.m_ratings[thing * m_questions.size() + question] = rating;
    return table;
}

std::vector<ThingDistance> distancesFrom(const FeatureTable& table, std::size_t thing) {
    assert(thing < table.things().size());
    std::vector<ThingDistance> others;
    for (std::size_t other = 0; other < table.things().size(); ++other) {
        if (other != thing) {
            others.push_back({other, euclidean(table.ratingsOf(thing), table.ratingsOf(other))});
        }
    }
    std::stable_sort(others.begin(), others.end(),
                     [](const ThingDistance& a, const ThingDistance& b) { return a.distance < b.distance; });
    return others;
}

}  // namespace lexiscope
