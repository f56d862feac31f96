// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/token_lookup.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/search/spelling_distance.h"

#include <algorithm>
#include <limits>

namespace lexiscope {
namespace {

constexpr std::size_t rowsPerQuestion = 1U << 14U;
/// Longer texts are not meant as one token, and comparing them with millions of words would take long.
constexpr std::size_t longestCompared = 128;
constexpr std::size_t spellingsNamed = 3;
constexpr std::size_t spellingsCompared = 12;  // some may be equal

/// How the vocabulary spells a text.
std::string spelled(std::string_view text, WordMark mark) {
    switch (mark) {
        case WordMark::ByteLevel:
            return spellingOfBytes(text);
        case WordMark::Metaspace: {
            std::string spelling;
            for (const char byte : text) {
                byte == ' ' ? spelling += markOf(mark) : spelling += byte;
            }
            return spelling;
        }
        case WordMark::WordPiece:
        case WordMark::None:
            break;
    }
    return std::string(text);
}

/// The row's bare text; a copy in `storage` only where the spelling is another.
std::string_view bareView(const Vocabulary& vocabulary, Row row, std::string& storage) {
    if (vocabulary.wordMark() == WordMark::None) {
        return vocabulary.spelling(row);
    }
    storage = bareText(vocabulary, row);
    return storage;
}

/// How many bytes of `word` and `folded` agree before `word` has a byte that is no ASCII; nothing when they
/// differ before.
std::optional<std::size_t> agreeingAscii(std::string_view word, std::string_view folded) {
    const std::size_t both = std::min(word.size(), folded.size());
    for (std::size_t i = 0; i < both; ++i) {
        const auto byte = static_cast<unsigned char>(word[i]);
        if (byte >= 0x80) {
            return i;
        }
        const bool isUpper = byte >= 'A' && byte <= 'Z';
        if (static_cast<char>(isUpper ? byte + ('a' - 'A') : byte) != folded[i]) {
            return std::nullopt;
        }
    }
    return both;
}

/// Does the word, in lower case, begin with `folded`, which is in lower case? Fast where most words say no
/// early.
bool beginsFolded(std::string_view word, std::string_view folded) {
    const std::optional<std::size_t> agreed = agreeingAscii(word, folded);
    if (!agreed.has_value()) {
        return false;
    }
    const std::string_view wanted = folded.substr(*agreed);
    // Each character gives a byte at least and takes four at most, so this much of the word is enough.
    return wanted.empty() || toLower(word.substr(*agreed, 4 * wanted.size())).starts_with(wanted);
}

bool equalsFolded(std::string_view word, std::string_view folded) {
    const std::optional<std::size_t> agreed = agreeingAscii(word, folded);
    return agreed.has_value() && toLower(word.substr(*agreed)) == folded.substr(*agreed);
}

/// The first row whose bare text equals `text` but for case; one that begins a word (or does not) if there is
/// such a one.
std::optional<Row> findFolded(const Vocabulary& vocabulary, std::string_view text,
                              std::optional<bool> wordStart) {
    const std::string folded = toLower(text);
    std::optional<Row> other;
    std::string storage;
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const Row row{static_cast<std::uint32_t>(i)};
        if (!equalsFolded(bareView(vocabulary, row, storage), folded)) {
            continue;
        }
        if (!wordStart.has_value() || beginsWord(vocabulary, row) == *wordStart) {
            return row;
        }
        if (!other.has_value()) {
            other = row;
        }
    }
    return other;
}

/// The row spelled so whose bare text is `bare`: " x" may be spelled like "x" with a mark, and then means
/// another.
std::optional<Row> findMeaning(const Vocabulary& vocabulary, std::string_view spelling,
                               std::string_view bare) {
    const std::optional<Row> row = vocabulary.find(spelling);
    return row && bareText(vocabulary, *row) == bare ? row : std::nullopt;
}

std::optional<Row> findWithMark(const Vocabulary& vocabulary, std::string_view text) {
    const std::string_view mark = markOf(vocabulary.wordMark());
    if (mark.empty()) {
        return std::nullopt;
    }
    return vocabulary.find(std::string(mark) + spelled(text, vocabulary.wordMark()));
}

/// How word2vec's phrases spell the text: "New_York"; empty where it has no spaces, or the vocabulary is none
/// of words.
std::string asPhrase(const Vocabulary& vocabulary, std::string_view text) {
    if (vocabulary.wordMark() != WordMark::None || text.find(' ') == std::string_view::npos) {
        return {};
    }
    std::string phrase(text);
    std::replace(phrase.begin(), phrase.end(), ' ', '_');
    return phrase;
}

std::optional<Row> findThroughTokenizer(const Model& model, std::string_view text) {
    if (!model.tokenizer) {
        return std::nullopt;
    }
    NoProgress progress;
    const Result<Encoding> encoding = model.tokenizer->encode(text, {}, progress);
    if (!encoding.ok() || encoding.value().tokens.size() != 1 || !encoding.value().tokens[0].id.has_value()) {
        return std::nullopt;
    }
    const Row row = rowOf(*encoding.value().tokens[0].id);
    return row.value < model.vocabulary->size() ? std::optional(row) : std::nullopt;
}

Error notFound(const Vocabulary& vocabulary, std::string_view text) {
    Error error = {ErrorCode::NotFound, displayText(text), "the vocabulary has no such token", {}};
    // In the vocabulary's spelling, or "king" with and without its mark would look like one; a file may also
    // hold a word twice.
    std::vector<std::string> named;
    for (const Row row : closestSpellings(vocabulary, text, spellingsCompared)) {
        std::string spelling = displayText(vocabulary.spelling(row));
        if (named.size() < spellingsNamed && !spelling.empty() &&
            std::find(named.begin(), named.end(), spelling) == named.end()) {
            named.push_back(std::move(spelling));
        }
    }
    for (const std::string& spelling : named) {
        error.hint += (error.hint.empty() ? "closest: " : ", ") + spelling;
    }
    return error;
}

}  // namespace

