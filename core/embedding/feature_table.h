// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// Things rated by a person: a row for each thing ("cat"), a column for each question ("has fur"), and in
/// each cell how far it holds, from 0 to 10. The rows are vectors made by hand.
///
/// A value: what changes it gives a new one. There is at least one thing and one question. Names are UTF-8
/// without control characters, have no space at their ends, and differ from each other among things and among
/// questions. Errors are InvalidArgument and name what was asked for.
class FeatureTable {
  public:
    static constexpr float leastRating = 0;
    static constexpr float mostRating = 10;
    static constexpr std::size_t mostThings = 5000;
    static constexpr std::size_t mostQuestions = 500;
    static constexpr std::size_t mostRatings = 250'000;
    static constexpr std::size_t longestName = 200;  // bytes

    /// One thing, one question, rated 0.
    FeatureTable();
    /// ratings[t * questions.size() + q]; names are trimmed.
    static Result<FeatureTable> make(const std::vector<std::string>& things,
                                     const std::vector<std::string>& questions, std::vector<float> ratings);

    const std::vector<std::string>& things() const { return m_things; }
    const std::vector<std::string>& questions() const { return m_questions; }
    /// Row-major, things × questions.
    const std::vector<float>& ratings() const { return m_ratings; }
    std::span<const float> ratingsOf(std::size_t thing) const;
    float rating(std::size_t thing, std::size_t question) const;

    /// At the end, with every rating 0.
    Result<FeatureTable> withThing(std::string_view name) const;
    Result<FeatureTable> withQuestion(std::string_view name) const;
    /// The last one stays: InvalidArgument.
    Result<FeatureTable> withoutThing(std::size_t thing) const;
    Result<FeatureTable> withoutQuestion(std::size_t question) const;
    Result<FeatureTable> withThingNamed(std::size_t thing, std::string_view name) const;
    Result<FeatureTable> withQuestionNamed(std::size_t question, std::string_view name) const;
    Result<FeatureTable> withRating(std::size_t thing, std::size_t question, float rating) const;

    bool operator==(const FeatureTable&) const = default;

  private:
    std::vector<std::string> m_things;
    std::vector<std::string> m_questions;
    std::vector<float> m_ratings;
};

/// A name as a table keeps it, without the spaces at its ends; or why it can be none.
Result<std::string> featureName(std::string_view name);

/// `base`, else "base 2", "base 3", …: the first that is not among `names`.
std::string unusedName(std::string_view base, const std::vector<std::string>& names);

/// Another thing, and how far it is: the Euclidean distance of the two rows of ratings.
struct ThingDistance {
    std::size_t thing = 0;
    double distance = 0;
    bool operator==(const ThingDistance&) const = default;
};

/// All other things, nearest first; of equal ones the earlier row.
std::vector<ThingDistance> distancesFrom(const FeatureTable& table, std::size_t thing);

}  // namespace lexiscope
