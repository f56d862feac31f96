// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json_vocabulary.h"

#include "core/io/vocab_json.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace lexiscope {
namespace {

/// Those that stand in the vocabulary already keep their entry there.
std::optional<Error> joinAddedTokens(const TokenizerJsonEvents& file, std::string_view name,
                                     std::vector<VocabEntry>& entries, std::vector<AddedToken>& all) {
    std::unordered_map<std::string, std::uint32_t> missing;
    for (const AddedEntry& token : file.addedTokens()) {
        if (token.content.empty() || !token.id) {
            return brokenTokenizerJson(name, "added_tokens", "an entry lacks its content or its ID");
        }
        const TokenId id{static_cast<std::uint32_t>(*token.id)};
        if (!missing.emplace(token.content, id.value).second) {
            return brokenTokenizerJson(name, "added_tokens",
                                       "token " + quotedForError(token.content) + " stands there twice");
        }
        all.push_back({token.content, id, token.isSpecial, token.isNormalized, token.takesLeft,
                       token.takesRight, token.isSingleWord});
    }
    for (const VocabEntry& entry : entries) {
        const auto found = missing.find(entry.spelling);
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
    for (const AddedToken& token : all) {
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
    if (std::optional<Error> error = joinAddedTokens(file, name, entries, vocabulary.added)) {
        return *std::move(error);
    }
    // Some leave IDs out, to grow into.
    if (std::optional<std::string> warning = nameUnusedIds(entries)) {
        vocabulary.warnings.push_back(*std::move(warning));
    }
    std::vector<std::uint32_t> notOfModel;
    for (std::size_t i = vocabulary.ofModel; i < entries.size(); ++i) {
        notOfModel.push_back(entries[i].id);
    }
    Result<std::vector<std::string>> spellings = spellingsById(std::move(entries), name);
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
