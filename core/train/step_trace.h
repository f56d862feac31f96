// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/negative_sampler.h"
#include "core/train/word_trainer.h"
#include "core/train/word_window.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace lexiscope {

// Steps of learning, one at a time and with all that is between: what WordTrainer does to a line of words, by
// its own arithmetic (PredictionStepper) and its own chance (word_window.h), on a copy of the rows.

struct StepOptions {
    WordModel model = WordModel::SkipGram;
    std::size_t window = 5;     ///< words to each side, at most
    std::size_t negatives = 5;  ///< see drawsForEachNegative()
    float rate = 0.025F;        ///< of learning; the same for all steps
    std::uint64_t seed = 1;     ///< where chance begins
    bool operator==(const StepOptions&) const = default;
};

/// What chance decides of a step.
struct PlannedStep {
    WordWindow window;                   ///< in the line
    std::vector<std::uint32_t> inputs;   ///< rows of the words around the middle one, in the line's order
    std::vector<std::uint32_t> outputs;  ///< the middle one's row, then those drawn against it, as drawn
    std::size_t leftOut = 0;             ///< draws that fell on the middle one itself
};

/// The steps of a line of words, given by their rows: one for each word that has another in its window. It is
/// what the trainer draws where this line begins a text and none of its words is passed over for being
/// frequent; window and negatives are at least 1.
std::vector<PlannedStep> planSteps(std::span<const std::uint32_t> line, const NegativeSampler& sampler,
                                   const StepOptions& options);

/// Those rows of the two tables that some steps read and change.
struct StepRows {
    std::size_t dimension = 0;
    std::map<std::uint32_t, std::vector<float>> inputs;
    std::map<std::uint32_t, std::vector<float>> outputs;
};

/// A copy of them as they are in the trainer now, which may be learning.
StepRows readRows(const WordTrainer& trainer, std::span<const PlannedStep> steps);

struct TracedRow {
    std::uint32_t row = 0;
    std::vector<float> before;  ///< D
    std::vector<float> after;   ///< D; where a row stands in a step twice, after all of it
};

/// What an input x and an output y say of each other.
struct TracedPair {
    float product = 0;  ///< x · y, before the step
    float sigmoid = 0;  ///< σ(x · y), within 1e-5
    float target = 0;   ///< 1 of the word in the middle, 0 of one that was drawn
    float weight = 1;   ///< of this pair in the loss
    float error = 0;    ///< target - sigmoid
    float factor = 0;   ///< rate × weight × error: x moves by factor × y, and y by factor × x
};

/// One step: N inputs, M outputs; under Cbow the mean of the inputs is the only x.
struct StepTrace {
    PlannedStep plan;
    StepOptions options;
    std::vector<TracedRow> inputs;   ///< N
    std::vector<TracedRow> outputs;  ///< M
    std::optional<TracedRow> mean;   ///< of the inputs, and moved as they are; its `row` says nothing
    std::vector<TracedPair> pairs;   ///< N × M, or 1 × M
    double lossBefore = 0;           ///< E / N as PredictionStepper has it
    double lossAfter = 0;            ///< the same step's, at the values from after it

    std::size_t xs() const { return mean ? 1 : inputs.size(); }
    const TracedRow& x(std::size_t n) const { return mean ? *mean : inputs[n]; }
    const TracedPair& pair(std::size_t n, std::size_t m) const { return pairs[n * outputs.size() + m]; }
};

/// Takes the step: the rows, which hold all that it names, are changed.
StepTrace traceStep(const PlannedStep& plan, const StepOptions& options, StepRows& rows);

}  // namespace lexiscope
