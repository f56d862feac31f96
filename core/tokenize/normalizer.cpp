// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/normalizer.h"

#include "core/base/utf8.h"
#include "core/tokenize/ascii_set.h"
#include "core/tokenize/older_unicode.h"
#include "core/tokenize/split_regex.h"
#include "core/tokenize/word_cuts.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include <utf8proc.h>

namespace lexiscope {
namespace {

utf8proc_category_t categoryOf(char32_t character) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(character));
}

bool isMark(char32_t character) {
    const utf8proc_category_t category = categoryOf(character);
    constexpr char32_t wasMark = 0x1CF2;  // a letter since Unicode 12; the one behind it, too
    return ((category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
             category == UTF8PROC_CATEGORY_ME) &&
            !isYoung(YoungClass::Mark, character)) ||
           character == wasMark || character == wasMark + 1;
}

bool isNonspacingMark(char32_t character) {
    constexpr char32_t wasNonspacing = 0x1734;  // a spacing mark since Unicode 14
    return (categoryOf(character) == UTF8PROC_CATEGORY_MN &&
            !isYoung(YoungClass::NonspacingMark, character)) ||
           character == wasNonspacing;
}

/// Rewrites each character by itself; `rule` says what becomes of it through the rewriter. What it says of
/// ASCII is asked once: most of that it mostly keeps.
template <typename Rule>
AlignedText rewriteCharacters(AlignedText text, const AsciiSet& isKept, Rule rule) {
    TextRewriter rewriter(text);
    const std::string_view old = text.text();
    for (std::size_t begin = 0; begin < old.size();) {
        if (const std::size_t plain = isKept.endOfRun(old, begin); plain > begin) {
            rewriter.keep(begin, plain);
            begin = plain;
            continue;
        }
        const CodePoint point = codePointAt(old, begin);
        const std::size_t end = begin + point.size;
        if (point.valid) {
            rule(rewriter, point.value, begin, end);
        } else {
            rewriter.keep(begin, end);
        }
        begin = end;
    }
    return std::move(rewriter).take(std::move(text));
}

AlignedText lowercased(AlignedText text) {
    static const AsciiSet isLower([](char32_t character) { return character < U'A' || character > U'Z'; });
    return rewriteCharacters(
        std::move(text), isLower,
        [](TextRewriter& rewriter, char32_t character, std::size_t begin, std::size_t end) {
            // The one character with a longer lower case (SpecialCasing.txt).
            constexpr char32_t capitalWithDot = 0x130;
            const auto lower =
                static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(character)));
            if (character == capitalWithDot) {
                rewriter.replace(begin, end, "i\u0307");
            } else if (lower == character) {
                rewriter.keep(begin, end);
            } else {
                std::string bytes;
                appendUtf8(bytes, lower);
                rewriter.replace(begin, end, bytes);
            }
        });
}

template <typename Drops>
AlignedText without(AlignedText text, Drops drops) {
    const AsciiSet isKept([&](char32_t character) { return !drops(character); });
    return rewriteCharacters(
        std::move(text), isKept,
        [&](TextRewriter& rewriter, char32_t character, std::size_t begin, std::size_t end) {
            if (!drops(character)) {
                rewriter.keep(begin, end);
            }
        });
}

/// "· → ▁"
std::string replacement(std::string_view what, std::string_view with) {
    return displayText(what) + " \u2192 " + (with.empty() ? "nothing" : displayText(with));
}

class Lowercase final : public Normalizer {
  public:
    std::string name() const override { return "Lowercase"; }
    bool keepsWordsApart() const override { return true; }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        return lowercased(std::move(text));
    }
};

class StripAccents final : public Normalizer {
  public:
    std::string name() const override { return "StripAccents"; }
    bool keepsWordsApart() const override { return true; }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        return without(std::move(text), isMark);
    }
};

class Strip final : public Normalizer {
  public:
    Strip(bool left, bool right) : m_left(left), m_right(right) {}
    std::string name() const override { return "Strip"; }
    bool keepsWordsApart() const override { return true; }
    std::string detail() const override {
        return m_left && m_right ? "at both ends" : m_left ? "at the begin" : m_right ? "at the end" : "";
    }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        const std::string_view old = text.text();
        std::size_t first = 0;
        std::size_t last = old.size();
        bool isInside = false;
        for (std::size_t begin = 0; begin < old.size();) {
            const CodePoint point = codePointAt(old, begin);
            const std::size_t end = begin + point.size;
            if (!isSpace(point)) {
                first = isInside ? first : begin;
                last = end;
                isInside = true;
            }
            begin = end;
        }
        if (!isInside) {
            first = last = m_left || m_right ? 0 : old.size();
        }
        TextRewriter rewriter(text);
        rewriter.keep(m_left && isInside ? first : 0, m_right || !isInside ? last : old.size());
        return std::move(rewriter).take(std::move(text));
    }

  private:
    bool m_left;
    bool m_right;
};

