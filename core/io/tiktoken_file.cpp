// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tiktoken_file.h"

#include "core/base/base64.h"
#include "core/base/byte_alphabet.h"
#include "core/base/grouped.h"
#include "core/io/read_mapped.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/bpe_model.h"
#include "core/tokenize/byte_level_bpe.h"
#include "core/tokenize/pipeline.h"
#include "core/tokenize/unused_id.h"

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
    std::string text;
    std::uint32_t id;
};

/// What tiktoken knows of an encoding beside its ranks (its openai_public.py).
struct KnownEncoding {
    std::string_view name;
    SplitScheme scheme;
    std::size_t ranks;  ///< in the file
    std::vector<SpecialRank> specials;
    bool isComposed = false;  ///< texts are put into NFC before all else
    /// Others are called so too: it is known by its name and the number of ranks.
    bool sharesName = false;
    std::vector<TokenId> before = {};  ///< of addSpecial
};

/// Qwen's (its tokenization_qwen.py).
std::vector<SpecialRank> qwenSpecials() {
    constexpr std::uint32_t extras = 205;
    std::uint32_t id = 151643;
    std::vector<SpecialRank> all;
    for (const char* text : {"<|endoftext|>", "<|im_start|>", "<|im_end|>"}) {
        all.push_back({text, id++});
    }
    for (std::uint32_t extra = 0; extra < extras; ++extra) {
        all.push_back({"<|extra_" + std::to_string(extra) + "|>", id++});
    }
    return all;
}

/// Those of gpt-oss (o200k_harmony in tiktoken's openai_public.py); each ID that has no name of its own is
/// reserved.
std::vector<SpecialRank> harmonySpecials() {
    constexpr std::uint32_t last = 201087;
    std::vector<SpecialRank> all = {{"<|startoftext|>", 199998}, {"<|endoftext|>", 199999}};
    const std::vector<SpecialRank> named = {{"<|return|>", 200002},  {"<|constrain|>", 200003},
                                            {"<|channel|>", 200005}, {"<|start|>", 200006},
                                            {"<|end|>", 200007},     {"<|message|>", 200008},
                                            {"<|call|>", 200012},    {"<|endofprompt|>", 200018}};
    auto next = named.begin();
    for (std::uint32_t id = 200000; id <= last; ++id) {
        const bool isNamed = next != named.end() && next->id == id;
        all.push_back(isNamed ? *next++ : SpecialRank{"<|reserved_" + std::to_string(id) + "|>", id});
    }
    return all;
}

/// Those of Llama 3.1 to 3.3, as their tokenizer.json has them; Llama 3 has the same IDs, some of them still
/// reserved.
std::vector<SpecialRank> llama3Specials() {
    constexpr std::uint32_t first = 128000;
    constexpr std::size_t count = 256;
    std::vector<std::string> names = {"begin_of_text",
                                      "end_of_text",
                                      "reserved_special_token_0",
                                      "reserved_special_token_1",
                                      "finetune_right_pad_id",
                                      "reserved_special_token_2",
                                      "start_header_id",
                                      "end_header_id",
                                      "eom_id",
                                      "eot_id",
                                      "python_tag"};
    for (unsigned reserved = 3; names.size() < count; ++reserved) {
        names.push_back("reserved_special_token_" + std::to_string(reserved));
    }
    std::vector<SpecialRank> all;
    all.reserve(count);
    for (const std::string& name : names) {
        all.push_back({"<|" + name + "|>", first + static_cast<std::uint32_t>(all.size())});
    }
    return all;
}

