// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/other_formats.h"

#include "core/base/gzip_reader.h"
#include "core/base/utf8.h"
#include "core/io/loader.h"
#include "core/io/text_vector_format.h"
#include "core/io/word2vec_binary.h"

#include <array>
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
    Signature{"\x80\x02"sv, "is a Python pickle, as old PyTorch and gensim write them", saveAsSafetensors},
    Signature{"\x80\x03"sv, "is a Python pickle, as gensim writes them",
              "save the vectors as word2vec binary"},
    Signature{"\x80\x04"sv, "is a Python pickle, as gensim writes them",
              "save the vectors as word2vec binary"},
    Signature{"\x80\x05"sv, "is a Python pickle, as gensim writes them",
              "save the vectors as word2vec binary"},
    Signature{"\x93NUMPY"sv, "is a NumPy array, which has no words beside its numbers", {}},
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

Error refusalOfText(const std::filesystem::path& path, std::string_view sample, bool isWhole) {
    if (kindOfText(sample, isWhole) == TextKind::NumbersAlone) {
        return unsupported(path, "is a table of numbers without words", {});
    }
    if (beginsAsJson(sample)) {
        return unsupported(path, "is JSON, but no config.json of a model", "open the folder of the model");
    }
    return unsupported(path, "is a text, not a model", {});
}

/// Names the first file in it if that may be vectors: GloVe comes in such archives.
Error refusalOfZip(const std::filesystem::path& path, std::string_view bytes) {
    constexpr std::size_t nameLengthAt =
        26;  // of the first file's header, as PKWARE's APPNOTE.TXT lays it out
    constexpr std::size_t nameAt = 30;
    if (bytes.size() > nameAt) {
        const std::string_view name = bytes.substr(nameAt, static_cast<unsigned char>(bytes[nameLengthAt]));
        if (name.ends_with(".txt") || name.ends_with(".vec") || name.ends_with(".bin")) {
            return unsupported(path, "is a ZIP archive with " + displayText(name) + " in it", unpackFirst);
        }
    }
    return unsupported(path, "is a ZIP archive, as PyTorch and NumPy write them", saveAsSafetensors);
}

Error refusalOfGzip(const std::filesystem::path& path, std::string_view bytes) {
    const std::string inside = unpackedBegin(bytes, sampleSize);
    if (word2VecHeader(inside)) {
        return unsupported(path, "is a word2vec binary file packed with gzip", unpackFirst);
    }
    if (!inside.empty() && looksLikeText(inside)) {
        return unsupported(path, "is a text packed with gzip, not a model", {});
    }
    return unsupported(path, "is packed with gzip, and what is packed is no text of vectors", unpackFirst);
}

}  // namespace

bool looksLikeText(std::string_view sample) {
    std::string_view whole = sample;
    while (!whole.empty() && sample.size() - whole.size() < 3 && !isUtf8(whole)) {
        whole.remove_suffix(1);  // a character cut by the end of the sample
    }
    return isUtf8(whole) && whole.find('\0') == std::string_view::npos;
}

bool beginsAsJson(std::string_view text) {
    // "[PAD]" begins as neither.
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) {
        return false;
    }
    const std::size_t second = text.find_first_not_of(white, first + 1);
    const std::string_view follows = text[first] == '{' ? "\"}" : "\"{[]-0123456789";
    return second == std::string_view::npos || follows.find(text[second]) != std::string_view::npos;
}

Error refusal(const std::filesystem::path& path, std::string_view bytes) {
    for (const Signature& signature : signatures) {
        if (bytes.starts_with(signature.bytes)) {
            return unsupported(path, signature.what, signature.hint);
        }
    }
    if (path.extension() == ".onnx") {
        return unsupported(path, "is an ONNX file, which cannot be opened", saveAsSafetensors);
    }
    if (bytes.starts_with("PK\x03\x04")) {
        return refusalOfZip(path, bytes);
    }
    if (beginsAsGzip(bytes)) {
        return refusalOfGzip(path, bytes);
    }
    const std::string_view sample = bytes.substr(0, sampleSize);
    if (looksLikeText(sample)) {
        return refusalOfText(path, sample, sample.size() == bytes.size());
    }
    return unsupported(path, "is of no format that is known here", {});
}

}  // namespace lexiscope
