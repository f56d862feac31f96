// SPDX-License-Identifier: GPL-3.0-or-later
// Data tables of positions, and of what they do to a text.
#include "core/io/csv_line.h"
#include "ui/models/data_table.h"
#include "ui/models/table_lines.h"

namespace lexiscope {
namespace {

QString fileName(const PositionMatrix& matrix, const QString& what) {
    switch (matrix.kind) {
        case PositionKind::Sinusoidal:
            return QStringLiteral("sinusoidal %1").arg(what);
        case PositionKind::Learned:
            return fileName(*matrix.model, what);
        case PositionKind::Rotary:
            return QStringLiteral("rotary %1").arg(what);
        case PositionKind::Alibi:
            return QStringLiteral("alibi head %1 %2").arg(matrix.head).arg(what);
        case PositionKind::T5:
            break;
    }
    return QStringLiteral("t5 %1").arg(what);
}

}  // namespace

DataTable positionTable(const QString& title, const std::shared_ptr<const PositionMatrix>& matrix) {
    const MatrixLevels& levels = *matrix->levels;
    const AppendLine append = [matrix](std::size_t position, std::string& out) {
        CsvLine(out).count(position).numbers(matrix->levels->row(position)).end();
    };
    return {title, fileName(*matrix, QStringLiteral("positions")),
            linesOf(hasVectors(matrix->kind) ? headOf({"position"}, "d", levels.columns())
                                             : headOf({"query"}, "key", levels.columns()),
                    levels.rows(), append),
            arrayOf({levels.rows(), levels.columns()}, levels.values(), matrix)};
}

DataTable inputTable(const QString& title, const std::shared_ptr<const InputMatrices>& input) {
    const MatrixLevels& sums = *input->sums;
    const AppendLine append = [input](std::size_t position, std::string& out) {
        const Token& token = input->text->encoding.tokens[position];
        CsvLine line(out);
        line.count(position);
        if (token.id) {
            line.count(token.id->value).text(input->text->tokenizer->spelling(*token.id));
        } else {
            line.none().text(input->text->text.substr(token.source.begin, token.source.size()));
        }
        line.numbers(input->sums->row(position)).end();
    };
    return {title, fileName(*input->model, QStringLiteral("input")),
            linesOf(headOf({"position", "id", "token"}, "d", sums.columns()), sums.rows(), append),
            arrayOf({sums.rows(), sums.columns()}, sums.values(), input)};
}

DataTable similarityTable(const QString& title,
                          const std::shared_ptr<const PositionSimilarityResult>& similarity) {
    const PositionSimilarity& numbers = similarity->similarity;
    const std::size_t count = numbers.positions;
    const AppendLine append = [similarity, count](std::size_t line, std::string& out) {
        CsvLine(out)
            .count(line * similarity->similarity.step)
            .numbers(std::span(similarity->similarity.values).subspan(line * count, count))
            .end();
    };
    return {title, fileName(*similarity->matrix, QStringLiteral("position similarity")),
            linesOf(headOf({"position"}, {}, count, 0, numbers.step), count, append),
            arrayOf({count, count}, numbers.values, similarity)};
}

DataTable decayTable(const QString& title, const std::shared_ptr<const PositionDecayResult>& result) {
    const bool isRotary = result->matrix->kind == PositionKind::Rotary;
    const std::vector<double>& first = isRotary ? result->rotary.score : result->decay.dot;
    const std::vector<double>& second = isRotary ? result->rotary.bound : result->decay.cosine;
    const std::size_t step = isRotary ? result->rotary.step : result->decay.step;
    const AppendLine append = [result, &first, &second, step](std::size_t line, std::string& out) {
        CsvLine(out).count(line * step).number(first[line]).number(second[line]).end();
    };
    return {title, fileName(*result->matrix, QStringLiteral("position decay")),
            linesOf(isRotary ? headOf({"distance", "score", "bound"})
                             : headOf({"distance", "mean_dot", "mean_cosine"}),
                    first.size(), append),
            nullptr};
}

DataTable wavelengthTable(const QString& title, const std::shared_ptr<const PositionMatrix>& matrix) {
    std::vector<double> lengths =
        matrix->kind == PositionKind::Rotary ? wavelengths(matrix->waves) : wavelengths(matrix->options);
    const std::size_t count = lengths.size();
    const AppendLine append = [lengths = std::move(lengths)](std::size_t pair, std::string& out) {
        CsvLine(out).count(pair).number(lengths[pair]).end();
    };
    return {title, fileName(*matrix, QStringLiteral("wavelengths")),
            linesOf(headOf({"pair", "positions"}), count, append), nullptr};
}

DataTable curveTable(const QString& title, const std::shared_ptr<const PositionCurveResult>& curve) {
    const PcaResult& projection = *curve->projection;
    const std::size_t components = projection.components;
    const AppendLine append = [curve, components](std::size_t row, std::string& out) {
        CsvLine(out)
            .count(row * curve->step)
            .numbers(std::span(curve->projection->coordinates).subspan(row * components, components))
            .end();
    };
    return {title, fileName(*curve->matrix, QStringLiteral("position curve")),
            linesOf(headOf({"position"}, "pc", components, 1), projection.rows, append),
            arrayOf({projection.rows, components}, projection.coordinates, curve)};
}

}  // namespace lexiscope
