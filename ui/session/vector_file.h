// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model.h"
#include "ui/session/job_runner.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QString>

namespace lexiscope {

/// Writes the words and vectors of a model in the background, whole or not at all, in the format of the
/// path's ending (see writerForEnding); `finished` is given the warnings. InvalidArgument, at once, for an
/// ending of no format. Of two to one path the later one is meant; `key` tells them apart.
void saveVectors(JobRunner& runner, std::shared_ptr<const Model> model, const QString& path,
                 const QString& key,
                 std::function<void(const Result<std::vector<std::string>>& warnings)> finished);

/// Whether what is written there is a model: the numbers alone are none.
bool isModelFile(const QString& path);

}  // namespace lexiscope
