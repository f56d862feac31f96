// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/pre_tokenizer.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/tokenize/character_split.h"
#include "core/tokenize/digit_groups.h"
#include "core/tokenize/known_patterns.h"
#include "core/tokenize/older_unicode.h"
#include "core/tokenize/split_pieces.h"
#include "core/tokenize/split_regex.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <utility>

#include <utf8proc.h>

namespace lexiscope {
namespace {

bool isPunctuation(char32_t character) {
    const bool isAsciiSign =
        character > 0x20 && character < 0x7F && !(character >= U'0' && character <= U'9') &&
        !(character >= U'A' && character <= U'Z') && !(character >= U'a' && character <= U'z');
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(character));
    // Punctuation before Unicode 12 and 11.
    const bool wasPunctuation = character == 0x166D || character == 0x111C9;
    return isAsciiSign || wasPunctuation ||
           (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO &&
            !isYoung(YoungClass::Punctuation, character));
}

bool isNumber(char32_t character) {
    return classOf(character) == CharacterClass::Number;
}

template <typename Is>
PreTokenizerPtr makeCharacterSplit(std::string name, Is is, SplitBehavior behavior) {
    return std::make_shared<const CharacterSplit<Is>>(std::move(name), std::move(is), behavior);
}

class LiteralSplit final : public PreTokenizer {
  public:
    LiteralSplit(std::string literal, SplitBehavior behavior, bool invert)
        : m_literal(std::move(literal)), m_behavior(behavior), m_invert(invert) {}
    std::string name() const override { return "Split"; }
    std::string detail() const override { return displayText(m_literal); }
    /// What holds no letter or digit, and is more than a space, does not fit over any part of a cut.
    AtWordCut atWordCut() const override {
        const bool isLetterFree = std::none_of(m_literal.begin(), m_literal.end(), isLetterOrDigit);
        return isLetterFree ? AtWordCut::Keeps : AtWordCut::Unknown;
    }
    Result<Done> apply(SplitText& text) const override {
        std::vector<ByteSpan> pieces;
        for (const ByteSpan& piece : text.pieces) {
            StretchMaker stretches(piece, m_invert);
            const std::string_view within = text.text.text().substr(0, piece.end);
            for (std::size_t from = piece.begin;;) {
                const std::size_t found = m_literal.empty() ? within.npos : within.find(m_literal, from);
                if (found == within.npos) {
                    break;
                }
                from = found + m_literal.size();
                stretches.addMatch(found, from);
            }
            addPieces(pieces, stretches.take(), m_behavior);
        }
        text.pieces = std::move(pieces);
        return Done{};
    }

  private:
    std::string m_literal;
    SplitBehavior m_behavior;
    bool m_invert;
};

class RegexSplit final : public PreTokenizer {
  public:
    RegexSplit(std::string name, std::shared_ptr<const SplitRegex> pattern, SplitBehavior behavior,
               bool invert, AtWordCut atWordCut = AtWordCut::Unknown)
        : m_name(std::move(name)),
          m_pattern(std::move(pattern)),
          m_behavior(behavior),
          m_invert(invert),
          m_atWordCut(atWordCut) {}
    std::string name() const override { return m_name; }
    std::string detail() const override { return m_pattern->pattern(); }
    AtWordCut atWordCut() const override { return m_atWordCut; }
    Result<Done> apply(SplitText& text) const override {
        std::vector<ByteSpan> pieces;
        SplitRegex::Matches matches(*m_pattern, {}, text.progress);
        for (const ByteSpan& piece : text.pieces) {
            // A piece is a text of its own for the pattern: it looks neither back nor ahead.
            matches.restart(text.text.text().substr(piece.begin, piece.size()));
            StretchMaker stretches(piece, m_invert);
            for (;;) {
                const Result<std::optional<ByteSpan>> match = matches.next();
                if (!match.ok()) {
                    const std::size_t place = piece.begin + matches.place();
                    return atSourceByte(match.error(), text.text.sourceOf(place, place).begin);
                }
                if (!match.value()) {
                    break;
                }
                stretches.addMatch(piece.begin + match.value()->begin, piece.begin + match.value()->end);
            }
            addPieces(pieces, stretches.take(), m_behavior);
        }
        text.pieces = std::move(pieces);
        return Done{};
    }

  private:
    std::string m_name;
    std::shared_ptr<const SplitRegex> m_pattern;
    SplitBehavior m_behavior;
    bool m_invert;
    AtWordCut m_atWordCut;
};

void splitByScheme(SplitText& text, SplitScheme scheme) {
    std::vector<ByteSpan> pieces;
    for (const ByteSpan& piece : text.pieces) {
        const std::string_view own = text.text.text().substr(piece.begin, piece.size());
        for (std::size_t begin = 0; begin < own.size();) {
            const std::size_t end = endOfPiece(scheme, own, begin);
            pieces.push_back({piece.begin + begin, piece.begin + end});
            begin = end;
        }
    }
    text.pieces = std::move(pieces);
}

class SchemeSplit final : public PreTokenizer {
  public:
    explicit SchemeSplit(SplitScheme scheme) : m_scheme(scheme) {}
    std::string name() const override { return "Split"; }
    std::string detail() const override { return std::string(patternOf(m_scheme)); }
    AtWordCut atWordCut() const override { return AtWordCut::Cuts; }
    Result<Done> apply(SplitText& text) const override {
        splitByScheme(text, m_scheme);
        return Done{};
    }

