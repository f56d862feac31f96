// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/loader.h"

namespace lexiscope {

/// A checkpoint as Hugging Face lays it out: config.json, whose model_type says of which family it is (see
/// checkpointFamilies()); model.safetensors, or several such files (shards) that a
/// model.safetensors.index.json names, with the table of token rows (V × D) in F32, F16 or BF16, and in
/// families that learn positions the table of these; and the files of the tokens. The folder or any of these
/// files may be opened; so may another safetensors file, whose tensors' names then tell the family.
///
/// What is missing beside the vectors is said in the model. Rows of the table beyond the vocabulary (padding)
/// are kept, under names that say so. A safetensors file of one tensor alone, rows × columns, is a table of
/// vectors whose words lie beside it, one a line, in a file of the same name that ends in .txt.
extern const Loader checkpointLoader;

}  // namespace lexiscope
