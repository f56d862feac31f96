// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vector_writer.h"

namespace lexiscope {

/// A safetensors file (https://huggingface.co/docs/safetensors) with one tensor, rows × dimension of float32,
/// called "weight" as torch.nn.Embedding calls its table; the words lie in a second file, one a line.
extern const VectorWriter safetensorsWriter;

}  // namespace lexiscope