  private:
    SplitScheme m_scheme;
};

/// Rewrites each piece; `rule` gets the rewriter and the piece, and keeps, replaces or inserts in it.
template <typename Rule>
void rewritePieces(SplitText& text, Rule rule) {
    TextRewriter rewriter(text.text);
    std::vector<ByteSpan> pieces;
    for (const ByteSpan& piece : text.pieces) {
        const std::size_t begin = rewriter.size();
        rule(rewriter, piece);
        addPiece(pieces, {begin, rewriter.size()});
    }
    text.pieces = std::move(pieces);
    text.text = std::move(rewriter).take(std::move(text.text));
}

class ByteLevel final : public PreTokenizer {
  public:
    explicit ByteLevel(const ByteLevelOptions& options) : m_options(options) {}
    std::string name() const override { return "ByteLevel"; }
    std::string detail() const override {
        return m_options.useRegex ? std::string(patternOf(SplitScheme::Gpt2)) : std::string();
    }
    AtWordCut atWordCut() const override {
        return m_options.useRegex      ? AtWordCut::Cuts
               : m_options.spellsBytes ? AtWordCut::Unknown
                                       : AtWordCut::Keeps;
    }
    Result<Done> apply(SplitText& text) const override {
        const auto lacksSpace = [&](const ByteSpan& piece) { return text.text.text()[piece.begin] != ' '; };
        if (m_options.addPrefixSpace && std::any_of(text.pieces.begin(), text.pieces.end(), lacksSpace)) {
            rewritePieces(text, [&](TextRewriter& rewriter, const ByteSpan& piece) {
                rewriter.insert(piece.begin, lacksSpace(piece) ? " " : "");
                rewriter.keep(piece.begin, piece.end);
            });
        }
        if (m_options.useRegex) {
            splitByScheme(text, SplitScheme::Gpt2);
        }
        if (m_options.spellsBytes) {
            const std::string_view old = text.text.text();
            rewritePieces(text, [&](TextRewriter& rewriter, const ByteSpan& piece) {
                for (std::size_t byte = piece.begin; byte < piece.end; ++byte) {
                    rewriter.replace(byte, byte + 1, spellingOfBytes(old.substr(byte, 1)));
                }
            });
        }
        return Done{};
    }

  private:
    ByteLevelOptions m_options;
};

class Metaspace final : public PreTokenizer {
  public:
    explicit Metaspace(MetaspaceOptions options) : m_options(std::move(options)) {}
    std::string name() const override { return "Metaspace"; }
    std::string detail() const override { return "\u00B7 \u2192 " + m_options.replacement; }
    AtWordCut atWordCut() const override {
        const bool isUsual = m_options.replacement == MetaspaceOptions().replacement;
        return !isUsual ? AtWordCut::Unknown : m_options.split ? AtWordCut::Cuts : AtWordCut::Keeps;
    }
    Result<Done> apply(SplitText& text) const override {
        const std::string_view old = text.text.text();
        rewritePieces(text, [&](TextRewriter& rewriter, const ByteSpan& piece) {
            const std::string_view own = old.substr(piece.begin, piece.size());
            const bool begins = own.front() == ' ' || own.starts_with(m_options.replacement);
            const bool isFirst = text.text.sourceOf(piece.begin, piece.begin + 1).begin == 0;
            if (!begins && (m_options.prepend == PrependScheme::Always ||
                            (m_options.prepend == PrependScheme::First && isFirst))) {
                rewriter.insert(piece.begin, m_options.replacement);
            }
            for (std::size_t begin = piece.begin; begin < piece.end;) {
                const std::size_t space = std::min(old.find(' ', begin), piece.end);
                rewriter.keep(begin, space);
                if (space < piece.end) {
                    rewriter.replace(space, space + 1, m_options.replacement);
                }
                begin = space + 1;
            }
        });
        return m_options.split
                   ? LiteralSplit(m_options.replacement, SplitBehavior::MergedWithNext, false).apply(text)
                   : Result<Done>(Done{});
    }

  private:
    MetaspaceOptions m_options;
};

class OnByteAlphabet final : public PreTokenizer {
  public:
    explicit OnByteAlphabet(PreTokenizerPtr inner) : m_inner(std::move(inner)) {}
    std::string name() const override { return m_inner->name(); }
    std::string detail() const override { return m_inner->detail(); }
    Result<Done> apply(SplitText& text) const override {
        const std::string spelling = spellingOfBytes(text.text.text());
        std::vector<std::size_t> begins;  // of each byte's character, and the end
        for (std::size_t begin = 0; begin < spelling.size(); begin += codePointAt(spelling, begin).size) {
            begins.push_back(begin);
        }
        begins.push_back(spelling.size());
        SplitText spelled{AlignedText(spelling), {}, text.progress};
        for (const ByteSpan& piece : text.pieces) {
            spelled.pieces.push_back({begins[piece.begin], begins[piece.end]});
        }
        if (Result<Done> done = m_inner->apply(spelled); !done.ok()) {
            return done;
        }
        const auto byteAt = [&](std::size_t place) {
            return static_cast<std::size_t>(std::lower_bound(begins.begin(), begins.end(), place) -
                                            begins.begin());
        };
        text.pieces.clear();
        for (const ByteSpan& piece : spelled.pieces) {
            text.pieces.push_back({byteAt(piece.begin), byteAt(piece.end)});
        }
        return Done{};
    }