Result<FoundToken> findToken(const Model& model, std::string_view text) {
    const Vocabulary& vocabulary = *model.vocabulary;
    if (const std::optional<Row> row = vocabulary.find(text)) {
        return FoundToken{*row, true};
    }
    if (text.empty()) {
        return Error{ErrorCode::NotFound, "“”", "there is no token without characters", "name a token"};
    }
    if (const std::optional<Row> row = vocabulary.find(spelled(text, vocabulary.wordMark()))) {
        return FoundToken{*row, true};
    }
    if (const std::optional<Row> row = findWithMark(vocabulary, text)) {
        return FoundToken{*row, false};
    }
    const std::string phrase = asPhrase(vocabulary, text);
    if (const std::optional<Row> row = phrase.empty() ? std::nullopt : vocabulary.find(phrase)) {
        return FoundToken{*row, false};
    }
    if (const std::optional<Row> row = findFolded(vocabulary, text, std::nullopt)) {
        return FoundToken{*row, false};
    }
    if (const std::optional<Row> row =
            phrase.empty() ? std::nullopt : findFolded(vocabulary, phrase, std::nullopt)) {
        return FoundToken{*row, false};
    }
    if (const std::optional<Row> row = findThroughTokenizer(model, text)) {
        return FoundToken{*row, false};
    }
    return notFound(vocabulary, text);
}

std::vector<Row> closestSpellings(const Vocabulary& vocabulary, std::string_view text, std::size_t count) {
    SpellingDistance distance(text);
    if (count == 0 || distance.length() > longestCompared) {
        return {};
    }
    struct Close {
        std::size_t edits;
        Row row;
        auto operator<=>(const Close&) const = default;
    };
    std::vector<Close> closest;  // a heap: the farthest of those kept is in front
    std::size_t limit = std::numeric_limits<std::uint32_t>::max();
    std::string storage;
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const Row row{static_cast<std::uint32_t>(i)};
        const std::optional<std::size_t> edits = distance.within(bareView(vocabulary, row, storage), limit);
        if (!edits.has_value()) {
            continue;
        }
        if (closest.size() == count) {
            std::pop_heap(closest.begin(), closest.end());
            closest.pop_back();
        }
        closest.push_back({*edits, row});
        std::push_heap(closest.begin(), closest.end());
        if (closest.size() == count) {
            if (closest.front().edits == 0) {
                break;
            }
            limit = closest.front().edits - 1;  // of equally close ones the earlier row stays
        }
    }
    std::sort_heap(closest.begin(), closest.end());
    std::vector<Row> rows;
    rows.reserve(closest.size());
    for (const Close& close : closest) {
        rows.push_back(close.row);
    }
    return rows;
}

Result<std::vector<Row>> completions(const Vocabulary& vocabulary, std::string_view prefix, std::size_t limit,
                                     Progress& progress) {
    const std::string folded = toLower(prefix);
    const std::string phrase = asPhrase(vocabulary, prefix);
    const std::string foldedPhrase = toLower(phrase);
    std::vector<Row> exact;
    std::vector<Row> anyCase;
    std::string storage;
    for (std::size_t i = 0; i < vocabulary.size() && exact.size() < limit; ++i) {
        if (i % rowsPerQuestion == 0) {
            if (progress.stopRequested()) {
                return cancelled();
            }
            progress.report(i, vocabulary.size(), "rows");
        }
        const Row row{static_cast<std::uint32_t>(i)};
        const std::string_view text = bareView(vocabulary, row, storage);
        if (text.starts_with(prefix) || (!phrase.empty() && text.starts_with(phrase))) {
            exact.push_back(row);
        } else if (anyCase.size() < limit &&
                   (beginsFolded(text, folded) || (!phrase.empty() && beginsFolded(text, foldedPhrase)))) {
            anyCase.push_back(row);
        }
    }
    const std::size_t room = std::min(limit - exact.size(), anyCase.size());
    exact.insert(exact.end(), anyCase.begin(), anyCase.begin() + static_cast<std::ptrdiff_t>(room));
    return exact;
}

std::optional<Row> matchToken(const Vocabulary& from, Row row, const Vocabulary& to) {
    const std::string bare = bareText(from, row);
    const bool wordStart = beginsWord(from, row);
    const std::string spelling = spelled(bare, to.wordMark());
    const std::optional<Row> inside = findMeaning(to, spelledInside(spelling, to.wordMark()), bare);
    const std::optional<Row> starting =
        to.wordMark() == WordMark::WordPiece ? findMeaning(to, spelling, bare) : findWithMark(to, bare);
    const std::optional<Row> preferred = wordStart ? starting : inside;
    if (preferred.has_value()) {
        return preferred;
    }
    if (const std::optional<Row> other = wordStart ? inside : starting) {
        return other;
    }
    return findFolded(to, bare, wordStart);
}

}  // namespace lexiscope
