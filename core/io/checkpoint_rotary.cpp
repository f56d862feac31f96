// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_rotary.h"

#include "core/base/grouped.h"
#include "core/base/utf8.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace lexiscope {
namespace {

using Kind = ConfigValue::Kind;

/// As people write it: "500,000", "2.5", "1e+21".
std::string numberText(double number) {
    constexpr double mostWhole = 1e15;
    if (number >= 0 && number < mostWhole && number == std::floor(number)) {
        return grouped(static_cast<std::uint64_t>(number));
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", number);
    return text.data();
}

/// Reads the settings of one model; the first thing that cannot be ends it.
class RotaryReader {
  public:
    RotaryReader(const CheckpointConfig& config, const CheckpointFamily& family, std::size_t dimension)
        : m_config(config), m_family(family) {
        for (const char* key : {"rope_parameters", "rope_scaling"}) {
            const ConfigValue* value = config.find(key);
            if (value != nullptr && value->kind == Kind::Object) {
                m_object = key;
                break;
            }
        }
        readHead(dimension);
        readBase();
        if (!m_object.empty()) {
            readScaling();
        }
        m_settings.longest = count({m_family.positionsKey}).value_or(0);
    }

    RotaryReading result() const {
        return m_unknown.empty() ? RotaryReading{m_settings, {}} : RotaryReading{std::nullopt, m_unknown};
    }

  private:
    void refuse(std::string what) {
        if (m_unknown.empty()) {
            m_unknown = std::move(what);
        }
    }

    /// The value of the first of these keys that the configuration says anything about.
    const ConfigValue* find(std::initializer_list<std::string_view> keys, std::string_view* found) const {
        for (const std::string_view key : keys) {
            if (const ConfigValue* value = key.empty() ? nullptr : m_config.find(key)) {
                *found = key;
                return value;
            }
        }
        return nullptr;
    }

    std::optional<std::size_t> count(std::initializer_list<std::string_view> keys) {
        std::string_view key;
        const ConfigValue* value = find(keys, &key);
        if (value != nullptr && !value->count.value_or(0)) {
            refuse("“" + std::string(key) + "” is no whole number above 0");
            return std::nullopt;
        }
        return value == nullptr ? std::nullopt : std::optional(static_cast<std::size_t>(*value->count));
    }

    /// A number above 0, or nothing.
    std::optional<double> number(std::initializer_list<std::string_view> keys) {
        std::string_view key;
        const ConfigValue* value = find(keys, &key);
        if (value != nullptr && (value->kind != Kind::Number || !(value->number > 0))) {
            refuse("“" + std::string(key) + "” is no number above 0");
            return std::nullopt;
        }
        return value == nullptr ? std::nullopt : std::optional(value->number);
    }

    /// The key inside the object of scaling; a text must live as long as it is used.
    std::string inner(std::string_view key) const { return m_object + "." + std::string(key); }

    std::optional<double> scalingNumber(std::string_view key) {
        const std::string path = inner(key);
        return number({path});
    }

    void readHead(std::size_t dimension) {
        const std::optional<std::size_t> own = count({"head_dim"});
        const std::optional<std::size_t> heads = count({"num_attention_heads", "n_head"});
        if (!own && (!heads || dimension % *heads != 0)) {
            refuse(heads ? grouped(*heads) + " heads do not divide rows of " + grouped(dimension) + " numbers"
                         : "it does not say how many numbers a head has");
            return;
        }
        const std::size_t head = own ? *own : dimension / *heads;
        m_settings.headDimension = head;
        m_settings.dimension = head;
        if (const std::optional<std::size_t> turned = count({"rotary_dim"})) {
            m_settings.dimension = *turned;
        } else {
            const std::string path = m_object.empty() ? std::string() : inner(m_family.rotary.fraction);
            const double fraction =
                number({path, m_family.rotary.fraction}).value_or(m_family.rotary.usualFraction);
            m_settings.dimension =
                fraction > 1 ? head + 1 : static_cast<std::size_t>(static_cast<double>(head) * fraction);
        }
        if (m_settings.dimension > head || m_settings.dimension % 2 != 0 || m_settings.dimension == 0) {
            refuse("what it says of the turned part of a head is no even number up to " + grouped(head));
        }
    }

    void readBase() {
        const std::string path = m_object.empty() ? std::string() : inner(m_family.rotary.base);
        m_settings.base = number({path, m_family.rotary.base}).value_or(m_family.rotary.usualBase);
        m_settings.layout = m_family.rotary.isInterleaved ? RotaryLayout::Interleaved : RotaryLayout::Split;
    }

    void readScaling() {
        const ConfigValue* type = m_config.find(inner("rope_type"));
        type = type == nullptr ? m_config.find(inner("type")) : type;
        if (type == nullptr) {
            // Since version 5 the base stands here, too, with no scaling beside it.
            if (m_config.find(inner(m_family.rotary.base)) == nullptr) {
                refuse("“" + m_object + "” does not say which kind of scaling it is (rope_type)");
            }
            return;
        }
        RotaryScaling& scaling = m_settings.scaling;
        for (const RotaryScalingKind kind :
             {RotaryScalingKind::None, RotaryScalingKind::Linear, RotaryScalingKind::Dynamic,
              RotaryScalingKind::Yarn, RotaryScalingKind::Llama3}) {
            if (type->text == name(kind)) {
                scaling.kind = kind;
                readFactors();
                return;
            }
        }
        refuse("the rotary scaling “" + displayText(type->text.substr(0, 40)) + "” is not known here");
    }

    void readFactors() {
        RotaryScaling& scaling = m_settings.scaling;
        if (scaling.kind == RotaryScalingKind::None) {
            return;
        }
        const std::optional<double> factor = scalingNumber("factor");
        if (!factor || *factor < 1) {
            refuse("the rotary scaling “" + std::string(name(scaling.kind)) +
                   "” has no factor from 1 up (factor)");
            return;
        }
        scaling.factor = *factor;
        if (scaling.kind != RotaryScalingKind::Linear) {
            readOriginalLength();
        }
        if (scaling.kind == RotaryScalingKind::Yarn) {
            scaling.attentionFactor = scalingNumber("attention_factor");
            readBounds("beta_slow", "beta_fast", scaling.betaSlow, scaling.betaFast);
        } else if (scaling.kind == RotaryScalingKind::Llama3) {
            for (const char* key : {"low_freq_factor", "high_freq_factor"}) {
                if (m_config.find(inner(key)) == nullptr) {
                    refuse("the rotary scaling “llama3” lacks its “" + std::string(key) + "”");
                }
            }
            readBounds("low_freq_factor", "high_freq_factor", scaling.lowFrequencyFactor,
                       scaling.highFrequencyFactor);
        }
    }

    void readOriginalLength() {
        const std::string path = inner("original_max_position_embeddings");
        const std::optional<std::size_t> length =
            m_settings.scaling.kind == RotaryScalingKind::Dynamic
                ? count({m_family.positionsKey})
                : count({path, "original_max_position_embeddings", m_family.positionsKey});
        if (!length) {
            refuse("it does not say how long the texts were that the model learned from");
            return;
        }
        m_settings.scaling.originalLength = *length;
    }

    void readBounds(std::string_view lowKey, std::string_view highKey, double& low, double& high) {
        low = scalingNumber(lowKey).value_or(low);
        high = scalingNumber(highKey).value_or(high);
        if (low >= high) {
            refuse("“" + std::string(lowKey) + "” is not below “" + std::string(highKey) + "”");
        }
    }

    const CheckpointConfig& m_config;
    const CheckpointFamily& m_family;
    std::string m_object;  // the key of the object with the scaling; empty: there is none
    RotarySettings m_settings;
    std::string m_unknown;
};

}  // namespace

RotaryReading readRotary(const CheckpointConfig& config, const CheckpointFamily& family,
                         std::size_t dimension) {
    return RotaryReader(config, family, dimension).result();
}

std::string rotaryText(const RotarySettings& settings) {
    std::string text = "base " + numberText(settings.base);
    if (settings.dimension < settings.headDimension) {
        text += ", " + grouped(settings.dimension) + " of the " + grouped(settings.headDimension) +
                " numbers of a head";
    }
    if (settings.scaling.kind != RotaryScalingKind::None) {
        text += ", scaled “" + std::string(name(settings.scaling.kind)) + "” × " +
                numberText(settings.scaling.factor);
    }
    return text;
}

}  // namespace lexiscope
