// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/token_traits.h"
#include "core/projection/pca.h"
#include "core/search/nearest.h"
#include "ui/session/analyses.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <QString>
#include <QStringList>

namespace lexiscope {

/// What the points of a cloud are coloured by.
enum class ColorBy { Density, RowOrder, Norm, Length, Script, WordStart };
constexpr std::size_t colorByCount = 6;
QString nameOf(ColorBy by);  ///< "script", as settings and figures spell it
QStringList colorNames();
std::optional<ColorBy> colorByFromName(const QString& name);

/// A class of points.
struct PointClass {
    QString name;
    QString description;  ///< for whom the name is too short
    int color = 0;        ///< Theme::category
    std::size_t points = 0;
};

/// Points whose numbers have one place on a scale.
struct PointPlace {
    std::size_t points = 0;
    float least = 0;  ///< of their numbers
    float greatest = 0;
};

/// Which points a person has left out: of classes those hidden, of numbers those beyond a range of places.
struct HiddenPoints {
    std::uint32_t classes = 0;  ///< a bit for each that is hidden
    std::uint16_t first = 0;    ///< places that are kept, see PointTraits::placeOf()
    std::uint16_t last = 0xFFFF;

    bool keepsAllPlaces() const { return first == 0 && last == 0xFFFF; }
    bool operator==(const HiddenPoints&) const = default;
};

/// One number or one class for every row of a model. Immutable.
struct PointTraits {
    /// Places on the scale of numbers, from 0 to this.
    static constexpr std::uint16_t lastPlace = 1023;

    ColorBy by = ColorBy::Density;
    QString title;                      ///< what is shown, with its unit
    std::vector<PointClass> classes;    ///< none: numbers. At most 32; the same kind always has the same ones
    std::vector<std::uint8_t> classOf;  ///< by row
    std::vector<float> numbers;         ///< by row
    NumberScale scale;                  ///< what lies beyond has the colour of the end
    int decimals = 0;                   ///< that tell the ends apart
    std::vector<PointPlace> places;     ///< of numbers: lastPlace + 1 of them

    /// The place of a number: the nearest one; what lies beyond the scale has that of its end.
    std::uint16_t placeOf(float number) const;
};

/// Points that are left out.
std::size_t countHidden(const PointTraits& traits, const HiddenPoints& hidden);
/// Rows that the traits know nothing of are never left out.
bool isHidden(const PointTraits& traits, const HiddenPoints& hidden, Row row);
/// The least and the greatest number of the points that are not left out; none without any.
std::optional<std::pair<float, float>> keptNumbers(const PointTraits& traits, const HiddenPoints& hidden);

// Points of a class or a place are counted where the projection has coordinates that are finite.

/// Row 0 … rows - 1.
std::shared_ptr<const PointTraits> rowOrderTraits(const PcaResult& projection);
/// Norms that are not finite count as 0.
std::shared_ptr<const PointTraits> normTraits(std::span<const float> norms, const NumberScale& scale,
                                              const PcaResult& projection);
/// The scale is at least one character wide.
std::shared_ptr<const PointTraits> lengthTraits(const TokenTraits& tokens, const PcaResult& projection);
std::shared_ptr<const PointTraits> scriptTraits(const TokenTraits& tokens, const PcaResult& projection);
/// Null where the vocabulary marks no word starts.
std::shared_ptr<const PointTraits> wordStartTraits(const TokenTraits& tokens, const PcaResult& projection);

/// What they are made from, beside the projection; none for Density and RowOrder.
std::optional<Analyses::Need> needOf(ColorBy by);
/// Any of them. Null for Density, and as long as what it needs of `norms` and `tokens` is null.
std::shared_ptr<const PointTraits> traitsOf(ColorBy by, const PcaResult& projection, const NormResult* norms,
                                            const TokenTraits* tokens);

}  // namespace lexiscope
