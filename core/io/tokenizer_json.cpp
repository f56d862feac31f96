// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_json.h"

#include "core/base/byte_alphabet.h"
#include "core/base/mapped_file.h"
#include "core/io/merge_list.h"
#include "core/io/tokenizer_json_events.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/byte_level_bpe.h"

#include <algorithm>
#include <bitset>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::string_view whatIsRead =
    "what can be read is the byte-level BPE of GPT-2: model BPE, pre_tokenizer ByteLevel without "
    "add_prefix_space, "
    "no normalizer";

Error unsupported(std::string_view name, std::string what) {
    return {ErrorCode::Unsupported, std::string(name), std::move(what), std::string(whatIsRead)};
}

Error broken(std::string_view name, std::string_view part, std::string what) {
    return {ErrorCode::Broken, std::string(name).append(", ").append(part), std::move(what),
            "the file may be damaged: fetch it again"};
}

/// A setting and the values that mean the same as GPT-2's; absent and null do too, unless it is required.
struct Rule {
    std::string_view path;
    std::vector<std::string_view> allowed;
    bool isRequired = false;
};

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {
        {"model.type", {"BPE"}},
        {"model.dropout", {"0.0", "0"}},
        {"model.continuing_subword_prefix", {""}},
        {"model.end_of_word_suffix", {""}},
        {"model.byte_fallback", {"false"}},
        {"model.ignore_merges", {"false"}},
        {"normalizer", {}},
        {"pre_tokenizer.type", {"ByteLevel"}, true},
        {"pre_tokenizer.add_prefix_space", {"false"}, true},
        {"pre_tokenizer.use_regex", {"true"}},
        {"post_processor.type", {"ByteLevel", "RobertaProcessing"}},
        {"decoder.type", {"ByteLevel"}},
    };
    return all;
}

/// What the setting is, as a person would look for it: the type of a part where it has one.
std::string shown(const TokenizerJsonEvents& file, std::string_view path, const std::string& value) {
    const std::optional<std::string> type = file.setting(std::string(path) + ".type");
    const std::string text = value == "{" && type ? *type : value;
    return std::string(path) + " is " + quotedForError(text);
}

std::optional<Error> checkSettings(const TokenizerJsonEvents& file, std::string_view name) {
    if (file.setting("model").value_or("") != "{") {
        return unsupported(name, "is JSON, but no tokenizer.json: it has no model");
    }
    for (const Rule& rule : rules()) {
        const std::optional<std::string> value = file.setting(std::string(rule.path));
        if (!value) {
            if (rule.isRequired) {
                return unsupported(name, std::string(rule.path) + " is missing");
            }
            continue;
        }
        if (std::find(rule.allowed.begin(), rule.allowed.end(), *value) == rule.allowed.end()) {
            return unsupported(name, shown(file, rule.path, *value));
        }
    }
    for (const AddedToken& token : file.addedTokens()) {
        if (token.content.empty() || !token.id) {
            return broken(name, "added_tokens", "an entry lacks its content or its ID");
        }
        if (!token.isSpecial || token.takesMore) {
            return unsupported(name, "the added token " + quotedForError(token.content) +
                                         (token.isSpecial ? " takes what stands after it, or whole words"
                                                          : " is not special"));
        }
    }
    return std::nullopt;
}

/// Those that stand in the vocabulary already keep their entry there.
std::optional<Error> joinAddedTokens(const TokenizerJsonEvents& file, std::string_view name,
                                     std::vector<VocabEntry>& vocabulary) {
    std::unordered_map<std::string, std::uint32_t> added;
    for (const AddedToken& token : file.addedTokens()) {
        if (!added.emplace(token.content, static_cast<std::uint32_t>(*token.id)).second) {
            return broken(name, "added_tokens",
                          "token " + quotedForError(token.content) + " stands there twice");
        }
    }
    for (const VocabEntry& entry : vocabulary) {
        const auto found = added.find(entry.spelling);
        if (found == added.end()) {
            continue;
        }
        if (found->second != entry.id) {
            return broken(name, "added_tokens",
                          "token " + quotedForError(entry.spelling) + " has the ID " +
                              std::to_string(found->second) + ", but the vocabulary says " +
                              std::to_string(entry.id));
        }
        added.erase(found);
    }
    for (const AddedToken& token : file.addedTokens()) {
        if (added.contains(token.content)) {
            vocabulary.push_back({token.content, static_cast<std::uint32_t>(*token.id), ", added_tokens"});
        }
    }
    return std::nullopt;
}

