// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/character_map.h"

#include "core/base/utf8.h"
#include "core/tokenize/ascii_set.h"
#include "core/tokenize/special_tokens.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <utf8proc.h>

namespace lexiscope {
namespace {

constexpr std::string_view spaceSign = "\u2581";
constexpr std::size_t unitSize = 4;

std::uint32_t littleEndianAt(std::string_view bytes, std::size_t place) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < unitSize; ++i) {
        value |= std::uint32_t{static_cast<unsigned char>(bytes[place + i])} << (8U * i);
    }
    return value;
}

// A unit of the double array.
bool hasLeaf(std::uint32_t unit) {
    return ((unit >> 8U) & 1U) != 0;
}
std::uint32_t labelOf(std::uint32_t unit) {
    return unit & 0x800000FFU;
}
std::uint32_t offsetOf(std::uint32_t unit) {
    return (unit >> 10U) << ((unit & 0x200U) >> 6U);
}
std::uint32_t valueOf(std::uint32_t unit) {
    return unit & 0x7FFFFFFFU;
}

class SentencePieceNormalizer final : public Normalizer {
  public:
    explicit SentencePieceNormalizer(SentencePieceNormalizerOptions options) : m_options(std::move(options)) {
        for (std::size_t i = 0; i < m_options.untouched.size(); ++i) {
            if (!m_options.untouched[i].empty()) {
                m_untouched.add(m_options.untouched[i], TokenId{static_cast<std::uint32_t>(i)});
            }
        }
        m_plain = AsciiSet([this](char32_t character) {
            return character != U'\0' && character != U' ' && isPlain(static_cast<char>(character));
        });
    }
    std::string name() const override { return "SentencePiece"; }
    bool keepsWordsApart() const override {
        const bool isKeptByUsers =
            std::none_of(m_options.untouched.begin(), m_options.untouched.end(),
                         [](const std::string& symbol) { return reachesOverWordCut(symbol); });
        return isKeptByUsers && (!m_options.map || m_options.map->keepsWordsApart());
    }

    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        const std::string_view old = text.text();
        TextRewriter rewriter(text);
        Writer writer(m_options, rewriter);
        std::size_t begin = m_options.removesExtraSpaces ? endOfSpaces(old) : 0;
        if (begin < old.size()) {
            writer.begin(begin);
        }
        while (begin < old.size()) {
            if (const std::size_t end = endOfPlain(old, begin); end > begin) {
                writer.keep({begin, end});
                begin = end;
                continue;
            }
            const auto [size, becomes] = prefixAt(old, begin);
            writer.write({begin, begin + size}, becomes);
            begin += size;
        }
        writer.end(old.size());
        return std::move(rewriter).take(std::move(text));
    }

  private:
    /// Behind what becomes single spaces at the begin.
    std::size_t endOfSpaces(std::string_view old) const {
        std::size_t begin = 0;
        while (begin < old.size()) {
            const auto [size, becomes] = prefixAt(old, begin);
            if (becomes != " ") {
                break;
            }
            begin += size;
        }
        return begin;
    }

    /// Writes what takes the place of stretches of the old text, with those spaces that the options want.
    class Writer {
      public:
        Writer(const SentencePieceNormalizerOptions& options, TextRewriter& rewriter)
            : m_options(options),
              m_rewriter(rewriter),
              m_space(options.escapesSpaces ? spaceSign : " "),
              m_isBehindSpace(options.removesExtraSpaces) {}

        /// There is some text, from that byte on.
        void begin(std::size_t place) {
            m_isBegun = true;
            if (m_options.addsDummyPrefix && !m_options.putsSpaceBehind) {
                m_heldSpaces.push_back({place, place});
            }
        }

        void write(ByteSpan from, std::string_view text) {
            while (m_isBehindSpace && text.starts_with(' ')) {
                text.remove_prefix(1);
            }
            if (!text.empty()) {
                m_isBehindSpace = m_options.removesExtraSpaces && text.ends_with(' ');
            }
            while (!text.empty()) {
                const std::string_view sign = text.starts_with(' ') ? " " : m_space;
                if (text.starts_with(sign)) {
                    m_heldSpaces.push_back(from);
                    text.remove_prefix(sign.size());
                } else {
                    const std::size_t size = std::min({text.size(), text.find(' '), text.find(m_space)});
                    putSpaces();
                    m_rewriter.replace(from.begin, from.end, text.substr(0, size));
                    text.remove_prefix(size);
                }
            }
        }

        /// Characters that stay as they are, none of them a space or a part of its sign.
        void keep(ByteSpan plain) {
            putSpaces();
            m_isBehindSpace = false;
            m_rewriter.keep(plain.begin, plain.end);
        }

        void end(std::size_t place) {
            if (!m_options.removesExtraSpaces) {
                putSpaces();
            }
            if (m_isBegun && m_options.addsDummyPrefix && m_options.putsSpaceBehind) {
                m_rewriter.insert(place, m_space);
            }
        }

      private:
        void putSpaces() {
            for (const ByteSpan& from : m_heldSpaces) {
                if (from.begin == from.end) {
                    m_rewriter.insert(from.begin, m_space);
                } else {
                    m_rewriter.replace(from.begin, from.end, m_space);
                }
            }
            m_heldSpaces.clear();
        }

        const SentencePieceNormalizerOptions& m_options;
        TextRewriter& m_rewriter;
        std::string_view m_space;
        bool m_isBehindSpace;
        bool m_isBegun = false;
        /// Space signs, typed ones too, that are written once text follows: those at the end are not wanted.
        std::vector<ByteSpan> m_heldSpaces;
    };

    /// Whether nothing begins with the character but itself, where ASCII follows or nothing.
    bool isPlain(char character) const {
        std::string text{character, '\0'};
        for (int next = 0x01; next < 0x80; ++next) {
            text[1] = static_cast<char>(next);
            if (m_options.map &&
                (m_options.map->longestPrefix(text).size > 0 || m_options.map->beginsRule(text))) {
                return false;
            }
        }
        return std::none_of(m_options.untouched.begin(), m_options.untouched.end(),
                            [&](const std::string& symbol) { return symbol.starts_with(character); });
    }

    /// Behind such characters from there on.
    std::size_t endOfPlain(std::string_view old, std::size_t begin) const {
        const std::size_t end = m_plain.endOfRun(old, begin);
        // What is not ASCII may belong to the character before it.
        const bool isBeforeAscii = end == old.size() || static_cast<unsigned char>(old[end]) < 0x80;
        return isBeforeAscii || end == begin ? end : end - 1;
    }

    /// What begins there, and what it becomes.
    std::pair<std::size_t, std::string_view> prefixAt(std::string_view old, std::size_t begin) const {
        const std::string_view rest = old.substr(begin);
        if (const std::size_t size = m_untouched.longestAt(old, begin).span.size(); size > 0) {
            return {size, rest.substr(0, size)};
        }
        if (m_options.map) {
            if (const CharacterMap::Match match = m_options.map->longestPrefix(rest); match.size > 0) {
                return {match.size, match.replacement};
            }
        }
        const std::size_t size = codePointAt(old, begin).size;
        return {size, rest.substr(0, size)};
    }

    SentencePieceNormalizerOptions m_options;
    SpecialTokens m_untouched;
    AsciiSet m_plain;
};

