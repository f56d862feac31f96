// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_weights.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"
#include "core/io/json_events.h"

#include <limits>
#include <optional>
#include <system_error>
#include <utility>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// A file beside the index, so that no index leads a reader elsewhere.
bool isPlainName(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

/// Depth 1 is the object itself, 2 its weight_map.
class IndexEvents final : public JsonEvents {
  public:
    using JsonEvents::JsonEvents;

    std::map<std::string, std::string> files;

    bool start_object(std::size_t) override {
        m_isInMap = m_isInMap || (m_depth == 1 && m_key == "weight_map");
        return (!m_isInMap || m_depth < 2 || failHere()) && ++m_depth > 0;
    }
    bool end_object() override {
        --m_depth;
        m_isInMap = m_isInMap && m_depth > 1;
        return true;
    }
    bool start_array(std::size_t) override {
        return (m_depth > 0 && !m_isInMap) ? ++m_depth > 0 : failHere();
    }
    bool end_array() override {
        --m_depth;
        return true;
    }
    bool key(string_t& name) override {
        if (m_depth == 1 || m_isInMap) {
            m_key = name;
        }
        return true;
    }
    bool string(string_t& file) override {
        if (!m_isInMap) {
            return m_depth > 0 || failHere();
        }
        if (!isPlainName(file)) {
            return fail(ErrorCode::Broken, ", tensor " + displayText(m_key),
                        "is said to lie in “" + displayText(file) + "”, which is no file beside the index");
        }
        if (!files.emplace(m_key, std::move(file)).second) {
            return fail(ErrorCode::Broken, ", tensor " + displayText(m_key), "stands there twice");
        }
        return true;
    }
    bool number_unsigned(number_unsigned_t) override { return isPassedOver() || failHere(); }
    bool number_integer(number_integer_t) override { return isPassedOver() || failHere(); }
    bool number_float(number_float_t, const string_t&) override { return isPassedOver() || failHere(); }
    bool boolean(bool) override { return isPassedOver() || failHere(); }
    bool null() override { return isPassedOver() || failHere(); }

  private:
    bool isPassedOver() const { return m_depth > 0 && !m_isInMap; }

    bool failHere() {
        return m_isInMap
                   ? fail(ErrorCode::Broken, ", tensor " + displayText(m_key), "has no file's name behind it")
                   : fail(ErrorCode::Broken, {}, "is not a JSON object");
    }

    std::string m_key;
    std::size_t m_depth = 0;
    bool m_isInMap = false;
};

/// Files that Git keeps elsewhere leave a short text in their place.
bool isGitLfsPointer(const MappedFile& file) {
    return file.text().starts_with("version https://git-lfs.github.com/");
}

}  // namespace

std::string PlacedTensor::where() const {
    return file->path().string() + ", tensor " + displayText(entry.info.name);
}

Result<std::map<std::string, std::string>> parseShardIndex(std::string_view json, const std::string& name) {
    IndexEvents events(name);
    if (std::optional<Error> error = events.read(json)) {
        return *std::move(error);
    }
    if (events.files.empty()) {
        return Error{ErrorCode::Broken, name, "names no tensor: its weight_map is missing or empty",
                     "fetch the file again"};
    }
    return std::move(events.files);
}

Result<CheckpointWeights> CheckpointWeights::ofFile(const std::shared_ptr<const MappedFile>& file) {
    CheckpointWeights weights;
    weights.m_path = file->path();
    if (const Result<Done> opened = weights.open(file); !opened.ok()) {
        return opened.error();
    }
    for (const TensorInfo& tensor : weights.m_opened) {
        weights.m_names.push_back(tensor.name);
    }
    return weights;
}

Result<CheckpointWeights> CheckpointWeights::ofIndex(const fs::path& index) {
    const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(index);
    if (!file.ok()) {
        return file.error();
    }
    Result<std::map<std::string, std::string>> shards = parseShardIndex(file.value()->text(), index.string());
    if (const Result<Done> check = file.value()->check(); !check.ok()) {
        return check.error();
    }
    if (!shards.ok()) {
        return shards.error();
    }
    CheckpointWeights weights;
    weights.m_path = index;
    weights.m_shardOf = std::move(shards).value();
    for (const auto& [name, shard] : weights.m_shardOf) {
        weights.m_names.push_back(name);
    }
    return weights;
}

Result<Done> CheckpointWeights::open(const std::shared_ptr<const MappedFile>& file) {
    if (isGitLfsPointer(*file)) {
        return Error{ErrorCode::Broken, file->path().string(),
                     "is what Git LFS leaves in the place of the file, not the file itself",
                     "fetch it with “git lfs pull”"};
    }
    const Result<std::vector<SafetensorsEntry>> entries = readSafetensors(*file);
    if (!entries.ok()) {
        return entries.error();
    }
    const std::string shard = file->path().filename().string();
    for (const SafetensorsEntry& entry : entries.value()) {
        m_opened.push_back(entry.info);
        // What the index does not look for in this shard is not to be found in it.
        const auto named = m_shardOf.find(entry.info.name);
        if (m_shardOf.empty() || (named != m_shardOf.end() && named->second == shard)) {
            m_tensors.insert_or_assign(entry.info.name, PlacedTensor{file, entry});
        }
    }
    return Done{};
}

Result<PlacedTensor> CheckpointWeights::find(const std::string& name) {
    if (const auto found = m_tensors.find(name); found != m_tensors.end()) {
        return found->second;
    }
    const fs::path shard = m_path.parent_path() / m_shardOf.at(name);
    std::error_code ignored;
    if (!fs::exists(shard, ignored)) {
        return Error{ErrorCode::NotFound, shard.string(),
                     "is missing; tensor " + displayText(name) + " lies in it",
                     "fetch this file: of the others none is needed"};
    }
    Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(shard);
    if (!file.ok()) {
        return file.error();
    }
    if (const Result<Done> opened = open(file.value()); !opened.ok()) {
        return opened.error();
    }
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) {
        return Error{ErrorCode::Broken, shard.string(),
                     "does not hold tensor " + displayText(name) + ", which lies in it by " +
                         m_path.filename().string(),
                     "the files may belong to different models"};
    }
    return found->second;
}

std::string shortTensorName(std::string_view name) {
    constexpr std::string_view ending = ".weight";
    if (name.ends_with(ending)) {
        name.remove_suffix(ending.size());
    }
    return std::string(name.substr(name.rfind('.') + 1));
}

Result<std::shared_ptr<const EmbeddingTable>> tableOf(const PlacedTensor& tensor) {
    const std::vector<std::uint64_t>& shape = tensor.entry.info.shape;
    const std::string& stored = tensor.entry.info.dtype;
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0) {
        return Error{ErrorCode::Broken, tensor.where(), "is not a table of rows and columns", {}};
    }
    if (shape[0] >= std::numeric_limits<std::uint32_t>::max()) {
        return Error{ErrorCode::Unsupported,
                     tensor.where(),
                     "has " + grouped(shape[0]) + " rows; they are counted in 32 bits",
                     {}};
    }
    for (const DType dtype : {DType::F32, DType::F16, DType::BF16}) {
        if (stored == name(dtype)) {
            return EmbeddingTable::mapped(tensor.file, dtype, shape[0], shape[1], tensor.entry.begin,
                                          shape[1] * byteSize(dtype));
        }
    }
    return Error{ErrorCode::Unsupported, tensor.where(),
                 "is stored as “" + displayText(stored.substr(0, 40)) + "”; F32, F16 and BF16 can be read",
                 "save the model in one of these"};
}

}  // namespace lexiscope
