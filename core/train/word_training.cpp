// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_training.h"

#include "core/base/grouped.h"

#include <array>
#include <string>
#include <string_view>

namespace lexiscope {
namespace {

struct Count {
    std::string_view name;
    std::size_t value;
    std::size_t least;
    std::size_t most;
};

Error outOfRange(std::string_view name, const std::string& range) {
    return {ErrorCode::InvalidArgument, std::string(name), "it must be " + range, {}};
}

}  // namespace

Result<Done> validate(const WordTrainingOptions& options) {
    const std::array counts = {
        Count{"dimension", options.dimension, 1, mostTrainingDimensions},
        Count{"window", options.window, 1, mostTrainingWindow},
        Count{"negative", options.negatives, 1, mostTrainingNegatives},
        Count{"epochs", options.epochs, 1, mostTrainingEpochs},
        Count{"threads", options.threads, 0, mostTrainingThreads},
    };
    for (const Count& count : counts) {
        if (count.value < count.least || count.value > count.most) {
            return outOfRange(count.name, grouped(count.least) + " to " + grouped(count.most));
        }
    }
    if (options.minCount < 1) {
        return outOfRange("min-count", "1 or more");
    }
    if (options.mostWords == 1) {
        return outOfRange("top", "2 or more");
    }
    if (!(options.sample >= 0 && options.sample <= 1)) {
        return outOfRange("sample", "0 to 1");
    }
    if (!(options.rate >= 0 && options.rate <= 1)) {
        return outOfRange("alpha", "0 to 1");
    }
    return Done{};
}

}  // namespace lexiscope
