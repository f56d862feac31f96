// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding_table.h"
#include "core/io/safetensors.h"
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

/// Every tensor of an accepted file lies in it, and one that can be a table can be read to its last row.
void readTensor(const std::shared_ptr<const MappedFile>& file, const SafetensorsEntry& entry) {
    require(entry.begin <= entry.end && entry.end <= file->size());
    const std::vector<std::uint64_t>& shape = entry.info.shape;
    for (const DType dtype : {DType::F32, DType::F16, DType::BF16}) {
        if (entry.info.dtype != name(dtype) || shape.size() != 2 || shape[0] == 0 || shape[1] == 0) {
            continue;
        }
        const auto table =
            EmbeddingTable::mapped(file, dtype, shape[0], shape[1], entry.begin, shape[1] * byteSize(dtype));
        require(table.ok());
        require(table.value()->row(Row{static_cast<std::uint32_t>(shape[0] - 1)}).size() == shape[1]);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto file = MappedFile::ofBytes(std::move(bytes), "fuzz.safetensors");
    const auto entries = readSafetensors(*file);
    if (entries.ok()) {
        for (const SafetensorsEntry& entry : entries.value()) {
            readTensor(file, entry);
        }
    } else {
        require(!entries.error().what.empty() && !entries.error().where.empty());
    }
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    const std::string numbers(32, 'x');
    return {
        safetensors("{}", ""),
        safetensors("{" + tensorJson("wte.weight", "F32", "2,2", 0, 16) + "," +
                        tensorJson("wpe.weight", "F16", "4,2", 16, 32) + "}",
                    numbers),
        safetensors("{\"__metadata__\":{\"format\":\"pt\"}," + tensorJson("a", "BF16", "2,8", 0, 32) + "}  ",
                    numbers),
        safetensors(R"({"a":{"dtype":"U8","x":[{"y":-1.5e3},null,true],"shape":[32],"data_offsets":[0,32]}})",
                    numbers),
    };
}
