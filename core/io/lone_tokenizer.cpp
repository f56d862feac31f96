// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lone_tokenizer.h"

#include "core/io/checkpoint_tokens.h"
#include "core/io/gguf_tokenizer.h"
#include "core/io/other_formats.h"
#include "core/io/rank_files.h"
#include "core/io/sentencepiece_file.h"
#include "core/io/tiktoken_file.h"
#include "core/io/tokenizer_file.h"
#include "core/io/tokenizer_json.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

using MaybeTokenizer = std::optional<std::shared_ptr<const Tokenizer>>;

/// Names that say what a file is, but not whose.
constexpr std::array<std::string_view, 7> commonNames = {
    "tokenizer.json", "tokenizer.model", "spiece.model",           "vocab.txt",
    "vocab.json",     "merges.txt",      "sentencepiece.bpe.model"};
/// Its keys stand before its vocabulary, but for a list of added tokens that may be long.
constexpr std::size_t jsonSample = 64 << 10;

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool holdsPair(const fs::path& folder) {
    return isThere(folder / "vocab.json") && isThere(folder / "merges.txt");
}

bool isPartOfPair(const fs::path& path) {
    return path.filename() == "vocab.json" || path.filename() == "merges.txt";
}

bool isJson(const fs::path& path) {
    return path.extension() == ".json" && path.filename() != "config.json";
}

bool looksLikeTokenizerJson(std::string_view text) {
    const std::string_view sample = text.substr(0, jsonSample);
    const auto has = [sample](std::string_view key) { return sample.find(key) != std::string_view::npos; };
    return beginsAsJson(sample) && (has("\"added_tokens\"") || has("\"pre_tokenizer\""));
}

bool recognises(const Source& source) {
    if (source.isFolder()) {
        return false;
    }
    if (isPartOfPair(source.path) && holdsPair(source.path.parent_path())) {
        return true;
    }
    return isJson(source.path) && !isPartOfPair(source.path)
               ? source.path.filename() == "tokenizer.json" || looksLikeTokenizerJson(source.file->text())
               : isTokenizerFile(source.path);
}

Result<MaybeTokenizer> maybe(Result<std::shared_ptr<const Tokenizer>> tokenizer) {
    return tokenizer.ok() ? Result<MaybeTokenizer>(MaybeTokenizer(std::move(tokenizer).value()))
                          : tokenizer.error();
}

std::string folderName(const fs::path& folder) {
    std::error_code ignored;
    fs::path whole = fs::absolute(folder, ignored).lexically_normal();
    if (!whole.has_filename()) {
        whole = whole.parent_path();  // the path ended with a slash
    }
    return whole.filename().string();
}

std::string nameOf(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        return folderName(path);
    }
    const std::string file = path.filename().string();
    const bool isCommon = std::find(commonNames.begin(), commonNames.end(), file) != commonNames.end();
    const std::string folder = isCommon ? folderName(path.parent_path()) : std::string();
    return folder.empty() ? path.stem().string() : folder;
}

std::string formatOf(const fs::path& path) {
    const std::string begin = beginOf(path);
    return begin.starts_with(ggufMagic)   ? "GGUF, its tokenizer"
           : isRanks(path)                ? "tiktoken ranks"
           : isPartOfPair(path)           ? "vocab.json and merges.txt"
           : isJson(path)                 ? "tokenizer.json"
           : beginsAsSentencePiece(begin) ? "SentencePiece model"
           : path.extension() == ".txt"   ? "vocab.txt"
                                          : "tokenizer folder";
}

/// The bytes of the file, or of those that readTokenizerIn() reads in a folder.
std::uint64_t sizeOf(const fs::path& path) {
    std::error_code ignored;
    if (isThere(path)) {
        return fs::file_size(path, ignored);
    }
    if (holdsPair(path)) {
        return fs::file_size(path / "vocab.json", ignored) + fs::file_size(path / "merges.txt", ignored);
    }
    if (isThere(path / "tokenizer.json")) {
        return fs::file_size(path / "tokenizer.json", ignored);
    }
    for (const char* name : filesAlone) {
        if (isThere(path / name)) {
            return fs::file_size(path / name, ignored);
        }
    }
    return 0;
}

/// The file does not say how it cuts: that is told beside it, and can be chosen. `path` is what was opened,
/// the file or its folder.
Result<std::shared_ptr<const Model>> loadRanks(const fs::path& path, const fs::path& file,
                                               std::optional<SplitScheme> chosen, Progress& progress) {
    Result<CutRanks> ranks = readRanks(file, chosen, progress);
    if (!ranks.ok()) {
        return ranks.error();
    }
    Result<std::shared_ptr<const Model>> model = modelOfTokenizer(ranks.value().tokenizer, path);
    if (!model.ok()) {
        return model;
    }
    auto cut = std::make_shared<Model>(*model.value());
    cut->split = ranks.value().split;
    cut->format = "tiktoken ranks";
    cut->fileSize = sizeOf(file);
    if (ranks.value().warning) {
        cut->warnings.push_back(*std::move(ranks.value().warning));
    }
    return std::shared_ptr<const Model>(std::move(cut));
}

