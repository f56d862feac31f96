// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

namespace lexiscope {

/// The same two sentences in one language.
struct LanguageSample {
    QString language;  ///< its name in English
    QString text;
};

/// English first, then by script. Written for this: what a tokenizer makes of each tells what the same
/// thought costs in that language.
const std::vector<LanguageSample>& languageSamples();

}  // namespace lexiscope
