// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gpt2_folder.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/gpt2_config.h"
#include "core/io/gpt2_tokenizer_files.h"
#include "core/io/safetensors.h"
#include "core/io/tokenizer_json.h"

#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// The files of one model; a path is empty where there is no such file.
struct Files {
    fs::path folder;
    fs::path config;
    fs::path weights;
    fs::path vocabulary;
    fs::path merges;
    fs::path tokenizer;  // tokenizer.json, where not both of the former are there
};

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
    return !source.isFolder() && source.path.filename() == "config.json";
}

Files filesOf(const Source& source) {
    Files files;
    files.folder = folderOf(source);
    files.config = ifThere(files.folder / "config.json");
    files.weights =
        source.isFolder() || isConfig(source) ? ifThere(files.folder / "model.safetensors") : source.path;
    files.vocabulary = ifThere(files.folder / "vocab.json");
    files.merges = ifThere(files.folder / "merges.txt");
    if (files.vocabulary.empty() || files.merges.empty()) {
        files.tokenizer = ifThere(files.folder / "tokenizer.json");
    }
    return files;
}

bool recognises(const Source& source) {
    if (!source.isFolder()) {
        return isConfig(source) || source.path.extension() == ".safetensors" ||
               beginsAsSafetensors(source.file->text());
    }
    for (const char* name :
         {"config.json", "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin"}) {
        if (!ifThere(source.path / name).empty()) {
            return true;
        }
    }
    return false;
}

Result<Gpt2Config> readConfig(const Files& files) {
    if (files.config.empty()) {
        return Gpt2Config{};
    }
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(files.config);
    if (!file.ok()) {
        return file.error();
    }
    Result<Gpt2Config> config = parseGpt2Config(file.value()->text(), files.config.string());
    if (const Result<Done> check = file.value()->check(); !check.ok()) {
        return check.error();
    }
    if (config.ok() && config.value().modelType.value_or("gpt2") != "gpt2") {
        return Error{ErrorCode::Unsupported, files.config.string(),
                     "is a model of type “" + displayText(config.value().modelType->substr(0, 60)) +
                         "”; of Hugging Face folders only those of type “gpt2” can be opened",
                     std::string(whatCanBeOpened)};
    }
    return config;
}

Error noWeights(const Files& files) {
    const std::string where = files.folder.string();
    if (!ifThere(files.folder / "model.safetensors.index.json").empty()) {
        return {ErrorCode::Unsupported, where,
                "its numbers are spread over several files (model.safetensors.index.json)",
                "save the model as one model.safetensors"};
    }
    if (!ifThere(files.folder / "pytorch_model.bin").empty()) {
        return {ErrorCode::Unsupported, where, "its numbers are in PyTorch's own format (pytorch_model.bin)",
                "save the model as model.safetensors"};
    }
    return {ErrorCode::NotFound, (files.folder / "model.safetensors").string(),
            "the folder has a config.json, but the file with the numbers is missing",
            "fetch the whole folder again"};
}

/// The tensor of that name, with or without the prefix of a model with a head.
const SafetensorsEntry* find(const std::vector<SafetensorsEntry>& entries, const std::string& name) {
    for (const std::string& spelling : {name, "transformer." + name}) {
        for (const SafetensorsEntry& entry : entries) {
            if (entry.info.name == spelling) {
                return &entry;
            }
        }
    }
    return nullptr;
}

Result<std::shared_ptr<const EmbeddingTable>> tableOf(const std::shared_ptr<const MappedFile>& file,
                                                      const SafetensorsEntry& entry) {
    const std::string where = file->path().string() + ", tensor " + displayText(entry.info.name);
    const std::vector<std::uint64_t>& shape = entry.info.shape;
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0) {
        return Error{ErrorCode::Broken, where, "is not a table of rows and columns", {}};
    }
    if (shape[0] >= std::numeric_limits<std::uint32_t>::max()) {
        return Error{ErrorCode::Unsupported,
                     where,
                     "has " + grouped(shape[0]) + " rows; they are counted in 32 bits",
                     {}};
    }
    for (const DType dtype : {DType::F32, DType::F16, DType::BF16}) {
        if (entry.info.dtype == name(dtype)) {
            return EmbeddingTable::mapped(file, dtype, shape[0], shape[1], entry.begin,
                                          shape[1] * byteSize(dtype));
        }
    }
    return Error{
        ErrorCode::Unsupported, where,
        "is stored as “" + displayText(entry.info.dtype.substr(0, 40)) + "”; F32, F16 and BF16 can be read",
        "save the model in one of these"};
}