/// A special token that text leads to as well would be two things at once.
std::optional<Error> checkSpecials(const ByteLevelBpeParts& parts, std::string_view name) {
    std::vector<bool> isPlain(parts.spellings.size());
    for (const BpeMerge& merge : parts.merges) {
        isPlain[merge.merged.value] = true;
    }
    for (const TokenId id : *parts.specials) {
        const std::optional<std::string> bytes = bytesOfSpelling(parts.spellings[id.value]);
        if (isPlain[id.value] || (bytes && bytes->size() == 1)) {
            return unsupported(name, "the special token " + quotedForError(parts.spellings[id.value]) +
                                         " is one that plain text gives, too");
        }
    }
    return std::nullopt;
}

/// Without a token for each byte, GPT-2's reader falls back on unk_token, which has no place here.
std::optional<Error> checkUnknown(const TokenizerJsonEvents& file, const ByteLevelBpeParts& parts,
                                  std::string_view name) {
    if (file.setting("model.unk_token").value_or("").empty()) {
        return std::nullopt;
    }
    std::bitset<256> bytes;
    for (const std::string& spelling : parts.spellings) {
        const std::optional<std::string> of = bytesOfSpelling(spelling);
        if (of && of->size() == 1) {
            bytes.set(static_cast<unsigned char>(of->front()));
        }
    }
    return bytes.all() ? std::nullopt
                       : std::optional(unsupported(name, "it has an unk_token, and no token for some bytes"));
}

/// RoBERTa's puts one token before a text and one behind it.
std::optional<Error> readPostProcessor(const TokenizerJsonEvents& file, std::string_view name,
                                       ByteLevelBpeParts& parts) {
    if (file.setting("post_processor.type").value_or("") != "RobertaProcessing") {
        return std::nullopt;
    }
    for (const auto& [key, place] : {std::pair("cls", &parts.before), std::pair("sep", &parts.after)}) {
        const std::string token = file.setting(std::string("post_processor.") + key).value_or("");
        const auto found = std::find(parts.spellings.begin(), parts.spellings.end(), token);
        if (token.empty() || found == parts.spellings.end()) {
            return broken(name, "post_processor",
                          std::string(key) + " is no token of the vocabulary: " + quotedForError(token));
        }
        place->push_back(TokenId{static_cast<std::uint32_t>(found - parts.spellings.begin())});
    }
    return std::nullopt;
}

Result<ByteLevelBpeParts> partsOf(TokenizerJsonEvents& file, std::string_view name) {
    std::vector<VocabEntry> vocabulary = file.takeVocabulary();
    if (vocabulary.empty()) {
        return broken(name, "model.vocab", "the vocabulary is empty");
    }
    if (std::optional<Error> error = joinAddedTokens(file, name, vocabulary)) {
        return *std::move(error);
    }
    Result<std::vector<std::string>> spellings = spellingsById(std::move(vocabulary), name);
    if (!spellings.ok()) {
        return spellings.error();
    }
    ByteLevelBpeParts parts;
    parts.spellings = std::move(spellings).value();
    MergeList merges(parts.spellings, "merge");
    std::size_t number = 0;
    for (const auto& [left, right] : file.merges()) {
        ++number;
        if (const std::optional<MergeList::Fault> fault = merges.add(left, right, number)) {
            return Error{ErrorCode::Broken,
                         std::string(name) + ", model.merges, merge " + std::to_string(number), fault->what,
                         fault->hint};
        }
    }
    parts.merges = merges.take();
    parts.specials.emplace();
    for (const AddedToken& token : file.addedTokens()) {
        const TokenId id{static_cast<std::uint32_t>(*token.id)};
        parts.specials->push_back(id);
        if (token.stripsBefore) {
            parts.strippingBefore.push_back(id);
        }
    }
    if (std::optional<Error> error = readPostProcessor(file, name, parts)) {
        return *std::move(error);
    }
    return parts;
}

