// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/step_analysis.h"

#include <cstddef>
#include <memory>
#include <optional>

#include <QString>
#include <QStringList>

namespace lexiscope {

/// What is looked at of a step, in this order.
enum class StepStage { Word, Row, Context, Drawn, Product, Sigmoid, Error, Change, After };
inline constexpr int stepStages = 9;

/// "error", as views name it.
QString nameOf(StepStage stage);
QStringList stepStageNames();
std::optional<StepStage> stepStageOf(const QString& name);

/// A moment of a walk.
struct StepFrame {
    std::shared_ptr<const StepWalk> walk;  ///< with that step
    std::size_t step = 0;
    StepStage stage = StepStage::Word;
    std::size_t chosen = 0;  ///< the x whose numbers are looked at: below trace().xs()

    const StepTrace& trace() const { return walk->traces[step]; }
};

/// "queen"; of x under CBOW "mean".
QString inputName(const StepFrame& frame, std::size_t n);
QString xName(const StepFrame& frame, std::size_t n);
QString outputName(const StepFrame& frame, std::size_t m);

/// "Error: target − σ"
QString stageTitle(StepStage stage);
/// A sentence or two with the formula and its numbers put in.
QString stageText(const StepFrame& frame);

/// A number for a sentence, to three digits: "0.392", "0.000625", U+2212 as the minus sign.
QString shortNumber(double value);

}  // namespace lexiscope
