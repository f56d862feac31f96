// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/position_figures.h"

#include "core/position/input_sum.h"
#include "ui/plots/position_formula.h"
#include "ui/plots/view_transform.h"
#include "ui/session/scale_limit.h"
#include "ui/session/tr.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lexiscope {
namespace {

struct Rows {
    std::size_t first = 0;
    std::size_t end = 0;
};

/// The whole lines of `rowsPerLine` rows that hold the view.
Rows rowsOf(PositionView view, std::size_t total, std::size_t rowsPerLine) {
    boundRows(view.first, view.count, total);
    const double line = static_cast<double>(rowsPerLine);
    const auto first = static_cast<std::size_t>(std::floor(view.first / line)) * rowsPerLine;
    const auto end = static_cast<std::size_t>(std::ceil((view.first + view.count) / line)) * rowsPerLine;
    return {std::min(first, total), std::min(std::max(end, first + 1), total)};
}

}  // namespace

HeatMapFigure positionMap(const std::shared_ptr<const PositionMatrix>& matrix, PositionView view,
                          int mapHeight) {
    const MatrixLevels& levels = *matrix->levels;
    boundRows(view.first, view.count, levels.rows());
    const MatrixLevels::Level& level = levels.levelFor(view.count / std::max(1, mapHeight));
    const Rows rows = rowsOf(view, levels.rows(), level.rowsPerLine);
    HeatMapFigure figure;
    figure.values = std::shared_ptr<const std::vector<float>>(matrix, &level.values);
    figure.firstLine = rows.first / level.rowsPerLine;
    figure.totalRows = levels.rows();
    figure.firstRow = rows.first;
    figure.rowCount = rows.end - rows.first;
    figure.rowsPerLine = level.rowsPerLine;
    figure.columns = levels.columns();
    const bool isVector = hasVectors(matrix->kind);
    figure.scale = matrix->kind == PositionKind::Alibi ? ColorScale::sequential(-matrix->limit, 0)
                   : matrix->kind == PositionKind::T5  ? ColorScale::sequential(0, matrix->limit)
                                                       : ColorScale::symmetric(matrix->limit);
    figure.rowTitle = isVector ? tr("position") : tr("query");
    figure.columnName = isVector ? tr("dimension") : tr("key");
    return figure;
}

QString positionReadOut(const PositionMatrix& matrix, const HeatMapCell& cell) {
    const QString place =
        positionPlace(matrix.kind, cell.firstRow, cell.endRow, cell.firstColumn, cell.endColumn) +
        QStringLiteral(" · ");
    const bool isOne = cell.endRow - cell.firstRow == 1 && cell.endColumn - cell.firstColumn == 1;
    return place + (isOne ? positionFormula(matrix, cell.firstRow, cell.firstColumn, cell.value)
                          : tr("largest %1").arg(positionValueText(cell.value)));
}

HeatMapFigure similarityMap(const std::shared_ptr<const PositionSimilarityResult>& result,
                            PositionView view) {
    const PositionSimilarity& similarity = result->similarity;
    const double step = static_cast<double>(similarity.step);
    const Rows rows = rowsOf({view.first / step, view.count / step}, similarity.positions, 1);
    HeatMapFigure figure;
    figure.values = std::shared_ptr<const std::vector<float>>(result, &similarity.values);
    figure.firstLine = rows.first;
    figure.totalRows = similarity.positions;
    figure.firstRow = rows.first;
    figure.rowCount = rows.end - rows.first;
    figure.rowStep = similarity.step;
    figure.columns = similarity.positions;
    figure.columnStep = similarity.step;
    figure.scale =
        ColorScale::sequential(static_cast<double>(similarity.low), static_cast<double>(similarity.high));
    return figure;
}

QString similarityReadOut(const PositionSimilarity& similarity, const HeatMapCell& cell) {
    const auto range = [&](std::size_t begin, std::size_t end) {
        const std::size_t first = begin * similarity.step;
        const bool isOne = end - begin == 1;
        return (isOne ? tr("position") : tr("positions")) + u' ' +
               rangeText(first, isOne ? first + 1 : (end - 1) * similarity.step + 1);
    };
    const bool isOne = cell.endRow - cell.firstRow == 1 && cell.endColumn - cell.firstColumn == 1;
    return range(cell.firstRow, cell.endRow) + QStringLiteral(" · ") +
           range(cell.firstColumn, cell.endColumn) + QStringLiteral(" · ") +
           (isOne ? tr("cosine %1") : tr("largest cosine %1")).arg(positionValueText(cell.value));
}

