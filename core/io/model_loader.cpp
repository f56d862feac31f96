// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_loader.h"

#include "core/io/checkpoint_folder.h"
#include "core/io/checkpoint_tokens.h"
#include "core/io/feature_csv.h"
#include "core/io/loader.h"
#include "core/io/other_formats.h"
#include "core/io/text_vectors_loader.h"
#include "core/io/tokenizer_file.h"
#include "core/io/tokenizer_json.h"
#include "core/io/word2vec_loader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// Asked in this order; a new format is a line here.
constexpr std::array loaders = {&checkpointLoader, &word2VecBinaryLoader, &textVectorsLoader,
                                &featureCsvLoader};

constexpr std::string_view builtinPrefix = "builtin:";
constexpr std::size_t mostFilesLookedAt = 1000;

const Loader* loaderFor(const Source& source) {
    const auto found = std::find_if(loaders.begin(), loaders.end(),
                                    [&](const Loader* loader) { return loader->recognises(source); });
    return found == loaders.end() ? nullptr : *found;
}

Result<Source> openSource(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return Source{path, nullptr};
    }
    Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file.ok()) {
        return file.error();
    }
    if (file.value()->size() == 0) {
        return Error{ErrorCode::Broken, path.string(), "is empty: it has no bytes", "fetch the file again"};
    }
    return Source{path, std::move(file).value()};
}

/// A folder that is no model itself stands for the one file in it that is.
Result<Source> onlyModelIn(const fs::path& folder) {
    std::error_code error;
    std::vector<Source> models;
    std::size_t looked = 0;
    fs::directory_iterator entries(folder, error);
    if (error) {
        return Error{ErrorCode::Unreadable, folder.string(), "cannot be listed: " + error.message(),
                     "check its permissions"};
    }
    for (; entries != fs::directory_iterator() && looked < mostFilesLookedAt;
         entries.increment(error), ++looked) {
        if (error || !entries->is_regular_file(error)) {
            continue;
        }
        Result<Source> source = openSource(entries->path());
        if (source.ok() && loaderFor(source.value()) != nullptr) {
            models.push_back(std::move(source).value());
        }
    }
    if (models.size() == 1) {
        return std::move(models.front());
    }
    if (models.empty()) {
        return Error{ErrorCode::Unsupported, folder.string(), "is a folder without a model",
                     std::string(whatCanBeOpened)};
    }
    std::vector<std::string> names;
    std::transform(models.begin(), models.end(), std::back_inserter(names),
                   [](const Source& source) { return source.path.filename().string(); });
    std::sort(names.begin(), names.end());
    return Error{
        ErrorCode::InvalidArgument, folder.string(),
        "holds " + std::to_string(names.size()) + " models, among them " + names[0] + " and " + names[1],
        "open one of them"};
}

std::string builtinNames(const fs::path& modelFolder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(modelFolder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored)) {
            names.push_back(std::string(builtinPrefix) + entry->path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

bool holdsPair(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "vocab.json", ignored) &&
           fs::is_regular_file(folder / "merges.txt", ignored);
}

/// Of a folder that is no model.
Result<std::shared_ptr<const Tokenizer>> tokenizerAloneIn(const fs::path& folder, Progress& progress,
                                                          const Error& noModel) {
    for (const char* name : {"tokenizer.model", "spiece.model", "vocab.txt"}) {
        if (isTokenizerFile(folder / name)) {
            return readTokenizerFile(folder / name, progress);
        }
    }
    return noModel;
}

}  // namespace

Result<std::shared_ptr<const Model>> loadModel(const fs::path& path, Progress& progress,
                                               const LoadAids& aids) {
    if (progress.stopRequested()) {
        return cancelled();
    }
    Result<Source> source = openSource(path);
    if (source.ok() && source.value().isFolder() && loaderFor(source.value()) == nullptr) {
        source = onlyModelIn(path);
    }
    if (!source.ok()) {
        return source.error();
    }
    const Loader* loader = loaderFor(source.value());
    if (loader != nullptr) {
        return loader->load(source.value(), aids, progress);
    }
    Error error = refusal(path, source.value().file->text());
    if (const Result<Done> read = source.value().file->check(); !read.ok()) {
        return read.error();
    }
    return error;
}

Result<std::shared_ptr<const Tokenizer>> loadTokenizer(const fs::path& path, Progress& progress,
                                                       const LoadAids& aids) {
    std::error_code ignored;
    const bool isFolder = fs::is_directory(path, ignored);
    const bool isPart = !isFolder && (path.filename() == "vocab.json" || path.filename() == "merges.txt");
    if (const fs::path folder = isPart ? path.parent_path() : path; holdsPair(folder)) {
        Result<std::shared_ptr<const Tokenizer>> tokenizer = readPairOf(folder, progress);
        if (tokenizer.ok() || tokenizer.error().code != ErrorCode::Unsupported || isPart) {
            return tokenizer;
        }
    }
    const bool isJson =
        !isFolder && !isPart && path.extension() == ".json" && path.filename() != "config.json";
    const fs::path json = isJson ? path : path / "tokenizer.json";
    if (fs::is_regular_file(json, ignored)) {
        return readTokenizerJson(json, progress);
    }
    if (isTokenizerFile(path)) {
        return readTokenizerFile(path, progress);
    }
    const Result<std::shared_ptr<const Model>> model = loadModel(path, progress, aids);
    if (!model.ok()) {
        return isFolder ? tokenizerAloneIn(path, progress, model.error()) : model.error();
    }
    if (!model.value()->tokenizer) {
        std::string why = model.value()->noTokenizer;
        why.erase(why.find_last_not_of('.') + 1);
        return Error{ErrorCode::Unsupported, path.string(), "has no tokenizer: " + why, {}};
    }
    return model.value()->tokenizer;
}

Result<fs::path> resolveModel(std::string_view spec, const fs::path& modelFolder) {
    if (!spec.starts_with(builtinPrefix)) {
        return fs::path(spec);
    }
    const std::string_view name = spec.substr(builtinPrefix.size());
    std::error_code ignored;
    const bool isName =
        !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
    if (isName && fs::is_directory(modelFolder / name, ignored)) {
        return modelFolder / name;
    }
    const std::string list = builtinNames(modelFolder);
    return Error{ErrorCode::NotFound, std::string(spec), "there is no built-in model of this name",
                 list.empty() ? "none were found in " + modelFolder.string() : "there are: " + list};
}

}  // namespace lexiscope
