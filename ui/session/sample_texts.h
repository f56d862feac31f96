// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

namespace lexiscope {

/// A text to try a tokenizer on, and what it shows.
struct SampleText {
    QString title;
    QString text;
};

/// In the order they are offered: sentences, languages and scripts, code, numbers, emoji.
const std::vector<SampleText>& sampleTexts();

}  // namespace lexiscope
