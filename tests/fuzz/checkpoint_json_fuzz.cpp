// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_config.h"
#include "core/io/checkpoint_family.h"
#include "core/io/checkpoint_rotary.h"
#include "core/io/checkpoint_weights.h"
#include "tests/fuzz/fuzz_target.h"

#include <cmath>
#include <cstdlib>

using namespace lexiscope;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

/// What is read can be computed with; what is not has a reason.
void checkRotary(const RotaryReading& reading) {
    require(reading.settings.has_value() == reading.unknown.empty());
    if (!reading.settings) {
        return;
    }
    const RotarySettings& settings = *reading.settings;
    require(settings.dimension >= 2 && settings.dimension % 2 == 0);
    require(settings.dimension <= settings.headDimension);
    require(std::isfinite(settings.base) && settings.base > 0);
    const RotaryScaling& scaling = settings.scaling;
    require(std::isfinite(scaling.factor) && scaling.factor >= 1 && scaling.originalLength > 0);
    require(scaling.betaSlow > 0 && scaling.betaSlow < scaling.betaFast);
    require(scaling.lowFrequencyFactor > 0 && scaling.lowFrequencyFactor < scaling.highFrequencyFactor);
    require(!rotaryText(settings).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Result<CheckpointConfig> config = CheckpointConfig::parse(bytes, "config.json");
    require(config.ok() || !config.error().what.empty());
    if (config.ok()) {
        for (const CheckpointFamily& family : checkpointFamilies()) {
            require(config.value().count(family.dimensionKey).ok() ||
                    config.value().find(family.dimensionKey) != nullptr);
            checkRotary(readRotary(config.value(), family, 4096));
        }
    }
    const auto index = parseShardIndex(bytes, "model.safetensors.index.json");
    if (!index.ok()) {
        require(!index.error().what.empty() && !index.error().where.empty());
        return 0;
    }
    require(!index.value().empty());
    for (const auto& [tensor, file] : index.value()) {
        require(!file.empty() && file.find('/') == std::string::npos && file != "..");
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        R"({"model_type":"gpt2","vocab_size":16,"n_embd":2,"n_positions":4,"a":[{"b":null}],"c":1e5})",
        R"({"model_type":"llama","hidden_size":4096,"num_attention_heads":32,"rope_theta":5e5,"rope_scaling":
            {"rope_type":"llama3","factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4,
             "original_max_position_embeddings":8192},"max_position_embeddings":131072})",
        R"({"num_attention_heads":32,"rope_scaling":{"type":"yarn","factor":4,"beta_fast":32,"beta_slow":1,
            "attention_factor":1.1},"max_position_embeddings":4096,"partial_rotary_factor":0.5})",
        R"({"head_dim":128,"rope_parameters":{"rope_theta":10000.0,"rope_type":"default"},"rotary_dim":64})",
        R"({"metadata":{"total_size":16},"weight_map":{"a.weight":"model-00001-of-00002.safetensors",
            "b.weight":"model-00002-of-00002.safetensors"}})",
        R"({"weight_map":{"a":"../x"},"x":[1,-2,{"y":[]}]})",
    };
}
