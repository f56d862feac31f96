// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_folder.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/checkpoint_config.h"
#include "core/io/checkpoint_family.h"
#include "core/io/checkpoint_positions.h"
#include "core/io/checkpoint_tokens.h"
#include "core/io/checkpoint_weights.h"
#include "core/io/lone_table.h"

#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view configName = "config.json";
constexpr std::string_view weightsName = "model.safetensors";
constexpr std::string_view indexName = "model.safetensors.index.json";
constexpr std::string_view indexEnding = ".safetensors.index.json";

fs::path ifThere(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) ? path : fs::path();
}

fs::path folderOf(const Source& source) {
    if (source.isFolder()) {
        return source.path;
    }
    return source.path.has_parent_path() ? source.path.parent_path() : fs::path(".");
}

bool isConfig(const Source& source) {
    return !source.isFolder() && source.path.filename() == configName;
}

bool isIndex(const Source& source) {
    return !source.isFolder() && source.path.filename().string().ends_with(indexEnding);
}

/// Stands for the folder it lies in.
bool isPartOfFolder(const Source& source) {
    return isConfig(source) || isIndex(source) || source.path.filename() == weightsName;
}

bool recognises(const Source& source) {
    if (!source.isFolder()) {
        return isConfig(source) || isIndex(source) || source.path.extension() == ".safetensors" ||
               beginsAsSafetensors(source.file->text());
    }
    for (const std::string_view name : {configName, weightsName, indexName}) {
        if (!ifThere(source.path / name).empty()) {
            return true;
        }
    }
    return !ifThere(source.path / "pytorch_model.bin").empty();
}

Error noWeights(const fs::path& folder) {
    for (const char* name : {"pytorch_model.bin", "pytorch_model.bin.index.json"}) {
        if (!ifThere(folder / name).empty()) {
            return {ErrorCode::Unsupported, folder.string(),
                    "its numbers are in PyTorch's own format (" + std::string(name) + ")",
                    "save the model as model.safetensors"};
        }
    }
    return {ErrorCode::NotFound, (folder / weightsName).string(),
            "the folder has a config.json, but the file with the numbers is missing",
            "fetch the whole folder again"};
}

/// The file that was opened if it holds numbers, else the one in the folder, else those its index names.
Result<CheckpointWeights> openWeights(const Source& source, const fs::path& folder) {
    if (!source.isFolder() && !isConfig(source) && !isIndex(source)) {
        return CheckpointWeights::ofFile(source.file);
    }
    if (isIndex(source)) {
        return CheckpointWeights::ofIndex(source.path);
    }
    if (const fs::path one = ifThere(folder / weightsName); !one.empty()) {
        Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(one);
        return file.ok() ? CheckpointWeights::ofFile(file.value()) : file.error();
    }
    const fs::path index = ifThere(folder / indexName);
    return index.empty() ? Result<CheckpointWeights>(noWeights(folder)) : CheckpointWeights::ofIndex(index);
}

/// A checkpoint whose parts have been found.
struct Checkpoint {
    fs::path folder;
    fs::path configPath;  // empty where there is none
    CheckpointConfig config;
    CheckpointWeights weights;
    const CheckpointFamily* family = nullptr;
    bool isByNames = false;      // it is a guess from the names of the tensors
    bool knowsPositions = true;  // and tells how positions are counted
    std::string tokens;          // the tensor of token rows
};

/// By config.json, or by the names of the tensors.
std::optional<Error> findFamily(Checkpoint& checkpoint) {
    const Result<std::optional<std::string>> type = checkpoint.config.text("model_type");
    if (!type.ok()) {
        return type.error();
    }
    if (const std::optional<std::string>& named = type.value()) {
        checkpoint.family = familyOfType(*named);
        return checkpoint.family != nullptr
                   ? std::nullopt
                   : std::optional(
                         Error{ErrorCode::Unsupported, checkpoint.configPath.string(),
                               "is a model of type “" + displayText(named->substr(0, 60)) +
                                   "”; of Hugging Face folders these types can be opened: " + knownTypes(),
                               std::string(whatCanBeOpened)});
    }
    const std::optional<FamilyByNames> byNames = familyByNames(checkpoint.weights.names());
    if (!byNames) {
        return Error{ErrorCode::Unsupported, checkpoint.weights.path().string(),
                     "holds no tensor that is known as a table of tokens, such as wte.weight, "
                     "word_embeddings.weight or embed_tokens.weight",
                     std::string(whatCanBeOpened)};
    }
    checkpoint.family = byNames->family;
    checkpoint.isByNames = true;
    checkpoint.knowsPositions = byNames->knowsPositions;
    return std::nullopt;
}

/// The tensor of token rows, which must be one and not several.
std::optional<Error> findTokens(Checkpoint& checkpoint) {
    const CheckpointFamily& family = *checkpoint.family;
    const fs::path& path = checkpoint.weights.path();
    const std::vector<std::string_view> found = namesMeaning(family.tokens, checkpoint.weights.names());
    if (found.size() > 1) {
        return Error{ErrorCode::Unsupported,
                     path.string(),
                     "holds more than one table of tokens, " + displayText(found[0]) + " and " +
                         displayText(found[1]) + "; which one is meant is not known",
                     {}};
    }
    if (found.empty()) {
        const bool isShard = !ifThere(checkpoint.folder / indexName).empty() && path.filename() != indexName;
        return Error{
            ErrorCode::Unsupported, path.string(),
            "holds no tensor " + std::string(family.tokens) + ", so it is no " + std::string(family.name),
            isShard ? "open the folder: the tensor may lie in another of its files"
                    : std::string(whatCanBeOpened)};
    }
    checkpoint.tokens = found.front();
    return std::nullopt;
}

