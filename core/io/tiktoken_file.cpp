// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tiktoken_file.h"

#include "core/base/base64.h"
#include "core/base/byte_alphabet.h"
#include "core/io/read_mapped.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/bpe_model.h"
#include "core/tokenize/byte_level_bpe.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::size_t linesBetweenStopChecks = 4096;
constexpr std::uint32_t mostRanks = 1U << 24U;

struct SpecialRank {
    std::string_view text;
    std::uint32_t id;
};

/// What tiktoken knows of an encoding beside its ranks (its openai_public.py).
struct KnownEncoding {
    std::string_view name;
    SplitScheme scheme;
    std::vector<SpecialRank> specials;
};

const std::vector<KnownEncoding>& encodings() {
    static const std::vector<KnownEncoding> all = {
        {"gpt2", SplitScheme::Gpt2, {{"<|endoftext|>", 50256}}},
        {"r50k_base", SplitScheme::Gpt2, {{"<|endoftext|>", 50256}}},
        {"p50k_base", SplitScheme::Gpt2, {{"<|endoftext|>", 50256}}},
        {"cl100k_base",
         SplitScheme::Cl100k,
         {{"<|endoftext|>", 100257},
          {"<|fim_prefix|>", 100258},
          {"<|fim_middle|>", 100259},
          {"<|fim_suffix|>", 100260},
          {"<|endofprompt|>", 100276}}},
        {"o200k_base", SplitScheme::O200k, {{"<|endoftext|>", 199999}, {"<|endofprompt|>", 200018}}},
        {"tokenizer", SplitScheme::Cl100k, {}},
    };
    return all;
}

const KnownEncoding* encodingOf(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    const auto found = std::find_if(encodings().begin(), encodings().end(),
                                    [&](const KnownEncoding& encoding) { return encoding.name == stem; });
    return found == encodings().end() ? nullptr : &*found;
}

struct Ranked {
    std::string bytes;
    std::uint32_t rank;
};

std::optional<Ranked> parseLine(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) {
        return std::nullopt;
    }
    std::optional<std::string> bytes = bytesOfBase64(line.substr(0, space));
    const std::string_view digits = line.substr(space + 1);
    std::uint32_t rank = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), rank);
    if (!bytes || bytes->empty() || error != std::errc() || end != digits.data() + digits.size() ||
        rank >= mostRanks) {
        return std::nullopt;
    }
    return Ranked{*std::move(bytes), rank};
}

std::string_view takeLine(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

Error broken(std::string where, std::string what) {
    return {ErrorCode::Broken, std::move(where), std::move(what), "the file may be damaged: fetch it again"};
}

/// Some encodings leave a rank out for a special token, which gets it.
void fillGaps(std::vector<VocabEntry>& entries, const std::vector<SpecialRank>& specials) {
    for (const SpecialRank& special : specials) {
        const bool isBehind = std::all_of(entries.begin(), entries.end(),
                                          [&](const VocabEntry& entry) { return entry.id < special.id; });
        const bool isTaken = std::any_of(entries.begin(), entries.end(),
                                         [&](const VocabEntry& entry) { return entry.id == special.id; });
        if (!isBehind && !isTaken) {
            entries.push_back({std::string(special.text), special.id, {}});
        }
    }
}

/// The spellings by rank.
Result<std::vector<std::string>> readRanks(std::string_view bytes, std::string_view name,
                                           const std::vector<SpecialRank>& specials, Progress& progress) {
    std::vector<VocabEntry> entries;
    std::size_t number = 0;
    for (std::string_view rest = bytes; !rest.empty();) {
        ++number;
        const std::string_view line = takeLine(rest);
        if (line.empty()) {
            continue;
        }
        std::optional<Ranked> ranked = parseLine(line);
        if (!ranked) {
            return broken(std::string(name) + ", line " + std::to_string(number),
                          "is no token in base64 with its rank: " + quotedForError(line));
        }
        entries.push_back({spellingOfBytes(ranked->bytes), ranked->rank, ", line " + std::to_string(number)});
        if (number % linesBetweenStopChecks == 0 && progress.stopRequested()) {
            return cancelled();
        }
    }
    if (entries.empty()) {
        return broken(std::string(name), "has no tokens");
    }
    fillGaps(entries, specials);
    return spellingsById(std::move(entries), name);
}

std::optional<Error> lacksByte(const Vocabulary& vocabulary, std::string_view name) {
    for (unsigned byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        if (!vocabulary.find(spellingOfBytes({&character, 1}))) {
            return broken(std::string(name), "has no token for the byte " + std::to_string(byte));
        }
    }
    return std::nullopt;
}

Result<ByteLevelBpeParts> partsOf(std::string_view bytes, std::string_view name, SplitScheme scheme,
                                  const std::vector<SpecialRank>& specials, Progress& progress) {
    Result<std::vector<std::string>> spellings = readRanks(bytes, name, specials, progress);
    if (!spellings.ok()) {
        return spellings.error();
    }
    Vocabulary::Builder builder;
    std::vector<std::uint32_t> ranks;
    for (const std::string& spelling : spellings.value()) {
        builder.add(spelling);
        ranks.push_back(static_cast<std::uint32_t>(ranks.size()));
    }
    BpeParts merges;
    merges.alphabet = BpeAlphabet::Bytes;
    merges.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::ByteLevel));
    if (std::optional<Error> error = lacksByte(*merges.vocabulary, name)) {
        return *std::move(error);
    }
    ByteLevelBpeParts parts;
    parts.specials.emplace();
    parts.spellings = std::move(spellings).value();
    for (const SpecialRank& special : specials) {
        if (special.id < parts.spellings.size() && parts.spellings[special.id] == special.text) {
            ranks[special.id] = MergeTable::noRank;
            parts.specials->push_back(TokenId{special.id});
        }
    }
    addMergesByRank(merges, ranks);
    parts.merges = std::move(merges.merges);
    parts.ranks = std::move(merges.ranks);
    parts.ignoresMerges = true;
    parts.split = scheme;
    return parts;
}

