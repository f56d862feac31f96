// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/data_table.h"

#include "core/io/csv_line.h"
#include "core/io/feature_csv.h"
#include "core/io/npy_file.h"
#include "core/io/row_stream.h"
#include "core/io/safetensors_writer.h"
#include "ui/models/neighbor_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {
namespace {

/// Written and asked for a stop about once for so much of a file: a few milliseconds.
constexpr std::size_t pieceBytes = 256 << 10;

using AppendLine = std::function<void(std::size_t line, std::string& out)>;

Result<Done> writeLines(const std::string& head, std::size_t lines, const AppendLine& append,
                        const WriteBytes& write, Progress& progress) {
    std::string piece = head;
    for (std::size_t line = 0; line < lines; ++line) {
        append(line, piece);
        if (piece.size() < pieceBytes) {
            continue;
        }
        if (progress.stopRequested()) {
            return cancelled();
        }
        const Result<Done> written = write(piece);
        if (!written.ok()) {
            return written;
        }
        piece.clear();
        progress.report(line + 1, lines, "rows");
    }
    return write(piece);
}

DataTable::Write linesOf(std::string head, std::size_t lines, AppendLine append) {
    return [head = std::move(head), lines, append = std::move(append)](const WriteBytes& write, WorkerPool&,
                                                                       Progress& progress) {
        return writeLines(head, lines, append, write, progress);
    };
}

/// `numbers` belong to something that `owner` keeps alive.
DataTable::Write arrayOf(std::vector<std::size_t> shape, std::span<const float> numbers,
                         std::shared_ptr<const void> owner) {
    return [shape = std::move(shape), numbers, owner = std::move(owner)](const WriteBytes& write, WorkerPool&,
                                                                         Progress& progress) {
        return writeNpy(shape, numbers, [&](std::string_view bytes) -> Result<Done> {
            return progress.stopRequested() ? cancelled() : write(bytes);
        });
    };
}

/// The names, and `count` more: d0, d1, … from `first` on.
std::string headOf(std::initializer_list<std::string_view> names, std::string_view more = {},
                   std::size_t count = 0, std::size_t first = 0, std::size_t step = 1) {
    std::string head;
    CsvLine line(head);
    for (const std::string_view name : names) {
        line.text(name);
    }
    for (std::size_t i = 0; i < count; ++i) {
        line.text(std::string(more) + std::to_string(first + i * step));
    }
    line.end();
    return head;
}

QString fileName(const Model& model, const QString& what) {
    QString name = QString::fromStdString(model.name) + u' ' + what;
    for (QChar& c : name) {
        if (c == u'/' || c == u'\\' || !c.isPrint()) {
            c = u'_';
        }
    }
    return name;
}

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

const DataTable::Write& DataTable::writer(DataFormat format) const {
    switch (format) {
        case DataFormat::Csv:
            break;
        case DataFormat::Npy:
            return npy;
        case DataFormat::Safetensors:
            return safetensors;
    }
    return csv;
}

DataTable textTable(const QString& title, const Model& model,
                    const std::shared_ptr<const EncodedText>& text) {
    const std::size_t count = text->encoding.tokens.size();
    const AppendLine append = [text](std::size_t position, std::string& out) {
        const Token& token = text->encoding.tokens[position];
        const std::string source = text->text.substr(token.source.begin, token.source.size());
        CsvLine line(out);
        line.count(position);
        if (token.id) {
            line.count(token.id->value).text(text->tokenizer->spelling(*token.id));
            line.text(text->tokenizer->tokenBytes(*token.id));
        } else {
            line.none().text(source).text(source);
        }
        line.count(token.source.begin).count(token.source.end).text(name(token.kind)).end();
    };
    return {title, fileName(model, QStringLiteral("tokens")),
            linesOf(headOf({"position", "id", "token", "text", "start", "end", "kind"}), count, append),
            nullptr};
}

DataTable mapTable(const QString& title, const std::shared_ptr<const Model>& model,
                   const std::shared_ptr<const PcaResult>& projection) {
    const std::size_t components = projection->components;
    const AppendLine append = [model, projection, components](std::size_t row, std::string& out) {
        const Row id{static_cast<std::uint32_t>(row)};
        CsvLine(out)
            .count(row)
            .text(model->vocabulary->spelling(id))
            .numbers(std::span(projection->coordinates).subspan(row * components, components))
            .end();
    };
    return {title, fileName(*model, QStringLiteral("space")),
            linesOf(headOf({"id", "token"}, "pc", components, 1), projection->rows, append),
            arrayOf({projection->rows, components}, projection->coordinates, projection)};
}

DataTable neighborTable(const QString& title, const std::shared_ptr<const NeighborResult>& neighbors) {
    const auto csv = [neighbors](const WriteBytes& write, WorkerPool&, Progress&) {
        return write(neighborText(*neighbors, TableForm::Csv));
    };
    return {title, fileName(*neighbors->model, QStringLiteral("neighbors of %1").arg(neighbors->row.value)),
            csv, nullptr};
}

DataTable pairTable(const QString& title, const std::shared_ptr<const PairResult>& pair) {
    const AppendLine append = [pair](std::size_t index, std::string& out) {
        const PairNumbers& numbers = *pair->numbers;
        const SharedWord& word = numbers.words[index];
        CsvLine(out)
            .text(bareText(*pair->first->vocabulary, word.first))
            .count(word.first.value)
            .count(word.second.value)
            .count(numbers.commonOfTen[index])
            .count(numbers.commonOfHundred[index])
            .end();
    };
    return {title,
            fileName(*pair->first, QStringLiteral("and ") + fileName(*pair->second, QStringLiteral("words"))),
            linesOf(headOf({"word", "id_a", "id_b", "common_of_10", "common_of_100"}),
                    pair->numbers->words.size(), append),
            nullptr};
}

DataTable rowsTable(const QString& title, std::shared_ptr<const Model> model, std::size_t first,
                    std::size_t last) {
    const std::size_t dimension = model->table->dimension();
    const auto csv = [=](const WriteBytes& write, WorkerPool& pool, Progress& progress) {
        const Result<Done> begun = write(headOf({"id", "token"}, "d", dimension));
        const AppendRow append = [&](Row row, std::span<const float> values, std::string& out) {
            CsvLine(out).count(row.value).text(model->vocabulary->spelling(row)).numbers(values).end();
        };
        return begun.ok() ? streamRows(*model->table, first, last, append, write, &pool, progress) : begun;
    };
    const auto npy = [=](const WriteBytes& write, WorkerPool& pool, Progress& progress) {
        const Result<Done> begun = write(npyHeader(std::array{last - first, dimension}));
        const AppendRow append = [](Row, std::span<const float> values, std::string& out) {
            out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
        };
        return begun.ok() ? streamRows(*model->table, first, last, append, write, &pool, progress) : begun;
    };
    const QString what = first == 0 && last == model->table->rows()
                             ? QStringLiteral("matrix")
                             : QStringLiteral("rows %1-%2").arg(first).arg(last - 1);
    return {title, fileName(*model, what), csv, npy};
}

DataTable layerTable(const QString& title, const std::shared_ptr<const Model>& model) {
    const std::size_t rows = model->table->rows();
    DataTable table = rowsTable(title, model, 0, rows);
    table.safetensors = [model, rows](const WriteBytes& write, WorkerPool& pool, Progress& progress) {
        const Result<Done> begun = write(safetensorsWriter.head(rows, model->table->dimension()));
        const AppendRow append = [](Row, std::span<const float> values, std::string& out) {
            safetensorsWriter.appendRow({}, values, out);
        };
        return begun.ok() ? streamRows(*model->table, 0, rows, append, write, &pool, progress) : begun;
    };
    return table;
}

DataTable gradientTable(const QString& title, const std::shared_ptr<const RowStep>& step) {
    const std::size_t dimension = step->before.size();
    const AppendLine append = [step](std::size_t at, std::string& out) {
        CsvLine(out)
            .count(at)
            .number(step->before[at])
            .number(step->gradient[at])
            .number(step->after[at])
            .end();
    };
    auto numbers = std::make_shared<std::vector<float>>();
    for (const std::vector<float>* part : {&step->before, &step->gradient, &step->after}) {
        numbers->insert(numbers->end(), part->begin(), part->end());
    }
    return {title, QStringLiteral("gradient step"),
            linesOf(headOf({"dimension", "before", "gradient", "after"}), dimension, append),
            arrayOf({3, dimension}, *numbers, numbers)};
}

DataTable rowTable(const QString& title, const std::shared_ptr<const RowResult>& row) {
    const AppendLine append = [row](std::size_t dimension, std::string& out) {
        CsvLine(out).count(dimension).number(row->values[dimension]).end();
    };
    return {title, fileName(*row->model, QStringLiteral("row %1").arg(row->row.value)),
            linesOf(headOf({"dimension", "value"}), row->values.size(), append),
            arrayOf({row->values.size()}, row->values, row)};
}

DataTable lossTable(const QString& title, std::vector<TrainingLoss> losses) {
    const std::size_t count = losses.size();
    const AppendLine append = [losses = std::move(losses)](std::size_t line, std::string& out) {
        CsvLine(out).count(losses[line].words).number(losses[line].loss).end();
    };
    return {title, QStringLiteral("loss"), linesOf(headOf({"words", "loss"}), count, append), nullptr};
}

DataTable stepPairTable(const QString& title, const std::shared_ptr<const StepTrace>& trace,
                        const std::map<std::uint32_t, std::string>& names) {
    const std::size_t outputs = trace->outputs.size();
    const AppendLine append = [trace, names, outputs](std::size_t index, std::string& out) {
        const std::size_t n = index / outputs;
        const TracedPair& pair = trace->pairs[index];
        CsvLine(out)
            .text(trace->mean ? "mean" : std::string_view(names.at(trace->inputs[n].row)))
            .text(names.at(trace->outputs[index % outputs].row))
            .number(pair.product)
            .number(pair.sigmoid)
            .number(pair.target)
            .number(pair.weight)
            .number(pair.error)
            .number(pair.factor)
            .end();
    };
    return {title, QStringLiteral("step products"),
            linesOf(headOf({"x", "y", "product", "sigmoid", "target", "weight", "error", "factor"}),
                    trace->pairs.size(), append),
            nullptr};
}

DataTable stepRowTable(const QString& title, const std::shared_ptr<const StepTrace>& trace,
                       const std::map<std::uint32_t, std::string>& names) {
    const std::size_t inputs = trace->inputs.size();
    const AppendLine append = [trace, names, inputs](std::size_t index, std::string& out) {
        const bool isInput = index / 2 < inputs;
        const TracedRow& row = isInput ? trace->inputs[index / 2] : trace->outputs[index / 2 - inputs];
        const bool isAfter = index % 2 == 1;
        CsvLine(out)
            .text(isInput ? "input" : "output")
            .count(row.row)
            .text(names.at(row.row))
            .text(isAfter ? "after" : "before")
            .numbers(isAfter ? row.after : row.before)
            .end();
    };
    const std::size_t dimension = trace->outputs[0].before.size();
    return {title, QStringLiteral("step rows"),
            linesOf(headOf({"table", "id", "word", "when"}, "d", dimension),
                    2 * (inputs + trace->outputs.size()), append),
            nullptr};
}

DataTable featureTable(const QString& title, const FeatureTable& table) {
    const auto shared = std::make_shared<const FeatureTable>(table);
    const auto csv = [shared](const WriteBytes& write, WorkerPool&, Progress&) {
        return write(featureCsv(*shared));
    };
    return {title, QStringLiteral("features"), csv,
            arrayOf({shared->things().size(), shared->questions().size()}, shared->ratings(), shared)};
}

DataTable orderTable(const QString& title, const std::shared_ptr<const OrderResult>& result, OrderRows rows) {
    struct Line {
        std::string text;
        std::size_t place;
        TokenId id;
    };
    struct Lines {
        std::vector<Line> lines;
        std::vector<float> numbers;
    };
    const auto all = std::make_shared<Lines>();
    const auto add = [&](const char* name, const OrderedText& text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            all->lines.push_back({name, i, text.ids[i]});
        }
        const std::vector<float>& numbers = rows == OrderRows::Tokens ? text.rows
                                            : rows == OrderRows::Sums ? text.sums
                                                                      : text.states;
        all->numbers.insert(all->numbers.end(), numbers.begin(), numbers.end());
    };
    add("first", result->first);
    rows == OrderRows::States ? add("shuffled", result->shuffled) : add("second", result->second);
    const std::size_t dimension = result->dimension();
    const AppendLine append = [all, result, dimension](std::size_t line, std::string& out) {
        const Line& shown = all->lines[line];
        CsvLine(out)
            .text(shown.text)
            .count(shown.place)
            .count(shown.id.value)
            .text(result->model->vocabulary->spelling(rowOf(shown.id)))
            .numbers(std::span(all->numbers).subspan(line * dimension, dimension))
            .end();
    };
    const QString what = rows == OrderRows::Tokens ? QStringLiteral("token rows")
                         : rows == OrderRows::Sums ? QStringLiteral("rows with positions")
                                                   : QStringLiteral("running states");
    return {title, fileName(*result->model, what),
            linesOf(headOf({"text", "position", "id", "token"}, "d", dimension), all->lines.size(), append),
            arrayOf({all->lines.size(), dimension}, all->numbers, all)};
}

