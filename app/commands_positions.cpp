// SPDX-License-Identifier: GPL-3.0-or-later
// positions: the numbers that tell a model where in the text a token stands.
#include "app/commands.h"
#include "app/model_access.h"
#include "app/streams.h"
#include "app/text_output.h"
#include "core/base/grouped.h"
#include "core/base/safe_file.h"
#include "core/base/worker_pool.h"
#include "core/io/npy_file.h"
#include "core/position/alibi.h"
#include "core/position/relative_buckets.h"
#include "core/position/rotary.h"
#include "core/position/sinusoidal.h"

#include <array>
#include <charconv>
#include <filesystem>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 5> kinds = {"sinusoidal", "learned", "rotary", "alibi", "t5"};
constexpr std::array<std::string_view, 2> layouts = {"interleaved", "split"};

constexpr std::array positionOptions = {
    OptionSpec{"--kind", Takes::Choice, "sinusoidal|learned|rotary|alibi|t5",
               "Which positions (default: sinusoidal)", kinds},
    OptionSpec{"--model", Takes::Text, "M",
               "The model whose learned positions are taken; for others its size is the default"},
    OptionSpec{
        "--length", Takes::Count, "L", "How many positions (learned: all of them)", {}, 1, mostPositions},
    OptionSpec{"--dimension",
               Takes::Count,
               "D",
               "Numbers for each position; alibi and t5 have none",
               {},
               1,
               mostPositionDimensions},
    OptionSpec{"--base", Takes::Text, "B", "Of sinusoidal and rotary waves (default: 10000)"},
    OptionSpec{"--layout", Takes::Choice, "interleaved|split",
               "Of sinusoidal: sin, cos, sin, cos … or all sines first (default: interleaved)", layouts},
    OptionSpec{"--heads", Takes::Count, "H", "Heads of alibi; needed there", {}, 1, mostHeads},
    OptionSpec{"--out", Takes::Text, "F.npy", "The file to write; needed"},
};

std::optional<double> parseBase(std::string_view text) {
    double base = 0;
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), base);
    const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
    return whole && checkPositionBase(base).ok() ? std::optional<double>(base) : std::nullopt;
}

std::string kindOf(const Arguments& arguments) {
    return arguments.text("--kind", "sinusoidal");
}

bool hasDimension(std::string_view kind) {
    return kind != "alibi" && kind != "t5";
}

// What is missing for the kind that is asked for.
Result<Done> checkNeeds(const Arguments& arguments) {
    const std::string kind = kindOf(arguments);
    constexpr std::string_view hint = "see lexiscope positions --help";
    if (kind == "learned") {
        return arguments.has("--model")
                   ? Result<Done>(Done{})
                   : usageError("positions", "--model M is missing: learned positions are a model's own",
                                hint);
    }
    if (!arguments.has("--model") && !arguments.has("--length")) {
        return usageError("positions", "--length L is missing", hint);
    }
    if (!arguments.has("--model") && !arguments.has("--dimension") && hasDimension(kind)) {
        return usageError("positions", "--dimension D is missing", hint);
    }
    if (kind == "alibi" && !arguments.has("--heads")) {
        return usageError("positions", "--heads H is missing", hint);
    }
    return Done{};
}

Result<Done> checkPositions(const Arguments& arguments) {
    if (const Result<Done> sound = checkNeeds(arguments); !sound.ok()) {
        return sound;
    }
    const std::optional<std::string> out = arguments.text("--out");
    if (!out) {
        return usageError("positions", "--out F.npy is missing", "see lexiscope positions --help");
    }
    if (std::filesystem::path(*out).extension() != ".npy") {
        return usageError("--out", "positions go to a file that ends in .npy");
    }
    if (const std::optional<std::string> base = arguments.text("--base"); base && !parseBase(*base)) {
        return usageError("--base", "takes a number above 0, not \"" + *base + "\"");
    }
    if (kindOf(arguments) == "rotary" && arguments.count("--dimension", 2) % 2 != 0) {
        return usageError("--dimension", "rotary positions turn pairs: takes an even number, not \"" +
                                             arguments.text("--dimension", {}) + "\"");
    }
    return Done{};
}

// An option that changes nothing is worth a word, so that nobody thinks it did.
void warnOfUnused(const Arguments& arguments) {
    const std::string kind = kindOf(arguments);
    const auto warn = [&](std::string_view option, bool counts) {
        if (arguments.has(option) && !counts) {
            printWarning(std::string(option) + ": changes nothing for " + kind);
        }
    };
    warn("--base", kind == "sinusoidal" || kind == "rotary");
    warn("--layout", kind == "sinusoidal");
    warn("--heads", kind == "alibi");
}

struct Size {
    std::size_t length = 0;
    std::size_t dimension = 0;
};