std::vector<std::size_t> tellingDimensions(double positions, std::size_t dimension, double base) {
    constexpr std::array periods = {4.0, 2.0, 1.0, 1.0 / 3};
    constexpr double fewest = 36;
    const double span = fewest * std::exp2(std::max(0.0, std::round(std::log2(positions / fewest))));
    const double all = static_cast<double>(dimension);
    std::vector<std::size_t> dimensions;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        // span · base^(-d / D) = 2π · periods, solved for d; with a base that makes no slower waves, evenly.
        const double wanted =
            base > 1 ? all * std::log(span / (2 * std::numbers::pi * periods.at(i))) / std::log(base)
                     : all * static_cast<double>(i) / periods.size();
        const double even = 2 * std::round(std::clamp(wanted, 0.0, all - 1) / 2);
        const auto at = static_cast<std::size_t>(even > all - 1 ? even - 2 : even);
        if (dimensions.empty() || at > dimensions.back()) {
            dimensions.push_back(at);
        }
    }
    return dimensions;
}

std::vector<std::size_t> tellingColumns(const PositionMatrix& matrix, double positions) {
    const std::size_t columns = matrix.levels->columns();
    if (matrix.kind != PositionKind::Rotary) {
        const bool isComputed = matrix.kind == PositionKind::Sinusoidal;
        std::vector<std::size_t> found =
            tellingDimensions(positions, columns, isComputed ? matrix.options.base : 10000);
        if (isComputed && matrix.options.layout == SinusoidalLayout::Split) {
            for (std::size_t& column : found) {
                column /= 2;
            }
        }
        return found;
    }
    std::vector<std::size_t> found;
    for (const std::size_t dimension : tellingDimensions(positions, columns, matrix.rotary.base)) {
        // Scaled waves are slower than the base says: the pair whose wave is as long as that one unscaled.
        const double wanted =
            std::pow(matrix.rotary.base, static_cast<double>(dimension) / static_cast<double>(columns));
        const auto& divisors = matrix.waves.divisors;
        const auto at = std::min_element(divisors.begin(), divisors.end(), [wanted](double a, double b) {
            return std::abs(std::log(a / wanted)) < std::abs(std::log(b / wanted));
        });
        const std::size_t column =
            rotaryPair(matrix.rotary, static_cast<std::size_t>(at - divisors.begin())).first;
        if (found.empty() || column > found.back()) {
            found.push_back(column);
        }
    }
    return found;
}

WaveFigure positionWaves(const PositionMatrix& matrix, PositionView view,
                         const std::vector<std::size_t>& dimensions, long long pointedAt) {
    const MatrixLevels& levels = *matrix.levels;
    const Rows rows = rowsOf(view, levels.rows(), 1);
    WaveFigure figure;
    figure.firstPosition = rows.first;
    const auto add = [&](std::size_t dimension, bool isPointedAt) {
        figure.waves.push_back({tr("dim %1").arg(dimension),
                                levels.column(dimension, rows.first, rows.end - rows.first), isPointedAt});
    };
    for (const std::size_t dimension : dimensions) {
        if (dimension < levels.columns()) {
            add(dimension, false);
        }
    }
    if (pointedAt >= 0 && static_cast<std::size_t>(pointedAt) < levels.columns()) {
        add(static_cast<std::size_t>(pointedAt), true);
    }
    figure.limit = matrix.kind == PositionKind::Rotary ? matrix.waves.amplitude : 1;
    if (matrix.kind == PositionKind::Learned) {
        double largest = 0;
        for (const Wave& wave : figure.waves) {
            for (const float value : wave.values) {
                largest =
                    std::isfinite(value) ? std::max(largest, std::abs(static_cast<double>(value))) : largest;
            }
        }
        // To two digits, so that half of it is a short number too.
        const double unit = largest > 0 ? std::pow(10.0, std::floor(std::log10(largest)) - 1) : 1;
        figure.limit = largest > 0 ? std::ceil(largest / unit - 1e-9) * unit : 1;
    }
    return figure;
}

SumFigure positionSum(std::vector<float> token, std::vector<float> position) {
    SumFigure figure;
    figure.sum = inputSum(token, position);
    figure.token = std::move(token);
    figure.position = std::move(position);
    double count = 0;
    double squares = 0;
    for (const std::vector<float>* values : {&figure.token, &figure.position, &figure.sum}) {
        squares += sumOfSquares(*values, count);
    }
    figure.limit = scaleLimit(squares, count);
    return figure;
}

}  // namespace lexiscope