DataTable distanceTable(const QString& title, const std::array<OrderDistances, 2>& distances) {
    struct Measure {
        const char* name;
        double OrderDistances::*value;
    };
    static constexpr std::array measures = {
        Measure{"farthest row", &OrderDistances::sets}, Measure{"means", &OrderDistances::means},
        Measure{"attention", &OrderDistances::attentions}, Measure{"last state", &OrderDistances::states}};
    const AppendLine append = [distances](std::size_t line, std::string& out) {
        const Measure& measure = measures.at(line);
        CsvLine(out)
            .text(measure.name)
            .number(distances[0].*measure.value)
            .number(distances[1].*measure.value)
            .end();
    };
    return {title, QStringLiteral("distances"),
            linesOf(headOf({"between", "without positions", "with positions"}), measures.size(), append),
            nullptr};
}

DataTable scoreTable(const QString& title, std::vector<double> scores, long long first) {
    const std::size_t count = scores.size();
    const AppendLine append = [scores = std::move(scores), first](std::size_t line, std::string& out) {
        const long long difference = first + static_cast<long long>(line);
        CsvLine(out).text(std::to_string(difference)).number(scores[line]).end();
    };
    return {title, QStringLiteral("rotary scores"), linesOf(headOf({"difference", "score"}), count, append),
            nullptr};
}

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