/// Token and position rows, with what config.json says about their sizes held against them.
std::optional<Error> readTables(Model& model, const std::shared_ptr<const MappedFile>& file,
                                const Gpt2Config& config) {
    const Result<std::vector<SafetensorsEntry>> entries = readSafetensors(*file);
    if (!entries.ok()) {
        return entries.error();
    }
    const std::string path = file->path().string();
    for (const SafetensorsEntry& entry : entries.value()) {
        model.tensors.push_back(entry.info);
    }
    const SafetensorsEntry* tokens = find(entries.value(), "wte.weight");
    if (tokens == nullptr) {
        return Error{ErrorCode::Unsupported, path, "holds no tensor wte.weight, so it is no GPT-2",
                     std::string(whatCanBeOpened)};
    }
    Result<std::shared_ptr<const EmbeddingTable>> table = tableOf(file, *tokens);
    if (!table.ok()) {
        return table.error();
    }
    model.table = std::move(table).value();
    const std::size_t dimension = model.table->dimension();
    if (config.embeddingSize && *config.embeddingSize != dimension) {
        return Error{ErrorCode::Broken, path + ", tensor " + tokens->info.name,
                     "its rows have " + grouped(dimension) + " numbers, but config.json says " +
                         grouped(*config.embeddingSize) + " (n_embd)",
                     "the files may belong to different models"};
    }
    const SafetensorsEntry* positions = find(entries.value(), "wpe.weight");
    if (positions == nullptr) {
        model.noPositions = "The file has no tensor wpe.weight, so nothing is known of its positions.";
        return std::nullopt;
    }
    Result<std::shared_ptr<const EmbeddingTable>> positionTable = tableOf(file, *positions);
    if (!positionTable.ok()) {
        return positionTable.error();
    }
    if (positionTable.value()->dimension() != dimension) {
        return Error{ErrorCode::Broken, path + ", tensor " + positions->info.name,
                     "position rows have " + grouped(positionTable.value()->dimension()) +
                         " numbers, token rows " + grouped(dimension) + ": they cannot be added",
                     "the file is damaged or no GPT-2"};
    }
    model.positions = std::move(positionTable).value();
    if (config.positions && *config.positions != model.positions->rows()) {
        model.warnings.push_back("config.json says " + grouped(*config.positions) +
                                 " positions (n_positions), the table has " +
                                 grouped(model.positions->rows()) + "; the table counts");
    }
    return std::nullopt;
}

/// The spellings by themselves, from vocab.json without its merges: rows get their names, but text cannot be
/// cut.
Result<std::shared_ptr<const Tokenizer>> spellingsAlone(const Files& files, Progress& progress) {
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(files.vocabulary);
    if (!file.ok()) {
        return file.error();
    }
    Result<std::shared_ptr<const Tokenizer>> tokenizer =
        parseGpt2Tokenizer(file.value()->text(), {}, files.vocabulary.string(), "merges.txt", progress);
    if (const Result<Done> check = file.value()->check(); !check.ok()) {
        return check.error();
    }
    return tokenizer;
}

/// One name a row: the tokenizer's spelling, or a number where it has none for the row.
Vocabulary namesOf(const Tokenizer* tokenizer, std::size_t rows) {
    Vocabulary::Builder names;
    const std::size_t named = tokenizer == nullptr ? 0 : tokenizer->vocabularySize();
    names.reserve(rows, rows * 8);
    for (std::size_t row = 0; row < rows; ++row) {
        if (row < named) {
            names.add(tokenizer->spelling(TokenId{static_cast<std::uint32_t>(row)}));
        } else {
            std::string name = tokenizer == nullptr ? "#" : "[unused ";
            name += std::to_string(row);
            name += tokenizer == nullptr ? "" : "]";
            names.add(name);
        }
    }
    return std::move(names).build(tokenizer == nullptr ? WordMark::None : WordMark::ByteLevel);
}

/// What cuts text into tokens and names the rows, and what is to be said of it.
struct Tokens {
    std::shared_ptr<const Tokenizer> tokenizer;  // null: rows are named by their number
    std::string file;                            // its name, for sentences
    std::string noTokenizer;                     // why text cannot be cut
    std::string warning;                         // empty: none
};

/// Rows without names, for want of a tokenizer that can be read.
Tokens withoutNames(std::string noTokenizer, const std::string& warning) {
    return {nullptr, {}, std::move(noTokenizer), warning + ": rows are named by their number (“#17”)"};
}

