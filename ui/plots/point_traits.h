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
#include <vector>

#include <QString>

namespace lexiscope {

/// What the points of a cloud are coloured by.
enum class ColorBy { Density, RowOrder, Norm, Length, Script, WordStart };
constexpr std::size_t colorByCount = 6;
QString nameOf(ColorBy by);  ///< "script", as settings and figures spell it
std::optional<ColorBy> colorByFromName(const QString& name);

/// A class of points.
struct PointClass {
    QString name;
    QString description;  ///< for whom the name is too short
    int color = 0;        ///< Theme::category
    std::size_t points = 0;
};

/// One number or one class for every row of a model. Immutable.
struct PointTraits {
    ColorBy by = ColorBy::Density;
    QString title;                      ///< what is shown, with its unit
    std::vector<PointClass> classes;    ///< none: numbers. At most 32; the same kind always has the same ones
    std::vector<std::uint8_t> classOf;  ///< by row
    std::vector<float> numbers;         ///< by row
    NumberScale scale;                  ///< what lies beyond has the colour of the end
    int decimals = 0;                   ///< that tell the ends apart
};

/// Points whose class is hidden: a bit for each class.
std::size_t countHidden(const PointTraits& traits, std::uint32_t hidden);
/// Numbers are never hidden, nor rows that the traits know nothing of.
bool isHidden(const PointTraits& traits, std::uint32_t hidden, Row row);

// Points of a class are counted where the projection has coordinates that are finite.

/// Row 0 … rows - 1.
std::shared_ptr<const PointTraits> rowOrderTraits(std::size_t rows);
/// Norms that are not finite count as 0.
std::shared_ptr<const PointTraits> normTraits(std::span<const float> norms, const NumberScale& scale);
/// The scale is at least one character wide.
std::shared_ptr<const PointTraits> lengthTraits(const TokenTraits& tokens);
std::shared_ptr<const PointTraits> scriptTraits(const TokenTraits& tokens, const PcaResult& projection);
/// Null where the vocabulary marks no word starts.
std::shared_ptr<const PointTraits> wordStartTraits(const TokenTraits& tokens, const PcaResult& projection);

/// What they are made from, beside the projection; none for Density and RowOrder.
std::optional<Analyses::Need> needOf(ColorBy by);
/// Any of them. Null for Density, and as long as what it needs of `norms` and `tokens` is null.
std::shared_ptr<const PointTraits> traitsOf(ColorBy by, const PcaResult& projection, const NormResult* norms,
                                            const TokenTraits* tokens);

}  // namespace lexiscope
