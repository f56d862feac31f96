// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/embedding/feature_table.h"
#include "core/io/loader.h"
#include "core/model.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace lexiscope {

// A feature table as a CSV file (RFC 4180): the first line names the questions, after one field that names
// nothing; each line after it is a thing and its ratings. Spreadsheets that write decimals with a comma
// separate fields by semicolons; that, and tabs, are read as well.

/// Reads such a text; `path` is what errors call it. Broken, with line and column: no line after the first,
/// too few or too many fields, a rating that is no number from 0 to 10 or is missing, a name that is empty,
/// no UTF-8 or there twice, a quote without end. Unsupported when there is more than a table may hold.
Result<FeatureTable> readFeatureCsv(std::string_view text, const std::filesystem::path& path);
/// Of a file; NotFound and Unreadable too.
Result<FeatureTable> readFeatureFile(const std::filesystem::path& path);

/// Ratings with the fewest digits that read back as the same.
std::string featureCsv(const FeatureTable& table);

/// The table as a model: a word for each thing, a dimension for each question, the ratings as weights.
std::shared_ptr<Model> featureModel(const FeatureTable& table, std::string name);

/// Its first line are names and its second a name and numbers from 0 to 10, as many.
bool looksLikeFeatures(std::string_view text);

extern const Loader featureCsvLoader;

}  // namespace lexiscope