// What was asked for, and for what was not, the model's own size.
Result<Size> sizeOf(const Arguments& arguments, const Model* model) {
    Size size{static_cast<std::size_t>(arguments.count("--length", 0)),
              static_cast<std::size_t>(arguments.count("--dimension", 0))};
    if (size.length == 0 && model != nullptr && model->positions) {
        size.length = model->positions->rows();
    }
    if (size.dimension == 0 && model != nullptr) {
        size.dimension = model->table->dimension();
    }
    if (size.length == 0) {
        return Error{ErrorCode::InvalidArgument, arguments.text("--model", {}),
                     "has no positions of its own that could tell the length", "say it with --length"};
    }
    return size;
}

Result<PositionArray> learned(const Arguments& arguments, const Model& model) {
    const std::string spec = arguments.text("--model", {});
    if (!model.positions) {
        return Error{ErrorCode::NotFound, spec,
                     model.noPositions.empty() ? "has no learned positions" : model.noPositions,
                     "another kind needs no model"};
    }
    const std::size_t rows = model.positions->rows();
    const std::size_t dimension = model.positions->dimension();
    const std::uint64_t length = arguments.count("--length", rows);
    if (length > rows) {
        return Error{ErrorCode::InvalidArgument,
                     "--length",
                     spec + " has " + grouped(rows) + " positions, not " + grouped(length),
                     {}};
    }
    if (const std::uint64_t asked = arguments.count("--dimension", dimension); asked != dimension) {
        return Error{
            ErrorCode::InvalidArgument,
            "--dimension",
            "the positions of " + spec + " have " + grouped(dimension) + " numbers, not " + grouped(asked),
            {}};
    }
    PositionArray array{{static_cast<std::size_t>(length), dimension}, {}};
    if (const Result<Done> fits = checkPositionShape(array.shape); !fits.ok()) {
        return fits.error();
    }
    array.values.resize(array.shape[0] * dimension);
    model.positions->widen(Row{0}, array.shape[0], array.values);
    if (const Result<Done> read = model.positions->check(); !read.ok()) {
        return read.error();
    }
    return array;
}

Result<PositionArray> sinusoidal(const SinusoidalOptions& options) {
    WorkerPool pool;
    TerminalProgress progress("sinusoidal positions");
    Result<std::vector<float>> values = sinusoidalMatrix(options, pool, progress);
    if (!values.ok()) {
        return values.error();
    }
    return PositionArray{{options.length, options.dimension}, std::move(values).value()};
}

Result<PositionArray> compute(const Arguments& arguments) {
    std::shared_ptr<const Model> model;
    if (const std::optional<std::string> spec = arguments.text("--model")) {
        Result<std::shared_ptr<const Model>> opened = openModel(*spec);
        if (!opened.ok()) {
            return opened.error();
        }
        model = std::move(opened).value();
    }
    const std::string kind = kindOf(arguments);
    if (kind == "learned") {
        return learned(arguments, *model);
    }
    const Result<Size> asked = sizeOf(arguments, model.get());
    if (!asked.ok()) {
        return asked.error();
    }
    const Size& size = asked.value();
    const double base = parseBase(arguments.text("--base", "10000")).value_or(10000);
    if (kind == "rotary") {
        return rotaryTable({size.length, size.dimension, base});
    }
    if (kind == "alibi") {
        return alibiBias({size.length, static_cast<std::size_t>(arguments.count("--heads", 1))});
    }
    if (kind == "t5") {
        return relativeBuckets(size.length);
    }
    return sinusoidal(
        {size.length, size.dimension, base,
         arguments.text("--layout") == "split" ? SinusoidalLayout::Split : SinusoidalLayout::Interleaved});
}

std::string shapeText(const PositionArray& array) {
    std::string text;
    for (const std::size_t extent : array.shape) {
        text += (text.empty() ? "" : " × ") + grouped(extent);
    }
    return text;
}

Result<int> runPositions(const Arguments& arguments) {
    warnOfUnused(arguments);
    const Result<PositionArray> computed = compute(arguments);
    if (!computed.ok()) {
        return computed.error();
    }
    const PositionArray& array = computed.value();
    const std::string out = arguments.text("--out", {});
    const Result<Done> written = writeFileSafely(
        out, [&array](const WriteBytes& write) { return writeNpy(array.shape, array.values, write); });
    if (!written.ok()) {
        return written.error();
    }
    const Result<Done> printed = print("kind   " + kindOf(arguments) + "\nshape  " + shapeText(array) +
                                       "\nfile   " + oneLine(out) + "\n");
    return printed.ok() ? Result<int>(0) : printed.error();
}

}  // namespace

Command positionsCommand() {
    return {.name = "positions",
            .operands = {},
            .summary = "Positions as numbers: sinusoidal, learned, rotary, ALiBi or T5 buckets, as .npy",
            .fewest = 0,
            .most = 0,
            .options = positionOptions,
            .check = checkPositions,
            .run = runPositions};
}

}  // namespace lexiscope