/// Those of the encoding whose IDs lie behind the ranks.
void addSpecials(ByteLevelBpeParts& parts, const KnownEncoding& encoding) {
    for (const SpecialRank& special : encoding.specials) {
        if (special.id < parts.spellings.size()) {
            return;  // it stands there already, or this is not the file it is called
        }
        while (parts.spellings.size() < special.id) {
            parts.spellings.push_back("[unused " + std::to_string(parts.spellings.size()) + "]");
        }
        parts.specials->push_back(TokenId{special.id});
        parts.spellings.emplace_back(special.text);
    }
}

}  // namespace

bool beginsAsTiktoken(std::string_view bytes) {
    constexpr std::size_t longestFirstLine = 256;
    const std::string_view begin = bytes.substr(0, longestFirstLine);
    const std::string_view lines = begin.substr(0, begin.rfind('\n') + 1);
    // All of them: "2000 300" is how a file of word2vec may begin, too.
    std::string_view rest = lines;
    while (!rest.empty()) {
        const std::string_view line = takeLine(rest);
        if (!line.empty() && !parseLine(line)) {
            return false;
        }
    }
    return lines.find(' ') != std::string_view::npos;
}

std::optional<SplitScheme> tiktokenScheme(const std::filesystem::path& file) {
    const KnownEncoding* encoding = encodingOf(file);
    return encoding == nullptr ? std::nullopt : std::optional(encoding->scheme);
}

Result<std::shared_ptr<const Tokenizer>> parseTiktoken(std::string_view bytes, std::string_view name,
                                                       SplitScheme scheme, Progress& progress) {
    Result<ByteLevelBpeParts> parts = partsOf(bytes, name, scheme, {}, progress);
    if (!parts.ok()) {
        return parts.error();
    }
    return makeByteLevelBpe(std::move(parts).value());
}

Result<std::shared_ptr<const Tokenizer>> readTiktoken(const std::filesystem::path& path, Progress& progress,
                                                      std::optional<SplitScheme> scheme) {
    const KnownEncoding* encoding = encodingOf(path);
    if (!scheme && encoding == nullptr) {
        return Error{ErrorCode::Unsupported, path.string(),
                     "does not say how texts are cut before its ranks merge, and its name is of no encoding "
                     "that is known",
                     "say it with --split, or call it gpt2, r50k_base, p50k_base, cl100k_base or o200k_base "
                     ".tiktoken"};
    }
    const SplitScheme cuts = scheme ? *scheme : encoding->scheme;
    const std::vector<SpecialRank> specials =
        encoding == nullptr ? std::vector<SpecialRank>() : encoding->specials;
    Result<ByteLevelBpeParts> parts = readMapped(path, [&](std::string_view bytes) {
        return partsOf(bytes, path.string(), cuts, specials, progress);
    });
    if (!parts.ok()) {
        return parts.error();
    }
    if (encoding != nullptr) {
        addSpecials(parts.value(), *encoding);
    }
    return makeByteLevelBpe(std::move(parts).value());
}

}  // namespace lexiscope
