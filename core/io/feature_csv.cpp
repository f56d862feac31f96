// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/feature_csv.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/csv_line.h"
#include "core/io/csv_reader.h"
#include "core/io/decimal.h"
#include "core/tokenize/word_level.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// Holds the first two lines of any table that is not made to be odd.
constexpr std::size_t sampleSize = 64 << 10;
/// More bytes than the largest table takes with the longest names there are.
constexpr std::uint64_t mostBytes = 16 << 20;
constexpr std::size_t longestQuote = 40;  // bytes of a field in an error

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// A number from 0 to 10; where commas do not separate fields, one may stand for the point.
std::optional<float> ratingIn(std::string_view field, char separator) {
    std::string digits(trimmed(field));
    if (separator != ',') {
        std::replace(digits.begin(), digits.end(), ',', '.');
    }
    float value = 0;
    const char* end = digits.data() + digits.size();
    if (digits.empty() || readDecimal(digits.data(), end, value) != end) {
        return std::nullopt;
    }
    const bool isRating = value >= FeatureTable::leastRating && value <= FeatureTable::mostRating;
    return isRating ? std::optional(value) : std::nullopt;
}

class FeatureReader {
  public:
    FeatureReader(std::string_view text, const std::filesystem::path& path)
        : m_path(path), m_separator(csvSeparator(text)), m_records(text, m_separator) {}

    Result<FeatureTable> read() {
        if (const Result<Done> begun = readQuestions(); !begun.ok()) {
            return begun.error();
        }
        while (true) {
            Result<std::optional<CsvRecord>> record = m_records.next();
            if (!record.ok()) {
                return inFile(record.error());
            }
            if (!record.value()) {
                break;
            }
            if (const Result<Done> read = readThing(*record.value()); !read.ok()) {
                return read.error();
            }
        }
        if (m_things.empty()) {
            return broken("line 2", "there is no thing after the questions",
                          "a line for each thing: its name and a rating for each question");
        }
        Result<FeatureTable> table = FeatureTable::make(m_things, m_questions, std::move(m_ratings));
        return table.ok() ? std::move(table) : inFile(table.error());
    }

  private:
    Error broken(const std::string& place, std::string what, std::string hint) const {
        return {ErrorCode::Broken, m_path.string() + ", " + place, std::move(what), std::move(hint)};
    }
    Error inFile(const Error& error) const {
        return {ErrorCode::Broken, m_path.string() + (error.where.empty() ? "" : ", ") + error.where,
                error.what, error.hint};
    }
    Error tooMany(std::string_view what, std::size_t most) const {
        return {ErrorCode::Unsupported, m_path.string(),
                "has more than " + grouped(most) + " " + std::string(what), "leave some out"};
    }

    using Places = std::unordered_map<std::string, std::uint64_t>;
    /// The name in that field, if no field before it has the same.
    Result<std::string> nameIn(const CsvField& field, Places& places, std::string_view what) const {
        Result<std::string> name = featureName(field.text);
        if (!name.ok()) {
            const bool isEmpty = trimmed(field.text).empty();
            return broken(csvPlace(field),
                          isEmpty ? "the " + std::string(what) + " has no name"
                                  : "the name “" + name.error().where + "” " + name.error().what,
                          isEmpty ? "give it one" : name.error().hint);
        }
        const auto [place, isNew] = places.emplace(name.value(), field.line);
        if (!isNew) {
            return broken(csvPlace(field),
                          "the " + std::string(what) + " “" + name.value() + "” is there already, in line " +
                              std::to_string(place->second),
                          "give it another name");
        }
        return name;
    }

    Result<Done> readQuestions() {
        Result<std::optional<CsvRecord>> record = m_records.next();
        if (!record.ok()) {
            return inFile(record.error());
        }
        if (!record.value() || record.value()->size() < 2) {
            return broken("line 1", "names no question",
                          "the first line: “thing”, then the questions, with commas between them");
        }
        const CsvRecord& fields = *record.value();
        if (fields.size() - 1 > FeatureTable::mostQuestions) {
            return tooMany("questions", FeatureTable::mostQuestions);
        }
        Places places;
        for (std::size_t i = 1; i < fields.size(); ++i) {
            Result<std::string> name = nameIn(fields[i], places, "question");
            if (!name.ok()) {
                return name.error();
            }
            m_questions.push_back(std::move(name).value());
        }
        return Done{};
    }

