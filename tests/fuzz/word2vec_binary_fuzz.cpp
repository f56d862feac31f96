// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/other_formats.h"
#include "core/io/word2vec_binary.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/model_files.h"

#include <cstdlib>

using namespace lexiscope;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

/// Every word of an accepted file can be found, and every row be read.
void readAll(const WordVectors& vectors) {
    const std::size_t rows = vectors.vocabulary->size();
    require(rows != 0 && vectors.table->rows() == rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
        const auto found = vectors.vocabulary->find(vectors.vocabulary->spelling(Row{row}));
        require(found.has_value() && found->value <= row);
        require(vectors.table->row(Row{row}).size() == vectors.table->dimension());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = MappedFile::ofBytes({reinterpret_cast<const char*>(data), size}, "fuzz.bin");
    require(!refusal(file->path(), file->text()).what.empty());
    NoProgress progress;
    const auto vectors = readWord2VecBinary(file, progress);
    if (vectors.ok()) {
        readAll(vectors.value());
    } else {
        require(!vectors.error().what.empty() && !vectors.error().where.empty());
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        word2Vec({{"cat", {1, 2}}, {"dog", {3, 4}}, {"cat", {5, 6}}}),
        word2Vec({{"a", {1}}, {"\xFF\xFE", {2}}, {"", {3}}, {"b\tc", {4}}}, ""),
        word2Vec({{"a", {1, 2, 3}}}, "\n\n") + "rest",
        "2 1\r\na abcdb abcd",
        "2 3\ncat 0.1 -2e-3 nan\ndog 1 2 3\n",
        "18446744073709551615 4611686018427387905\na ",
    };
}
