// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/special_tokens.h"

#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// A token beside the model's own, taken from the text as it is spelled before the model sees it.
struct AddedToken {
    std::string content;  ///< not empty
    TokenId id;
    bool isSpecial = false;     ///< stands for no text of its own
    bool isNormalized = false;  ///< looked for in the normalized text, its content normalized too
    bool takesLeft = false;     ///< with the white space before it ("lstrip")
    bool takesRight = false;    ///< with that behind it ("rstrip")
    bool isSingleWord = false;  ///< not within a word
};

/// Finds added tokens in a text.
class AddedTokens {
  public:
    void add(std::string_view content, const AddedToken& token);
    bool isEmpty() const { return m_tokens.empty(); }

    struct Match {
        ByteSpan span;  ///< with the white space it takes
        const AddedToken* token = nullptr;
    };
    /// Those in the text from left to right, of several at one place the longest. What they are spelled with
    /// does not overlap; but the white space that one takes to its right may hold the next one, and the text
    /// then goes on behind that, as in Hugging Face's program.
    std::vector<Match> findIn(std::string_view text) const;

  private:
    SpecialTokens m_contents;  // IDs are places in m_tokens
    std::vector<AddedToken> m_tokens;
};

}  // namespace lexiscope
