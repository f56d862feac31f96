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

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 5> kinds = {"sinusoidal", "learned", "rotary", "alibi", "t5"};
constexpr std::array<std::string_view, 2> layouts = {"interleaved", "split"};
constexpr std::array<std::string_view, 5> scalings = {"none", "linear", "dynamic", "yarn", "llama3"};

constexpr std::array positionOptions = {
    OptionSpec{"--kind", Takes::Choice, "sinusoidal|learned|rotary|alibi|t5",
               "Which positions (default: sinusoidal)", kinds},
    OptionSpec{"--model", Takes::Text, "M",
               "The model whose learned positions are taken; for others its size is the default, for rotary "
               "ones all that its config.json says of them"},
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
               "Of sinusoidal: sin, cos, sin, cos … or all sines first (default: interleaved); of rotary: "
               "cos, sin, cos, sin … or all cosines first (default: split)",
               layouts},
    OptionSpec{"--heads", Takes::Count, "H", "Heads of alibi; needed there", {}, 1, mostHeads},
    OptionSpec{"--scaling", Takes::Choice, "none|linear|dynamic|yarn|llama3",
               "Of rotary, as rope_scaling in a model's config.json (default: none)", scalings},
    OptionSpec{"--factor", Takes::Text, "S",
               "Of scaling: how many times as long the texts are; needed there"},
    OptionSpec{"--original-length",
               Takes::Count,
               "T",
               "Of scaling: positions the model was trained on; needed by all but linear",
               {},
               1,
               mostPositions},
    OptionSpec{"--attention-factor", Takes::Text, "A",
               "Of yarn: what cosines and sines are multiplied by (default: 0.1 ln S + 1)"},
    OptionSpec{"--beta-fast", Takes::Text, "B",
               "Of yarn: pairs that turn more often over T stay as they are (default: 32)"},
    OptionSpec{"--beta-slow", Takes::Text, "B",
               "Of yarn: pairs that turn less often take all of S (default: 1)"},
    OptionSpec{"--low-frequency-factor", Takes::Text, "F", "Of llama3, as --beta-slow (default: 1)"},
    OptionSpec{"--high-frequency-factor", Takes::Text, "F", "Of llama3, as --beta-fast (default: 4)"},
    OptionSpec{"--out", Takes::Text, "F.npy", "The file to write; needed"},
};

constexpr std::array<std::string_view, 6> scalingNumbers = {
    "--factor",    "--attention-factor",     "--beta-fast",
    "--beta-slow", "--low-frequency-factor", "--high-frequency-factor"};

/// A finite number above 0.
std::optional<double> parseNumber(std::string_view text) {
    double number = 0;
    const std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
    return whole && std::isfinite(number) && number > 0 ? std::optional<double>(number) : std::nullopt;
}

double numberOf(const Arguments& arguments, std::string_view option, double usual) {
    const std::optional<std::string> text = arguments.text(option);
    return text ? parseNumber(*text).value_or(usual) : usual;
}

std::string kindOf(const Arguments& arguments) {
    return arguments.text("--kind", "sinusoidal");
}

