// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/distances.h"
#include "core/embedding/table_pass.h"
#include "core/search/nearest.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lexiscope {
namespace {

constexpr std::size_t pieceBytes = 2 * 1024 * 1024;

float asFloat(double norm) {
    if (!std::isfinite(norm)) {
        return std::numeric_limits<float>::quiet_NaN();
    }
    // Only rows of zeros have norm 0, and only rows with NaN or infinity an undefined one, whatever float can
    // hold.
    if (norm == 0) {
        return 0;
    }
    return static_cast<float>(std::clamp(norm, static_cast<double>(std::numeric_limits<float>::denorm_min()),
                                         static_cast<double>(std::numeric_limits<float>::max())));
}

}  // namespace

Result<std::shared_ptr<const RowNorms>> RowNorms::compute(const EmbeddingTable& table, WorkerPool& pool,
                                                          Progress& progress) {
    auto norms = std::make_shared<RowNorms>();
    norms->m_values.resize(table.rows());
    const std::size_t dimension = table.dimension();
    SharedProgress shared(progress, table.rows(), "rows");
    const auto visit = [&](const RowBlock& block) {
        for (std::size_t i = 0; (i + 1) * dimension <= block.values.size(); ++i) {
            norms->m_values[block.first.value + i] =
                asFloat(norm(block.values.subspan(i * dimension, dimension)));
        }
    };
    if (dimension > 0) {
        const Result<Done> passed = visitRows(table, table.rows(), rowsOfBytes(dimension, pieceBytes), pool,
                                              Priority::Normal, shared, visit);
        if (!passed.ok()) {
            return passed.error();
        }
    }
    return std::shared_ptr<const RowNorms>(std::move(norms));
}

}  // namespace lexiscope
