// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a feature table: they are refused with a place and a reason, or what is read can be written
// and read back as the same.
#include "core/io/feature_csv.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdlib>

using namespace lexiscope;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    static_cast<void>(looksLikeFeatures(bytes));
    const Result<FeatureTable> table = readFeatureCsv(bytes, "fuzz.csv");
    if (!table.ok()) {
        require(!table.error().what.empty() && table.error().where.starts_with("fuzz.csv"));
        return 0;
    }
    const FeatureTable& read = table.value();
    require(read.ratings().size() == read.things().size() * read.questions().size());
    const Result<FeatureTable> again = readFeatureCsv(featureCsv(read), "again.csv");
    require(again.ok() && again.value() == read);
    const std::shared_ptr<const Model> model = featureModel(read, "fuzz");
    require(model->vocabulary->size() == read.things().size() && model->vocabulary->duplicates().empty());
    require(model->table->dimension() == read.questions().size());
    require(distancesFrom(read, 0).size() + 1 == read.things().size());
    return 0;
}

std::vector<std::string> lexiscope::test::fuzzSeeds() {
    return {
        "thing,has fur,barks\r\ncat,10,0\r\ndog,9.5,10\r\n",
        "\xEF\xBB\xBF;\"a;b\";c\n\"New \"\"York\"\"\";7,5;1e1\nx;0;0\r\r\ny;.5;+3",
        "t\tq\nä\t1\nb\t2\n",
        "thing,a\ncat,\"1\n",
        "thing,a,a\ncat,1,2\n",
        "thing,a\nc\xFFt,nan\n",
    };
}
