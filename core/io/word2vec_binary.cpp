// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/word2vec_binary.h"

#include "core/base/byte_reader.h"
#include "core/base/grouped.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t longestHeaderLine = 256;
constexpr std::size_t longestWord = 1 << 20;
constexpr std::size_t rowsPerBlock = 4096;
constexpr std::size_t readAhead = 32 << 20;

Error brokenAt(const MappedFile& file, std::size_t byte, std::string what, std::string hint = {}) {
    return {ErrorCode::Broken, file.path().string() + ", byte " + std::to_string(byte), std::move(what),
            std::move(hint)};
}

bool isWholeNumber(std::string_view text) {
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        text.remove_prefix(1);
    }
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isControl(char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
}

/// Nothing when it is zero, negative or does not fit.
std::optional<std::uint64_t> positiveNumber(std::string_view text) {
    text.remove_prefix(text.substr(0, 1) == "+" ? 1 : 0);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) {
        return std::nullopt;
    }
    return value;
}

/// Asks the system for what comes next, some way ahead of where the reading is: the reading then waits for
/// the disk only once.
class ReadAhead {
  public:
    explicit ReadAhead(const MappedFile& file) : m_file(file) {}
    void at(std::size_t offset) {
        while (m_asked < m_file.size() && offset + readAhead / 2 > m_asked) {
            m_file.willRead(m_asked, readAhead);
            m_asked += readAhead;
        }
    }

  private:
    const MappedFile& m_file;
    std::size_t m_asked = 0;
};

/// Walks the rows of one file and collects their words and places.
class RowReader {
  public:
    RowReader(const MappedFile& file, std::size_t offset, std::uint64_t rows, std::uint64_t dimension)
        : m_file(file), m_reader(file.text(), offset), m_rows(rows), m_rowBytes(dimension * sizeof(float)) {
        // Checked before: the file is long enough for the rows, so this asks for less memory than the file is
        // long.
        const std::uint64_t wordBytes = m_reader.remaining() - m_rows * (m_rowBytes + 1);
        m_words.reserve(m_rows, std::min<std::uint64_t>(wordBytes, m_rows * 32));
        m_offsets.reserve(m_rows);
    }

    /// The next `count` rows.
    std::optional<Error> read(std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) {
            if (std::optional<Error> error = readRow()) {
                return error;
            }
        }
        return std::nullopt;
    }

    std::size_t offset() const { return m_reader.offset(); }

    /// What was odd about the file; call once all rows are read.
    std::vector<std::string> warnings(const Vocabulary& vocabulary) {
        std::vector<std::string> all;
        if (std::optional<std::string> duplicates = warningOfDuplicates(vocabulary)) {
            all.push_back(*std::move(duplicates));
        }
        if (m_notUtf8 != 0) {
            all.push_back(grouped(m_notUtf8) + (m_notUtf8 == 1 ? " word is" : " words are") +
                          " not UTF-8 (the first in row " + grouped(m_firstNotUtf8) +
                          "); kept byte for byte");
        }
        if (m_empty != 0) {
            all.push_back(grouped(m_empty) + (m_empty == 1 ? " word is" : " words are") + " empty");
        }
        const std::string_view rest = m_file.text().substr(m_reader.offset());
        if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
            all.push_back(grouped(rest.size()) + " bytes after the last row (from byte " +
                          grouped(m_reader.offset()) + ") were not read");
        }
        return all;
    }

    Vocabulary::Builder takeWords() { return std::move(m_words); }
    std::vector<std::uint64_t> takeOffsets() { return std::move(m_offsets); }

  private:
    std::string place() const {
        return "row " + grouped(m_offsets.size() + 1) + " of the " + grouped(m_rows) +
               " that the first line promises ";
    }

    std::optional<Error> readRow() {
        const std::size_t begin = m_reader.offset();
        const std::optional<std::string_view> taken = m_reader.takeUntil(' ', longestWord);
        if (!taken) {
            return m_reader.remaining() >= longestWord
                       ? brokenAt(m_file, begin, place() + "has no space after its word in 1 MB",
                                  "the numbers in the first line may be wrong")
                       : brokenAt(m_file, begin, place() + "is cut short or missing", "fetch the file again");
        }
        const std::size_t numbers = m_reader.offset();
        if (!m_reader.take(m_rowBytes)) {
            return brokenAt(m_file, numbers,
                            place() + "needs " + grouped(m_rowBytes) + " bytes of numbers, but " +
                                grouped(m_reader.remaining()) + " are left",
                            "the file may have been cut short: fetch it again");
        }
        std::string_view word = *taken;
        word.remove_prefix(std::min(word.find_first_not_of('\n'), word.size()));
        if (!isUtf8(word)) {
            m_firstNotUtf8 = m_notUtf8 == 0 ? m_offsets.size() : m_firstNotUtf8;
            ++m_notUtf8;
        }
        m_empty += word.empty() ? 1 : 0;
        m_words.add(word);
        m_offsets.push_back(numbers);
        return std::nullopt;
    }

    const MappedFile& m_file;
    ByteReader m_reader;
    Vocabulary::Builder m_words;
    std::vector<std::uint64_t> m_offsets;
    std::uint64_t m_rows;
    std::uint64_t m_rowBytes;
    std::uint64_t m_notUtf8 = 0;
    std::uint64_t m_firstNotUtf8 = 0;
    std::uint64_t m_empty = 0;
};

