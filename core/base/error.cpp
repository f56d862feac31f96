// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace lexiscope {

std::string toString(const Error& error) {
    std::string text;
    if (!error.where.empty()) {
        text = error.where + ": ";
    }
    text += error.what;
    if (!error.hint.empty()) {
        text += " (" + error.hint + ")";
    }
    return text;
}

Error cancelled() {
    return {ErrorCode::Cancelled, {}, "cancelled", {}};
}

}  // namespace lexiscope
