// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_traits.h"

#include "ui/plots/view_transform.h"
#include "ui/session/script_name.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QCoreApplication>

namespace lexiscope {
namespace {

constexpr std::array<const char*, colorByCount> traitNames = {"density", "row",    "norm",
                                                              "length",  "script", "start"};

QString translated(const char* text) {
    return QCoreApplication::translate("lexiscope::PointTraits", text);
}

void countNumber(PointPlace& place, float number) {
    place.least = place.points == 0 ? number : std::min(place.least, number);
    place.greatest = place.points == 0 ? number : std::max(place.greatest, number);
    ++place.points;
}

void countPoints(PointTraits& traits, const PcaResult& projection) {
    const bool isClass = !traits.classes.empty();
    if (!isClass) {
        traits.places.assign(std::size_t{PointTraits::lastPlace} + 1, {});
    }
    if (projection.components == 0) {
        return;
    }
    const std::size_t rows = std::min(projection.coordinates.size() / projection.components,
                                      isClass ? traits.classOf.size() : traits.numbers.size());
    for (std::size_t row = 0; row < rows; ++row) {
        const auto first =
            projection.coordinates.begin() + static_cast<std::ptrdiff_t>(row * projection.components);
        const bool hasPoint = std::all_of(first, first + static_cast<std::ptrdiff_t>(projection.components),
                                          [](float value) { return std::isfinite(value); });
        if (hasPoint && isClass) {
            ++traits.classes[traits.classOf[row]].points;
        } else if (hasPoint) {
            countNumber(traits.places[traits.placeOf(traits.numbers[row])], traits.numbers[row]);
        }
    }
}

}  // namespace

QString nameOf(ColorBy by) {
    return QString::fromLatin1(traitNames.at(static_cast<std::size_t>(by)));
}

QStringList colorNames() {
    return QStringList(traitNames.begin(), traitNames.end());
}

std::optional<ColorBy> colorByFromName(const QString& name) {
    const auto* const found = std::find(traitNames.begin(), traitNames.end(), name);
    return found == traitNames.end() ? std::nullopt
                                     : std::optional(static_cast<ColorBy>(found - traitNames.begin()));
}

std::uint16_t PointTraits::placeOf(float number) const {
    const double width = scale.high - scale.low;
    const double place = width > 0 ? (static_cast<double>(number) - scale.low) * lastPlace / width : 0;
    return static_cast<std::uint16_t>(std::lround(std::clamp(place, 0.0, double{lastPlace})));
}

std::size_t countHidden(const PointTraits& traits, const HiddenPoints& hidden) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < traits.classes.size(); ++i) {
        count += ((hidden.classes >> i) & 1U) != 0 ? traits.classes[i].points : 0;
    }
    for (std::size_t place = 0; place < traits.places.size(); ++place) {
        count += place < hidden.first || place > hidden.last ? traits.places[place].points : 0;
    }
    return count;
}

bool isHidden(const PointTraits& traits, const HiddenPoints& hidden, Row row) {
    if (!traits.classes.empty()) {
        return hidden.classes != 0 && row.value < traits.classOf.size() &&
               ((hidden.classes >> traits.classOf[row.value]) & 1U) != 0;
    }
    if (hidden.keepsAllPlaces() || row.value >= traits.numbers.size()) {
        return false;
    }
    const std::uint16_t place = traits.placeOf(traits.numbers[row.value]);
    return place < hidden.first || place > hidden.last;
}

std::optional<std::pair<float, float>> keptNumbers(const PointTraits& traits, const HiddenPoints& hidden) {
    std::optional<std::pair<float, float>> kept;
    for (std::size_t i = hidden.first; i < traits.places.size() && i <= hidden.last; ++i) {
        const PointPlace& place = traits.places[i];
        if (place.points > 0) {
            kept = {std::min(place.least, kept ? kept->first : place.least),
                    std::max(place.greatest, kept ? kept->second : place.greatest)};
        }
    }
    return kept;
}

std::shared_ptr<const PointTraits> rowOrderTraits(const PcaResult& projection) {
    const std::size_t rows = projection.rows;
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::RowOrder;
    traits->title = translated("row, in the order of the vocabulary");
    traits->numbers.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        traits->numbers[row] = static_cast<float>(row);
    }
    traits->scale.high = rows > 0 ? static_cast<double>(rows - 1) : 0;
    countPoints(*traits, projection);
    return traits;
}

std::shared_ptr<const PointTraits> normTraits(std::span<const float> norms, const NumberScale& scale,
                                              const PcaResult& projection) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::Norm;
    traits->title = translated("norm: length of the vector");
    traits->numbers.assign(norms.begin(), norms.end());
    for (float& number : traits->numbers) {
        number = std::isfinite(number) ? number : 0;
    }
    traits->scale = scale;
    traits->decimals = decimalsFor(scale.high - scale.low, 3);
    countPoints(*traits, projection);
    return traits;
}

std::shared_ptr<const PointTraits> lengthTraits(const TokenTraits& tokens, const PcaResult& projection) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::Length;
    traits->title = translated("characters of the token");
    traits->numbers.assign(tokens.lengths.begin(), tokens.lengths.end());
    traits->scale = tokens.lengthScale;
    traits->scale.high = std::max(traits->scale.high, traits->scale.low + 1);
    countPoints(*traits, projection);
    return traits;
}

std::shared_ptr<const PointTraits> scriptTraits(const TokenTraits& tokens, const PcaResult& projection) {
    auto traits = std::make_shared<PointTraits>();
    traits->by = ColorBy::Script;
    traits->title = translated("script");
    const auto add = [&traits](ScriptGroup group, int color, const QString& tip = {}) {
        traits->classes.push_back({groupName(group), tip, color, 0});
    };
    add(ScriptGroup::Latin, 0);
    add(ScriptGroup::Cyrillic, 1);
    add(ScriptGroup::Greek, 2);
    add(ScriptGroup::Arabic, 3);
    add(ScriptGroup::Cjk, 4, translated("Chinese characters, kana, Hangul"));
    add(ScriptGroup::OtherLetters, 6, translated("Letters of another script"));
    add(ScriptGroup::Digits, 5, translated("Numbers without letters"));
    add(ScriptGroup::Punctuation, 7, translated("Punctuation and symbols, without letters or numbers"));
    add(ScriptGroup::Other, 8, translated("Spaces, controls, bytes that are no character, scripts mixed"));
    traits->classOf.resize(tokens.scripts.size());
    std::transform(tokens.scripts.begin(), tokens.scripts.end(), traits->classOf.begin(),
                   [](Script script) { return static_cast<std::uint8_t>(groupOf(script)); });
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
            return rowOrderTraits(projection);
        case ColorBy::Norm:
            return norms ? normTraits(norms->norms->values(), norms->scale, projection) : nullptr;
        case ColorBy::Length:
            return tokens ? lengthTraits(*tokens, projection) : nullptr;
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