Result<Tokens> readTokens(const Files& files, Progress& progress) {
    if (!files.tokenizer.empty()) {
        Result<std::shared_ptr<const Tokenizer>> tokenizer = readTokenizerJson(files.tokenizer, progress);
        if (tokenizer.ok()) {
            return Tokens{std::move(tokenizer).value(), "tokenizer.json", {}, {}};
        }
        if (tokenizer.error().code != ErrorCode::Unsupported) {
            return tokenizer.error();
        }
        // The vectors can be looked at without it.
        if (files.vocabulary.empty()) {
            const std::string why =
                "okenizer.json is of another kind than GPT-2's (" + tokenizer.error().what + ")";
            return withoutNames("T" + why + ", so text cannot be cut into the model's tokens.", "t" + why);
        }
    }
    if (files.vocabulary.empty()) {
        return withoutNames(
            "Neither vocab.json nor tokenizer.json lies beside the model, so text cannot be cut "
            "into its tokens.",
            "vocab.json is missing");
    }
    Result<std::shared_ptr<const Tokenizer>> tokenizer =
        files.merges.empty() ? spellingsAlone(files, progress)
                             : readGpt2Tokenizer(files.vocabulary, files.merges, progress);
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    Tokens tokens{std::move(tokenizer).value(), "vocab.json", {}, {}};
    if (files.merges.empty()) {
        tokens.noTokenizer =
            "No merges.txt lies beside vocab.json, so text cannot be cut into the model's tokens.";
        tokens.warning = "merges.txt is missing: the tokens have names, but text cannot be cut into them";
    }
    return tokens;
}

std::optional<Error> readVocabulary(Model& model, const Files& files, Progress& progress) {
    const std::size_t rows = model.table->rows();
    Result<Tokens> read = readTokens(files, progress);
    if (!read.ok()) {
        return read.error();
    }
    Tokens& tokens = read.value();
    const std::size_t named = tokens.tokenizer ? tokens.tokenizer->vocabularySize() : rows;
    if (named > rows) {
        return Error{ErrorCode::Broken, (files.folder / tokens.file).string(),
                     "has " + grouped(named) + " tokens, but the table has only " + grouped(rows) + " rows",
                     "the files may belong to different models"};
    }
    if (named < rows) {
        model.warnings.push_back("the table has " + grouped(rows) + " rows, " + tokens.file + " " +
                                 grouped(named) + " tokens: the last " + grouped(rows - named) +
                                 " rows are named “[unused " + std::to_string(named) + "]” and so on");
    }
    model.vocabulary = std::make_shared<const Vocabulary>(namesOf(tokens.tokenizer.get(), rows));
    if (!tokens.warning.empty()) {
        model.warnings.push_back(std::move(tokens.warning));
    }
    model.noTokenizer = std::move(tokens.noTokenizer);
    if (!model.noTokenizer.empty()) {
        return std::nullopt;
    }
    const VocabularyMakeup makeup = tokens.tokenizer->makeup().value_or(VocabularyMakeup{});
    if (makeup.other > 0) {
        model.warnings.push_back(
            grouped(makeup.other) + (makeup.other == 1 ? " token is" : " tokens are") +
            " reached by no merge: " + (files.tokenizer.empty() ? "merges.txt" : "tokenizer.json") +
            " may have been cut short");
    }
    model.tokenizer = std::move(tokens.tokenizer);
    return std::nullopt;
}

std::string nameFor(const Source& source, const Files& files) {
    if (!source.isFolder() && !isConfig(source) && source.path.filename() != "model.safetensors") {
        return source.path.stem().string();
    }
    std::error_code error;
    fs::path folder = fs::absolute(files.folder, error).lexically_normal();
    if (!folder.has_filename()) {
        folder = folder.parent_path();  // the path ended with a slash
    }
    return folder.filename().string();
}

Result<std::shared_ptr<const Model>> load(const Source& source, const LoadAids&, Progress& progress) {
    const Files files = filesOf(source);
    const Result<Gpt2Config> config = readConfig(files);
    if (!config.ok()) {
        return config.error();
    }
    if (files.weights.empty()) {
        return noWeights(files);
    }
    const Result<std::shared_ptr<const MappedFile>> file =
        files.weights == source.path ? source.file : MappedFile::open(files.weights);
    if (!file.ok()) {
        return file.error();
    }
    if (progress.stopRequested()) {
        return cancelled();
    }
    auto model = std::make_shared<Model>();
    model->name = nameFor(source, files);
    model->format = gpt2FolderLoader.format;
    model->path = source.path;
    model->fileSize = file.value()->size();
    if (files.config.empty()) {
        model->warnings.emplace_back("config.json is missing: taken for a GPT-2 by the names of its tensors");
    }
    if (std::optional<Error> error = readTables(*model, file.value(), config.value())) {
        return *std::move(error);
    }
    if (std::optional<Error> error = readVocabulary(*model, files, progress)) {
        return *std::move(error);
    }
    const std::uint64_t rows = model->table->rows();
    if (config.value().vocabSize.value_or(rows) != rows) {
        model->warnings.push_back("config.json says " + grouped(*config.value().vocabSize) +
                                  " tokens (vocab_size), the table has " + grouped(rows) +
                                  " rows; the table counts");
    }
    return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace

const Loader gpt2FolderLoader = {"GPT-2 folder", recognises, load};

}  // namespace lexiscope
