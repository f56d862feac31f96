// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_tokens.h"

#include "core/base/grouped.h"
#include "core/io/bert_tokenizer.h"
#include "core/io/checkpoint_config.h"
#include "core/io/gpt2_tokenizer_files.h"
#include "core/io/rank_files.h"
#include "core/io/read_mapped.h"
#include "core/io/tokenizer_file.h"
#include "core/io/tokenizer_json.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/unused_id.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// What one file tells: a tokenizer, or names alone.
struct Read {
    std::string file;  ///< its name, for sentences
    std::shared_ptr<const Tokenizer> tokenizer;
    std::vector<VocabEntry> words;  ///< without a tokenizer
    std::string noTokenizer;        ///< likewise
    std::string warning;            ///< where something is missing or has been assumed
    std::optional<WordMark> mark;   ///< likewise, where the kind of file tells it
    std::optional<SplitScheme> split = std::nullopt;
};

Gpt2Specials specialsOf(const CheckpointFamily& family) {
    return family.files == TokenFiles::RobertaPair ? Gpt2Specials::Roberta : Gpt2Specials::Gpt2;
}

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// The mark that most words bear; none where hardly any does.
WordMark markOfMost(const std::vector<VocabEntry>& words) {
    constexpr std::array marks = {WordMark::ByteLevel, WordMark::Metaspace, WordMark::WordPiece};
    constexpr std::array<std::string_view, 3> spelled = {"Ġ", "▁", "##"};
    constexpr std::size_t oneIn = 1000;
    std::array<std::size_t, 3> counts{};
    for (const VocabEntry& word : words) {
        for (std::size_t i = 0; i < marks.size(); ++i) {
            counts.at(i) += word.spelling.starts_with(spelled.at(i)) ? 1 : 0;
        }
    }
    const auto* const most = std::max_element(counts.begin(), counts.end());
    return *most > words.size() / oneIn ? marks.at(static_cast<std::size_t>(most - counts.begin()))
                                        : WordMark::None;
}

Result<Read> readPair(const fs::path& folder, const CheckpointFamily& family, Progress& progress) {
    Result<std::shared_ptr<const Tokenizer>> tokenizer =
        readGpt2Tokenizer(folder / "vocab.json", folder / "merges.txt", progress, specialsOf(family));
    return tokenizer.ok() ? Result(Read{"vocab.json", std::move(tokenizer).value(), {}, {}, {}, {}})
                          : tokenizer.error();
}

Result<Read> readVocabJson(const fs::path& folder, const CheckpointFamily& family, Progress& progress) {
    const fs::path path = folder / "vocab.json";
    Result<std::vector<VocabEntry>> words =
        readMapped(path, [&](std::string_view text) -> Result<std::vector<VocabEntry>> {
            Result<std::vector<std::string>> spellings = parseVocabJson(text, path.string(), progress);
            if (!spellings.ok()) {
                return spellings.error();
            }
            std::vector<VocabEntry> entries;
            for (std::string& spelling : spellings.value()) {
                entries.push_back({std::move(spelling), static_cast<std::uint32_t>(entries.size()), {}});
            }
            return entries;
        });
    if (!words.ok()) {
        return words.error();
    }
    const std::string why = family.hasGpt2Pair()
                                ? "o merges.txt lies beside vocab.json"
                                : "o tokenizer.json lies beside vocab.json, which holds words alone";
    return Read{"vocab.json",
                nullptr,
                std::move(words).value(),
                "N" + why + ", so text cannot be cut into the model's tokens.",
                "n" + why + ": the tokens have names, but text cannot be cut into them",
                family.hasGpt2Pair() ? std::optional(WordMark::ByteLevel) : std::nullopt};
}

/// A file that holds nothing but a tokenizer; one that cannot be read names no rows.
template <typename ReadTokenizer>
Result<Read> readAlone(const fs::path& path, ReadTokenizer readTokenizer, Progress& progress) {
    Result<std::shared_ptr<const Tokenizer>> tokenizer = readTokenizer(path, progress);
    return tokenizer.ok()
               ? Result(Read{path.filename().string(), std::move(tokenizer).value(), {}, {}, {}, {}})
               : tokenizer.error();
}

Result<Read> readRanksAlone(const fs::path& path, std::optional<SplitScheme> chosen, Progress& progress) {
    Result<CutRanks> ranks = readRanks(path, chosen, progress);
    if (!ranks.ok()) {
        return ranks.error();
    }
    return Read{path.filename().string(),
                std::move(ranks.value().tokenizer),
                {},
                {},
                std::move(ranks.value().warning).value_or(std::string()),
                {},
                ranks.value().split};
}

