// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/corpus.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

namespace lexiscope {
namespace {

constexpr std::size_t blockSize = std::size_t(1) << 16;

enum class Kind : std::uint8_t { Between, LineEnd, Word, Upper, Wide };

/// What each byte is to the cursor: beyond ASCII a code point has to be looked at.
constexpr std::array<Kind, 256> kinds = [] {
    std::array<Kind, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        const bool isLower = byte >= 'a' && byte <= 'z';
        const bool isDigit = byte >= '0' && byte <= '9';
        if (byte >= 0x80) {
            table[byte] = Kind::Wide;
        } else if (byte == '\n') {
            table[byte] = Kind::LineEnd;
        } else if (byte >= 'A' && byte <= 'Z') {
            table[byte] = Kind::Upper;
        } else if (isLower || isDigit || byte == '_') {
            table[byte] = Kind::Word;
        }
    }
    return table;
}();

Kind kindAt(std::string_view text, std::size_t offset) {
    return kinds[static_cast<unsigned char>(text[offset])];
}

bool isAsciiSpace(char c) {
    return static_cast<unsigned char>(c) <= ' ';
}

bool isPartOfWord(char32_t character) {
    const CharacterClass kind = classOf(character);
    if (kind == CharacterClass::Letter || kind == CharacterClass::Number) {
        return true;
    }
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(character));
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/// By gzip or Zstandard (RFC 1952, RFC 8878): what would otherwise be read as words.
bool isPacked(std::string_view bytes) {
    return bytes.starts_with("\x1F\x8B") || bytes.starts_with("\x28\xB5\x2F\xFD");
}

}  // namespace

WordCursor::Found WordCursor::next() {
    const bool found = m_split == WordSplit::Spaces ? nextBySpaces() : nextByLetters();
    if (found) {
        return Found::Word;
    }
    if (m_offset == m_text.size()) {
        return Found::End;
    }
    ++m_offset;
    return Found::LineEnd;
}

bool WordCursor::nextBySpaces() {
    while (m_offset < m_text.size() && isAsciiSpace(m_text[m_offset])) {
        if (m_text[m_offset] == '\n') {
            return false;
        }
        ++m_offset;
    }
    const std::size_t begin = m_offset;
    while (m_offset < m_text.size() && !isAsciiSpace(m_text[m_offset])) {
        ++m_offset;
    }
    m_word = m_text.substr(begin, m_offset - begin);
    return !m_word.empty();
}

bool WordCursor::nextByLetters() {
    while (m_offset < m_text.size()) {
        const Kind kind = kindAt(m_text, m_offset);
        if (kind == Kind::LineEnd) {
            return false;
        }
        const std::size_t end = endOfLetters(m_offset);
        if (end > m_offset) {
            m_offset = end;
            return true;
        }
        if (kind == Kind::Wide) {
            const CodePoint point = codePointAt(m_text, m_offset);
            m_brokenBytes += point.valid ? 0 : 1;
            m_offset += point.size;
        } else {
            ++m_offset;
        }
    }
    return false;
}

/// Sets m_word to the letters that stand at `begin`, in lower case.
std::size_t WordCursor::endOfLetters(std::size_t begin) {
    bool isLower = true;
    bool isAscii = true;
    std::size_t end = begin;
    while (end < m_text.size()) {
        const Kind kind = kindAt(m_text, end);
        if (kind == Kind::Word || kind == Kind::Upper) {
            isLower = isLower && kind == Kind::Word;
            ++end;
            continue;
        }
        if (kind != Kind::Wide) {
            break;
        }
        const CodePoint point = codePointAt(m_text, end);
        if (!point.valid || !isPartOfWord(point.value)) {
            break;
        }
        isAscii = false;
        end += point.size;
    }
    m_word = m_text.substr(begin, end - begin);
    if (!isAscii) {
        m_lowered = toLower(m_word);
        m_word = m_lowered;
    } else if (!isLower) {
        m_lowered.assign(m_word);
        for (char& c : m_lowered) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        m_word = m_lowered;
    }
    return end;
}

Result<Corpus> Corpus::open(const std::filesystem::path& path, WordSplit split) {
    Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    return file.ok() ? ofFile(std::move(file).value(), split) : Result<Corpus>(file.error());
}

Result<Corpus> Corpus::ofFile(std::shared_ptr<const MappedFile> file, WordSplit split) {
    if (file->size() == 0) {
        return Error{ErrorCode::Broken, file->path().string(), "the file is empty",
                     "training needs a text of many thousand words"};
    }
    if (isPacked(file->text())) {
        return Error{ErrorCode::Unsupported, file->path().string(), "is packed",
                     "unpack it first, with gunzip or zstd -d"};
    }
    return Corpus(std::move(file), split);
}

std::size_t Corpus::blockCount() const {
    return (m_file->size() + blockSize - 1) / blockSize;
}

std::string_view Corpus::block(std::size_t index) const {
    const std::size_t begin = edge(index);
    return m_file->text().substr(begin, edge(index + 1) - begin);
}

std::size_t Corpus::edge(std::size_t index) const {
    const std::string_view text = m_file->text();
    const std::size_t nominal = index * blockSize;
    if (index == 0 || nominal >= text.size()) {
        return std::min(nominal, text.size());
    }
    // From one byte before, so that a line that begins just there is not searched past.
    const std::string_view near = text.substr(nominal - 1, blockSize);
    if (const std::size_t line = near.find('\n'); line != std::string_view::npos) {
        return nominal + line;
    }
    const auto space = std::find_if(near.begin(), near.end(), isAsciiSpace);
    if (space != near.end()) {
        return nominal + static_cast<std::size_t>(space - near.begin());
    }
    std::size_t offset = nominal;
    while (offset < text.size() && offset < nominal + 3 &&
           (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) {
        ++offset;
    }
    return offset;
}

}  // namespace lexiscope