  private:
    PreTokenizerPtr m_inner;
};

class PreTokenizerSequence final : public PreTokenizer {
  public:
    explicit PreTokenizerSequence(std::vector<PreTokenizerPtr> parts) : m_parts(std::move(parts)) {}
    std::string name() const override {
        std::string names;
        for (const PreTokenizerPtr& part : m_parts) {
            names += (names.empty() ? "" : ", ") + part->name();
        }
        return names;
    }
    std::span<const PreTokenizerPtr> steps() const override { return m_parts; }
    AtWordCut atWordCut() const override {
        AtWordCut all = AtWordCut::Keeps;
        for (const PreTokenizerPtr& part : m_parts) {
            // Where the text has been cut, each piece is by itself for what follows.
            all = all == AtWordCut::Cuts ? all : part->atWordCut();
            if (all == AtWordCut::Unknown) {
                break;
            }
        }
        return all;
    }
    Result<Done> apply(SplitText& text) const override {
        for (const PreTokenizerPtr& part : m_parts) {
            if (Result<Done> done = part->apply(text); !done.ok()) {
                return done;
            }
        }
        return Done{};
    }

  private:
    std::vector<PreTokenizerPtr> m_parts;
};

}  // namespace

PreTokenizerPtr makeByteLevel(const ByteLevelOptions& options) {
    return std::make_shared<const ByteLevel>(options);
}

PreTokenizerPtr makeMetaspace(MetaspaceOptions options) {
    return std::make_shared<const Metaspace>(std::move(options));
}

PreTokenizerPtr makeBertPreTokenizer() {
    return std::make_shared<const PreTokenizerSequence>(
        std::vector<PreTokenizerPtr>{makeWhitespaceSplit(), makePunctuation(SplitBehavior::Isolated)});
}

PreTokenizerPtr makePunctuation(SplitBehavior behavior) {
    return makeCharacterSplit("Punctuation", isPunctuation, behavior);
}

PreTokenizerPtr makeWhitespaceSplit() {
    return makeCharacterSplit(
        "WhitespaceSplit", [](char32_t character) { return classOf(character) == CharacterClass::Space; },
        SplitBehavior::Removed);
}

PreTokenizerPtr makeDigits(bool individual) {
    return makeCharacterSplit("Digits", isNumber,
                              individual ? SplitBehavior::Isolated : SplitBehavior::Contiguous);
}

PreTokenizerPtr makeCharDelimiterSplit(char32_t delimiter) {
    return makeCharacterSplit(
        "CharDelimiterSplit", [delimiter](char32_t character) { return character == delimiter; },
        SplitBehavior::Removed);
}

PreTokenizerPtr makeSplit(std::string literal, SplitBehavior behavior, bool invert) {
    return std::make_shared<const LiteralSplit>(std::move(literal), behavior, invert);
}

PreTokenizerPtr makeSplit(std::shared_ptr<const SplitRegex> pattern, SplitBehavior behavior, bool invert,
                          std::string name) {
    // Matches that are dropped or joined to others may be otherwise beside a cut than is known of them.
    const bool isPlain =
        behavior == SplitBehavior::Isolated || (behavior == SplitBehavior::Removed && invert);
    const std::optional<DigitGroups> groups = digitGroupsOf(pattern->pattern());
    if (groups && behavior == SplitBehavior::Isolated && !invert) {
        return makeSplit(*groups);
    }
    const AtWordCut atCut = isPlain ? atWordCutOf(pattern->pattern()) : AtWordCut::Unknown;
    return std::make_shared<const RegexSplit>(std::move(name), std::move(pattern), behavior, invert, atCut);
}

PreTokenizerPtr makeSplit(SplitScheme scheme) {
    return std::make_shared<const SchemeSplit>(scheme);
}

PreTokenizerPtr makeWhitespace() {
    constexpr const char* pattern =
        "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200C}\\x{200D}]+|"
        "[^\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200C}\\x{200D}\\s]+";
    static const std::shared_ptr<const SplitRegex> words = SplitRegex::compile(pattern).value();
    return std::make_shared<const RegexSplit>("Whitespace", words, SplitBehavior::Removed, true,
                                              AtWordCut::Cuts);
}

PreTokenizerPtr makeOnByteAlphabet(PreTokenizerPtr inner) {
    return std::make_shared<const OnByteAlphabet>(std::move(inner));
}

PreTokenizerPtr makePreTokenizerSequence(std::vector<PreTokenizerPtr> parts) {
    return std::make_shared<const PreTokenizerSequence>(std::move(parts));
}

}  // namespace lexiscope
