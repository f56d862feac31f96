// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lexiscope {

/// What one step of learning is about: each of N inputs x should predict the first of M outputs y and none of
/// the others, which were drawn at random (negative sampling, Mikolov et al. 2013, section 2.2). All inputs
/// share the outputs, so that the step is made of small matrix products (Ji, Satish, Li & Dubey,
/// Parallelizing Word2Vec in Shared and Distributed Memory, 2016, arXiv:1604.04661).
struct PredictionStep {
    std::span<float* const> inputs;   ///< N ≥ 1 rows; a row may stand here twice
    std::span<float* const> outputs;  ///< M ≥ 1 rows, none of them an input; likewise
    std::size_t dimension = 0;
    float rate = 0;
    float otherWeight = 1;  ///< of what each output but the first adds to the loss
};

/// Takes steps; keeps the memory for what is between. One for each thread.
class PredictionStepper {
  public:
    /// Room for steps of so many inputs, outputs and dimensions.
    PredictionStepper(std::size_t mostInputs, std::size_t mostOutputs, std::size_t dimension);

    /// One step down the gradient of the loss
    ///
    ///     E = -Σₙ ( log σ(xₙ·y₀) + w Σ_{m ≥ 1} log σ(-xₙ·y_m) ),    w = otherWeight,
    ///
    /// every x and y changing by -rate ∂E/∂x and -rate ∂E/∂y, all of them at the values from before the step.
    /// σ is within 1e-5. Rows that other threads change meanwhile (Recht et al., Hogwild!, 2011) may be read
    /// half changed: what a step takes from them is then slightly off, never out of bounds.
    void take(const PredictionStep& step);

    /// The same with one input, the mean of the N inputs, which all change as it does: N times the gradient,
    /// as word2vec's program has it.
    void takeMean(const PredictionStep& step);

    /// E / N of the last step, at the values from before it.
    double lastLoss() const;

    // Looking closer, without learning or after it.

    /// E / N of that step, which is not taken; it then is the last one.
    double loss(const PredictionStep& step);
    double lossOfMean(const PredictionStep& step);
    /// N × M, of the last step: x · y as they were before it.
    std::span<const float> lastProducts() const;
    /// N × M, of the last step that was taken: what each x has moved by along y, and y along x.
    std::span<const float> lastFactors() const;
    /// D numbers: the mean of the last takeMean(), as it was moved, or of the last lossOfMean().
    std::span<const float> lastMean() const;

  private:
    void multiply(const PredictionStep& step);
    float* meanOf(const PredictionStep& step);

    std::vector<float> m_scores;    // N × M: what each product moves its rows by
    std::vector<float> m_products;  // N × M, as they were
    std::vector<float> m_mirrored;  // M × N: the second of m_scores
    std::vector<float> m_changes;   // M × D, of the outputs
    std::vector<float*> m_changeRows;
    std::vector<float> m_mean;    // 2 × D: the mean, and its change
    std::vector<float> m_shares;  // of each input in the mean
    std::size_t m_lastInputs = 0;
    std::size_t m_lastOutputs = 0;
    std::size_t m_lastDimension = 0;  // of the mean
    float m_lastWeight = 1;
};

/// σ as steps take it.
float stepSigmoid(float product);

/// Copies numbers that other threads may change meanwhile; each is as it was at some time during the call.
/// Both have the same size.
void copyWhileChanging(std::span<const float> from, std::span<float> to);

}  // namespace lexiscope