Result<Checkpoint> openCheckpoint(const Source& source, Result<CheckpointWeights> weights) {
    Checkpoint checkpoint;
    checkpoint.folder = folderOf(source);
    checkpoint.configPath = ifThere(checkpoint.folder / configName);
    Result<CheckpointConfig> config =
        checkpoint.configPath.empty() ? CheckpointConfig() : CheckpointConfig::read(checkpoint.configPath);
    if (!config.ok()) {
        return config.error();
    }
    if (!weights.ok()) {
        return weights.error();
    }
    checkpoint.config = std::move(config).value();
    checkpoint.weights = std::move(weights).value();
    if (std::optional<Error> unknown = findFamily(checkpoint)) {
        return *std::move(unknown);
    }
    if (std::optional<Error> missing = findTokens(checkpoint)) {
        return *std::move(missing);
    }
    return checkpoint;
}

std::optional<Error> readTokenRows(Model& model, Checkpoint& checkpoint) {
    const Result<PlacedTensor> tensor = checkpoint.weights.find(checkpoint.tokens);
    if (!tensor.ok()) {
        return tensor.error();
    }
    Result<std::shared_ptr<const EmbeddingTable>> table = tableOf(tensor.value());
    if (!table.ok()) {
        return table.error();
    }
    const std::string key(checkpoint.family->dimensionKey);
    const std::size_t own = table.value()->dimension();
    const Result<std::optional<std::uint64_t>> dimension = checkpoint.config.count(key);
    if (!dimension.ok()) {
        return dimension.error();
    }
    if (dimension.value().value_or(own) != own) {
        return Error{ErrorCode::Broken, tensor.value().where(),
                     "its rows have " + grouped(own) + " numbers, but config.json says " +
                         grouped(*dimension.value()) + " (" + key + ")",
                     "the files may belong to different models"};
    }
    model.table = std::move(table).value();
    model.tableName = shortTensorName(checkpoint.tokens);
    model.fileSize = tensor.value().file->size();
    return std::nullopt;
}

std::optional<Error> readNames(Model& model, const Checkpoint& checkpoint, std::optional<SplitScheme> split,
                               Progress& progress) {
    const std::uint64_t rows = model.table->rows();
    Result<CheckpointTokens> tokens =
        readCheckpointTokens(checkpoint.folder, *checkpoint.family, rows, split, progress);
    if (!tokens.ok()) {
        return tokens.error();
    }
    model.vocabulary = std::move(tokens.value().vocabulary);
    model.tokenizer = std::move(tokens.value().tokenizer);
    model.noTokenizer = std::move(tokens.value().noTokenizer);
    model.split = tokens.value().split;
    for (std::string& warning : tokens.value().warnings) {
        model.warnings.push_back(std::move(warning));
    }
    const Result<std::optional<std::uint64_t>> said = checkpoint.config.count("vocab_size");
    if (!said.ok()) {
        return said.error();
    }
    if (said.value().value_or(rows) != rows) {
        model.warnings.push_back("config.json says " + grouped(*said.value()) +
                                 " tokens (vocab_size), the table has " + grouped(rows) +
                                 " rows; the table counts");
    }
    return std::nullopt;
}

std::string nameFor(const Source& source, const fs::path& folder) {
    if (!source.isFolder() && !isPartOfFolder(source)) {
        return source.path.stem().string();
    }
    std::error_code error;
    fs::path whole = fs::absolute(folder, error).lexically_normal();
    if (!whole.has_filename()) {
        whole = whole.parent_path();  // the path ended with a slash
    }
    return whole.filename().string();
}

Result<std::shared_ptr<const Model>> load(const Source& source, const LoadAids& aids, Progress& progress) {
    Result<CheckpointWeights> weights = openWeights(source, folderOf(source));
    if (!source.isFolder() && !isPartOfFolder(source) && weights.ok() && isLoneTable(weights.value())) {
        return loadLoneTable(source, weights.value());
    }
    Result<Checkpoint> opened = openCheckpoint(source, std::move(weights));
    if (!opened.ok()) {
        return opened.error();
    }
    if (progress.stopRequested()) {
        return cancelled();
    }
    Checkpoint& checkpoint = opened.value();
    const std::string family(checkpoint.family->name);
    auto model = std::make_shared<Model>();
    model->name = nameFor(source, checkpoint.folder);
    model->format = family + " folder";
    model->path = source.path;
    if (checkpoint.isByNames) {
        model->warnings.push_back(
            (checkpoint.configPath.empty() ? "config.json is missing" : "config.json names no model_type") +
            (": taken for a model like " + family) + " by the names of its tensors");
    }
    std::optional<Error> error = readTokenRows(*model, checkpoint);
    if (!error) {
        error = readPositions(*model, {checkpoint.config, *checkpoint.family, checkpoint.knowsPositions},
                              checkpoint.weights, checkpoint.tokens);
    }
    if (!error) {
        error = readNames(*model, checkpoint, aids.split, progress);
    }
    if (error) {
        return *std::move(error);
    }
    model->tensors = checkpoint.weights.opened();
    return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace

const Loader checkpointLoader = {"Hugging Face folder", recognises, load};

}  // namespace lexiscope