Result<Read> readJson(const fs::path& folder, Progress& progress) {
    Result<TokenizerJson> json = readTokenizerJsonOrWords(folder / "tokenizer.json", progress);
    if (!json.ok()) {
        return json.error();
    }
    TokenizerJson& read = json.value();
    if (read.tokenizer) {
        return Read{"tokenizer.json", std::move(read.tokenizer), {}, {}, {}, {}};
    }
    return Read{"tokenizer.json",
                nullptr,
                std::move(read.words),
                "Tokenizer.json is of a kind that is not read (" + read.unsupported->what +
                    "), so text cannot be cut into the model's tokens.",
                {},
                {}};
}

/// Nothing names the rows.
Read noNames(const fs::path& folder) {
    std::string why = "either vocab.json nor tokenizer.json lies beside the model";
    // Its numbers are not those of the model, which moves them by one.
    if (const char* name = "sentencepiece.bpe.model"; isThere(folder / name)) {
        why = "othing but " + std::string(name) + " names the tokens, and it numbers them in another way";
    }
    return {{},
            nullptr,
            {},
            "N" + why + ", so text cannot be cut into the model's tokens.",
            "n" + why + ": rows are named by their number (“#17”)",
            {}};
}

Result<Read> readFirst(const fs::path& folder, const CheckpointFamily& family,
                       std::optional<SplitScheme> chosen, Progress& progress) {
    const auto has = [&folder](const char* name) { return isThere(folder / name); };
    if (family.hasGpt2Pair() && has("vocab.json") && has("merges.txt")) {
        return readPair(folder, family, progress);
    }
    if (family.files == TokenFiles::WordPiece && has("vocab.txt")) {
        return readAlone(folder / "vocab.txt", readVocabTxt, progress);
    }
    if (has("tokenizer.json")) {
        return readJson(folder, progress);
    }
    if (const std::optional<fs::path> ranks = ranksIn(folder)) {
        return readRanksAlone(*ranks, chosen, progress);
    }
    for (const char* name : {"tokenizer.model", "spiece.model"}) {
        if (has(name)) {
            return readAlone(folder / name, readTokenizerFile, progress);
        }
    }
    if (has("vocab.json")) {
        return readVocabJson(folder, family, progress);
    }
    return has("vocab.txt") ? readAlone(folder / "vocab.txt", readVocabTxt, progress)
                            : Result(noNames(folder));
}

/// One name a row, "[unused 17]" where there is none.
class RowNames {
  public:
    explicit RowNames(std::size_t rows) : m_names(rows) {}

    /// The first name of a row counts; `name` outlives this.
    void add(std::size_t row, std::string_view name) {
        if (row >= m_names.size()) {
            ++m_beyond;
        } else if (!m_names[row]) {
            m_names[row] = name;
            ++m_named;
        }
    }

    Vocabulary build(WordMark mark) const {
        Vocabulary::Builder builder;
        builder.reserve(m_names.size(), m_names.size() * 8);
        for (std::size_t row = 0; row < m_names.size(); ++row) {
            m_names[row] ? builder.add(*m_names[row]) : builder.add(nameOfUnused(row));
        }
        return std::move(builder).build(mark);
    }

    void warn(const std::string& file, std::vector<std::string>& warnings) const {
        const std::size_t unnamed = m_names.size() - m_named;
        if (unnamed > 0) {
            const auto first = static_cast<std::size_t>(
                std::find(m_names.begin(), m_names.end(), std::nullopt) - m_names.begin());
            const std::string tail = first + unnamed == m_names.size() ? "the last " : "";
            warnings.push_back("the table has " + grouped(m_names.size()) + " rows, " + file + " " +
                               grouped(m_named + m_beyond) + " tokens: " + tail + grouped(unnamed) +
                               (unnamed == 1 ? " row is" : " rows are") + " named “" + nameOfUnused(first) +
                               "”" + (unnamed == 1 ? "" : " and so on"));
        }
        if (m_beyond > 0) {
            warnings.push_back(grouped(m_beyond) + (m_beyond == 1 ? " token" : " tokens") + " of " + file +
                               " have no row in the table and are left out");
        }
    }

  private:
    std::vector<std::optional<std::string_view>> m_names;
    std::size_t m_named = 0;
    std::size_t m_beyond = 0;
};

/// RoBERTa's vocabulary has entries that no text leads to, to fill it up and left over from GPT-2.
bool isKnownToBeIdle(std::string_view spelling) {
    return spelling == "<|endoftext|>" || spelling.starts_with("madeupword");
}

std::string noMergeWarning(const Read& read, std::size_t count) {
    return grouped(count) + (count == 1 ? " token is" : " tokens are") +
           " reached by no merge: added by hand, or " +
           (read.file == "vocab.json" ? "merges.txt" : read.file) + " has been cut short";
}

