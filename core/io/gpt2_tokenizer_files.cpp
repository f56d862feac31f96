// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gpt2_tokenizer_files.h"

#include "core/base/mapped_file.h"
#include "core/io/merge_list.h"
#include "core/io/vocab_json.h"
#include "core/tokenize/byte_level_bpe.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

constexpr std::string_view mergesHint =
    "each line after the first holds two tokens with one space between them";
constexpr std::size_t linesBetweenStopChecks = 4096;

/// Reads merges.txt line by line, turning spellings into IDs.
class MergesReader {
  public:
    MergesReader(std::string_view text, std::string_view name, const std::vector<std::string>& spellings)
        : m_rest(text), m_name(name), m_merges(spellings, "line", MergeList::Again::TakesItsPlace) {}

    Result<std::vector<BpeMerge>> read(Progress& progress, std::vector<std::string>& warnings) {
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
        if (std::optional<std::string> warning = m_merges.warning()) {
            warnings.push_back(*std::move(warning));
        }
        return m_merges.take();
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
        const std::optional<MergeList::Fault> fault =
            m_merges.add(line.substr(0, space), line.substr(space + 1), m_line);
        return fault ? std::optional(broken(fault->what, fault->hint)) : std::nullopt;
    }

    std::string_view m_rest;
    std::string_view m_name;
    std::size_t m_line = 0;
    MergeList m_merges;
};

void nameRobertaSpecials(ByteLevelBpeParts& parts) {
    parts.specials.emplace();
    const auto add = [&parts](std::string_view spelling, std::vector<TokenId>* also) {
        const auto found = std::find(parts.spellings.begin(), parts.spellings.end(), spelling);
        if (found == parts.spellings.end()) {
            return;
        }
        const TokenId id{static_cast<std::uint32_t>(found - parts.spellings.begin())};
        parts.specials->push_back(id);
        if (also != nullptr) {
            also->push_back(id);
        }
    };
    add("<s>", &parts.before);
    add("</s>", &parts.after);
    add("<mask>", &parts.strippingBefore);
    add("<pad>", nullptr);
    add("<unk>", nullptr);
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> parseGpt2Tokenizer(std::string_view vocabJson,
                                                            std::string_view mergesTxt,
                                                            std::string_view vocabName,
                                                            std::string_view mergesName, Progress& progress,
                                                            Gpt2Specials specials) {
    std::vector<std::string> warnings;
    Result<std::vector<std::string>> spellings = parseVocabJson(vocabJson, vocabName, progress, &warnings);
    if (!spellings.ok()) {
        return spellings.error();
    }
    Result<std::vector<BpeMerge>> merges =
        MergesReader(mergesTxt, mergesName, spellings.value()).read(progress, warnings);
    if (!merges.ok()) {
        return merges.error();
    }
    ByteLevelBpeParts parts{std::move(spellings).value(), std::move(merges).value()};
    parts.mergesOverUnknown = true;
    parts.warnings = std::move(warnings);
    if (specials == Gpt2Specials::Roberta) {
        nameRobertaSpecials(parts);
    }
    return makeByteLevelBpe(std::move(parts));
}

Result<std::shared_ptr<const Tokenizer>> readGpt2Tokenizer(const std::filesystem::path& vocabJson,
                                                           const std::filesystem::path& mergesTxt,
                                                           Progress& progress, Gpt2Specials specials) {
    const auto vocabFile = MappedFile::open(vocabJson);
    if (!vocabFile.ok()) {
        return vocabFile.error();
    }
    const auto mergesFile = MappedFile::open(mergesTxt);
    if (!mergesFile.ok()) {
        return mergesFile.error();
    }
    auto tokenizer = parseGpt2Tokenizer(vocabFile.value()->text(), mergesFile.value()->text(),
                                        vocabJson.string(), mergesTxt.string(), progress, specials);
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