Result<std::shared_ptr<const Model>> load(const Source& source, const LoadAids& aids, Progress& progress) {
    if (progress.stopRequested()) {
        return cancelled();
    }
    if (isRanks(source.path)) {
        return loadRanks(source.path, source.path, aids.split, progress);
    }
    Result<MaybeTokenizer> tokenizer = readTokenizerOf(source.path, progress);
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    if (!tokenizer.value()) {
        return Error{ErrorCode::Unsupported, source.path.string(), "is no tokenizer of a kind that is known",
                     std::string(whatCanBeOpened)};
    }
    return modelOfTokenizer(*std::move(tokenizer).value(), source.path);
}

}  // namespace

const Loader loneTokenizerLoader = {"tokenizer", recognises, load};

Result<MaybeTokenizer> readTokenizerOf(const fs::path& path, Progress& progress,
                                       std::optional<SplitScheme> split) {
    std::error_code ignored;
    const bool isFolder = fs::is_directory(path, ignored);
    const std::optional<fs::path> ranks = isFolder        ? ranksIn(path)
                                          : isRanks(path) ? std::optional(path)
                                                          : std::nullopt;
    if (split && !ranks) {
        return Error{ErrorCode::InvalidArgument, path.string(),
                     "says itself how it cuts texts; only of .tiktoken it can be chosen",
                     "leave the choice out"};
    }
    if (ranks) {
        return maybe(readTiktoken(*ranks, progress, split));
    }
    const bool isPart = !isFolder && isPartOfPair(path);
    if (const fs::path folder = isPart ? path.parent_path() : path; holdsPair(folder)) {
        Result<std::shared_ptr<const Tokenizer>> tokenizer = readPairOf(folder, progress);
        if (tokenizer.ok() || tokenizer.error().code != ErrorCode::Unsupported || isPart) {
            return maybe(std::move(tokenizer));
        }
    }
    const fs::path json = !isFolder && !isPart && isJson(path) ? path : path / "tokenizer.json";
    if (isThere(json)) {
        return maybe(readTokenizerJson(json, progress));
    }
    return isTokenizerFile(path) ? maybe(readTokenizerFile(path, progress)) : MaybeTokenizer();
}

Result<MaybeTokenizer> readTokenizerIn(const fs::path& folder, Progress& progress) {
    Result<MaybeTokenizer> first = readTokenizerOf(folder, progress);
    if (!first.ok() || first.value()) {
        return first;
    }
    for (const char* name : filesAlone) {
        if (isTokenizerFile(folder / name)) {
            return maybe(readTokenizerFile(folder / name, progress));
        }
    }
    return MaybeTokenizer();
}

Result<std::shared_ptr<const Model>> loadTokenizerIn(const fs::path& folder, const LoadAids& aids,
                                                     Progress& progress) {
    if (const std::optional<fs::path> ranks = ranksIn(folder)) {
        return loadRanks(folder, *ranks, aids.split, progress);
    }
    Result<MaybeTokenizer> tokenizer = readTokenizerIn(folder, progress);
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    return tokenizer.value() ? modelOfTokenizer(*std::move(tokenizer).value(), folder)
                             : std::shared_ptr<const Model>();
}

std::shared_ptr<Model> modelOfTokenizer(std::shared_ptr<const Tokenizer> tokenizer, std::string name,
                                        std::string format) {
    auto model = std::make_shared<Model>();
    model->name = std::move(name);
    model->format = std::move(format);
    model->vocabulary = rowsOf(*tokenizer);
    model->table = EmbeddingTable::owned({}, model->vocabulary->size(), 0);
    model->noVectors = "A tokenizer alone has no vectors.";
    model->noPositions = "A tokenizer alone has no rows of positions.";
    model->warnings = tokenizer->warnings();
    model->tokenizer = std::move(tokenizer);
    return model;
}

Result<std::shared_ptr<const Model>> modelOfTokenizer(std::shared_ptr<const Tokenizer> tokenizer,
                                                      const fs::path& path) {
    if (tokenizer->vocabularySize() == 0) {
        return Error{ErrorCode::Broken, path.string(), "is a tokenizer without tokens",
                     "fetch the file again"};
    }
    std::shared_ptr<Model> model = modelOfTokenizer(std::move(tokenizer), nameOf(path), formatOf(path));
    model->path = path;
    model->fileSize = sizeOf(path);
    if (model->format.starts_with("GGUF")) {
        model->noVectors = "Of a GGUF file only the tokenizer is read.";
    }
    return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace lexiscope
