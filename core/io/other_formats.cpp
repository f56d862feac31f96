// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/other_formats.h"

#include "core/base/utf8.h"
#include "core/io/loader.h"
#include "core/io/word2vec_binary.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace lexiscope {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t sampleSize = 64 << 10;

struct Signature {
    std::string_view bytes;
    std::string_view what;
    std::string_view hint;
};

constexpr std::string_view unpackFirst = "unpack it first";
constexpr std::string_view saveAsSafetensors = "save the model as model.safetensors";

constexpr std::array signatures = {
    Signature{"GGUF"sv, "is a GGUF file (llama.cpp), which cannot be opened yet", {}},
    Signature{"PK\x03\x04"sv, "is a ZIP archive, as PyTorch and NumPy write them", saveAsSafetensors},
    Signature{"\x80\x02"sv, "is a Python pickle, as old PyTorch and gensim write them", saveAsSafetensors},
    Signature{"\x80\x03"sv, "is a Python pickle, as gensim writes them",
              "save the vectors as word2vec binary"},
    Signature{"\x80\x04"sv, "is a Python pickle, as gensim writes them",
              "save the vectors as word2vec binary"},
    Signature{"\x80\x05"sv, "is a Python pickle, as gensim writes them",
              "save the vectors as word2vec binary"},
    Signature{"\x93NUMPY"sv, "is a NumPy array, which has no words beside its numbers", {}},
    Signature{"\x1F\x8B"sv, "is packed with gzip", unpackFirst},
    Signature{"\x28\xB5\x2F\xFD"sv, "is packed with zstd", unpackFirst},
    Signature{"BZh"sv, "is packed with bzip2", unpackFirst},
    Signature{"\xFD\x37zXZ\0"sv, "is packed with xz", unpackFirst},
    Signature{"\x89HDF\r\n"sv, "is an HDF5 file (Keras, TensorFlow), which cannot be opened",
              saveAsSafetensors},
    Signature{"\xBA\x16\x4F\x2F"sv, "is a fastText .bin file, which cannot be opened yet", {}},
};

Error unsupported(const std::filesystem::path& path, std::string_view what, std::string_view hint) {
    return {ErrorCode::Unsupported, path.string(), std::string(what),
            std::string(hint.empty() ? whatCanBeOpened : hint)};
}

bool isNumber(std::string_view field) {
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    return error != std::errc::invalid_argument && end == field.data() + field.size();
}

/// How many decimal numbers end the first line, or what there is of it.
std::size_t numbersEnding(std::string_view text) {
    const std::size_t lineEnd = text.find('\n');
    std::string_view line = text.substr(0, lineEnd);
    if (lineEnd == std::string_view::npos && line.size() > sampleSize / 2) {
        line = line.substr(0, line.find_last_of(" \t") + 1);  // a number cut by the end of the sample
    }
    std::size_t count = 0;
    while (true) {
        const std::size_t end = line.find_last_not_of(" \t\r");
        if (end == std::string_view::npos) {
            return count;
        }
        line = line.substr(0, end + 1);
        const std::size_t space = line.find_last_of(" \t");
        if (space == std::string_view::npos || !isNumber(line.substr(space + 1))) {
            return count;
        }
        line = line.substr(0, space);
        ++count;
    }
}

bool looksLikeText(std::string_view sample) {
    std::string_view whole = sample;
    while (!whole.empty() && sample.size() - whole.size() < 3 && !isUtf8(whole)) {
        whole.remove_suffix(1);  // a character cut by the end of the sample
    }
    return isUtf8(whole) && whole.find('\0') == std::string_view::npos;
}

bool isWord2VecText(std::string_view sample) {
    const std::optional<Word2VecHeader> header = word2VecHeader(sample);
    if (!header) {
        return false;
    }
    const std::string_view rows = sample.substr(header->size);
    return numbersAreWritten(rows, *header) || (looksLikeText(sample) && numbersEnding(rows) > 0);
}

Error refusalOfText(const std::filesystem::path& path, std::string_view sample) {
    if (numbersEnding(sample) >= 2) {
        return unsupported(path, "looks like GloVe's text format, which cannot be opened yet",
                           "save the vectors as word2vec binary");
    }
    const std::size_t first = sample.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && (sample[first] == '{' || sample[first] == '[')) {
        return unsupported(path, "is JSON, but no config.json of a model", "open the folder of the model");
    }
    return unsupported(path, "is a text, not a model", {});
}

}  // namespace

Error refusal(const std::filesystem::path& path, std::string_view bytes) {
    for (const Signature& signature : signatures) {
        if (bytes.starts_with(signature.bytes)) {
            return unsupported(path, signature.what, signature.hint);
        }
    }
    if (path.extension() == ".onnx") {
        return unsupported(path, "is an ONNX file, which cannot be opened", saveAsSafetensors);
    }
    const std::string_view sample = bytes.substr(0, sampleSize);
    if (isWord2VecText(sample)) {
        return unsupported(path, "is word2vec's text format (.txt, .vec), which cannot be opened yet",
                           "save the vectors as word2vec binary");
    }
    if (looksLikeText(sample)) {
        return refusalOfText(path, sample);
    }
    return unsupported(path, "is of no format that is known here", {});
}

}  // namespace lexiscope