const std::vector<KnownEncoding>& encodings() {
    static const std::vector<KnownEncoding> all = {
        {"gpt2", SplitScheme::Gpt2, 50256, {{"<|endoftext|>", 50256}}},
        {"r50k_base", SplitScheme::Gpt2, 50256, {{"<|endoftext|>", 50256}}},
        {"p50k_base", SplitScheme::Gpt2, 50280, {{"<|endoftext|>", 50256}}},
        {"p50k_edit",
         SplitScheme::Gpt2,
         50280,
         {{"<|endoftext|>", 50256},
          {"<|fim_prefix|>", 50281},
          {"<|fim_middle|>", 50282},
          {"<|fim_suffix|>", 50283}}},
        {"cl100k_base",
         SplitScheme::Cl100k,
         100256,
         {{"<|endoftext|>", 100257},
          {"<|fim_prefix|>", 100258},
          {"<|fim_middle|>", 100259},
          {"<|fim_suffix|>", 100260},
          {"<|endofprompt|>", 100276}}},
        {"o200k_base", SplitScheme::O200k, 199998, {{"<|endoftext|>", 199999}, {"<|endofprompt|>", 200018}}},
        {"o200k_harmony", SplitScheme::O200k, 199998, harmonySpecials()},
        {"qwen", SplitScheme::Qwen2, 151643, qwenSpecials(), true},
        {"tokenizer", SplitScheme::Cl100k, 128000, llama3Specials(), false, true, {TokenId{128000}}},
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

/// Two words with white space between and around them, as tiktoken takes them.
std::optional<Ranked> parseLine(std::string_view line) {
    constexpr std::string_view spaces = " \t\v\f\r";
    const std::size_t begin = std::min(line.find_first_not_of(spaces), line.size());
    const std::size_t space = std::min(line.find_first_of(spaces, begin), line.size());
    const std::size_t digit = std::min(line.find_first_not_of(spaces, space), line.size());
    std::optional<std::string> bytes = bytesOfBase64(line.substr(begin, space - begin));
    const std::string_view digits = line.substr(digit, line.find_last_not_of(spaces) + 1 - digit);
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
    std::vector<bool> isTaken;
    for (const VocabEntry& entry : entries) {
        isTaken.resize(std::max(isTaken.size(), std::size_t{entry.id} + 1));
        isTaken[entry.id] = true;
    }
    for (const SpecialRank& special : specials) {
        if (special.id < isTaken.size() && !isTaken[special.id]) {
            entries.push_back({special.text, special.id, {}});
        }
    }
}

/// What the name promises, for a file cut short at the end of a line is else like any other.
void warnOfSize(const KnownEncoding& encoding, std::size_t ranks, std::vector<std::string>& warnings) {
    if (ranks != encoding.ranks) {
        warnings.push_back("it has " + grouped(ranks) + " ranks, but " +
                           (encoding.name == "tokenizer" ? "Llama 3's tokenizer.model"
                                                         : std::string(encoding.name) + ".tiktoken") +
                           " has " + grouped(encoding.ranks) +
                           (ranks < encoding.ranks
                                ? ": it has been cut short or is another, and text may get other IDs"
                                : ": it is another, and text may get other IDs"));
    }
}

/// The spellings by rank.
Result<std::vector<std::string>> readRanks(std::string_view bytes, std::string_view name,
                                           const KnownEncoding* encoding, std::vector<std::string>& warnings,
                                           Progress& progress) {
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
    if (encoding != nullptr) {
        warnOfSize(*encoding, entries.size(), warnings);
        if (!encoding->sharesName) {
            fillGaps(entries, encoding->specials);
        }
    }
    if (std::optional<std::string> warning = nameUnusedIds(entries)) {
        warnings.push_back(*std::move(warning));
    }
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

/// `encoding` may be null.
Result<ByteLevelBpeParts> partsOf(std::string_view bytes, std::string_view name, SplitScheme scheme,
                                  const KnownEncoding* encoding, Progress& progress) {
    ByteLevelBpeParts parts;
    Result<std::vector<std::string>> spellings = readRanks(bytes, name, encoding, parts.warnings, progress);
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
    parts.specials.emplace();
    parts.spellings = std::move(spellings).value();
    for (const SpecialRank& special : encoding == nullptr ? std::vector<SpecialRank>() : encoding->specials) {
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
    if (encoding.sharesName && parts.spellings.size() != encoding.ranks) {
        return;
    }
    parts.before = encoding.before;
    for (const SpecialRank& special : encoding.specials) {
        if (special.id < parts.spellings.size()) {
            if (parts.spellings[special.id] != special.text) {
                return;  // this is not the file it is called
            }
            continue;
        }
        while (parts.spellings.size() < special.id) {
            parts.spellings.push_back(nameOfUnused(parts.spellings.size()));
        }
        parts.specials->push_back(TokenId{special.id});
        parts.spellings.push_back(special.text);
    }
}

/// The same, but for texts in NFC, which is done first: special tokens are looked for in what that gives.
std::shared_ptr<const Tokenizer> composing(ByteLevelBpeParts parts, const std::string& file) {
    Vocabulary::Builder builder;
    for (const std::string& spelling : parts.spellings) {
        builder.add(spelling);
    }
    PipelineParts pipeline;
    pipeline.kind = "byte-level BPE";
    pipeline.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::ByteLevel));
    pipeline.normalizer = makeUnicodeForm(UnicodeForm::Nfc);
    pipeline.preTokenizer = makeSplit(parts.split);
    BpeParts bpe;
    bpe.vocabulary = pipeline.vocabulary;
    bpe.alphabet = BpeAlphabet::Bytes;
    bpe.merges = std::move(parts.merges);
    bpe.ranks = std::move(parts.ranks);
    bpe.ignoresMerges = parts.ignoresMerges;
    pipeline.model = makeBpe(std::move(bpe));
    for (const TokenId id : *parts.specials) {
        pipeline.added.push_back({parts.spellings[id.value], id, true, true});
    }
    pipeline.decoder = makeByteLevelDecoder();
    pipeline.style.isByteAlphabet = true;
    pipeline.warnings = std::move(parts.warnings);
    pipeline.file = file;
    return makePipeline(std::move(pipeline));
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

bool isTiktoken(const std::filesystem::path& file, std::string_view begin) {
    return file.extension() == ".tiktoken" || beginsAsTiktoken(begin);
}

std::optional<SplitScheme> tiktokenScheme(const std::filesystem::path& file) {
    const KnownEncoding* encoding = encodingOf(file);
    return encoding == nullptr ? std::nullopt : std::optional(encoding->scheme);
}

Result<std::shared_ptr<const Tokenizer>> parseTiktoken(std::string_view bytes, std::string_view name,
                                                       SplitScheme scheme, Progress& progress) {
    Result<ByteLevelBpeParts> parts = partsOf(bytes, name, scheme, nullptr, progress);
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
                     "say it with --split, or call it gpt2, r50k_base, p50k_base, cl100k_base, o200k_base, "
                     "o200k_harmony or qwen .tiktoken"};
    }
    const SplitScheme cuts = scheme ? *scheme : encoding->scheme;
    Result<ByteLevelBpeParts> parts = readMapped(path, [&](std::string_view bytes) {
        return partsOf(bytes, path.string(), cuts, encoding, progress);
    });
    if (!parts.ok()) {
        return parts.error();
    }
    if (encoding != nullptr) {
        addSpecials(parts.value(), *encoding);
        if (encoding->isComposed) {
            return composing(std::move(parts).value(), path.string());
        }
    }
    return makeByteLevelBpe(std::move(parts).value());
}

}  // namespace lexiscope