struct Size {
    std::uint64_t rows = 0;
    std::uint64_t dimension = 0;
};

/// The header's two numbers, once the file is known to be long enough for them.
Result<Size> sizeIn(const MappedFile& file, const Word2VecHeader& header) {
    const std::string said = "its first line says " + std::string(header.rows.substr(0, 40)) + " words of " +
                             std::string(header.dimension.substr(0, 40)) + " numbers";
    const std::optional<std::uint64_t> rows = positiveNumber(header.rows);
    const std::optional<std::uint64_t> dimension = positiveNumber(header.dimension);
    if (!rows || !dimension) {
        return brokenAt(file, 0, said + ", which cannot be", "both must be at least 1");
    }
    const std::uint64_t remaining = file.size() - header.size;
    // A row is at least its numbers and the space before them. Divided, not multiplied: nothing can overflow.
    if (*dimension > remaining / sizeof(float) || *rows > remaining / (*dimension * sizeof(float) + 1)) {
        return brokenAt(file, 0, said + ", more than the " + grouped(remaining) + " bytes after it can hold",
                        "the file may have been cut short: fetch it again");
    }
    if (*rows >= std::numeric_limits<std::uint32_t>::max()) {
        return Error{
            ErrorCode::Unsupported, file.path().string(), said + "; rows are counted in 32 bits", {}};
    }
    return Size{*rows, *dimension};
}

}  // namespace

std::optional<Word2VecHeader> word2VecHeader(std::string_view bytes) {
    ByteReader reader(bytes);
    std::optional<std::string_view> line = reader.takeUntil('\n', longestHeaderLine);
    if (!line) {
        return std::nullopt;
    }
    std::vector<std::string_view> fields;
    constexpr std::string_view white = " \t\r";
    while (line->find_first_not_of(white) != std::string_view::npos && fields.size() < 3) {
        line->remove_prefix(line->find_first_not_of(white));
        const std::size_t length = std::min(line->find_first_of(white), line->size());
        fields.push_back(line->substr(0, length));
        line->remove_prefix(length);
    }
    if (fields.size() != 2 || !isWholeNumber(fields[0]) || !isWholeNumber(fields[1])) {
        return std::nullopt;
    }
    return Word2VecHeader{fields[0], fields[1], reader.offset()};
}

bool numbersAreWritten(std::string_view rows, const Word2VecHeader& header) {
    const std::uint64_t dimension = positiveNumber(header.dimension).value_or(0);
    const std::size_t space = rows.find_first_of(" \t");
    if (dimension == 0 || space == std::string_view::npos) {
        return false;
    }
    std::string_view numbers = rows.substr(space + 1);
    if (dimension < numbers.size() / sizeof(float)) {
        numbers = numbers.substr(0, dimension * sizeof(float));
    }
    const std::string_view line = numbers.substr(0, numbers.find('\n'));
    // The letters are those of "nan", "inf" and exponents.
    if (line.find_first_not_of("0123456789eE+-. \t\rnaifNAIF") != std::string_view::npos ||
        line.find_first_of("0123456789") == std::string_view::npos) {
        return false;
    }
    // A short line is one of text only if it has all its numbers: a float may hold the byte of a newline too.
    std::uint64_t count = 0;
    for (std::size_t at = line.find_first_not_of(" \t\r"); at != std::string_view::npos; ++count) {
        const std::size_t end = line.find_first_of(" \t\r", at);
        at = line.find_first_not_of(" \t\r", end);
    }
    return line.size() == numbers.size() ||
           (count >= dimension && std::none_of(numbers.begin(), numbers.end(), isControl));
}

Result<WordVectors> readWord2VecBinary(const std::shared_ptr<const MappedFile>& file, Progress& progress) {
    const std::optional<Word2VecHeader> header = word2VecHeader(file->text());
    if (!header) {
        return brokenAt(*file, 0, "does not begin with a line of two whole numbers");
    }
    const Result<Size> size = sizeIn(*file, *header);
    if (!size.ok()) {
        return size.error();
    }
    const auto [rows, dimension] = size.value();
    RowReader reader(*file, header->size, rows, dimension);
    ReadAhead ahead(*file);
    for (std::uint64_t row = 0; row < rows; row += rowsPerBlock) {
        if (progress.stopRequested()) {
            return cancelled();
        }
        ahead.at(reader.offset());
        const std::uint64_t count = std::min<std::uint64_t>(rowsPerBlock, rows - row);
        const std::optional<Error> error = reader.read(count);
        // First: a file cut short meanwhile reads as zeros, and what was found wrong is wrong with them.
        if (const Result<Done> check = file->check(); !check.ok()) {
            return check.error();
        }
        if (error) {
            return *error;
        }
        progress.report(row + count, rows, "rows");
    }
    WordVectors vectors;
    vectors.vocabulary = std::make_shared<const Vocabulary>(reader.takeWords().build(WordMark::None));
    vectors.warnings = reader.warnings(*vectors.vocabulary);
    Result<std::shared_ptr<const EmbeddingTable>> table =
        EmbeddingTable::mapped(file, DType::F32, dimension, reader.takeOffsets());
    if (!table.ok()) {
        return table.error();
    }
    vectors.table = std::move(table).value();
    return vectors;
}

}  // namespace lexiscope
