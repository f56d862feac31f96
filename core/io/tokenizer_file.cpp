// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tokenizer_file.h"

#include "core/io/bert_tokenizer.h"
#include "core/io/gguf_tokenizer.h"
#include "core/io/other_formats.h"
#include "core/io/sentencepiece_file.h"
#include "core/io/tiktoken_file.h"
#include "core/io/tokenizer_json.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>

namespace lexiscope {
namespace {

namespace fs = std::filesystem;

/// One format. recognises() gets the file's name and first bytes.
struct TokenizerFormat {
    bool (*recognises)(const fs::path& path, std::string_view begin);
    Result<std::shared_ptr<const Tokenizer>> (*read)(const fs::path& path, Progress& progress);
};

Result<std::shared_ptr<const Tokenizer>> readRanks(const fs::path& path, Progress& progress) {
    return readTiktoken(path, progress);
}

/// By its name; by one like it if it begins with the special tokens of such a file, too.
bool isVocabTxt(const fs::path& path, std::string_view begin) {
    const std::string name = path.filename().string();
    return name == "vocab.txt" ||
           (name.ends_with("vocab.txt") && (begin.starts_with("[PAD]") || begin.starts_with("[UNK]")));
}

/// By its first bytes; where these are damaged, by its name and the first of them.
bool isSentencePiece(const fs::path& path, std::string_view begin) {
    return beginsAsSentencePiece(begin) ||
           (path.extension() == ".model" && begin.starts_with('\n') && !looksLikeText(begin));
}

/// Asked in this order; a new format is an entry here.
constexpr std::array formats = {
    TokenizerFormat{[](const fs::path&, std::string_view begin) { return begin.starts_with(ggufMagic); },
                    readGgufTokenizer},
    TokenizerFormat{isTiktoken, readRanks},
    TokenizerFormat{isSentencePiece, readSentencePiece},
    TokenizerFormat{isVocabTxt, readVocabTxt},
    TokenizerFormat{
        [](const fs::path& path, std::string_view) { return path.filename() == "tokenizer.json"; },
        readTokenizerJson},
};

const TokenizerFormat* formatOf(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
        return nullptr;
    }
    constexpr std::size_t enough = 4096;
    std::string begin(enough, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(file.gcount()));
    const auto* const found =
        std::find_if(formats.begin(), formats.end(),
                     [&](const TokenizerFormat& format) { return format.recognises(path, begin); });
    return found == formats.end() ? nullptr : found;
}

}  // namespace

bool isTokenizerFile(const fs::path& path) {
    return formatOf(path) != nullptr;
}

Result<std::shared_ptr<const Tokenizer>> readTokenizerFile(const fs::path& path, Progress& progress) {
    const TokenizerFormat* format = formatOf(path);
    if (format == nullptr) {
        return Error{ErrorCode::Unsupported, path.string(), "is no tokenizer of a kind that is known",
                     "known are tokenizer.json, vocab.txt, .tiktoken, SentencePiece's .model and GGUF"};
    }
    return format->read(path, progress);
}

}  // namespace lexiscope
