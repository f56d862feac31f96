// SPDX-License-Identifier: GPL-3.0-or-later
// render: what is asked for, handed to the composition that paints it.
#include "app/commands.h"
#include "app/composition.h"
#include "ui/figures/figure_spec.h"
#include "ui/main_window/figure_maker.h"
#include "ui/main_window/figure_view.h"
#include "ui/main_window/panel_list.h"

#include <array>
#include <charconv>

#include <QJsonDocument>

namespace lexiscope {
namespace {

constexpr std::array<std::string_view, 3> themes = {"light", "dark", "print"};

constexpr std::array renderOptions = {
    OptionSpec{"--out", Takes::Text, "F.png|F.svg|F.pdf",
               "The file to write, its kind told by the ending; needed"},
    OptionSpec{"--part", Takes::Text, "PART", "That part of the panel alone"},
    OptionSpec{"--model", Takes::Text, "M", "The model: a path or builtin:NAME (default: builtin:tiny-gpt2)"},
    OptionSpec{"--model2", Takes::Text, "M2",
               "A second model, for a figure of two (default there: builtin:wiki-words)"},
    OptionSpec{"--model3", Takes::Text, "M3", "A third one, for a figure of up to four tokenizers"},
    OptionSpec{"--model4", Takes::Text, "M4", "A fourth one, likewise"},
    OptionSpec{"--text", Takes::Text, "T", "The text whose tokens are shown"},
    OptionSpec{"--select", Takes::Text, "TOKEN", "The token that is selected"},
    OptionSpec{"--size", Takes::Text, "WxH|WxHmm",
               "Width and height in logical pixels, or in millimetres (default: what it needs)"},
    OptionSpec{"--scale", Takes::Text, "S", "Multiplies the pixels of a PNG, 0.1 to 16 (default: 1)"},
    OptionSpec{"--theme", Takes::Choice, "light|dark|print", "Colours and type (default: light)", themes},
    OptionSpec{"--font-size", Takes::Text, "F", "Multiplies the size of all type, 0.5 to 3 (default: 1)"},
    OptionSpec{"--caption", Takes::Nothing, {}, "A line below with model, text and parameters"},
    OptionSpec{"--transparent", Takes::Nothing, {}, "Without ground, for one of another colour"},
    OptionSpec{"--view", Takes::Text, "JSON",
               "What is in view, as the window's command \"Copy the command\" gives it"},
};

/// A number of plain digits within [least, most].
std::optional<double> parseFactor(std::string_view text, double least, double most) {
    double factor = 0;
    const std::from_chars_result end =
        std::from_chars(text.data(), text.data() + text.size(), factor, std::chars_format::fixed);
    const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
    return whole && factor >= least && factor <= most ? std::optional<double>(factor) : std::nullopt;
}

std::optional<double> parseScale(std::string_view text) {
    return parseFactor(text, smallestFigureScale, largestFigureScale);
}

std::optional<double> parseFontSize(std::string_view text) {
    return parseFactor(text, smallestFontFactor, largestFontFactor);
}

QString namesOf(const std::vector<PanelPart>& parts) {
    QStringList names;
    for (const PanelPart& part : parts) {
        names << part.name;
    }
    return names.join(QStringLiteral(", "));
}

Result<Done> checkPart(const QString& what, const std::string& asked) {
    const std::vector<PanelPart> parts = partsOf(what);
    for (const PanelPart& part : parts) {
        if (part.name.toStdString() == asked) {
            return Done{};
        }
    }
    return usageError("--part", what.toStdString() + " has no part \"" + asked + "\"",
                      parts.empty() ? "it is a figure as a whole" : namesOf(parts).toStdString());
}

/// Every figure and part there is, as the panels have them.
std::string figureNotes() {
    QString notes =
        QStringLiteral("WHAT is one of: %1.\nPART, of ").arg(figureNames().join(QStringLiteral(", ")));
    QStringList withParts;
    for (const QString& name : figureNames()) {
        if (const std::vector<PanelPart> parts = partsOf(name); !parts.empty()) {
            withParts << name + QStringLiteral(": ") + namesOf(parts);
        }
    }
    return (notes + withParts.join(QStringLiteral("; of ")) + QStringLiteral(".\n")).toStdString();
}

Result<Done> checkViewText(const QString& what, const std::string& json) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    if (!document.isObject()) {
        return usageError("--view", "takes a JSON object, not \"" + json + "\"");
    }
    const Result<Done> sound = checkView(what, document.object());
    return sound.ok() ? Result<Done>(Done{})
                      : usageError(sound.error().where.empty() ? "--view" : "--view, " + sound.error().where,
                                   sound.error().what, sound.error().hint);
}

Result<Done> checkNumbers(const Arguments& arguments) {
    if (const std::optional<std::string> size = arguments.text("--size")) {
        if (const Result<FigureSize> parsed = parseFigureSize(QString::fromStdString(*size)); !parsed.ok()) {
            return usageError("--size",
                              "takes a width and a height from 1 to 16,384 pixels, as 1280x720, or in "
                              "millimetres, as 160x90mm, not \"" +
                                  *size + "\"");
        }
    }
    if (const std::optional<std::string> scale = arguments.text("--scale"); scale && !parseScale(*scale)) {
        return usageError("--scale", "takes a number from 0.1 to 16, not \"" + *scale + "\"");
    }
    if (const std::optional<std::string> font = arguments.text("--font-size");
        font && !parseFontSize(*font)) {
        return usageError("--font-size", "takes a number from 0.5 to 3, not \"" + *font + "\"");
    }
    return Done{};
}

Result<Done> checkRender(const Arguments& arguments) {
    const std::string& what = arguments.operands()[0];
    if (!figureNames().contains(QString::fromStdString(what))) {
        return usageError(what, "no figure of this name",
                          figureNames().join(QStringLiteral(", ")).toStdString());
    }
    const std::optional<std::string> out = arguments.text("--out");
    if (!out) {
        return usageError("render", "--out F.png, F.svg or F.pdf is missing", "see lexiscope render --help");
    }
    if (!figureFormatOf(QString::fromStdString(*out))) {
        return usageError("--out", "figures go to a file that ends in .png, .svg or .pdf");
    }
    if (arguments.text("--model4") && !arguments.text("--model3")) {
        return usageError("--model4", "needs --model3");
    }
    if (arguments.text("--model3") && !arguments.text("--model2")) {
        return usageError("--model3", "needs --model2");
    }
    if (const Result<Done> sound = checkNumbers(arguments); !sound.ok()) {
        return sound;
    }
    if (const std::optional<std::string> part = arguments.text("--part")) {
        if (const Result<Done> sound = checkPart(QString::fromStdString(what), *part); !sound.ok()) {
            return sound;
        }
    }
    if (const std::optional<std::string> view = arguments.text("--view")) {
        return checkViewText(QString::fromStdString(what), *view);
    }
    return Done{};
}

Result<int> render(const Arguments& arguments) {
    RenderOptions options;
    options.what = arguments.operands()[0];
    options.part = arguments.text("--part", {});
    options.out = arguments.text("--out", {});
    options.model = arguments.text("--model");
    options.model2 = arguments.text("--model2");
    options.model3 = arguments.text("--model3");
    options.model4 = arguments.text("--model4");
    options.text = arguments.text("--text");
    options.select = arguments.text("--select");
    options.size = arguments.text("--size", {});
    options.scale = parseScale(arguments.text("--scale", "1")).value_or(1);
    options.theme = arguments.text("--theme", "light");
    options.fontSize = parseFontSize(arguments.text("--font-size", "1")).value_or(1);
    options.caption = arguments.has("--caption");
    options.transparent = arguments.has("--transparent");
    options.view = arguments.text("--view", {});
    return runRender(options);
}

}  // namespace

Command renderCommand() {
    return {.name = "render",
            .operands = "WHAT",
            .summary = "A figure of the window, of a panel or of a part of one as PNG, SVG or PDF",
            .fewest = 1,
            .most = 1,
            .options = renderOptions,
            .check = checkRender,
            .run = render,
            .notes = figureNotes};
}

}  // namespace lexiscope
