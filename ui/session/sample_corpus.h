// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lexiscope {

/// A text to learn word vectors from that is there at once: 20,000 short sentences, one a line, put together
/// by rule from about 170 words of a few kinds — royals, people, animals, vehicles, food, capitals and
/// countries. It is the same each time. Words of a kind stand in the same sentences, so a few seconds of
/// learning bring them together.
std::string sampleCorpus();

}  // namespace lexiscope