class Precompiled final : public Normalizer {
  public:
    explicit Precompiled(std::shared_ptr<const CharacterMap> map) : m_map(std::move(map)) {}
    std::string name() const override { return "Precompiled"; }
    bool keepsWordsApart() const override { return m_map->keepsWordsApart(); }

    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        constexpr std::size_t endOfShort = 6;  // bytes
        const std::string_view old = text.text();
        TextRewriter rewriter(text);
        for (std::size_t begin = 0; begin < old.size();) {
            const std::size_t end = endOfGrapheme(old, begin);
            const CharacterMap::Match whole = end - begin < endOfShort
                                                  ? m_map->shortestPrefix(old.substr(begin, end - begin))
                                                  : CharacterMap::Match{};
            if (whole.size > 0) {
                rewriter.replace(begin, end, whole.replacement);
            } else {
                rewriteEach(old, begin, end, rewriter);
            }
            begin = end;
        }
        return std::move(rewriter).take(std::move(text));
    }

  private:
    void rewriteEach(std::string_view old, std::size_t begin, std::size_t end, TextRewriter& rewriter) const {
        while (begin < end) {
            const std::size_t next = begin + codePointAt(old, begin).size;
            const CharacterMap::Match match = m_map->shortestPrefix(old.substr(begin, next - begin));
            if (match.size > 0) {
                rewriter.replace(begin, next, match.replacement);
            } else {
                rewriter.keep(begin, next);
            }
            begin = next;
        }
    }

    static std::size_t endOfGrapheme(std::string_view text, std::size_t begin) {
        CodePoint last = codePointAt(text, begin);
        std::size_t end = begin + last.size;
        utf8proc_int32_t state = 0;
        while (end < text.size() && last.valid) {
            const CodePoint next = codePointAt(text, end);
            if (!next.valid ||
                utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last.value),
                                                 static_cast<utf8proc_int32_t>(next.value), &state) != 0) {
                break;
            }
            end += next.size;
            last = next;
        }
        return end;
    }

    std::shared_ptr<const CharacterMap> m_map;
};

}  // namespace

