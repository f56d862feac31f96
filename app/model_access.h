// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// The model that a command names: a path or "builtin:NAME". Its warnings go to standard error.
Result<std::shared_ptr<const Model>> openModel(const std::string& spec);

/// The same, but Unsupported where it has no vectors.
Result<std::shared_ptr<const Model>> openVectors(const std::string& spec);

/// Likewise a tokenizer alone; `split` as LoadAids has it.
Result<std::shared_ptr<const Tokenizer>> openTokenizer(const std::string& spec,
                                                       std::optional<SplitScheme> split = std::nullopt);

/// The row that a person's word means; says on standard error what was found when it is not what was written.
Result<Row> lookUp(const Model& model, std::string_view word);
/// All of them, or the error of the first that is not there.
Result<std::vector<Row>> lookUp(const Model& model, const std::vector<std::string>& words);

/// As the vocabulary spells it.
std::string spellingOf(const Model& model, Row row);

/// The error with the token's name in place of “row N”, which nobody typed.
Error withToken(Error error, const Model& model, std::span<const Row> rows);

/// The numbers of a row, or why the file no longer holds them.
Result<std::vector<float>> rowValues(const Model& model, Row row);

}  // namespace lexiscope