/// At a cut stand a letter or digit, a space or its sign, and a letter. What holds no letter or digit, and is
/// more than a space, does not fit over any of them.
bool replacingKeepsWordsApart(std::string_view literal, std::string_view content) {
    constexpr std::string_view spaceSign = "\u2581";
    const auto isSpaceSign = [&](std::string_view text) { return text == " " || text == spaceSign; };
    return isSpaceSign(literal) ? isSpaceSign(content)
                                : std::none_of(literal.begin(), literal.end(), isLetterOrDigit);
}

class ReplaceLiteral final : public Normalizer {
  public:
    ReplaceLiteral(std::string literal, std::string content)
        : m_literal(std::move(literal)), m_content(std::move(content)) {
        assert(!m_literal.empty());
    }
    std::string name() const override { return "Replace"; }
    std::string detail() const override { return replacement(m_literal, m_content); }
    bool keepsWordsApart() const override { return replacingKeepsWordsApart(m_literal, m_content); }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        TextRewriter rewriter(text);
        const std::string_view old = text.text();
        std::size_t begin = 0;
        for (std::size_t found = 0; (found = old.find(m_literal, begin)) != std::string_view::npos;) {
            rewriter.keep(begin, found);
            rewriter.replace(found, found + m_literal.size(), m_content);
            begin = found + m_literal.size();
        }
        rewriter.keep(begin, old.size());
        return std::move(rewriter).take(std::move(text));
    }

  private:
    std::string m_literal;
    std::string m_content;
};

class ReplacePattern final : public Normalizer {
  public:
    ReplacePattern(std::shared_ptr<const SplitRegex> pattern, std::string content)
        : m_pattern(std::move(pattern)), m_content(std::move(content)) {}
    std::string name() const override { return "Replace"; }
    std::string detail() const override { return replacement(m_pattern->pattern(), m_content); }
    bool keepsWordsApart() const override {
        return m_pattern->pattern() ==
               " {2,}";  // at a cut there is one space; of other patterns nothing is known
    }
    Result<AlignedText> apply(AlignedText text, const Progress& progress) const override {
        TextRewriter rewriter(text);
        const std::string_view old = text.text();
        SplitRegex::Matches matches(*m_pattern, old, &progress);
        std::size_t begin = 0;
        for (;;) {
            const Result<std::optional<ByteSpan>> match = matches.next();
            if (!match.ok()) {
                const std::size_t place = matches.place();
                return atSourceByte(match.error(), text.sourceOf(place, place).begin);
            }
            if (!match.value()) {
                break;
            }
            rewriter.keep(begin, match.value()->begin);
            rewriter.replace(match.value()->begin, match.value()->end, m_content);
            begin = match.value()->end;
        }
        rewriter.keep(begin, old.size());
        return std::move(rewriter).take(std::move(text));
    }

  private:
    std::shared_ptr<const SplitRegex> m_pattern;
    std::string m_content;
};

class Prepend final : public Normalizer {
  public:
    explicit Prepend(std::string text) : m_text(std::move(text)) {}
    std::string name() const override { return "Prepend"; }
    bool keepsWordsApart() const override { return true; }
    std::string detail() const override { return displayText(m_text); }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        if (text.size() == 0) {
            return text;
        }
        TextRewriter rewriter(text);
        rewriter.insert(0, m_text);
        rewriter.keep(0, text.size());
        return std::move(rewriter).take(std::move(text));
    }

  private:
    std::string m_text;
};

/// What is not assigned stays: a new sign is an unknown one, not none.
bool isControl(char32_t character) {
    if (character == U'\t' || character == U'\n' || character == U'\r') {
        return false;
    }
    switch (categoryOf(character)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CO:
            return true;
        case UTF8PROC_CATEGORY_CF:
            return !isYoung(YoungClass::Format, character);
        default:
            return character == 0xFFFD;
    }
}