/// The tokens of a file whose kind is not read. Those that stand in the vocabulary already stay as they are.
std::vector<VocabEntry> wordsOf(TokenizerJsonEvents& file) {
    std::vector<VocabEntry> words = file.takeVocabulary();
    std::uint32_t place = 0;
    for (std::string& piece : file.takePieces()) {
        words.push_back({std::move(piece), place++, {}});
    }
    for (const AddedToken& token : file.addedTokens()) {
        if (token.id && !token.content.empty()) {
            words.push_back({token.content, static_cast<std::uint32_t>(*token.id), {}});
        }
    }
    return words;
}

TokenizerJson withoutTokenizer(Error unsupported, std::vector<VocabEntry> words) {
    return {nullptr, std::move(unsupported), std::move(words)};
}

Result<TokenizerJson> parse(std::string_view json, std::string_view name, Progress& progress) {
    TokenizerJsonEvents file(std::string(name), progress);
    if (progress.stopRequested()) {
        return cancelled();
    }
    if (std::optional<Error> error = file.read(json)) {
        return error->code == ErrorCode::Cancelled ? cancelled() : *std::move(error);
    }
    if (std::optional<Error> error = checkSettings(file, name)) {
        return error->code == ErrorCode::Unsupported
                   ? Result(withoutTokenizer(*std::move(error), wordsOf(file)))
                   : *std::move(error);
    }
    Result<ByteLevelBpeParts> parts = partsOf(file, name);
    if (!parts.ok()) {
        return parts.error();
    }
    std::optional<Error> error = checkSpecials(parts.value(), name);
    if (!error) {
        error = checkUnknown(file, parts.value(), name);
    }
    if (error) {
        std::vector<VocabEntry> words;
        for (std::string& spelling : parts.value().spellings) {
            words.push_back({std::move(spelling), static_cast<std::uint32_t>(words.size()), {}});
        }
        return withoutTokenizer(*std::move(error), std::move(words));
    }
    return TokenizerJson{makeByteLevelBpe(std::move(parts).value()), {}, {}};
}

Result<std::shared_ptr<const Tokenizer>> tokenizerOf(Result<TokenizerJson> read) {
    if (!read.ok()) {
        return read.error();
    }
    return read.value().unsupported ? Result<std::shared_ptr<const Tokenizer>>(*read.value().unsupported)
                                    : read.value().tokenizer;
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> parseTokenizerJson(std::string_view json, std::string_view name,
                                                            Progress& progress) {
    return tokenizerOf(parse(json, name, progress));
}

Result<std::shared_ptr<const Tokenizer>> readTokenizerJson(const std::filesystem::path& path,
                                                           Progress& progress) {
    return tokenizerOf(readTokenizerJsonOrWords(path, progress));
}

Result<TokenizerJson> readTokenizerJsonOrWords(const std::filesystem::path& path, Progress& progress) {
    const auto file = MappedFile::open(path);
    if (!file.ok()) {
        return file.error();
    }
    Result<TokenizerJson> read = parse(file.value()->text(), path.string(), progress);
    // A file cut short while being read looks damaged in some other way; say what really happened.
    if (const auto intact = file.value()->check(); !intact.ok()) {
        return intact.error();
    }
    if (read.ok() && read.value().tokenizer) {
        if (std::optional<Error> error = tooFewMerges(*read.value().tokenizer, path.string())) {
            return *std::move(error);
        }
    }
    return read;
}

}  // namespace lexiscope
