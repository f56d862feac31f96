// SPDX-License-Identifier: GPL-3.0-or-later
// render: what is asked for, handed to the composition that paints it.
#include "app/commands.h"
#include "app/composition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 7> figures = {"window", "tokens",    "space", "neighbors",
                                                     "matrix", "positions", "ids"};
constexpr std::array<std::string_view, 3> themes = {"light", "dark", "print"};
constexpr std::uint64_t longestSide = 16384;

constexpr std::array renderOptions = {
    OptionSpec{"--out", Takes::Text, "F.png", "The file to write; needed"},
    OptionSpec{"--model", Takes::Text, "M", "The model: a path or builtin:NAME"},
    OptionSpec{"--model2", Takes::Text, "M2", "A second model, for a figure of two"},
    OptionSpec{"--text", Takes::Text, "T", "The text whose tokens are shown"},
    OptionSpec{"--select", Takes::Text, "TOKEN", "The token that is selected"},
    OptionSpec{"--size", Takes::Text, "WxH", "Width and height in logical pixels"},
    OptionSpec{"--scale", Takes::Text, "S", "Multiplies the pixels of the image, 0.1 to 16 (default: 1)"},
    OptionSpec{"--theme", Takes::Choice, "light|dark|print", "Colours and type (default: light)", themes},
};

struct Size {
    int width = 0;
    int height = 0;
};

std::optional<Size> parseSize(std::string_view text) {
    const std::size_t cross = text.find('x');
    if (cross == std::string_view::npos) {
        return std::nullopt;
    }
    const std::optional<std::uint64_t> width = parseCount(text.substr(0, cross));
    const std::optional<std::uint64_t> height = parseCount(text.substr(cross + 1));
    if (!width || !height || *width < 1 || *height < 1 || *width > longestSide || *height > longestSide) {
        return std::nullopt;
    }
    return Size{static_cast<int>(*width), static_cast<int>(*height)};
}

std::optional<double> parseScale(std::string_view text) {
    double scale = 0;
    const std::from_chars_result end =
        std::from_chars(text.data(), text.data() + text.size(), scale, std::chars_format::fixed);
    const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
    return whole && scale >= 0.1 && scale <= 16 ? std::optional<double>(scale) : std::nullopt;
}

Result<Done> checkRender(const Arguments& arguments) {
    const std::string& what = arguments.operands()[0];
    if (std::find(figures.begin(), figures.end(), what) == figures.end()) {
        return usageError(what, "no figure of this name",
                          "window, tokens, space, neighbors, matrix, positions or ids");
    }
    const std::optional<std::string> out = arguments.text("--out");
    if (!out) {
        return usageError("render", "--out F.png is missing", "see lexiscope render --help");
    }
    if (std::filesystem::path(*out).extension() != ".png") {
        return usageError("--out", "figures go to a file that ends in .png");
    }
    if (const std::optional<std::string> size = arguments.text("--size"); size && !parseSize(*size)) {
        return usageError("--size",
                          "takes a width and a height from 1 to 16,384, as 1280x720, not \"" + *size + "\"");
    }
    if (const std::optional<std::string> scale = arguments.text("--scale"); scale && !parseScale(*scale)) {
        return usageError("--scale", "takes a number from 0.1 to 16, not \"" + *scale + "\"");
    }
    if (arguments.has("--model2") && !arguments.has("--model")) {
        return usageError("--model2", "needs --model too");
    }
    return Done{};
}

Result<int> render(const Arguments& arguments) {
    RenderOptions options;
    options.what = arguments.operands()[0];
    options.out = arguments.text("--out", {});
    options.model = arguments.text("--model");
    options.model2 = arguments.text("--model2");
    options.text = arguments.text("--text");
    options.select = arguments.text("--select");
    const Size size = parseSize(arguments.text("--size", {})).value_or(Size{});
    options.width = size.width;
    options.height = size.height;
    options.scale = parseScale(arguments.text("--scale", "1")).value_or(1);
    options.theme = arguments.text("--theme", "light");
    return runRender(options);
}

}  // namespace

Command renderCommand() {
    return {.name = "render",
            .operands = "WHAT",
            .summary =
                "A figure as a file, without a display. WHAT: window, tokens, space, neighbors, matrix, "
                "positions",
            .fewest = 1,
            .most = 1,
            .options = renderOptions,
            .check = checkRender,
            .run = render};
}

}  // namespace lexiscope
