// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_trace.h"

#include "core/train/prediction_step.h"

#include <utility>

namespace lexiscope {
namespace {

PlannedStep planStep(std::span<const std::uint32_t> line, const WordWindow& window,
                     const NegativeSampler& sampler, const StepOptions& options, RandomSource& random) {
    PlannedStep step;
    step.window = window;
    for (std::size_t i = window.begin; i < window.end; ++i) {
        if (i != window.middle) {
            step.inputs.push_back(line[i]);
        }
    }
    const std::uint32_t word = line[window.middle];
    const std::size_t draws = drawsForEachNegative(options.model) * options.negatives;
    step.outputs.push_back(word);
    drawAgainst(word, draws, sampler, random,
                [&step](std::uint32_t other) { step.outputs.push_back(other); });
    step.leftOut = draws + 1 - step.outputs.size();
    return step;
}

std::vector<float*> pointersTo(const std::vector<std::uint32_t>& wanted,
                               std::map<std::uint32_t, std::vector<float>>& rows) {
    std::vector<float*> pointers;
    pointers.reserve(wanted.size());
    for (const std::uint32_t row : wanted) {
        pointers.push_back(rows.at(row).data());
    }
    return pointers;
}

std::vector<TracedRow> rowsBefore(const std::vector<std::uint32_t>& wanted,
                                  const std::map<std::uint32_t, std::vector<float>>& rows) {
    std::vector<TracedRow> traced;
    traced.reserve(wanted.size());
    for (const std::uint32_t row : wanted) {
        traced.push_back({row, rows.at(row), {}});
    }
    return traced;
}

void setAfter(std::vector<TracedRow>& traced, const std::map<std::uint32_t, std::vector<float>>& rows) {
    for (TracedRow& row : traced) {
        row.after = rows.at(row.row);
    }
}

std::vector<float> copyOf(std::span<const float> values) {
    return {values.begin(), values.end()};
}

std::vector<TracedPair> pairsOf(const PredictionStepper& stepper, std::size_t outputs, float otherWeight) {
    const std::span<const float> products = stepper.lastProducts();
    const std::span<const float> factors = stepper.lastFactors();
    std::vector<TracedPair> pairs;
    pairs.reserve(products.size());
    for (std::size_t i = 0; i < products.size(); ++i) {
        const bool isRight = i % outputs == 0;
        TracedPair pair;
        pair.product = products[i];
        pair.sigmoid = stepSigmoid(products[i]);
        pair.target = isRight ? 1 : 0;
        pair.weight = isRight ? 1 : otherWeight;
        pair.error = pair.target - pair.sigmoid;
        pair.factor = factors[i];
        pairs.push_back(pair);
    }
    return pairs;
}

}  // namespace

std::vector<PlannedStep> planSteps(std::span<const std::uint32_t> line, const NegativeSampler& sampler,
                                   const StepOptions& options) {
    RandomSource random = randomOfBlock(options.seed, 0);
    for (std::size_t i = 0; i < line.size(); ++i) {
        random.next();  // whether to pass it over
    }
    std::vector<PlannedStep> steps;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const WordWindow window = drawWindow(i, line.size(), options.window, random);
        if (!window.isEmpty()) {
            steps.push_back(planStep(line, window, sampler, options, random));
            drawsLoss(random);
        }
    }
    return steps;
}

StepRows readRows(const WordTrainer& trainer, std::span<const PlannedStep> steps) {
    StepRows rows;
    rows.dimension = trainer.options().dimension;
    const auto read = [&](WordTable table, std::uint32_t row,
                          std::map<std::uint32_t, std::vector<float>>& into) {
        if (!into.contains(row)) {
            into.emplace(row, trainer.row(table, Row{row}));
        }
    };
    for (const PlannedStep& step : steps) {
        for (const std::uint32_t row : step.inputs) {
            read(WordTable::Inputs, row, rows.inputs);
        }
        for (const std::uint32_t row : step.outputs) {
            read(WordTable::Outputs, row, rows.outputs);
        }
    }
    return rows;
}

StepTrace traceStep(const PlannedStep& plan, const StepOptions& options, StepRows& rows) {
    const float otherWeight = weightOfDrawn(options.model);
    const std::vector<float*> inputs = pointersTo(plan.inputs, rows.inputs);
    const std::vector<float*> outputs = pointersTo(plan.outputs, rows.outputs);
    const PredictionStep step{inputs, outputs, rows.dimension, options.rate, otherWeight};
    PredictionStepper stepper(inputs.size(), outputs.size(), rows.dimension);
    StepTrace trace;
    trace.plan = plan;
    trace.options = options;
    trace.inputs = rowsBefore(plan.inputs, rows.inputs);
    trace.outputs = rowsBefore(plan.outputs, rows.outputs);
    if (options.model == WordModel::Cbow) {
        trace.lossBefore = stepper.lossOfMean(step);
        trace.mean = TracedRow{0, copyOf(stepper.lastMean()), {}};
        stepper.takeMean(step);
        trace.mean->after = copyOf(stepper.lastMean());
    } else {
        trace.lossBefore = stepper.loss(step);
        stepper.take(step);
    }
    trace.pairs = pairsOf(stepper, plan.outputs.size(), otherWeight);
    setAfter(trace.inputs, rows.inputs);
    setAfter(trace.outputs, rows.outputs);
    trace.lossAfter = options.model == WordModel::Cbow ? stepper.lossOfMean(step) : stepper.loss(step);
    return trace;
}

}  // namespace lexiscope
