// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/result.h"
#include "core/embedding/embedding_table.h"
#include "core/io/safetensors.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lexiscope {

/// One tensor and the file it lies in.
struct PlacedTensor {
    std::shared_ptr<const MappedFile> file;
    SafetensorsEntry entry;

    std::string where() const;  ///< for errors: "FILE, tensor NAME"
};

/// Which file each tensor lies in, by the content of a model.safetensors.index.json ("weight_map"); `name` is
/// what errors call it. Broken when it is no such list, names no tensor, names one twice, or names what is no
/// file beside it. Source: https://huggingface.co/docs/safetensors and the files themselves.
Result<std::map<std::string, std::string>> parseShardIndex(std::string_view json, const std::string& name);

/// The tensors of a checkpoint: those of one safetensors file, or of several that an index names (shards). Of
/// shards only those are opened in which a tensor is looked for.
class CheckpointWeights {
  public:
    /// Nothing.
    CheckpointWeights() = default;
    static Result<CheckpointWeights> ofFile(const std::shared_ptr<const MappedFile>& file);
    /// The index lies beside its shards.
    static Result<CheckpointWeights> ofIndex(const std::filesystem::path& index);

    /// All names, in the order of the file, or of the alphabet.
    const std::vector<std::string>& names() const { return m_names; }
    /// The file or the index.
    const std::filesystem::path& path() const { return m_path; }

    /// `name` is one of names(). NotFound when its shard is missing; Broken when the shard is damaged, or
    /// does not hold it after all.
    Result<PlacedTensor> find(const std::string& name);

    /// The tensors of the files that have been opened.
    const std::vector<TensorInfo>& opened() const { return m_opened; }

  private:
    Result<Done> open(const std::shared_ptr<const MappedFile>& file);

    std::filesystem::path m_path;
    std::vector<std::string> m_names;
    std::map<std::string, std::string> m_shardOf;   // empty where there is one file
    std::map<std::string, PlacedTensor> m_tensors;  // of the files that have been opened
    std::vector<TensorInfo> m_opened;
};

/// What a tensor is called without what stands around: "word_embeddings" of
/// "bert.embeddings.word_embeddings.weight".
std::string shortTensorName(std::string_view name);

/// The tensor as rows, read in place. Broken when it has no rows and columns; Unsupported when it is stored
/// otherwise than as F32, F16 or BF16, or has more rows than 32 bits count.
Result<std::shared_ptr<const EmbeddingTable>> tableOf(const PlacedTensor& tensor);

}  // namespace lexiscope
