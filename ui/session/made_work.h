// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <functional>
#include <memory>
#include <vector>

#include <QString>

namespace lexiscope {

/// Something that was learned here, or is being learned, and takes its time to be learned again. It is lost
/// where it lies in no file and neither its panel nor a slot holds it any more.
struct MadeWork {
    QString what;       ///< "The tokenizer learned from w20.txt"
    QString fileName;   ///< that is offered for it
    QString fileTypes;  ///< as QFileDialog takes them; the first ending is added where a name has none
    /// Writes it in the background; the file stands once `finished` is told so. Null as long as there is
    /// nothing of it to write.
    using Finished = std::function<void(const Result<Done>&)>;
    std::function<void(const QString& path, Finished finished)> save;
    std::function<double()> share;  ///< of the learning that goes on, 0 … 1; null once it has ended
    bool isSettled = false;         ///< it lies in a file, or somebody has given it up
    bool isHeld = false;            ///< its panel shows it, whatever stands in the slots
};

using MadeWorks = std::vector<std::shared_ptr<MadeWork>>;

/// Why it would be lost.
enum class LossBy { Closing, OtherModel, LearningAnew, MakingAnew };

/// Asks a person whether all of them may be lost: true once each is saved or given up.
using AskToLose = std::function<bool(const MadeWorks&, LossBy)>;

}  // namespace lexiscope
