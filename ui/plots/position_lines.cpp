// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/position_lines.h"

#include "core/position/relative_buckets.h"
#include "ui/plots/position_formula.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/tr.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {
namespace {

constexpr std::size_t mostPoints = 1024;  // of a line
constexpr std::size_t mostLines = 4;      // of ALiBi

PlotLine overDistance(const QString& name, const std::vector<double>& values, std::size_t step,
                      double unit = 1) {
    PlotLine line{name, {}};
    for (std::size_t i = 0; i < values.size(); ++i) {
        line.points.emplace_back(static_cast<double>(i * step), values[i] / unit);
    }
    return line;
}

/// The axis from the least value to the largest, to whole steps, with zero on it.
void fitAxis(LineFigure& figure) {
    double low = 0;
    double high = 0;
    for (const PlotLine& line : figure.lines) {
        for (const QPointF& point : line.points) {
            if (std::isfinite(point.y())) {
                low = std::min(low, point.y());
                high = std::max(high, point.y());
            }
        }
    }
    const double step = niceStep(std::max(high - low, 1e-12) / 4);
    figure.low = std::floor(low / step + 1e-9) * step;
    figure.high = std::max(std::ceil(high / step - 1e-9) * step, figure.low + step);
}

std::vector<double> wavelengthsOf(const PositionMatrix& matrix) {
    return matrix.kind == PositionKind::Sinusoidal ? wavelengths(matrix.options) : wavelengths(matrix.waves);
}

PlotLine overPairs(const QString& name, const std::vector<double>& lengths) {
    PlotLine line{name, {}, 1};
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        line.points.emplace_back(static_cast<double>(i), lengths[i]);
    }
    return line;
}

}  // namespace

QString positionKindName(PositionKind kind) {
    switch (kind) {
        case PositionKind::Sinusoidal:
            return tr("Sinusoidal");
        case PositionKind::Learned:
            return tr("Learned");
        case PositionKind::Rotary:
            return tr("Rotary");
        case PositionKind::Alibi:
            return tr("ALiBi");
        case PositionKind::T5:
            break;
    }
    return tr("T5 buckets");
}

LineFigure decayFigure(const PositionDecayResult& result, bool isShared) {
    LineFigure figure;
    figure.xTitle = tr("distance");
    const PositionKind kind = result.matrix->kind;
    const QString shared = positionKindName(kind).toLower();
    if (kind == PositionKind::Rotary) {
        const RotaryDecay& decay = result.rotary;
        figure.lines.push_back(
            overDistance(isShared ? shared : tr("score of equal rows"), decay.score, decay.step));
        if (!isShared) {
            PlotLine bound = overDistance(tr("bound, of its largest"), decay.bound, decay.step,
                                          *std::max_element(decay.bound.begin(), decay.bound.end()));
            bound.isQuiet = true;
            figure.lines.push_back(std::move(bound));
        }
    } else {
        const PositionDecay& decay = result.decay;
        figure.lines.push_back(overDistance(isShared ? shared : tr("mean cosine"), decay.cosine, decay.step));
        const double same = decay.dot.empty() ? 0 : decay.dot.front();
        if (!isShared && std::isfinite(same) && same > 0) {
            figure.lines.push_back(overDistance(tr("mean dot, of that at 0"), decay.dot, decay.step, same));
        }
    }
    fitAxis(figure);
    return figure;
}

LineFigure alibiDecayFigure(const AlibiOptions& options, std::size_t head) {
    LineFigure figure;
    figure.xTitle = tr("distance");
    const std::vector<double> slopes = alibiSlopes(options.heads);
    // The shown one, and some others from the steepest to the flattest.
    std::vector<std::size_t> heads{head};
    for (std::size_t i = 0; i < mostLines && slopes.size() > 1; ++i) {
        const std::size_t other = i * (slopes.size() - 1) / (mostLines - 1);
        if (heads.size() < mostLines && std::find(heads.begin(), heads.end(), other) == heads.end()) {
            heads.push_back(other);
        }
    }
    const std::size_t step = (options.length + mostPoints - 1) / mostPoints;
    for (const std::size_t each : heads) {
        PlotLine line{tr("head %1").arg(each), {}, 3, each != head};
        for (std::size_t distance = 0; distance < options.length; distance += step) {
            line.points.emplace_back(static_cast<double>(distance),
                                     -slopes[each] * static_cast<double>(distance));
        }
        figure.lines.push_back(std::move(line));
    }
    fitAxis(figure);
    return figure;
}

