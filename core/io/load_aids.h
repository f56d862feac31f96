// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/worker_pool.h"
#include "core/model.h"

#include <functional>
#include <memory>
#include <optional>

namespace lexiscope {

/// What a load may use besides the thread it runs on.
struct LoadAids {
    WorkerPool* pool = nullptr;  ///< null: the calling thread does all the work
    /// Called at most once, on the calling thread, by formats that take long to read: a model of the file's
    /// first rows, which says so in Model::partOf and stays sound whatever becomes of the load. May be empty.
    std::function<void(std::shared_ptr<const Model>)> publishFirst;
    /// How texts are cut before ranks merge, for files that do not say so: .tiktoken.
    std::optional<SplitScheme> split = std::nullopt;
};

}  // namespace lexiscope
