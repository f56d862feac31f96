// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/rank_files.h"

#include "core/io/gguf_tokenizer.h"
#include "core/io/tiktoken_file.h"

#include <fstream>
#include <system_error>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// The only file of that ending in the folder.
std::optional<fs::path> onlyTiktokenIn(const fs::path& folder) {
    constexpr std::size_t mostLookedAt = 1000;
    std::optional<fs::path> found;
    std::error_code error;
    std::size_t looked = 0;
    for (fs::directory_iterator entry(folder, error);
         !error && entry != fs::directory_iterator() && looked < mostLookedAt;
         entry.increment(error), ++looked) {
        if (entry->path().extension() == ".tiktoken" && isRanks(entry->path())) {
            if (found) {
                return std::nullopt;
            }
            found = entry->path();
        }
    }
    return found;
}

}  // namespace

std::string beginOf(const fs::path& path) {
    constexpr std::size_t enough = 4096;
    if (!isThere(path)) {
        return {};
    }
    std::string begin(enough, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(file.gcount()));
    return begin;
}

bool isRanks(const fs::path& path) {
    const bool isOther = path.extension() == ".json" && path.filename() != "config.json";
    if (isOther || !isThere(path)) {
        return false;
    }
    const std::string begin = beginOf(path);
    return !begin.starts_with(ggufMagic) && isTiktoken(path, begin);
}

std::optional<fs::path> ranksIn(const fs::path& folder) {
    if (isThere(folder / "tokenizer.json") ||
        (isThere(folder / "vocab.json") && isThere(folder / "merges.txt"))) {
        return std::nullopt;
    }
    for (const char* name : filesAlone) {
        if (isThere(folder / name)) {
            return isRanks(folder / name) ? std::optional(folder / name) : std::nullopt;
        }
    }
    return onlyTiktokenIn(folder);
}

Result<CutRanks> readRanks(const fs::path& file, std::optional<SplitScheme> chosen, Progress& progress) {
    const std::optional<SplitScheme> known = chosen ? chosen : tiktokenScheme(file);
    CutRanks ranks;
    ranks.split = known.value_or(SplitScheme::Cl100k);
    Result<std::shared_ptr<const Tokenizer>> tokenizer = readTiktoken(file, progress, ranks.split);
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    ranks.tokenizer = std::move(tokenizer).value();
    if (!known) {
        ranks.warning =
            "neither the file nor its name says how texts are cut before its ranks merge: they are cut as " +
            std::string(name(ranks.split)) + " does, which can be changed";
    }
    return ranks;
}

}  // namespace lexiscope