LineFigure bucketFigure(std::size_t length) {
    LineFigure figure;
    figure.xTitle = tr("key − query");
    figure.lines = {{tr("key behind"), {}, 0}, {tr("key ahead"), {}, 0}};
    // Farther away nothing changes.
    const std::size_t reach = std::min(length - 1, 2 * relativeBucketReach);
    for (std::size_t i = 0; i <= 2 * reach; ++i) {
        figure.lines[i > reach ? 1 : 0].points.emplace_back(
            static_cast<double>(i) - static_cast<double>(reach),
            static_cast<double>(relativeBucket(reach, i)));
    }
    figure.low = 0;
    figure.high = relativeBucketCount;
    return figure;
}

LineFigure wavelengthFigure(const std::vector<std::shared_ptr<const PositionMatrix>>& matrices) {
    LineFigure figure;
    figure.xTitle = tr("pair");
    figure.isLogarithmic = true;
    double low = 0;
    double high = 0;
    std::size_t longer = 0;  // than the length
    const auto add = [&](PlotLine line) {
        for (const QPointF& point : line.points) {
            low = low > 0 ? std::min(low, point.y()) : point.y();
            high = std::max(high, point.y());
        }
        figure.lines.push_back(std::move(line));
    };
    for (const std::shared_ptr<const PositionMatrix>& matrix : matrices) {
        if (!matrix || (matrix->kind != PositionKind::Sinusoidal && matrix->kind != PositionKind::Rotary)) {
            continue;
        }
        const double length = static_cast<double>(matrix->levels->rows());
        const std::vector<double> lengths = wavelengthsOf(*matrix);
        longer = static_cast<std::size_t>(
            std::count_if(lengths.begin(), lengths.end(), [length](double each) { return each > length; }));
        add(overPairs(positionKindName(matrix->kind).toLower(), lengths));
        figure.level = std::max(figure.level.value_or(0), length);
        if (matrix->kind == PositionKind::Rotary && matrix->rotary.scaling.kind != RotaryScalingKind::None) {
            RotaryOptions plain = matrix->rotary;
            plain.scaling = {};
            PlotLine line = overPairs(tr("unscaled"), wavelengths(rotaryWaves(plain)));
            line.isQuiet = true;
            add(std::move(line));
        }
    }
    if (figure.level) {
        figure.levelName = tr("length %1").arg(groupedText(static_cast<std::size_t>(*figure.level)));
        if (matrices.size() == 1) {
            figure.levelName = tr("%1 of %2 longer than %3")
                                   .arg(groupedText(longer))
                                   .arg(groupedText(figure.lines[0].points.size()))
                                   .arg(groupedText(static_cast<std::size_t>(*figure.level)));
        }
        low = std::min(low, std::max(1.0, *figure.level));
        high = std::max(high, *figure.level);
        figure.low = std::pow(10.0, std::floor(std::log10(low)));
        figure.high = std::pow(10.0, std::ceil(std::log10(high * 1.05)));
    }
    return figure;
}

CurveFigure curveFigure(const PositionCurveResult& result) {
    CurveFigure figure;
    figure.step = result.step;
    const PcaResult& projection = *result.projection;
    for (std::size_t row = 0; row < projection.rows; ++row) {
        const float* at = projection.coordinates.data() + row * projection.components;
        figure.points.emplace_back(static_cast<double>(at[0]),
                                   projection.components > 1 ? static_cast<double>(at[1]) : 0.0);
    }
    for (std::size_t i = 0; i < std::min(figure.shares.size(), projection.explainedVarianceRatio.size());
         ++i) {
        figure.shares.at(i) = projection.explainedVarianceRatio[i];
    }
    return figure;
}

}  // namespace lexiscope
