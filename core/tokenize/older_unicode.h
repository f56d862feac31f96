// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexiscope {

// Hugging Face's program classes characters by tables of Unicode 8 (BertNormalizer, BertPreTokenizer,
// Punctuation) and 9 (StripAccents, the normal forms). What is younger has no class there, and a model was
// trained with that: a younger accent stays, a younger sign does not part words.

enum class YoungClass {
    Format,          ///< Cf
    Punctuation,     ///< P
    NonspacingMark,  ///< Mn
    Mark,            ///< M; younger than Unicode 9
    Decomposed,      ///< has a decomposition, canonical or not; younger than Unicode 9
};

/// Does a character of that class of Unicode 15 not belong to it there?
bool isYoung(YoungClass as, char32_t character);

}  // namespace lexiscope
