// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/corpus.h"

#include <string>

#include <QString>

namespace lexiscope {

/// A text to learn word vectors from that is there at once: 20,000 short sentences, one a line, put together
/// by rule from about 170 words of a few kinds — royals, people, animals, vehicles, food, capitals and
/// countries. It is the same each time. Words of a kind stand in the same sentences, so a few seconds of
/// learning bring them together.
std::string sampleCorpus();

/// The text of that path, or the sample where the path is empty; the errors of Corpus::open.
Result<Corpus> openCorpus(const QString& path, WordSplit split);

}  // namespace lexiscope
