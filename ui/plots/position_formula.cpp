// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/position_formula.h"

#include "core/position/relative_buckets.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/view_transform.h"
#include "ui/session/tr.h"

#include <cmath>

namespace lexiscope {
namespace {

QString shortNumber(double value) {
    return QString::number(value, 'g', 12);
}

/// As many digits as tell what it is, and no zeros behind them.
QString significant(double value) {
    return QString::number(value, 'g', 6).replace(u'-', QChar(0x2212));
}

/// "4 / 10000^(12/128)"
QString powerText(std::size_t position, double base, std::size_t pair, std::size_t dimension) {
    return QStringLiteral("%1 / %2^(%3/%4)")
        .arg(position)
        .arg(shortNumber(base))
        .arg(2 * pair)
        .arg(dimension);
}

QString formula(const SinusoidalOptions& options, std::size_t position, std::size_t dimension) {
    const SinusoidalTerm term = sinusoidalTerm(options, position, dimension);
    return QStringLiteral("%1(%2) · = %1(%3) = %4")
        .arg(term.isSine ? QStringLiteral("sin") : QStringLiteral("cos"),
             powerText(position, options.base, term.pair, options.dimension), numberText(term.angle, 4),
             numberText(term.value, 4));
}

/// Of scaled waves the angle's divisor stands there as a number.
QString rotaryFormula(const PositionMatrix& matrix, std::size_t position, std::size_t column) {
    const RotaryOptions& options = matrix.rotary;
    const RotaryTerm term = rotaryTerm(options, matrix.waves, position, column);
    const bool isPlain = options.scaling.kind == RotaryScalingKind::None;
    const QString angle = isPlain ? powerText(position, options.base, term.pair, options.dimension)
                                  : QStringLiteral("%1 / %2").arg(position).arg(significant(term.divisor));
    const double amplitude = matrix.waves.amplitude;
    const QString times = amplitude == 1 ? QString() : numberText(amplitude, 4) + QStringLiteral(" × ");
    return QStringLiteral("%5%1(%2) · = %5%1(%3) = %4")
        .arg(term.isCosine ? QStringLiteral("cos") : QStringLiteral("sin"), angle, numberText(term.angle, 4),
             numberText(term.value, 4), times);
}

QString alibiFormula(double slope, std::size_t query, std::size_t key) {
    const double distance = std::abs(static_cast<double>(query) - static_cast<double>(key));
    return QStringLiteral("−%1 × |%2 − %3| = %4")
        .arg(significant(slope))
        .arg(query)
        .arg(key)
        .arg(distance == 0 ? QStringLiteral("0") : significant(-slope * distance));
}

QString bucketFormula(std::size_t query, std::size_t key) {
    const bool isAfter = key > query;
    const std::size_t distance = isAfter ? key - query : query - key;
    const std::size_t exact = relativeBucketCount / 4;
    QString bucket;
    if (distance >= exact && distance < relativeBucketReach) {
        bucket = QStringLiteral("%1 + ⌊%1 × log(%2 / %1) / log(%3)⌋")
                     .arg(exact)
                     .arg(distance)
                     .arg(relativeBucketReach / exact);
    } else {
        bucket = QString::number(distance < exact ? distance : relativeBucketCount / 2 - 1);
    }
    if (isAfter) {
        bucket += QStringLiteral(" + %1").arg(relativeBucketCount / 2);
    }
    const QString where = distance == 0 ? tr("the same place")
                          : isAfter     ? tr("%1 ahead").arg(distance)
                                        : tr("%1 back").arg(distance);
    const QString number = QString::number(relativeBucket(query, key));
    return where + QStringLiteral(" · ") +
           (bucket == number ? tr("bucket %1").arg(number) : tr("bucket %1 = %2").arg(bucket, number));
}

/// "position 4", "positions 4…7"
QString countedRange(const char* one, const char* several, std::size_t begin, std::size_t end) {
    return (end - begin == 1 ? tr(one) : tr(several)) + u' ' + rangeText(begin, end);
}

}  // namespace

QString positionValueText(float value) {
    return std::isnan(value) ? QStringLiteral("NaN") : numberText(static_cast<double>(value), 4);
}

QString positionsNameOf(const Model* model) {
    return model != nullptr && !model->positionsName.empty() ? QString::fromStdString(model->positionsName)
                                                             : QStringLiteral("wpe");
}

QString positionPlace(PositionKind kind, std::size_t row, std::size_t endRow, std::size_t column,
                      std::size_t endColumn) {
    const bool isVector = hasVectors(kind);
    return (isVector ? countedRange("position", "positions", row, endRow)
                     : countedRange("query", "queries", row, endRow)) +
           QStringLiteral(" · ") +
           (isVector ? countedRange("dimension", "dimensions", column, endColumn)
                     : countedRange("key", "keys", column, endColumn));
}

QString positionFormula(const PositionMatrix& matrix, std::size_t row, std::size_t column, float value) {
    switch (matrix.kind) {
        case PositionKind::Sinusoidal:
            return formula(matrix.options, row, column);
        case PositionKind::Rotary:
            return rotaryFormula(matrix, row, column);
        case PositionKind::Alibi:
            return alibiFormula(matrix.slope, row, column);
        case PositionKind::T5:
            return bucketFormula(row, column);
        case PositionKind::Learned:
            break;
    }
    const std::size_t first = matrix.model ? matrix.model->firstPosition : 0;
    return QStringLiteral("%1[%2, %3] = %4")
        .arg(positionsNameOf(matrix.model.get()))
        .arg(first + row)
        .arg(column)
        .arg(positionValueText(value));
}

}  // namespace lexiscope
