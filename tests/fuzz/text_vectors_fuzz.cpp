// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text file of vectors, plain or packed: they are refused with a place and a reason, or every
// row can be read.
#include "core/base/gzip_reader.h"
#include "core/io/other_formats.h"
#include "core/io/text_vectors.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/gzip.h"

#include <cstdlib>

using namespace lexiscope;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void readAll(const WordVectors& vectors, std::size_t dimension) {
    const std::size_t rows = vectors.vocabulary->size();
    require(rows != 0 && vectors.table->rows() == rows && vectors.table->dimension() == dimension);
    for (std::uint32_t row = 0; row < rows; ++row) {
        const std::string_view word = vectors.vocabulary->spelling(Row{row});
        require(word.find('\n') == std::string_view::npos);
        const auto found = vectors.vocabulary->find(word);
        require(found.has_value() && found->value <= row);
        require(vectors.table->row(Row{row}).size() == dimension);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto file = MappedFile::ofBytes(bytes, "fuzz.txt");
    require(!refusal(file->path(), file->text()).what.empty());
    const std::string sample = beginsAsGzip(bytes) ? unpackedBegin(bytes, 4096) : bytes.substr(0, 4096);
    static_cast<void>(kindOfText(sample, sample.size() < 4096));
    const TextVectorFormat format = textVectorFormat(sample, sample.size() < 4096);
    if (format.dimension == 0 && !format.header) {
        return 0;
    }
    TextVectorOptions options;
    options.blockBytes = 64;
    options.bytesLeft = 1;
    options.firstRows = 2;
    options.publishFirst = [&](const FirstVectors& first) { readAll(first.vectors, format.dimension); };
    NoProgress progress;
    const auto vectors = readTextVectors(file, format, options, progress);
    if (vectors.ok()) {
        readAll(vectors.value(), format.dimension);
    } else {
        require(!vectors.error().what.empty() && vectors.error().where.starts_with("fuzz.txt"));
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    const std::string glove = "cat 0.1 -2e-3\ndog 4 nan\nnew york 5 6 \ncat 1 2\r\nwindows 95 1 2\n\n";
    return {
        glove,
        "3 2\ncat 1 2\nd\xFFg 3 4\n 5 6\n",
        "\xEF\xBB\xBF"
        "2 1\na 1e400\nb\t0,5\n",
        "18446744073709551615 4611686018427387905\na 1\nb 2\n",
        "cat 1.5 2\rdog 3 4\rcow 5 6\r",
        test::gzipped(glove),
        test::gzipped("2 2\ncat 1 2\n") + test::gzipped("dog 3 4\n", 0) + "more",
    };
}
