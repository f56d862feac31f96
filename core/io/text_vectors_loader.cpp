// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_vectors_loader.h"

#include "core/base/gzip_reader.h"
#include "core/io/line_blocks.h"
#include "core/io/text_vector_format.h"
#include "core/io/text_vectors.h"

#include <string>
#include <utility>

namespace lexiscope {
namespace {

/// Holds the first rows of nearly every file.
constexpr std::size_t sampleSize = 64 << 10;

/// The first bytes of a file, unpacked.
struct Sample {
    Sample(std::string_view file, std::size_t size) : isPacked(beginsAsGzip(file)) {
        if (isPacked) {
            unpacked = unpackedBegin(file, size);
        }
        bytes = isPacked ? std::string_view(unpacked) : file.substr(0, size);
        isWhole = isPacked ? bytes.size() < size : bytes.size() == file.size();
    }
    Sample(const Sample&) = delete;
    Sample& operator=(const Sample&) = delete;

    bool isPacked;
    std::string unpacked;
    std::string_view bytes;
    bool isWhole = false;
};

/// By a sample that holds the first row whole: its numbers are counted.
TextVectorFormat formatOf(std::string_view file) {
    std::size_t size = sampleSize;
    while (true) {
        const Sample sample(file, size);
        if (sample.isWhole || size > LineBlocks::longestLine ||
            sample.bytes.find('\n') != std::string_view::npos) {
            return textVectorFormat(sample.bytes, sample.isWhole);
        }
        size *= 4;
    }
}

bool recognises(const Source& source) {
    if (source.isFolder()) {
        return false;
    }
    const Sample sample(source.file->text(), sampleSize);
    return kindOfText(sample.bytes, sample.isWhole) == TextKind::Vectors;
}

Result<std::shared_ptr<const Model>> load(const Source& source, const LoadAids& aids, Progress& progress) {
    const TextVectorFormat format = formatOf(source.file->text());
    const std::string name = std::string(format.header ? "word2vec text" : "GloVe text") +
                             (beginsAsGzip(source.file->text()) ? ", gzip" : "");
    TextVectorOptions options;
    options.pool = aids.pool;
    if (aids.publishFirst) {
        options.publishFirst = [&](FirstVectors first) {
            const std::shared_ptr<Model> model = modelOfWords(source, name, std::move(first.vectors));
            model->partOf = WholeModel{first.rowsInAll, first.isEstimate};
            aids.publishFirst(model);
        };
    }
    Result<WordVectors> vectors = readTextVectors(source.file, format, options, progress);
    if (!vectors.ok()) {
        return vectors.error();
    }
    return std::shared_ptr<const Model>(modelOfWords(source, name, std::move(vectors).value()));
}

}  // namespace

const Loader textVectorsLoader = {"text vectors", recognises, load};

}  // namespace lexiscope
