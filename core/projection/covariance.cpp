// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/covariance.h"

#include "core/projection/product_sums.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// At most this many pieces keep a sum of their own.
constexpr std::size_t mostPieces = 256;
/// Small tables are cut finer, so that there is work for every thread; large ones coarser, so that less is
/// read twice.
constexpr std::size_t tileWidth(std::size_t dimension) {
    return dimension <= 1024 ? 64 : 128;
}
constexpr std::size_t blockBytes = 16 * 1024 * 1024;

Eigen::Map<const Eigen::VectorXf> vectorOf(std::span<const float> values) {
    return {values.data(), static_cast<Index>(values.size())};
}

/// The origin that sums are taken from: the first row without NaN or infinity.
VectorXd firstUsable(const EmbeddingTable& table, std::size_t rows) {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::vector<float> values = table.row(Row{static_cast<std::uint32_t>(row)});
        VectorXd candidate = vectorOf(values).cast<double>();
        if (candidate.allFinite()) {
            return candidate;
        }
    }
    return VectorXd::Zero(static_cast<Index>(table.dimension()));
}

/// A block of rows in strips of columns; the last strip ends in columns of zeros.
struct Block {
    Block(std::size_t rows, std::size_t dimension)
        : capacity(rows),
          width((dimension + stripWidth - 1) / stripWidth * stripWidth),
          strips(rows * width, 0.0) {}

    std::size_t capacity;
    std::size_t width;
    std::vector<double> strips;

    void setRow(std::size_t row, const VectorXd& values) {
        const auto dimension = static_cast<std::size_t>(values.size());
        for (std::size_t column = 0; column < dimension; column += stripWidth) {
            std::copy_n(values.data() + column, std::min(stripWidth, dimension - column),
                        &strips[column * capacity + row * stripWidth]);
        }
    }
};

/// Rows first … last - 1 as doubles, mean removed; zeros where a row cannot be used, which add nothing to any
/// sum. Row `top` is the first of the block.
void centre(const EmbeddingTable& table, std::size_t first, std::size_t last, const RowMean& mean,
            std::size_t top, Block& out) {
    const std::size_t dimension = table.dimension();
    VectorXd centred(static_cast<Index>(dimension));
    table.visitBlocks(
        Row{static_cast<std::uint32_t>(first)}, Row{static_cast<std::uint32_t>(last)},
        rowsOfBytes(dimension, 128 * 1024), [&](Row block, std::span<const float> values) {
            for (std::size_t i = 0; (i + 1) * dimension <= values.size(); ++i) {
                const std::size_t row = block.value + i;
                if (mean.usable[row] != 0) {
                    centred = vectorOf(values.subspan(i * dimension, dimension)).cast<double>() - mean.mean;
                } else {
                    centred.setZero();
                }
                out.setRow(row - top, centred);
            }
            return true;
        });
}

struct Tile {
    Columns rows;
    Columns columns;
};

/// The tiles of the upper triangle.
std::vector<Tile> upperTiles(std::size_t size) {
    std::vector<Columns> parts;
    for (std::size_t begin = 0; begin < size; begin += tileWidth(size)) {
        parts.push_back({begin, std::min(begin + tileWidth(size), size)});
    }
    std::vector<Tile> tiles;
    for (std::size_t row = 0; row < parts.size(); ++row) {
        for (std::size_t column = row; column < parts.size(); ++column) {
            tiles.push_back({parts[row], parts[column]});
        }
    }
    return tiles;
}

}  // namespace

Result<RowMean> meanOfRows(const EmbeddingTable& table, std::size_t rows, WorkerPool& pool,
                           SharedProgress& progress) {
    const std::size_t dimension = table.dimension();
    const std::size_t pieceRows =
        std::max(rowsOfBytes(dimension, 2 * 1024 * 1024), (rows + mostPieces - 1) / mostPieces);
    const VectorXd origin = firstUsable(table, rows);
    RowMean result{origin, std::vector<char>(rows, 0)};
    // From an origin among the rows the sums of equal rows are exactly zero, and large common offsets cost no
    // digits.
    MatrixXd sums =
        MatrixXd::Zero(static_cast<Index>(dimension), static_cast<Index>((rows + pieceRows - 1) / pieceRows));
    const Result<Done> passed =
        visitRows(table, rows, pieceRows, pool, Priority::Normal, progress, [&](const RowBlock& block) {
            for (std::size_t i = 0; (i + 1) * dimension <= block.values.size(); ++i) {
                const Eigen::Map<const Eigen::VectorXf> row =
                    vectorOf(block.values.subspan(i * dimension, dimension));
                // In double a sum of floats cannot overflow: it is finite when every number is.
                if (std::isfinite(row.cast<double>().sum())) {
                    sums.col(static_cast<Index>(block.piece)) += row.cast<double>() - origin;
                    result.usable[block.first.value + i] = 1;
                }
            }
        });
    if (!passed.ok()) {
        return passed.error();
    }
    result.usableRows = static_cast<std::size_t>(std::count(result.usable.begin(), result.usable.end(), 1));
    if (result.usableRows > 0) {
        VectorXd total = VectorXd::Zero(static_cast<Index>(dimension));
        for (Index piece = 0; piece < sums.cols(); ++piece) {
            total += sums.col(piece);
        }
        result.mean += total / static_cast<double>(result.usableRows);
    }
    return result;
}

Result<MatrixXd> scatterMatrix(const EmbeddingTable& table, std::size_t rows, const RowMean& mean,
                               WorkerPool& pool, SharedProgress& progress) {
    const Index dimension = static_cast<Index>(table.dimension());
    const std::size_t blockRows =
        std::clamp<std::size_t>(blockBytes / (table.dimension() * sizeof(double)), 256, 4096);
    Block block(std::min(blockRows, rows), table.dimension());
    const std::vector<Tile> tiles = upperTiles(block.width);
    const Index width = static_cast<Index>(block.width);
    RowMajor sum = RowMajor::Zero(width, width);
    for (std::size_t first = 0; first < rows; first += blockRows) {
        const std::size_t count = std::min(blockRows, rows - first);
        pool.parallelFor(
            count, 64,
            [&](std::size_t begin, std::size_t end) {
                centre(table, first + begin, first + end, mean, first, block);
            },
            Priority::Normal);
        pool.parallelFor(
            tiles.size(), 1,
            [&](std::size_t tile, std::size_t) {
                if (!progress.stopRequested()) {
                    addProducts({block.strips.data(), block.capacity, count}, tiles[tile].rows,
                                tiles[tile].columns, sum.data(), block.width);
                }
            },
            Priority::Normal);
        if (progress.stopRequested()) {
            return cancelled();
        }
        progress.add(count);
    }
    if (const Result<Done> read = table.check(); !read.ok()) {
        return read.error();
    }
    return MatrixXd(sum.topLeftCorner(dimension, dimension).selfadjointView<Eigen::Upper>());
}

}  // namespace lexiscope