std::string scalingOf(const Arguments& arguments) {
    return kindOf(arguments) == "rotary" ? arguments.text("--scaling", "none") : "none";
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

Result<Done> checkScaling(const Arguments& arguments) {
    const std::string scaling = scalingOf(arguments);
    constexpr std::string_view hint = "see lexiscope positions --help";
    if (scaling != "none" && !arguments.has("--factor")) {
        return usageError("positions", "--factor S is missing", hint);
    }
    if (scaling != "none" && scaling != "linear" && !arguments.has("--original-length")) {
        return usageError("positions", "--original-length T is missing", hint);
    }
    return Done{};
}

Result<Done> checkNumbers(const Arguments& arguments) {
    const auto check = [&](std::string_view option) -> Result<Done> {
        const std::optional<std::string> text = arguments.text(option);
        return !text || parseNumber(*text)
                   ? Result<Done>(Done{})
                   : usageError(option, "takes a number above 0, not \"" + *text + "\"");
    };
    for (const std::string_view option : scalingNumbers) {
        if (const Result<Done> sound = check(option); !sound.ok()) {
            return sound;
        }
    }
    return check("--base");
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
    if (const Result<Done> sound = checkNumbers(arguments); !sound.ok()) {
        return sound;
    }
    if (const Result<Done> sound = checkScaling(arguments); !sound.ok()) {
        return sound;
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
    const std::string scaling = scalingOf(arguments);
    const auto warn = [&](std::string_view option, bool counts, std::string_view what) {
        if (arguments.has(option) && !counts) {
            printWarning(std::string(option) + ": changes nothing for " + std::string(what));
        }
    };
    warn("--base", kind == "sinusoidal" || kind == "rotary", kind);
    warn("--layout", kind == "sinusoidal" || kind == "rotary", kind);
    warn("--heads", kind == "alibi", kind);
    warn("--scaling", kind == "rotary", kind);
    const std::string where = kind == "rotary" ? "scaling " + scaling : kind;
    warn("--factor", scaling != "none", where);
    warn("--original-length", scaling != "none" && scaling != "linear", where);
    for (const std::string_view option : {"--attention-factor", "--beta-fast", "--beta-slow"}) {
        warn(option, scaling == "yarn", where);
    }
    warn("--low-frequency-factor", scaling == "llama3", where);
    warn("--high-frequency-factor", scaling == "llama3", where);
}

struct Size {
    std::size_t length = 0;
    std::size_t dimension = 0;
};

// What was asked for, and for what was not, the model's own size.
Result<Size> sizeOf(const Arguments& arguments, const Model* model) {
    Size size{static_cast<std::size_t>(arguments.count("--length", 0)),
              static_cast<std::size_t>(arguments.count("--dimension", 0))};
    if (size.length == 0 && model != nullptr) {
        size.length = placeCount(*model);
    }
    if (kindOf(arguments) == "rotary" && model != nullptr && model->rotary) {
        size.length = size.length == 0 ? model->rotary->longest : size.length;
        size.dimension = size.dimension == 0 ? model->rotary->dimension : size.dimension;
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
    const std::size_t rows = placeCount(model);
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
    model.positions->widen(positionRowAt(model, 0), array.shape[0], array.values);
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

/// What was asked for; where nothing was, `own`.
RotaryScaling rotaryScaling(const Arguments& arguments, const RotaryScaling& own) {
    if (!arguments.has("--scaling")) {
        return own;
    }
    const std::string asked = scalingOf(arguments);
    RotaryScaling scaling;
    const auto at = std::find(scalings.begin(), scalings.end(), asked) - scalings.begin();
    scaling.kind = static_cast<RotaryScalingKind>(at);  // in the order of the names
    scaling.factor = numberOf(arguments, "--factor", 1);
    scaling.originalLength =
        static_cast<std::size_t>(arguments.count("--original-length", scaling.originalLength));
    if (arguments.has("--attention-factor")) {
        scaling.attentionFactor = numberOf(arguments, "--attention-factor", 1);
    }
    scaling.betaFast = numberOf(arguments, "--beta-fast", scaling.betaFast);
    scaling.betaSlow = numberOf(arguments, "--beta-slow", scaling.betaSlow);
    scaling.lowFrequencyFactor = numberOf(arguments, "--low-frequency-factor", scaling.lowFrequencyFactor);
    scaling.highFrequencyFactor = numberOf(arguments, "--high-frequency-factor", scaling.highFrequencyFactor);
    return scaling;
}

Result<PositionArray> rotary(const Arguments& arguments, const Size& size, const Model* model) {
    WorkerPool pool;
    TerminalProgress progress("rotary positions");
    const RotarySettings own = model != nullptr && model->rotary ? *model->rotary : RotarySettings();
    const std::optional<std::string> layout = arguments.text("--layout");
    RotaryOptions options;
    options.length = size.length;
    options.dimension = size.dimension;
    options.base = numberOf(arguments, "--base", own.base);
    options.layout = !layout                    ? own.layout
                     : *layout == "interleaved" ? RotaryLayout::Interleaved
                                                : RotaryLayout::Split;
    options.scaling = rotaryScaling(arguments, own.scaling);
    return rotaryTable(options, pool, progress);
}

Result<PositionArray> compute(const Arguments& arguments) {
    std::shared_ptr<const Model> model;
    if (const std::optional<std::string> spec = arguments.text("--model")) {
        Result<std::shared_ptr<const Model>> opened = openVectors(*spec);
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
    if (kind == "rotary") {
        return rotary(arguments, size, model.get());
    }
    if (kind == "alibi") {
        return alibiBias({size.length, static_cast<std::size_t>(arguments.count("--heads", 1))});
    }
    if (kind == "t5") {
        return relativeBuckets(size.length);
    }
    return sinusoidal(
        {size.length, size.dimension, numberOf(arguments, "--base", 10000),
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