    Result<Done> readThing(const CsvRecord& fields) {
        if (fields.size() != m_questions.size() + 1) {
            return broken("line " + std::to_string(fields.front().line),
                          grouped(fields.size()) + " fields, where the first line has " +
                              grouped(m_questions.size() + 1),
                          m_separator == ',' ? "decimals have a point, and names with a comma stand in quotes"
                                             : "a rating for each question");
        }
        if (m_things.size() == FeatureTable::mostThings ||
            m_ratings.size() + m_questions.size() > FeatureTable::mostRatings) {
            return m_things.size() == FeatureTable::mostThings
                       ? tooMany("things", FeatureTable::mostThings)
                       : tooMany("ratings", FeatureTable::mostRatings);
        }
        Result<std::string> name = nameIn(fields.front(), m_placesOfThings, "thing");
        if (!name.ok()) {
            return name.error();
        }
        m_things.push_back(std::move(name).value());
        for (std::size_t i = 1; i < fields.size(); ++i) {
            const std::optional<float> rating = ratingIn(fields[i].text, m_separator);
            if (!rating) {
                const bool isEmpty = trimmed(fields[i].text).empty();
                return broken(csvPlace(fields[i]),
                              isEmpty ? "a rating is missing"
                                      : "“" + displayText(fields[i].text.substr(0, longestQuote)) +
                                            "” is no number from 0 to 10",
                              "0 for not at all, 10 for fully");
            }
            m_ratings.push_back(*rating);
        }
        return Done{};
    }

    const std::filesystem::path& m_path;
    char m_separator;
    CsvReader m_records;
    std::vector<std::string> m_questions;
    std::vector<std::string> m_things;
    std::vector<float> m_ratings;
    Places m_placesOfThings;
};

std::string stemOf(const std::filesystem::path& path) {
    return path.stem().string();
}

Result<FeatureTable> readSource(const MappedFile& file) {
    if (file.size() > mostBytes) {
        return Error{ErrorCode::Unsupported, file.path().string(),
                     "is a table of " + grouped(file.size()) + " bytes, more than one made by hand has",
                     "leave some of it out"};
    }
    Result<FeatureTable> table = readFeatureCsv(file.text(), file.path());
    if (const Result<Done> read = file.check(); !read.ok()) {
        return read.error();
    }
    return table;
}

bool recognises(const Source& source) {
    return !source.isFolder() && looksLikeFeatures(source.file->text());
}

Result<std::shared_ptr<const Model>> load(const Source& source, const LoadAids&, Progress& progress) {
    if (progress.stopRequested()) {
        return cancelled();
    }
    const Result<FeatureTable> table = readSource(*source.file);
    if (!table.ok()) {
        return table.error();
    }
    const std::shared_ptr<Model> model = featureModel(table.value(), stemOf(source.path));
    model->path = source.path;
    model->fileSize = source.file->size();
    return std::shared_ptr<const Model>(model);
}

}  // namespace

const Loader featureCsvLoader = {"feature table", recognises, load};

Result<FeatureTable> readFeatureCsv(std::string_view text, const std::filesystem::path& path) {
    return FeatureReader(text, path).read();
}

Result<FeatureTable> readFeatureFile(const std::filesystem::path& path) {
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    return file.ok() ? readSource(*file.value()) : file.error();
}

std::string featureCsv(const FeatureTable& table) {
    std::string csv;
    CsvLine line(csv);
    line.text("thing");
    for (const std::string& question : table.questions()) {
        line.text(question);
    }
    line.end();
    for (std::size_t thing = 0; thing < table.things().size(); ++thing) {
        line.text(table.things()[thing]).numbers(table.ratingsOf(thing)).end();
    }
    return csv;
}

std::shared_ptr<Model> featureModel(const FeatureTable& table, std::string name) {
    Vocabulary::Builder words;
    for (const std::string& thing : table.things()) {
        words.add(thing);
    }
    auto model = std::make_shared<Model>();
    model->name = std::move(name);
    model->format = "feature table";
    model->vocabulary = std::make_shared<Vocabulary>(std::move(words).build(WordMark::None));
    model->table = EmbeddingTable::owned(table.ratings(), table.things().size(), table.questions().size());
    model->tokenizer = makeWordLevelTokenizer(model->vocabulary);
    model->noPositions =
        "Ratings say what a thing is like, not where it stands in a text: there are no positions.";
    return model;
}

bool looksLikeFeatures(std::string_view text) {
    const std::string_view sample = text.substr(0, sampleSize);
    const char separator = csvSeparator(sample);
    CsvReader records(sample, separator);
    const Result<std::optional<CsvRecord>> first = records.next();
    if (!first.ok() || !first.value() || first.value()->size() < 2) {
        return false;
    }
    const Result<std::optional<CsvRecord>> second = records.next();
    if (!second.ok() || !second.value() || second.value()->size() != first.value()->size()) {
        return false;
    }
    const auto isName = [](const CsvField& field) {
        return featureName(field.text).ok() && !isDecimal(field.text);
    };
    const CsvRecord& thing = *second.value();
    const CsvField& corner = first.value()->front();
    return (trimmed(corner.text).empty() || isName(corner)) &&
           std::all_of(first.value()->begin() + 1, first.value()->end(), isName) && isName(thing.front()) &&
           std::all_of(thing.begin() + 1, thing.end(), [separator](const CsvField& field) {
               return ratingIn(field.text, separator).has_value();
           });
}

}  // namespace lexiscope
