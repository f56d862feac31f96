// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_loader.h"

#include "core/io/checkpoint_folder.h"
#include "core/io/feature_csv.h"
#include "core/io/loader.h"
#include "core/io/lone_tokenizer.h"
#include "core/io/other_formats.h"
#include "core/io/text_vectors_loader.h"
#include "core/io/word2vec_loader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// Asked in this order; a new format is a line here. What has vectors comes before what has none.
constexpr std::array vectorLoaders = {&checkpointLoader, &word2VecBinaryLoader, &textVectorsLoader,
                                      &featureCsvLoader};
constexpr std::array tokenizerLoaders = {&loneTokenizerLoader};

constexpr std::string_view builtinPrefix = "builtin:";
constexpr std::size_t mostFilesLookedAt = 1000;

const Loader* firstOf(std::span<const Loader* const> loaders, const Source& source) {
    const auto found = std::find_if(loaders.begin(), loaders.end(),
                                    [&](const Loader* loader) { return loader->recognises(source); });
    return found == loaders.end() ? nullptr : *found;
}

const Loader* loaderFor(const Source& source) {
    if (!source.isFolder() && source.path.extension() == ".tiktoken") {
        return &loneTokenizerLoader;  // damaged lines of it may look like anything
    }
    const Loader* loader = firstOf(vectorLoaders, source);
    return loader != nullptr ? loader : firstOf(tokenizerLoaders, source);
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

/// A folder that is no model itself stands for the one file in it that is one of theirs.
Result<Source> onlyModelIn(const fs::path& folder, std::span<const Loader* const> loaders) {
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
        if (source.ok() && firstOf(loaders, source.value()) != nullptr) {
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

using LoadedModel = Result<std::shared_ptr<const Model>>;

/// A folder that no loader knows: the one file of vectors in it, else its tokenizer.
LoadedModel loadFrom(const fs::path& folder, const LoadAids& aids, Progress& progress) {
    const auto load = [&](const Source& source) { return loaderFor(source)->load(source, aids, progress); };
    const Result<Source> vectors = onlyModelIn(folder, vectorLoaders);
    if (vectors.ok()) {
        return load(vectors.value());
    }
    if (vectors.error().code != ErrorCode::Unsupported) {
        return vectors.error();
    }
    LoadedModel tokenizer = loadTokenizerIn(folder, aids, progress);
    if (!tokenizer.ok() || tokenizer.value()) {
        return tokenizer;
    }
    const Result<Source> other = onlyModelIn(folder, tokenizerLoaders);
    return other.ok() ? load(other.value()) : LoadedModel(other.error());
}

/// A checkpoint whose numbers have not been fetched, or are in a format that is not read, may have a
/// tokenizer: it is opened, and said to be all there is.
LoadedModel withoutNumbers(const fs::path& folder, const Error& why, const LoadAids& aids,
                           Progress& progress) {
    std::error_code ignored;
    for (const char* numbers : {"model.safetensors", "model.safetensors.index.json"}) {
        if (fs::is_regular_file(folder / numbers, ignored)) {
            return why;
        }
    }
    const LoadedModel model = loadTokenizerIn(folder, aids, progress);
    if (!model.ok() || !model.value()) {
        return why;
    }
    auto alone = std::make_shared<Model>(*model.value());
    alone->warnings.push_back("only the tokenizer could be opened: " + why.what);
    return std::shared_ptr<const Model>(std::move(alone));
}

}  // namespace

Result<std::shared_ptr<const Model>> loadModel(const fs::path& path, Progress& progress,
                                               const LoadAids& aids) {
    if (progress.stopRequested()) {
        return cancelled();
    }
    const Result<Source> source = openSource(path);
    if (!source.ok()) {
        return source.error();
    }
    const Loader* loader = loaderFor(source.value());
    if (loader != nullptr) {
        LoadedModel model = loader->load(source.value(), aids, progress);
        const bool lacksNumbers =
            !model.ok() && loader == &checkpointLoader && source.value().isFolder() &&
            (model.error().code == ErrorCode::NotFound || model.error().code == ErrorCode::Unsupported);
        return lacksNumbers ? withoutNumbers(path, model.error(), aids, progress) : model;
    }
    if (source.value().isFolder()) {
        return loadFrom(path, aids, progress);
    }
    Error error = refusal(path, source.value().file->text());
    if (const Result<Done> read = source.value().file->check(); !read.ok()) {
        return read.error();
    }
    return error;
}

Result<std::shared_ptr<const Tokenizer>> loadTokenizer(const fs::path& path, Progress& progress,
                                                       const LoadAids& aids) {
    const auto alone = readTokenizerOf(path, progress, aids.split);
    if (!alone.ok()) {
        return alone.error();
    }
    if (alone.value()) {
        return *alone.value();
    }
    const LoadedModel model = loadModel(path, progress, aids);
    std::error_code ignored;
    if (!model.ok() && model.error().code != ErrorCode::Cancelled && fs::is_directory(path, ignored)) {
        const auto inside = readTokenizerIn(path, progress);
        return inside.ok() && inside.value() ? *inside.value()
                                             : Result<std::shared_ptr<const Tokenizer>>(model.error());
    }
    if (!model.ok()) {
        return model.error();
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