Result<std::shared_ptr<const CharacterMap>> CharacterMap::parse(std::string_view bytes) {
    const auto broken = [](std::string what) {
        return Error{ErrorCode::Broken, "the normalizer's character map", std::move(what),
                     "the file may be damaged: fetch it again"};
    };
    if (bytes.size() < unitSize) {
        return broken("has " + std::to_string(bytes.size()) + " bytes, fewer than its own size takes");
    }
    const std::size_t trieSize = littleEndianAt(bytes, 0);
    if (trieSize > bytes.size() - unitSize || trieSize % unitSize != 0 || trieSize == 0) {
        return broken("says that its trie has " + std::to_string(trieSize) + " bytes, but " +
                      std::to_string(bytes.size() - unitSize) + " follow");
    }
    auto map = std::make_shared<CharacterMap>();
    map->m_units.reserve(trieSize / unitSize);
    for (std::size_t place = unitSize; place < unitSize + trieSize; place += unitSize) {
        map->m_units.push_back(littleEndianAt(bytes, place));
    }
    map->m_replacements = bytes.substr(unitSize + trieSize);
    return std::shared_ptr<const CharacterMap>(std::move(map));
}

template <typename Found>
void CharacterMap::walk(std::string_view text, Found found) const {
    std::size_t node = offsetOf(m_units.front());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t byte = static_cast<unsigned char>(text[i]);
        node ^= byte;
        if (byte == 0 || node >= m_units.size() || labelOf(m_units[node]) != byte) {
            return;
        }
        const std::uint32_t unit = m_units[node];
        node ^= offsetOf(unit);
        if (hasLeaf(unit) && node < m_units.size() && !found(i + 1, valueOf(m_units[node]))) {
            return;
        }
    }
}

CharacterMap::Match CharacterMap::shortestPrefix(std::string_view text) const {
    Match match;
    walk(text, [&](std::size_t size, std::uint32_t value) {
        match = {size, replacementAt(value)};
        return false;
    });
    return match;
}

CharacterMap::Match CharacterMap::longestPrefix(std::string_view text) const {
    Match match;
    walk(text, [&](std::size_t size, std::uint32_t value) {
        match = {size, replacementAt(value)};
        return true;
    });
    return match;
}

bool CharacterMap::keepsWordsApart() const {
    const auto isSpace = [](std::string_view text) { return text == " " || text == spaceSign; };
    for (const std::string_view space : {std::string_view(" "), spaceSign}) {
        const Match match = longestPrefix(space);
        if (match.size > 0 && !isSpace(match.replacement)) {
            return false;
        }
    }
    for (int value = 0; value < 0x80; ++value) {
        const std::string letter(1, static_cast<char>(value));
        if (!isLetterOrDigit(letter.front())) {
            continue;
        }
        const Match match = longestPrefix(letter);
        const bool hasRules = beginsRule(letter + " ") || beginsRule(" " + letter) ||
                              beginsRule(letter + std::string(spaceSign)) ||
                              beginsRule(std::string(spaceSign) + letter);
        const bool stays =
            match.size == 0 || (match.replacement.size() == 1 && isLetterOrDigit(match.replacement.front()));
        if (!stays || hasRules) {
            return false;
        }
    }
    return true;
}

bool CharacterMap::beginsRule(std::string_view prefix) const {
    std::size_t node = offsetOf(m_units.front());
    for (const char byte : prefix) {
        node ^= static_cast<unsigned char>(byte);
        if (node >= m_units.size() || labelOf(m_units[node]) != static_cast<unsigned char>(byte)) {
            return false;
        }
        node ^= offsetOf(m_units[node]);
    }
    return true;
}

std::string_view CharacterMap::replacementAt(std::size_t place) const {
    if (place >= m_replacements.size()) {
        return {};
    }
    const std::string_view rest = std::string_view(m_replacements).substr(place);
    return rest.substr(0, rest.find('\0'));
}

NormalizerPtr makeSentencePieceNormalizer(SentencePieceNormalizerOptions options) {
    return std::make_shared<const SentencePieceNormalizer>(std::move(options));
}

NormalizerPtr makePrecompiled(std::shared_ptr<const CharacterMap> map) {
    return std::make_shared<const Precompiled>(std::move(map));
}

}  // namespace lexiscope