/// The ideographs that BERT takes apart, as Hugging Face's program lists them (its sixth block begins at
/// U+2B920 where Unicode's begins at U+2B820).
bool isChinese(char32_t character) {
    constexpr std::pair<char32_t, char32_t> blocks[] = {
        {0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
        {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
    for (const auto& [first, last] : blocks) {
        if (character >= first && character <= last) {
            return true;
        }
    }
    return false;
}

AlignedText cleaned(AlignedText text) {
    static const AsciiSet isKept([](char32_t character) { return character >= U' ' && character < 0x7F; });
    return rewriteCharacters(
        std::move(text), isKept,
        [](TextRewriter& rewriter, char32_t character, std::size_t begin, std::size_t end) {
            if (isControl(character)) {
                return;
            }
            if (classOf(character) == CharacterClass::Space) {
                rewriter.replace(begin, end, " ");
            } else {
                rewriter.keep(begin, end);
            }
        });
}

AlignedText separated(AlignedText text) {
    static const AsciiSet isKept([](char32_t) { return true; });
    return rewriteCharacters(
        std::move(text), isKept,
        [](TextRewriter& rewriter, char32_t character, std::size_t begin, std::size_t end) {
            const bool isApart = isChinese(character);
            rewriter.insert(begin, isApart ? " " : "");
            rewriter.keep(begin, end);
            rewriter.insert(end, isApart ? " " : "");
        });
}

AlignedText withoutAccents(AlignedText text) {
    static const NormalizerPtr nfd = makeUnicodeForm(UnicodeForm::Nfd);
    return without(nfd->apply(std::move(text), NoProgress()).value(), isNonspacingMark);
}

/// A part of what BERT does.
class BertStep final : public Normalizer {
  public:
    using Rewrite = AlignedText (*)(AlignedText);
    BertStep(std::string name, Rewrite rewrite) : m_name(std::move(name)), m_rewrite(rewrite) {}
    std::string name() const override { return m_name; }
    bool keepsWordsApart() const override { return true; }
    Result<AlignedText> apply(AlignedText text, const Progress&) const override {
        return m_rewrite(std::move(text));
    }

  private:
    std::string m_name;
    Rewrite m_rewrite;
};

class NormalizerSequence final : public Normalizer {
  public:
    explicit NormalizerSequence(std::vector<NormalizerPtr> parts) : m_parts(std::move(parts)) {}
    std::string name() const override {
        std::string names;
        for (const NormalizerPtr& part : m_parts) {
            names += (names.empty() ? "" : ", ") + part->name();
        }
        return names;
    }
    std::span<const NormalizerPtr> steps() const override { return m_parts; }
    bool keepsWordsApart() const override {
        return std::all_of(m_parts.begin(), m_parts.end(),
                           [](const NormalizerPtr& part) { return part->keepsWordsApart(); });
    }
    Result<AlignedText> apply(AlignedText text, const Progress& progress) const override {
        for (const NormalizerPtr& part : m_parts) {
            Result<AlignedText> result = part->apply(std::move(text), progress);
            if (!result.ok()) {
                return result;
            }
            text = std::move(result).value();
        }
        return text;
    }

  private:
    std::vector<NormalizerPtr> m_parts;
};

}  // namespace

NormalizerPtr makeLowercase() {
    return std::make_shared<const Lowercase>();
}

NormalizerPtr makeStripAccents() {
    return std::make_shared<const StripAccents>();
}

NormalizerPtr makeStrip(bool left, bool right) {
    return std::make_shared<const Strip>(left, right);
}

NormalizerPtr makeReplace(std::string literal, std::string content) {
    return std::make_shared<const ReplaceLiteral>(std::move(literal), std::move(content));
}

NormalizerPtr makeReplace(std::shared_ptr<const SplitRegex> pattern, std::string content) {
    return std::make_shared<const ReplacePattern>(std::move(pattern), std::move(content));
}

NormalizerPtr makePrepend(std::string text) {
    return std::make_shared<const Prepend>(std::move(text));
}

NormalizerPtr makeBertNormalizer(const BertNormalizerOptions& options) {
    std::vector<NormalizerPtr> steps;
    const auto add = [&steps](const char* name, BertStep::Rewrite rewrite) {
        steps.push_back(std::make_shared<const BertStep>(name, rewrite));
    };
    if (options.cleanText) {
        add("Clean text", cleaned);
    }
    if (options.separateChinese) {
        add("Chinese apart", separated);
    }
    if (options.stripAccents.value_or(options.lowercase)) {
        add("Strip accents", withoutAccents);
    }
    if (options.lowercase) {
        add("Lowercase", lowercased);
    }
    return makeNormalizerSequence(std::move(steps));
}

NormalizerPtr makeNormalizerSequence(std::vector<NormalizerPtr> parts) {
    return std::make_shared<const NormalizerSequence>(std::move(parts));
}

}  // namespace lexiscope
