// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_traits.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QCoreApplication>

namespace lexiscope {
namespace {

constexpr std::array<const char*, colorByCount> names = {"density", "row",    "norm",
                                                         "length",  "script", "start"};

QString translated(const char* text) {
    return QCoreApplication::translate("lexiscope::PointTraits", text);
}

/// As many decimals as leave three digits of the width of a scale.
int decimalsFor(double width) {
    return width > 0 && std::isfinite(width)
               ? std::clamp(2 - static_cast<int>(std::floor(std::log10(width))), 0, 8)
               : 0;
}

void countPoints(PointTraits& traits, const PcaResult& projection) {
    if (projection.components == 0) {
        return;
    }
    const std::size_t rows =
        std::min(projection.coordinates.size() / projection.components, traits.classOf.size());
    for (std::size_t row = 0; row < rows; ++row) {
        const auto first =
            projection.coordinates.begin() + static_cast<std::ptrdiff_t>(row * projection.components);
        const bool hasPoint = std::all_of(first, first + static_cast<std::ptrdiff_t>(projection.components),
                                          [](float value) { return std::isfinite(value); });
        traits.classes[traits.classOf[row]].points += hasPoint ? 1 : 0;
    }
}

}  // namespace

QString nameOf(ColorBy by) {
    return QString::fromLatin1(names.at(static_cast<std::size_t>(by)));
}

std::optional<ColorBy> colorByFromName(const QString& name) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<ColorBy>(found - names.begin()));
}

std::size_t countHidden(const PointTraits& traits, std::uint32_t hidden) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < traits.classes.size(); ++i) {
        count += ((hidden >> i) & 1U) != 0 ? traits.classes[i].points : 0;
    }
    return count;
}

bool isHidden(const PointTraits& traits, std::uint32_t hidden, Row row) {
    return hidden != 0 && row.value < traits.classOf.size() &&
           ((hidden >> traits.classOf[row.value]) & 1U) != 0;
}

std::shared_ptr<const PointTraits> rowOrderTraits(std::size_t rows) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::RowOrder;
    traits->title = translated("row, in the order of the vocabulary");
    traits->numbers.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        traits->numbers[row] = static_cast<float>(row);
    }
    traits->scale.high = rows > 0 ? static_cast<double>(rows - 1) : 0;
    return traits;
}

std::shared_ptr<const PointTraits> normTraits(std::span<const float> norms, const NumberScale& scale) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::Norm;
    traits->title = translated("norm: length of the vector");
    traits->numbers.assign(norms.begin(), norms.end());
    for (float& number : traits->numbers) {
        number = std::isfinite(number) ? number : 0;
    }
    traits->scale = scale;
    traits->decimals = decimalsFor(scale.high - scale.low);
    return traits;
}

std::shared_ptr<const PointTraits> lengthTraits(const TokenTraits& tokens) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::Length;
    traits->title = translated("characters of the token");
    traits->numbers.assign(tokens.lengths.begin(), tokens.lengths.end());
    traits->scale = tokens.lengthScale;
    traits->scale.high = std::max(traits->scale.high, traits->scale.low + 1);
    return traits;
}

std::shared_ptr<const PointTraits> scriptTraits(const TokenTraits& tokens, const PcaResult& projection) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::Script;
    traits->title = translated("script");
    traits->classes = {
        {translated("Latin"), {}, 0, 0},
        {translated("Cyrillic"), {}, 1, 0},
        {translated("Greek"), {}, 2, 0},
        {translated("Arabic"), {}, 3, 0},
        {translated("CJK"), translated("Chinese characters, kana, Hangul"), 4, 0},
        {translated("other letters"), translated("Letters of another script"), 6, 0},
        {translated("digits"), translated("Numbers without letters"), 5, 0},
        {translated("punctuation"), translated("Punctuation and symbols, without letters or numbers"), 7, 0},
        {translated("other"), translated("Spaces, controls, bytes that are no character, scripts mixed"), 8,
         0}};
    traits->classOf.resize(tokens.scripts.size());
    std::transform(tokens.scripts.begin(), tokens.scripts.end(), traits->classOf.begin(),
                   [](Script script) { return static_cast<std::uint8_t>(script); });
    countPoints(*traits, projection);
    return traits;
}

std::shared_ptr<const PointTraits> wordStartTraits(const TokenTraits& tokens, const PcaResult& projection) {
    if (tokens.starts.empty()) {
        return nullptr;
    }
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::WordStart;
    traits->title = translated("word start");
    traits->classes = {
        {translated("starts a word"), translated("The token begins with a space"), 0, 0},
        {translated("part of a word"),
         translated("No space before it: the rest of a word, punctuation, or a word at the start of a text"),
         5, 0}};
    traits->classOf.resize(tokens.starts.size());
    std::transform(tokens.starts.begin(), tokens.starts.end(), traits->classOf.begin(),
                   [](std::uint8_t starts) { return static_cast<std::uint8_t>(starts != 0 ? 0 : 1); });
    countPoints(*traits, projection);
    return traits;
}

std::optional<Analyses::Need> needOf(ColorBy by) {
    switch (by) {
        case ColorBy::Norm:
            return Analyses::Norms;
        case ColorBy::Length:
        case ColorBy::Script:
        case ColorBy::WordStart:
            return Analyses::Traits;
        case ColorBy::Density:
        case ColorBy::RowOrder:
            break;
    }
    return std::nullopt;
}

std::shared_ptr<const PointTraits> traitsOf(ColorBy by, const PcaResult& projection, const NormResult* norms,
                                            const TokenTraits* tokens) {
    switch (by) {
        case ColorBy::RowOrder:
            return rowOrderTraits(projection.rows);
        case ColorBy::Norm:
            return norms ? normTraits(norms->norms->values(), norms->scale) : nullptr;
        case ColorBy::Length:
            return tokens ? lengthTraits(*tokens) : nullptr;
        case ColorBy::Script:
            return tokens ? scriptTraits(*tokens, projection) : nullptr;
        case ColorBy::WordStart:
            return tokens ? wordStartTraits(*tokens, projection) : nullptr;
        case ColorBy::Density:
            break;
    }
    return nullptr;
}

}  // namespace lexiscope
