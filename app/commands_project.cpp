// SPDX-License-Identifier: GPL-3.0-or-later
// project: all rows in a few dimensions.
#include "app/commands.h"
#include "app/coordinate_files.h"
#include "app/json_output.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/worker_pool.h"
#include "core/projection/pca.h"

#include <algorithm>
#include <array>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 1> methods = {"pca"};

constexpr std::array projectOptions = {
    OptionSpec{"--method", Takes::Choice, "pca", "How (default: pca, principal components)", methods},
    OptionSpec{
        "--dimensions", Takes::Count, "N", "Coordinates for each row, 1 to 50 (default: 2)", {}, 1, 50},
    OptionSpec{"--top", Takes::Count, "N", "Take the first N rows alone (default: all)", {}, 1},
    OptionSpec{"--seed", Takes::Count, "S", "Where chance begins; pca leaves nothing to chance"},
    OptionSpec{"--out", Takes::Text, "F.tsv|F.npy", "Write the coordinates here instead of printing a table"},
    jsonOption,
};

struct Projection {
    std::shared_ptr<const PcaResult> result;
    double seconds = 0;
};

Result<Projection> projectionOf(const Model& model, const Arguments& arguments) {
    PcaOptions options;
    options.components = std::min<std::size_t>(arguments.count("--dimensions", 2), model.table->dimension());
    options.firstRows = static_cast<std::size_t>(
        std::min<std::uint64_t>(arguments.count("--top", model.table->rows()), model.table->rows()));
    WorkerPool pool;
    TerminalProgress progress("principal components");
    const Stopwatch watch;
    const Result<std::shared_ptr<const PcaResult>> result = pca(*model.table, options, pool, progress);
    if (!result.ok()) {
        return result.error();
    }
    return Projection{result.value(), watch.seconds()};
}

Coordinates coordinatesOf(const Model& model, const PcaResult& result) {
    return {result.rows, result.components, result.coordinates, [&model](std::size_t row) {
                return model.vocabulary->spelling(Row{static_cast<std::uint32_t>(row)});
            }};
}

std::string reportJson(const Projection& projection) {
    const PcaResult& result = *projection.result;
    JsonWriter json;
    json.beginObject().key("method").text("pca").key("rows").count(result.rows);
    json.key("dimensions").count(result.components).key("explained_variance_ratio").beginArray();
    for (const double ratio : result.explainedVarianceRatio) {
        json.number(ratio);
    }
    json.endArray().key("seconds").number(projection.seconds).endObject();
    return std::move(json).line();
}

std::string reportText(const Projection& projection, const std::string& file) {
    const PcaResult& result = *projection.result;
    std::string text = "method      pca (exact, mean removed)\nrows        " + grouped(result.rows) +
                       "\ndimensions  " + grouped(result.components) + " of " + grouped(result.dimension) +
                       "\nseconds     " + fixed(projection.seconds, 3) + "\nfile        " + oneLine(file) +
                       "\nexplained variance\n";
    for (std::size_t i = 0; i < result.explainedVarianceRatio.size(); ++i) {
        text += "  PC" + padRight(std::to_string(i + 1), 3) +
                padLeft(fixed(100 * result.explainedVarianceRatio[i], 2), 7) + " %\n";
    }
    return text;
}

Result<Done> printTable(const Coordinates& coordinates, const PcaResult& result) {
    std::string names = "token";
    for (std::size_t i = 0; i < coordinates.dimensions; ++i) {
        names +=
            "\tPC" + std::to_string(i + 1) + " " + fixed(100 * result.explainedVarianceRatio[i], 2) + " %";
    }
    Result<Done> printed = print(names + "\n");
    for (std::size_t row = 0; printed.ok() && row < coordinates.rows; ++row) {
        printed = print(coordinateLine(coordinates, row));
    }
    return printed;
}

void warn(const Projection& projection, const Arguments& arguments) {
    const PcaResult& result = *projection.result;
    if (result.rowsLeftOut > 0) {
        printWarning(grouped(result.rowsLeftOut) +
                     " rows hold NaN or infinity: left out of the fit, without coordinates");
    }
    if (arguments.count("--dimensions", 2) > result.components) {
        printWarning("--dimensions: the model has only " + grouped(result.dimension));
    }
}

Result<Done> checkProject(const Arguments& arguments) {
    if (const std::optional<std::string> out = arguments.text("--out")) {
        const Result<CoordinateFormat> format = coordinateFormatOf(*out);
        return format.ok() ? Result<Done>(Done{}) : usageError("--out", format.error().what);
    }
    return Done{};
}

Result<int> runProject(const Arguments& arguments) {
    const Result<std::shared_ptr<const Model>> opened = openVectors(arguments.operands()[0]);
    if (!opened.ok()) {
        return opened.error();
    }
    const Model& model = *opened.value();
    const Result<Projection> projection = projectionOf(model, arguments);
    if (!projection.ok()) {
        Error error = projection.error();
        if (error.where.empty() && error.code != ErrorCode::Cancelled) {
            error.where = arguments.operands()[0];
        }
        return error;
    }
    warn(projection.value(), arguments);
    const Coordinates coordinates = coordinatesOf(model, *projection.value().result);
    const std::optional<std::string> out = arguments.text("--out");
    if (out) {
        const Result<Done> written = writeCoordinates(coordinates, *out);
        if (!written.ok()) {
            return written.error();
        }
    }
    const Result<Done> printed = arguments.has("--json") ? print(reportJson(projection.value()))
                                 : out                   ? print(reportText(projection.value(), *out))
                                       : printTable(coordinates, *projection.value().result);
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command projectCommand() {
    return {.name = "project",
            .operands = "MODEL",
            .summary = "The rows of a model in a few dimensions",
            .fewest = 1,
            .most = 1,
            .options = projectOptions,
            .check = checkProject,
            .run = runProject};
}

}  // namespace lexiscope
