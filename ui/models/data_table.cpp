// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/data_table.h"

#include "core/io/csv_line.h"
#include "core/io/feature_csv.h"
#include "core/io/npy_file.h"
#include "core/io/row_stream.h"
#include "core/io/safetensors_writer.h"
#include "ui/models/neighbor_text.h"
#include "ui/models/table_lines.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lexiscope {

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

}  // namespace lexiscope
