// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

namespace lexiscope::test {

// Names and values of GGUF files, byte by byte.

inline std::string number(std::uint64_t value, unsigned size) {
    std::string bytes;
    for (unsigned i = 0; i < size; ++i) {
        bytes += static_cast<char>(value >> (8 * i));
    }
    return bytes;
}

inline std::string text(const std::string& value) {
    return number(value.size(), 8) + value;
}

/// A file of names and values, built up one by one.
class Gguf {
  public:
    Gguf& add(const std::string& name, unsigned kind, const std::string& bytes) {
        m_values += text(name) + number(kind, 4) + bytes;
        ++m_count;
        return *this;
    }
    Gguf& addText(const std::string& name, const std::string& value) { return add(name, 8, text(value)); }
    Gguf& addCount(const std::string& name, std::uint32_t value) { return add(name, 4, number(value, 4)); }
    Gguf& addFlag(const std::string& name, bool value) { return add(name, 7, number(value ? 1 : 0, 1)); }
    Gguf& addTexts(const std::string& name, const std::vector<std::string>& values) {
        std::string bytes = number(8, 4) + number(values.size(), 8);
        for (const std::string& value : values) {
            bytes += text(value);
        }
        return add(name, 9, bytes);
    }
    Gguf& addInts(const std::string& name, const std::vector<int>& values) {
        std::string bytes = number(5, 4) + number(values.size(), 8);
        for (const int value : values) {
            bytes += number(static_cast<std::uint32_t>(value), 4);
        }
        return add(name, 9, bytes);
    }
    Gguf& addBytes(const std::string& name, const std::string& values) {
        return add(name, 9, number(0, 4) + number(values.size(), 8) + values);
    }
    Gguf& addFloats(const std::string& name, const std::vector<float>& values) {
        std::string bytes = number(6, 4) + number(values.size(), 8);
        for (const float value : values) {
            bytes += number(std::bit_cast<std::uint32_t>(value), 4);
        }
        return add(name, 9, bytes);
    }
    std::string bytes(std::uint32_t version = 3) const {
        return "GGUF" + number(version, 4) + number(0, 8) + number(m_count, 8) + m_values;
    }

  private:
    std::string m_values;
    std::uint64_t m_count = 0;
};

inline Gguf words() {
    Gguf file;
    file.addText("tokenizer.ggml.model", "bert");
    file.addTexts("tokenizer.ggml.tokens", {"[UNK]", "[CLS]", "[SEP]", "\u2581play", "ed", "\u2581!"});
    file.addInts("tokenizer.ggml.token_type", {3, 3, 3, 1, 1, 1});
    file.addCount("tokenizer.ggml.unknown_token_id", 0);
    file.addCount("tokenizer.ggml.cls_token_id", 1);
    file.addCount("tokenizer.ggml.seperator_token_id", 2);
    return file;
}

/// Unigram with the rule that "A" becomes "a", which SentencePiece compiles to a double array.
inline Gguf scored(const std::string& replacements = std::string("a\0", 2)) {
    std::vector<std::uint32_t> units(0x200);
    units[0] = 0x100U << 10U;
    units[0x141] = 0x41U | (1U << 8U) | (3U << 10U);
    units[0x142] = 1U << 31U;
    std::string map = number(4 * units.size(), 4);
    for (const std::uint32_t unit : units) {
        map += number(unit, 4);
    }
    Gguf file;
    file.addText("tokenizer.ggml.model", "t5");
    file.addTexts("tokenizer.ggml.tokens", {"<pad>", "</s>", "<unk>", "\u2581", "a", "b", "bb"});
    file.addInts("tokenizer.ggml.token_type", {3, 3, 2, 1, 1, 1, 1});
    file.addFloats("tokenizer.ggml.scores", {0, 0, 0, 0, -16777216, -1, -1.5F});
    file.addCount("tokenizer.ggml.unknown_token_id", 2);
    file.addCount("tokenizer.ggml.eos_token_id", 1);
    file.addFlag("tokenizer.ggml.add_space_prefix", true);
    file.addFlag("tokenizer.ggml.remove_extra_whitespaces", true);
    file.addBytes("tokenizer.ggml.precompiled_charsmap", map + replacements);
    return file;
}

inline Gguf bytePairs(const std::string& pre) {
    Gguf file;
    file.addText("tokenizer.ggml.model", "gpt2");
    if (!pre.empty()) {
        file.addText("tokenizer.ggml.pre", pre);
    }
    file.addTexts("tokenizer.ggml.tokens", {"a", "b", "ab", "<|end|>", "<user>"});
    file.addInts("tokenizer.ggml.token_type", {1, 1, 1, 3, 4});
    return file;
}

}  // namespace lexiscope::test
