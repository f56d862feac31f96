// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_scheme.h"

#include "core/tokenize/split_classes.h"

#include <utility>

namespace lexiscope {
namespace {

constexpr SplitClasses letters(SplitClass::Upper, SplitClass::Lower, SplitClass::Letter);
constexpr SplitClasses numbers(SplitClass::Number);
constexpr SplitClasses spaces(SplitClass::Break, SplitClass::Space);
constexpr SplitClasses breaks(SplitClass::Break);
constexpr SplitClasses others(SplitClass::Mark, SplitClass::Rest);                       // [^\s\p{L}\p{N}]
constexpr SplitClasses prefixes(SplitClass::Mark, SplitClass::Space, SplitClass::Rest);  // [^\r\n\p{L}\p{N}]
constexpr SplitClasses notLower(SplitClass::Upper, SplitClass::Letter, SplitClass::Mark);
constexpr SplitClasses notUpper(SplitClass::Lower, SplitClass::Letter, SplitClass::Mark);

constexpr std::string_view gpt2 =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view gpt2Grouped =
    R"('(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view cl100k =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view qwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view o200k =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// Bytes of 's, 't, 're, 've, 'm, 'll or 'd at `begin`, or 0.
std::size_t contractionAt(std::string_view text, std::size_t begin) {
    if (begin >= text.size() || text[begin] != '\'') {
        return 0;
    }
    const char first = begin + 1 < text.size() ? text[begin + 1] : '\0';
    const char second = begin + 2 < text.size() ? text[begin + 2] : '\0';
    switch (first) {
        case 's':
        case 't':
        case 'm':
        case 'd':
            return 2;
        case 'r':
        case 'v':
            return second == 'e' ? 3 : 0;
        case 'l':
            return second == 'l' ? 3 : 0;
        default:
            return 0;
    }
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// The same whatever the case: that of s takes in the long s, "ſ".
std::size_t contractionInAnyCaseAt(std::string_view text, std::size_t begin) {
    if (begin >= text.size() || text[begin] != '\'') {
        return 0;
    }
    constexpr std::string_view longS = "\u017F";
    if (text.substr(begin + 1, longS.size()) == longS) {
        return 1 + longS.size();
    }
    std::array<char, 3> folded{'\'', '\0', '\0'};
    for (std::size_t i = 1; i < folded.size() && begin + i < text.size(); ++i) {
        folded[i] = lower(text[begin + i]);
    }
    return contractionAt({folded.data(), folded.size()}, 0);
}

/// \s+(?!\S)|\s+: a run of white space leaves its last character to what follows, unless it ends the text or
/// is that character.
std::size_t endOfSpaces(std::string_view text, std::size_t begin) {
    std::size_t lastBegin = begin;
    std::size_t end = begin;
    while (end < text.size()) {
        const SplitStep step = splitStepAt(text, end);
        if (!spaces.has(step.splitClass)) {
            return lastBegin > begin ? lastBegin : end;
        }
        lastBegin = end;
        end += step.size;
    }
    return end;
}

/// \s*[\r\n]+|\s+(?!\S)|\s+: up to the last line break of the run, or else as above.
std::size_t endOfLinesOrSpaces(std::string_view text, std::size_t begin) {
    std::size_t afterBreak = begin;
    for (std::size_t end = begin; end < text.size();) {
        const SplitStep step = splitStepAt(text, end);
        if (!spaces.has(step.splitClass)) {
            break;
        }
        end += step.size;
        afterBreak = breaks.has(step.splitClass) ? end : afterBreak;
    }
    return afterBreak > begin ? afterBreak : endOfSpaces(text, begin);
}

std::size_t endOfGpt2Piece(std::string_view text, std::size_t begin) {
    if (const std::size_t size = contractionAt(text, begin); size > 0) {
        return begin + size;
    }
    std::size_t body = begin;
    if (text[begin] == ' ' && begin + 1 < text.size()) {
        ++body;
    }
    const SplitStep first = splitStepAt(text, body);
    if (spaces.has(first.splitClass)) {
        return endOfSpaces(text, begin);
    }
    const SplitClasses kind = letters.has(first.splitClass)   ? letters
                              : numbers.has(first.splitClass) ? numbers
                                                              : others;
    return endOfRun(text, body + first.size, kind);
}

/// What stands last in the newer patterns: ` ?[^\s\p{L}\p{N}]+` with line breaks, or slashes too, behind it;
/// white space. `first` is the character at `begin`, no letter and no number.
std::size_t endOfSignsOrSpaces(std::string_view text, std::size_t begin, SplitStep first, bool takesSlashes) {
    std::size_t body = begin;
    if (text[begin] == ' ' && begin + 1 < text.size()) {
        ++body;
        first = splitStepAt(text, body);
    }
    if (!others.has(first.splitClass)) {
        return endOfLinesOrSpaces(text, begin);
    }
    std::size_t end = endOfRun(text, body, others);
    while (end < text.size() &&
           (text[end] == '\r' || text[end] == '\n' || (takesSlashes && text[end] == '/'))) {
        ++end;
    }
    return end;
}

/// Cl100k and Qwen2, which differ in how many digits stay together.
std::size_t endOfCl100kPiece(std::string_view text, std::size_t begin, std::size_t mostDigits) {
    if (const std::size_t size = contractionInAnyCaseAt(text, begin); size > 0) {
        return begin + size;
    }
    const SplitStep first = splitStepAt(text, begin);
    if (numbers.has(first.splitClass)) {
        return endOfRun(text, begin, numbers, mostDigits);
    }
    const std::size_t body = prefixes.has(first.splitClass) ? begin + first.size : begin;
    const std::size_t end = endOfRun(text, body, letters);
    return end > body ? end : endOfSignsOrSpaces(text, begin, first, false);
}

/// The end of [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+ from `begin` on, or `begin` where
/// that does not match. The first part takes all it can, and gives back until the second has a character: the
/// last one without case.
std::size_t endOfCapitalized(std::string_view text, std::size_t begin) {
    std::size_t afterCaseless = begin;
    std::size_t end = begin;
    while (end < text.size()) {
        const SplitStep step = splitStepAt(text, end);
        if (!notLower.has(step.splitClass)) {
            break;
        }
        end += step.size;
        afterCaseless = notUpper.has(step.splitClass) ? end : afterCaseless;
    }
    const std::size_t afterLower = endOfRun(text, end, notUpper);
    return afterLower > end ? afterLower : afterCaseless;
}

std::size_t endOfO200kWord(std::string_view text, std::size_t begin, SplitStep first) {
    // Each alternative with the character before the word, then without it: only a mark may be either.
    const std::array<std::size_t, 2> bodies = {prefixes.has(first.splitClass) ? begin + first.size : begin,
                                               begin};
    for (const std::size_t body : bodies) {
        if (const std::size_t end = endOfCapitalized(text, body); end > body) {
            return end;
        }
    }
    for (const std::size_t body : bodies) {
        if (const std::size_t end = endOfRun(text, body, notLower); end > body) {
            return end;
        }
    }
    return begin;
}

std::size_t endOfO200kPiece(std::string_view text, std::size_t begin) {
    constexpr std::size_t mostDigits = 3;
    const SplitStep first = splitStepAt(text, begin);
    if (const std::size_t end = endOfO200kWord(text, begin, first); end > begin) {
        return end + contractionInAnyCaseAt(text, end);
    }
    if (numbers.has(first.splitClass)) {
        return endOfRun(text, begin, numbers, mostDigits);
    }
    return endOfSignsOrSpaces(text, begin, first, true);
}

}  // namespace

std::string_view name(SplitScheme scheme) {
    switch (scheme) {
        case SplitScheme::Gpt2:
            return "gpt2";
        case SplitScheme::Cl100k:
            return "cl100k_base";
        case SplitScheme::Qwen2:
            return "qwen2";
        case SplitScheme::O200k:
            return "o200k_base";
    }
    return {};
}

std::string_view patternOf(SplitScheme scheme) {
    switch (scheme) {
        case SplitScheme::Gpt2:
            return gpt2;
        case SplitScheme::Cl100k:
            return cl100k;
        case SplitScheme::Qwen2:
            return qwen2;
        case SplitScheme::O200k:
            return o200k;
    }
    return {};
}

std::string withBreaksSpelled(std::string_view pattern) {
    std::string spelled;
    for (const char character : pattern) {
        if (character == '\r' || character == '\n') {
            spelled += character == '\r' ? "\\r" : "\\n";
        } else {
            spelled += character;
        }
    }
    return spelled;
}

std::optional<SplitScheme> schemeOf(std::string_view written) {
    const std::string pattern = withBreaksSpelled(written);
    if (pattern == gpt2Grouped) {
        return SplitScheme::Gpt2;
    }
    for (const SplitScheme scheme : allSplitSchemes) {
        if (pattern == patternOf(scheme)) {
            return scheme;
        }
    }
    return std::nullopt;
}

std::size_t endOfPiece(SplitScheme scheme, std::string_view text, std::size_t begin) {
    constexpr std::size_t cl100kDigits = 3;
    switch (scheme) {
        case SplitScheme::Gpt2:
            return endOfGpt2Piece(text, begin);
        case SplitScheme::Cl100k:
            return endOfCl100kPiece(text, begin, cl100kDigits);
        case SplitScheme::Qwen2:
            return endOfCl100kPiece(text, begin, 1);
        case SplitScheme::O200k:
            return endOfO200kPiece(text, begin);
    }
    return text.size();
}

}  // namespace lexiscope
