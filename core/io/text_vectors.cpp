// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_vectors.h"

#include "core/base/grouped.h"
#include "core/embedding/table_pass.h"
#include "core/io/line_blocks.h"
#include "core/io/text_piece.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// What one thread parses at a time: a few milliseconds, so that stopping is at once.
constexpr std::size_t pieceBytes = 512 << 10;
/// Deflate packs no better than this.
constexpr std::uint64_t bestPacking = 1032;
/// An estimate of the rows to come asks for this much more, so that the table seldom has to move.
constexpr std::uint64_t shareOfMargin = 50;

std::string placeText(const TextPlace& place) {
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

std::optional<std::uint64_t> positiveNumber(std::string_view text) {
    text.remove_prefix(text.starts_with('+') ? 1 : 0);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole && value != 0 ? std::optional(value) : std::nullopt;
}

/// Cuts whole lines into pieces of whole lines.
std::vector<std::string_view> cutAtLines(std::string_view block) {
    std::vector<std::string_view> pieces;
    while (!block.empty()) {
        const std::size_t end =
            block.size() <= pieceBytes ? std::string_view::npos : block.find('\n', pieceBytes - 1);
        pieces.push_back(block.substr(0, end == std::string_view::npos ? end : end + 1));
        block.remove_prefix(pieces.back().size());
    }
    return pieces;
}

class TextVectorReader {
  public:
    TextVectorReader(const std::shared_ptr<const MappedFile>& file, const TextVectorFormat& format,
                     const TextVectorOptions& options, Progress& progress)
        : m_file(*file),
          m_format(format),
          m_options(options),
          m_progress(progress),
          m_blocks(file, options.blockBytes),
          m_said(format.header ? "line 1 says" : "the first rows have") {}

    Result<WordVectors> read() {
        if (std::optional<Error> error = checkHeader()) {
            return *std::move(error);
        }
        for (bool isFirst = true;; isFirst = false) {
            Result<std::string_view> block = m_blocks.next(m_lines, m_progress);
            if (!block.ok()) {
                return block.error();
            }
            if (block.value().empty()) {
                break;
            }
            std::string_view text = block.value();
            if (isFirst) {
                text.remove_prefix(std::min(m_format.begin, text.size()));
                m_lines = m_format.header ? 1 : 0;
            }
            if (std::optional<Error> error = readBlock(text)) {
                return *std::move(error);
            }
        }
        return finish();
    }

  private:
    std::string path() const { return m_file.path().string(); }
    Error broken(const std::string& place, std::string what, std::string hint) const {
        return {ErrorCode::Broken, path() + ", " + place, std::move(what), std::move(hint)};
    }

    /// The header's two numbers, as far as they can be held against the size of the file.
    std::optional<Error> checkHeader() {
        if (!m_format.header) {
            return std::nullopt;
        }
        const std::string said = "says " + m_format.header->rows.substr(0, 40) + " words of " +
                                 m_format.header->dimension.substr(0, 40) + " numbers";
        const std::optional<std::uint64_t> rows = positiveNumber(m_format.header->rows);
        if (!rows || m_format.dimension == 0) {
            return broken("line 1", said + ", which cannot be", "both must be at least 1");
        }
        const std::uint64_t bytes = m_blocks.isPacked() ? m_file.size() * bestPacking : m_file.size();
        // A number and the space before it take two bytes. Divided, not multiplied: nothing can overflow.
        const std::uint64_t room = bytes / 2;
        if (m_format.dimension > std::min<std::uint64_t>(room, LineBlocks::longestLine / 2) ||
            *rows > room / m_format.dimension) {
            return broken("line 1", said + ", more than the file can hold",
                          "the file may have been cut short: fetch it again, or mend its first line");
        }
        m_promised = *rows;
        return std::nullopt;
    }

    std::optional<Error> readBlock(std::string_view block) {
        const std::vector<std::string_view> texts = cutAtLines(block);
        m_pieces.resize(std::max(m_pieces.size(), texts.size()));
        SharedProgress progress(m_progress, m_file.size(), "bytes");
        const auto readPieces = [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last && !progress.stopRequested(); ++i) {
                m_pieces[i].read(texts[i], m_format.dimension, m_said);
            }
        };
        if (m_options.pool != nullptr) {
            m_options.pool->parallelFor(texts.size(), 1, readPieces, Priority::Load);
        } else {
            readPieces(0, texts.size());
        }
        if (progress.stopRequested()) {
            return cancelled();
        }
        // First: a file cut short meanwhile reads as zeros, and what was found wrong is wrong with them.
        if (const Result<Done> check = m_file.check(); !check.ok()) {
            return check.error();
        }
        makeRoom(std::span(m_pieces).first(texts.size()));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (std::optional<Error> error = take(m_pieces[i])) {
                return error;
            }
        }
        m_progress.report(m_blocks.bytesRead(), m_file.size(), "bytes");
        publishIfWorth();
        return std::nullopt;
    }

    std::optional<Error> take(const TextPiece& piece) {
        if (piece.fault) {
            const TextPlace place{m_lines + piece.fault->place.line, piece.fault->place.column};
            return broken(placeText(place), piece.fault->fault.what, piece.fault->fault.hint);
        }
        for (std::size_t i = 0; i < m_odd.size(); ++i) {
            const TextPiece::Odd& odd = piece.odd[i];
            if (m_odd[i].count == 0 && odd.count != 0) {
                m_odd[i].first = {m_lines + odd.first.line, odd.first.column};
            }
            m_odd[i].count += odd.count;
        }
        if (piece.words.size() >= std::numeric_limits<std::uint32_t>::max() - m_words.size()) {
            return Error{ErrorCode::Unsupported, path(), "has more rows than can be counted in 32 bits", {}};
        }
        for (const std::string_view word : piece.words) {
            m_words.add(word);
            if (m_options.publishFirst && m_firstWords.size() < m_options.firstRows) {
                m_firstWords.add(word);
            }
        }
        m_values.insert(m_values.end(), piece.values.begin(), piece.values.end());
        m_lines += piece.lines;
        return std::nullopt;
    }

    /// For all rows of the file, after its first block: so that nothing has to move later.
    void makeRoom(std::span<const TextPiece> pieces) {
        if (!m_values.empty()) {
            return;
        }
        std::size_t rows = 0;
        for (const TextPiece& piece : pieces) {
            rows += piece.words.size();
        }
        const std::uint64_t estimate = estimateOfRows(rows);
        // No more than the estimate: the first line may lie.
        const std::uint64_t expected = estimate + estimate / shareOfMargin;
        const std::uint64_t room = m_promised ? std::min(*m_promised, expected) : expected;
        m_words.reserve(room, room * 10);
        m_values.reserve(room * m_format.dimension);
    }

    /// By the share of the file that `rows` rows took.
    std::uint64_t estimateOfRows(std::size_t rows) const {
        const std::uint64_t read = std::max<std::uint64_t>(1, m_blocks.bytesRead());
        const double share = static_cast<double>(m_file.size()) / static_cast<double>(read);
        return read >= m_file.size() ? rows : static_cast<std::uint64_t>(static_cast<double>(rows) * share);
    }

    void publishIfWorth() {
        const std::size_t rows = m_options.firstRows;
        if (!m_options.publishFirst || m_isPublished || m_words.size() < rows || rows == 0 ||
            m_file.size() - m_blocks.bytesRead() < m_options.bytesLeft) {
            return;
        }
        m_isPublished = true;
        FirstVectors first;
        first.vectors.vocabulary =
            std::make_shared<const Vocabulary>(std::move(m_firstWords).build(WordMark::None));
        const auto end = m_values.begin() + static_cast<std::ptrdiff_t>(rows * m_format.dimension);
        first.vectors.table =
            EmbeddingTable::owned(std::vector<float>(m_values.begin(), end), rows, m_format.dimension);
        first.rowsInAll = m_promised.value_or(estimateOfRows(m_words.size()));
        first.isEstimate = !m_promised;
        m_options.publishFirst(std::move(first));
    }

    Result<WordVectors> finish() {
        const std::size_t rows = m_words.size();
        if (m_promised && rows < *m_promised) {
            return broken("line " + std::to_string(m_lines + 1),
                          "the file ends after " + grouped(rows) + (rows == 1 ? " row" : " rows") +
                              ", but line 1 says " + grouped(*m_promised),
                          "the file may have been cut short: fetch it again, or mend its first line");
        }
        if (rows == 0) {
            return broken("line 1", "there is no row in it", "fetch the file again");
        }
        WordVectors vectors;
        vectors.vocabulary = std::make_shared<const Vocabulary>(std::move(m_words).build(WordMark::None));
        vectors.table = EmbeddingTable::owned(std::move(m_values), rows, m_format.dimension);
        vectors.warnings = warnings(*vectors.vocabulary);
        return vectors;
    }

    std::vector<std::string> warnings(const Vocabulary& vocabulary) const {
        std::vector<std::string> all = m_blocks.warnings();
        if (m_promised && vocabulary.size() > *m_promised) {
            all.push_back("line 1 says " + grouped(*m_promised) + " words, but there are " +
                          grouped(vocabulary.size()) + " rows; all of them were read");
        }
        if (m_format.hasByteOrderMark) {
            all.emplace_back("the byte order mark at the file's begin was left out");
        }
        if (std::optional<std::string> duplicates = warningOfDuplicates(vocabulary)) {
            all.push_back(*std::move(duplicates));
        }
        struct Sentence {
            std::string_view one;
            std::string_view many;
            std::string_view end;
        };
        // In the order of Oddity.
        constexpr std::array<Sentence, static_cast<std::size_t>(Oddity::Count)> sentences = {{
            {" line is empty", " lines are empty", "; left out"},
            {" word is empty", " words are empty", ""},
            {" word is not UTF-8", " words are not UTF-8", "; kept byte for byte"},
            {" word holds a carriage return", " words hold a carriage return", "; kept"},
            {" word ends in a number after a space", " words end in a number after a space",
             "; it may be one number too many in the row"},
            {" row holds NaN or infinity", " rows hold NaN or infinity", ""},
        }};
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            if (const TextPiece::Odd& odd = m_odd[i]; odd.count != 0) {
                const std::string place = odd.count == 1 ? " (" : " (the first: ";
                all.push_back(grouped(odd.count) +
                              std::string(odd.count == 1 ? sentences[i].one : sentences[i].many) + place +
                              placeText(odd.first) + ")" + std::string(sentences[i].end));
            }
        }
        return all;
    }

    const MappedFile& m_file;
    const TextVectorFormat& m_format;
    const TextVectorOptions& m_options;
    Progress& m_progress;
    LineBlocks m_blocks;
    std::string m_said;
    std::optional<std::uint64_t> m_promised;  // rows, by the header
    std::vector<TextPiece> m_pieces;
    std::uint64_t m_lines = 0;  // read so far
    Vocabulary::Builder m_words;
    Vocabulary::Builder m_firstWords;
    std::vector<float> m_values;
    bool m_isPublished = false;
    std::array<TextPiece::Odd, static_cast<std::size_t>(Oddity::Count)> m_odd;
};

}  // namespace

Result<WordVectors> readTextVectors(const std::shared_ptr<const MappedFile>& file,
                                    const TextVectorFormat& format, const TextVectorOptions& options,
                                    Progress& progress) {
    return TextVectorReader(file, format, options, progress).read();
}

}  // namespace lexiscope
