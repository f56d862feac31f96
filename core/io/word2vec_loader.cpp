// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/word2vec_loader.h"

#include "core/base/utf8.h"
#include "core/io/word2vec_binary.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

/// Holds the first row of nearly every file, for a row's length tells text and numbers apart.
constexpr std::size_t sampleSize = 64 << 10;

/// A word2vec file in text form begins with the same line, so what follows decides.
bool followsText(std::string_view sample, const Word2VecHeader& header) {
    if (sample.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return false;
    }
    if (numbersAreWritten(sample, header)) {
        return true;
    }
    // A character may be cut by the end of the sample.
    std::string_view whole = sample;
    while (!whole.empty() && sample.size() - whole.size() < 3 && !isUtf8(whole)) {
        whole.remove_suffix(1);
    }
    const auto isControl = [](char c) {
        return (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
    };
    if (!isUtf8(whole) || std::any_of(whole.begin(), whole.end(), isControl)) {
        return false;
    }
    // So short a rest may be a first row cut off before its numbers.
    std::uint64_t dimension = 0;
    std::from_chars(header.dimension.data(), header.dimension.data() + header.dimension.size(), dimension);
    return sample.find('\n') != std::string_view::npos || sample.size() / sizeof(float) >= dimension;
}

bool recognises(const Source& source) {
    if (source.isFolder()) {
        return false;
    }
    const std::string_view text = source.file->text();
    const std::optional<Word2VecHeader> header = word2VecHeader(text);
    return header && !followsText(text.substr(header->size, sampleSize), *header);
}

Result<std::shared_ptr<const Model>> load(const Source& source, const LoadAids&, Progress& progress) {
    Result<WordVectors> vectors = readWord2VecBinary(source.file, progress);
    if (!vectors.ok()) {
        return vectors.error();
    }
    return std::shared_ptr<const Model>(
        modelOfWords(source, std::string(word2VecBinaryLoader.format), std::move(vectors).value()));
}

}  // namespace

const Loader word2VecBinaryLoader = {"word2vec binary", recognises, load};

}  // namespace lexiscope
