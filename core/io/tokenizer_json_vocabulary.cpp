// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_vocabulary.h"

#include "core/base/grouped.h"
#include "core/io/vocab_json.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

/// By place: pieces of a list that stand there again, of which the later place counts.
std::vector<bool> replacedPieces(const std::vector<VocabEntry>& pieces, std::vector<std::string>& warnings) {
    std::vector<bool> isReplaced(pieces.size());
    std::unordered_map<std::string_view, std::size_t> places;
    places.reserve(pieces.size());
    std::size_t count = 0;
    std::string first;
    for (std::size_t place = 0; place < pieces.size(); ++place) {
        const auto [earlier, isNew] = places.emplace(pieces[place].spelling, place);
        if (isNew) {
            continue;
        }
        if (count++ == 0) {
            first = quotedForError(pieces[place].spelling) + " with the ID " + std::to_string(place) +
                    " has the ID " + std::to_string(earlier->second) + ", too";
        }
        isReplaced[earlier->second] = true;
        earlier->second = place;
    }
    if (count > 0) {
        warnings.push_back(grouped(count) + (count == 1 ? " piece stands" : " pieces stand") +
                           " there a second time, and the later ID and score count: " + first);
    }
    return isReplaced;
}

/// Those that stand in the vocabulary already keep their entry there.
std::optional<Error> joinAddedTokens(const TokenizerJsonEvents& file, std::string_view name,
                                     const std::vector<bool>& isReplaced, std::vector<VocabEntry>& entries,
                                     TokenizerJsonVocabulary& vocabulary) {
    std::unordered_map<std::string, std::uint32_t> missing;
    for (const AddedEntry& token : file.addedTokens()) {
        if (token.content.empty()) {
            vocabulary.warnings.push_back("the added token with the ID " + std::to_string(token.id) +
                                          " has no content and is left out");
            continue;
        }
        if (!missing.emplace(token.content, token.id).second) {
            return brokenTokenizerJson(name, "added_tokens",
                                       "token " + quotedForError(token.content) + " stands there twice");
        }
        vocabulary.added.push_back({token.content, TokenId{token.id}, token.isSpecial, token.isNormalized,
                                    token.takesLeft, token.takesRight, token.isSingleWord});
    }
    for (std::size_t place = 0; place < entries.size(); ++place) {
        const VocabEntry& entry = entries[place];
        const auto found = isReplaced[place] ? missing.end() : missing.find(entry.spelling);
        if (found == missing.end()) {
            continue;
        }
        if (found->second != entry.id) {
            return brokenTokenizerJson(name, "added_tokens",
                                       "token " + quotedForError(entry.spelling) + " has the ID " +
                                           std::to_string(found->second) + ", but the vocabulary says " +
                                           std::to_string(entry.id));
        }
        missing.erase(found);
    }
    for (const AddedToken& token : vocabulary.added) {
        if (missing.contains(token.content)) {
            entries.push_back({token.content, token.id.value, ", added_tokens"});
        }
    }
    return std::nullopt;
}

}  // namespace

Error brokenTokenizerJson(std::string_view name, std::string_view part, std::string what) {
    return {ErrorCode::Broken, std::string(name).append(", ").append(part), std::move(what),
            "the file may be damaged: fetch it again"};
}

Result<TokenizerJsonVocabulary> readTokenizerJsonVocabulary(TokenizerJsonEvents& file,
                                                            std::string_view name) {
    TokenizerJsonVocabulary vocabulary;
    std::vector<VocabEntry> entries = file.takeVocabulary();
    if (entries.empty()) {
        return brokenTokenizerJson(name, "model.vocab", "the vocabulary is empty");
    }
    vocabulary.ofModel = entries.size();
    const bool isList = file.scores().size() == entries.size();
    const std::vector<bool> isReplaced =
        isList ? replacedPieces(entries, vocabulary.warnings) : std::vector<bool>(entries.size());
    if (std::optional<Error> error = joinAddedTokens(file, name, isReplaced, entries, vocabulary)) {
        return *std::move(error);
    }
    // Some leave IDs out, to grow into.
    if (std::optional<std::string> warning = nameUnusedIds(entries)) {
        vocabulary.warnings.push_back(*std::move(warning));
    }
    std::vector<std::uint32_t> notOfModel;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i >= vocabulary.ofModel || isReplaced[i]) {
            notOfModel.push_back(entries[i].id);
        }
    }
    Result<std::vector<std::string>> spellings =
        spellingsById(std::move(entries), name, isList ? SpelledTwice::IsKept : SpelledTwice::IsBroken);
    if (!spellings.ok()) {
        return spellings.error();
    }
    vocabulary.spellings = std::move(spellings).value();
    vocabulary.isOfModel.assign(vocabulary.spellings.size(), true);
    for (const std::uint32_t id : notOfModel) {
        vocabulary.isOfModel[id] = false;
    }
    return vocabulary;
}

}  // namespace lexiscope
