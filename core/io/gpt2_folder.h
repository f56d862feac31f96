// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/loader.h"

namespace lexiscope {

/// A GPT-2 checkpoint in Hugging Face's layout: config.json (model_type gpt2), model.safetensors with
/// wte.weight (V × D) and wpe.weight (positions × D), perhaps under the prefix "transformer.", in F32, F16 or
/// BF16; vocab.json and merges.txt, or tokenizer.json in their place. The folder, its model.safetensors or
/// its config.json may be opened; so may any other safetensors file with these tensors. What is missing
/// beside the vectors is said in the model. Rows of the table beyond the vocabulary (padding) are kept, under
/// names that say so.
extern const Loader gpt2FolderLoader;

}  // namespace lexiscope