CheckpointTokens withTokenizer(Read read, const CheckpointFamily& family, std::size_t rows) {
    RowNames names(rows);
    std::size_t idle = 0;
    std::vector<VocabEntry> words;
    for (std::uint32_t id = 0; id < read.tokenizer->vocabularySize(); ++id) {
        const std::string_view spelling = read.tokenizer->spelling(TokenId{id});
        names.add(id, spelling);
        words.push_back({std::string(spelling), id, {}});
        const bool isIdle = family.files == TokenFiles::RobertaPair && isKnownToBeIdle(spelling) &&
                            read.tokenizer->tokenKind(TokenId{id}) == TokenKind::Normal;
        idle += isIdle ? 1 : 0;
    }
    CheckpointTokens tokens;
    tokens.vocabulary = std::make_shared<const Vocabulary>(names.build(markOfMost(words)));
    names.warn(read.file, tokens.warnings);
    const VocabularyMakeup makeup = read.tokenizer->makeup().value_or(VocabularyMakeup{});
    if (makeup.other > idle) {
        tokens.warnings.push_back(noMergeWarning(read, makeup.other - idle));
    }
    for (const std::string& warning : read.tokenizer->warnings()) {
        tokens.warnings.push_back(read.file + ": " + warning);
    }
    if (!read.warning.empty()) {
        tokens.warnings.push_back(read.file + ": " + read.warning);
    }
    tokens.split = read.split;
    tokens.tokenizer = std::move(read.tokenizer);
    return tokens;
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> readPairOf(const fs::path& folder, Progress& progress) {
    const CheckpointFamily* family = familyOfType("gpt2");
    if (const fs::path path = folder / "config.json"; isThere(path)) {
        const Result<CheckpointConfig> config = CheckpointConfig::read(path);
        const Result<std::optional<std::string>> type =
            config.ok() ? config.value().text("model_type") : config.error();
        if (!type.ok()) {
            return type.error();
        }
        family = type.value() ? familyOfType(*type.value()) : family;
    }
    if (family == nullptr || !family->hasGpt2Pair()) {
        return Error{ErrorCode::Unsupported,
                     folder.string(),
                     "its vocab.json and merges.txt are not GPT-2's, by its config.json",
                     {}};
    }
    return readGpt2Tokenizer(folder / "vocab.json", folder / "merges.txt", progress, specialsOf(*family));
}

std::shared_ptr<const Vocabulary> rowsOf(const Tokenizer& tokenizer) {
    std::vector<VocabEntry> words;
    Vocabulary::Builder names;
    names.reserve(tokenizer.vocabularySize(), tokenizer.vocabularySize() * 8);
    for (std::uint32_t id = 0; id < tokenizer.vocabularySize(); ++id) {
        const std::string_view spelling = tokenizer.spelling(TokenId{id});
        names.add(spelling);
        words.push_back({std::string(spelling), id, {}});
    }
    return std::make_shared<const Vocabulary>(std::move(names).build(markOfMost(words)));
}

std::shared_ptr<const Vocabulary> numberedRows(std::size_t rows) {
    Vocabulary::Builder names;
    names.reserve(rows, rows * 8);
    for (std::size_t row = 0; row < rows; ++row) {
        names.add("#" + std::to_string(row));
    }
    return std::make_shared<const Vocabulary>(std::move(names).build(WordMark::None));
}

Result<CheckpointTokens> readCheckpointTokens(const fs::path& folder, const CheckpointFamily& family,
                                              std::size_t rows, std::optional<SplitScheme> chosen,
                                              Progress& progress) {
    Result<Read> first = readFirst(folder, family, chosen, progress);
    if (!first.ok()) {
        return first.error();
    }
    Read& read = first.value();
    if (read.tokenizer && read.tokenizer->vocabularySize() > rows) {
        return Error{ErrorCode::Broken, (folder / read.file).string(),
                     "has " + grouped(read.tokenizer->vocabularySize()) + " tokens, but the table has only " +
                         grouped(rows) + " rows",
                     "the files may belong to different models"};
    }
    if (read.tokenizer) {
        return withTokenizer(std::move(read), family, rows);
    }
    CheckpointTokens tokens;
    if (read.words.empty()) {
        tokens.vocabulary = numberedRows(rows);
        if (read.warning.empty()) {
            read.warning = read.file + " names no token: rows are named by their number (“#17”)";
        }
    } else {
        RowNames names(rows);
        for (const VocabEntry& word : read.words) {
            names.add(word.id, word.spelling);
        }
        tokens.vocabulary =
            std::make_shared<const Vocabulary>(names.build(read.mark.value_or(markOfMost(read.words))));
        names.warn(read.file, tokens.warnings);
    }
    tokens.noTokenizer = std::move(read.noTokenizer);
    if (!read.warning.empty()) {
        tokens.warnings.push_back(std::move(read.warning));
    }
    return tokens;
}

}  // namespace lexiscope
