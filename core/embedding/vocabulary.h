// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// How the vocabulary's spelling marks that a token begins a word.
enum class WordMark {
    None,
    ByteLevel,  ///< "Ġ" (U+0120) stands for a space, other bytes likewise for printable characters (GPT-2)
    Metaspace,  ///< "▁" (U+2581) stands for a space (SentencePiece)
    WordPiece,  ///< the other way round: "##" stands before what goes on within a word (BERT)
};

/// The mark of a word's start, as vocabularies spell it; empty where such starts bear none.
std::string_view markOf(WordMark mark);

/// Row ↔ word, words being any bytes in the file's own spelling. Immutable once built. Holds copies, so that
/// it stays sound when the file it came from goes away.
class Vocabulary {
  public:
    class Builder;

    std::size_t size() const;
    WordMark wordMark() const;
    /// As spelled in the file ("Ġking"). row < size().
    std::string_view spelling(Row row) const;
    /// The first row with exactly these bytes.
    std::optional<Row> find(std::string_view spelling) const;
    /// Rows whose word stands in an earlier row already: kept and shown, but find() gives the earlier one.
    const std::vector<Row>& duplicates() const;
    /// Private memory held, in bytes.
    std::size_t memory() const;

    /// Without any row.
    Vocabulary() = default;

  private:
    friend class Builder;
    std::string m_words;
    std::vector<std::uint64_t> m_ends;   // end of row's word in m_words
    std::vector<std::uint64_t> m_slots;  // open addressing: part of the hash, then row + 1; or 0
    std::vector<Row> m_duplicates;
    WordMark m_wordMark = WordMark::None;
};

class Vocabulary::Builder {
  public:
    /// Room for `rows` words of `bytes` in all; hints, so ask for no more than the file at hand can hold.
    void reserve(std::size_t rows, std::size_t bytes);
    /// Row size(). At most 2^32 - 1 rows.
    void add(std::string_view word);
    std::size_t size() const;
    /// The first row with exactly these bytes, of those added so far.
    std::optional<Row> find(std::string_view word) const;
    Vocabulary build(WordMark wordMark) &&;

  private:
    void growSlots(std::size_t rows);

    Vocabulary m_vocabulary;
};

/// What the row's word stands for as text: "Ġking" under ByteLevel is " king", "▁king" under Metaspace is
/// " king". A word with characters outside the byte alphabet (a special token may have some) stands for
/// itself; so do all under WordPiece, for "##" is how people write them.
std::string textOf(const Vocabulary& vocabulary, Row row);

/// The row's word without its mark and as text: "king", and "ing" for "##ing". Tokens of different models are
/// matched by it. A token that is the mark alone keeps it, as a space or as it is.
std::string bareText(const Vocabulary& vocabulary, Row row);

/// How a vocabulary with that mark spells a text that goes on within a word: "##ing", and elsewhere "ing".
std::string spelledInside(std::string_view spelling, WordMark mark);

/// Does the row's token begin a word? A mark and at least one more character do; under WordPiece all that
/// lacks the mark and does not stand in brackets ("[CLS]"); in a vocabulary without marks every entry is a
/// word.
bool beginsWord(const Vocabulary& vocabulary, Row row);

}  // namespace lexiscope
