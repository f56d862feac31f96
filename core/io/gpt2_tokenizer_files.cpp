// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gpt2_tokenizer_files.h"

#include "core/base/grouped.h"
#include "core/base/mapped_file.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/byte_level_bpe.h"

#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::string_view mergesHint =
    "each line after the first holds two tokens with one space between them";
constexpr std::size_t linesBetweenStopChecks = 4096;

using TokenIndex = std::unordered_map<std::string_view, std::uint32_t>;

/// Reads merges.txt line by line, turning spellings into IDs.
class MergesReader {
  public:
    MergesReader(std::string_view text, std::string_view name, const std::vector<std::string>& spellings)
        : m_rest(text), m_name(name) {
        m_index.reserve(spellings.size());
        for (std::uint32_t id = 0; id < spellings.size(); ++id) {
            m_index.emplace(spellings[id], id);
        }
    }

    Result<std::vector<BpeMerge>> read(Progress& progress) {
        const std::size_t total = m_rest.size();
        while (!m_rest.empty()) {
            if (m_line % linesBetweenStopChecks == 0) {
                if (progress.stopRequested()) {
                    return cancelled();
                }
                progress.report(total - m_rest.size(), total, "bytes");
            }
            const std::string_view line = nextLine();
            if (m_line == 1 && line.starts_with("#version")) {
                continue;
            }
            if (std::optional<Error> error = readLine(line)) {
                return std::move(*error);
            }
        }
        return std::move(m_merges);
    }

  private:
    std::string_view nextLine() {
        const std::size_t end = m_rest.find('\n');
        std::string_view line = m_rest.substr(0, end);
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
        if (m_line++ == 0 && line.starts_with("\xEF\xBB\xBF")) {
            line.remove_prefix(3);
        }
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        return line;
    }

    Error broken(std::string what, std::string_view hint) const {
        return {ErrorCode::Broken, std::string(m_name) + ", line " + std::to_string(m_line), std::move(what),
                std::string(hint)};
    }

    std::optional<Error> readLine(std::string_view line) {
        if (line.empty()) {
            // Blank lines are sound at the end alone: elsewhere a merge has been lost.
            const bool atEnd = m_rest.find_first_not_of("\r\n") == std::string_view::npos;
            return atEnd ? std::nullopt : std::optional(broken("an empty line between merges", mergesHint));
        }
        const std::size_t space = line.find(' ');
        if (space == 0 || space == std::string_view::npos || space + 1 == line.size() ||
            line.find(' ', space + 1) != std::string_view::npos) {
            return broken("this is no pair of tokens: " + quotedForError(line), mergesHint);
        }
        const std::string_view left = line.substr(0, space);
        const std::string_view right = line.substr(space + 1);
        m_merged.assign(left).append(right);
        const auto leftAt = m_index.find(left);
        const auto rightAt = m_index.find(right);
        const auto mergedAt = m_index.find(m_merged);
        if (leftAt == m_index.end() || rightAt == m_index.end() || mergedAt == m_index.end()) {
            const std::string_view unknown = leftAt == m_index.end()    ? left
                                             : rightAt == m_index.end() ? right
                                                                        : std::string_view(m_merged);
            return broken("the vocabulary has no token " + quotedForError(unknown),
                          "the merges belong to another vocabulary, or one of the two files is damaged");
        }
        return addMerge({{leftAt->second}, {rightAt->second}, {mergedAt->second}});
    }

    std::optional<Error> addMerge(const BpeMerge& merge) {
        const std::uint64_t pair = (std::uint64_t{merge.left.value} << 32U) | merge.right.value;
        const auto [earlier, isNew] = m_lineOfPair.emplace(pair, m_line);
        if (!isNew) {
            return broken("the same merge stands in line " + std::to_string(earlier->second) + " already",
                          "each pair has one rank; remove one of the two lines");
        }
        m_merges.push_back(merge);
        return std::nullopt;
    }

    std::string_view m_rest;
    std::string_view m_name;
    std::size_t m_line = 0;
    TokenIndex m_index;
    std::unordered_map<std::uint64_t, std::size_t> m_lineOfPair;
    std::string m_merged;
    std::vector<BpeMerge> m_merges;
};

/// Most tokens of a sound pair are merged from others.
std::optional<Error> tooFewMerges(const Tokenizer& tokenizer, const std::string& mergesName) {
    const VocabularyMakeup makeup = tokenizer.makeup().value_or(VocabularyMakeup{});
    if (makeup.other <= makeup.merges) {
        return std::nullopt;
    }
    return Error{ErrorCode::Broken, mergesName,
                 "its merges reach " + grouped(makeup.merges) + " tokens, but the vocabulary has " +
                     grouped(makeup.other) + " more that are no single bytes",
                 "the file has been cut short or belongs to another vocabulary; fetch it again"};
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> parseGpt2Tokenizer(std::string_view vocabJson,
                                                            std::string_view mergesTxt,
                                                            std::string_view vocabName,
                                                            std::string_view mergesName, Progress& progress) {
    Result<std::vector<std::string>> spellings = parseVocabJson(vocabJson, vocabName, progress);
    if (!spellings.ok()) {
        return spellings.error();
    }
    Result<std::vector<BpeMerge>> merges =
        MergesReader(mergesTxt, mergesName, spellings.value()).read(progress);
    if (!merges.ok()) {
        return merges.error();
    }
    return makeByteLevelBpe({std::move(spellings).value(), std::move(merges).value()});
}

Result<std::shared_ptr<const Tokenizer>> readGpt2Tokenizer(const std::filesystem::path& vocabJson,
                                                           const std::filesystem::path& mergesTxt,
                                                           Progress& progress) {
    const auto vocabFile = MappedFile::open(vocabJson);
    if (!vocabFile.ok()) {
        return vocabFile.error();
    }
    const auto mergesFile = MappedFile::open(mergesTxt);
    if (!mergesFile.ok()) {
        return mergesFile.error();
    }
    auto tokenizer = parseGpt2Tokenizer(vocabFile.value()->text(), mergesFile.value()->text(),
                                        vocabJson.string(), mergesTxt.string(), progress);
    // A file cut short while being read looks damaged in some other way; say what really happened.
    for (const auto& file : {vocabFile.value(), mergesFile.value()}) {
        if (const auto intact = file->check(); !intact.ok()) {
            return intact.error();
        }
    }
    if (tokenizer.ok()) {
        if (std::optional<Error> error = tooFewMerges(*tokenizer.value(), mergesTxt.string())) {
            return *std::move(error);
        }
    }
    return tokenizer;
}

}  // namespace lexiscope
