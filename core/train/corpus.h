// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace lexiscope {

/// Where a word of a training text ends.
enum class WordSplit : std::uint8_t {
    Letters,  ///< words are runs of letters, marks, digits and "_", in lower case
    Spaces,   ///< words are what stands between ASCII spaces and controls, as it stands (word2vec's way)
};

/// Steps through the words of a text. A line's end is told apart from a word, for a window of context does
/// not reach over it.
class WordCursor {
  public:
    enum class Found : std::uint8_t { Word, LineEnd, End };

    WordCursor(std::string_view text, WordSplit split) : m_text(text), m_split(split) {}

    Found next();
    /// The word that next() found; good until the next call.
    std::string_view word() const { return m_word; }
    /// Bytes met so far that are no UTF-8. Under Letters they part words, under Spaces they belong to them
    /// and are not counted.
    std::uint64_t brokenBytes() const { return m_brokenBytes; }

  private:
    bool nextBySpaces();
    bool nextByLetters();
    std::size_t endOfLetters(std::size_t begin);

    std::string_view m_text;
    std::string_view m_word;
    std::string m_lowered;
    std::size_t m_offset = 0;
    std::uint64_t m_brokenBytes = 0;
    WordSplit m_split;
};

/// A text file to train on, mapped, never copied. It is cut into blocks of about 64 kB that do not depend on
/// who reads them: at the end of a line where one is near, else after a space, else between characters.
class Corpus {
  public:
    /// The errors of MappedFile::open; Broken for an empty file, Unsupported for one packed by gzip or zstd.
    static Result<Corpus> open(const std::filesystem::path& path, WordSplit split);
    static Result<Corpus> ofFile(std::shared_ptr<const MappedFile> file, WordSplit split);

    WordSplit split() const { return m_split; }
    const std::filesystem::path& path() const { return m_file->path(); }
    std::uint64_t size() const { return m_file->size(); }
    /// All of it.
    std::string_view text() const { return m_file->text(); }
    std::size_t blockCount() const;
    /// index < blockCount(). The blocks follow each other without gaps; one may be empty.
    std::string_view block(std::size_t index) const;
    /// Unreadable when the file was cut short under what was read.
    Result<Done> check() const { return m_file->check(); }

  private:
    Corpus(std::shared_ptr<const MappedFile> file, WordSplit split)
        : m_file(std::move(file)), m_split(split) {}
    std::size_t edge(std::size_t index) const;

    std::shared_ptr<const MappedFile> m_file;
    WordSplit m_split;
};

}  // namespace lexiscope
