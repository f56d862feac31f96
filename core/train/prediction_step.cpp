// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/prediction_step.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>

namespace lexiscope {
namespace {

// The same loops, for registers of several widths: a lane is a register of floats, or one float.
#if defined(__GNUC__)
using Narrow [[gnu::vector_size(16)]] = float;
using Wide [[gnu::vector_size(32)]] = float;
#define LEXISCOPE_INLINE [[gnu::always_inline]] inline
#define LEXISCOPE_UNROLL _Pragma("GCC unroll 8")
// Threads change rows that others read; see take().
#if defined(__clang__)
#define LEXISCOPE_RACY [[clang::no_sanitize("thread")]]
#else
#define LEXISCOPE_RACY [[gnu::no_sanitize("thread")]]
#endif
#else
using Narrow = float;
#define LEXISCOPE_INLINE inline
#define LEXISCOPE_UNROLL
#define LEXISCOPE_RACY
#endif

template <typename Lane>
constexpr std::size_t width = sizeof(Lane) / sizeof(float);

template <typename Lane>
LEXISCOPE_INLINE void load(Lane& lane, const float* from) {
    std::memcpy(&lane, from, sizeof lane);
}

template <typename Lane>
LEXISCOPE_INLINE float sumOf(const Lane& lane) {
    std::array<float, width<Lane>> values;
    std::memcpy(values.data(), &lane, sizeof lane);
    for (std::size_t half = width<Lane> / 2; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) {
            values[i] += values[i + half];
        }
    }
    return values[0];
}

/// scores[n · stride + m] = xₙ · y_m for N inputs and M outputs, which all stay in registers.
template <typename Lane, std::size_t N, std::size_t M>
LEXISCOPE_INLINE void multiply(float* const* x, float* const* y, std::size_t dimension, float* scores,
                               std::size_t stride) {
    Lane sums[N][M] = {};
    std::size_t d = 0;
    for (; d + width<Lane> <= dimension; d += width<Lane>) {
        Lane ys[M];
        LEXISCOPE_UNROLL
        for (std::size_t m = 0; m < M; ++m) {
            load(ys[m], y[m] + d);
        }
        LEXISCOPE_UNROLL
        for (std::size_t n = 0; n < N; ++n) {
            Lane xs;
            load(xs, x[n] + d);
            LEXISCOPE_UNROLL
            for (std::size_t m = 0; m < M; ++m) {
                sums[n][m] += xs * ys[m];
            }
        }
    }
    LEXISCOPE_UNROLL
    for (std::size_t n = 0; n < N; ++n) {
        LEXISCOPE_UNROLL
        for (std::size_t m = 0; m < M; ++m) {
            float sum = sumOf(sums[n][m]);
            for (std::size_t rest = d; rest < dimension; ++rest) {
                sum += x[n][rest] * y[m][rest];
            }
            scores[n * stride + m] = sum;
        }
    }
}

template <typename Lane, std::size_t N>
LEXISCOPE_INLINE void multiplyRows(const PredictionStep& step, std::size_t n, float* scores) {
    const std::size_t outputs = step.outputs.size();
    float* const* x = step.inputs.data() + n;
    float* const* y = step.outputs.data();
    float* row = scores + n * outputs;
    std::size_t m = 0;
    for (; m + 3 <= outputs; m += 3) {
        multiply<Lane, N, 3>(x, y + m, step.dimension, row + m, outputs);
    }
    for (; m < outputs; ++m) {
        multiply<Lane, N, 1>(x, y + m, step.dimension, row + m, outputs);
    }
}

/// to[t] += Σₛ factors[t · from.size() + s] · from[s] for T rows. Written row after row, for one may stand
/// among them twice.
template <typename Lane, std::size_t T>
LEXISCOPE_INLINE void addProducts(float* const* to, std::span<float* const> from, const float* factors,
                                  std::size_t dimension) {
    const std::size_t count = from.size();
    std::size_t d = 0;
    for (; d + width<Lane> <= dimension; d += width<Lane>) {
        Lane sums[T] = {};
        for (std::size_t s = 0; s < count; ++s) {
            Lane values;
            load(values, from[s] + d);
            LEXISCOPE_UNROLL
            for (std::size_t t = 0; t < T; ++t) {
                sums[t] += factors[t * count + s] * values;
            }
        }
        LEXISCOPE_UNROLL
        for (std::size_t t = 0; t < T; ++t) {
            Lane old;
            load(old, to[t] + d);
            old += sums[t];
            std::memcpy(to[t] + d, &old, sizeof old);
        }
    }
    for (; d < dimension; ++d) {
        LEXISCOPE_UNROLL
        for (std::size_t t = 0; t < T; ++t) {
            float sum = 0;
            for (std::size_t s = 0; s < count; ++s) {
                sum += factors[t * count + s] * from[s][d];
            }
            to[t][d] += sum;
        }
    }
}

template <typename Lane>
LEXISCOPE_INLINE void addAllProducts(std::span<float* const> to, std::span<float* const> from,
                                     const float* factors, std::size_t dimension) {
    std::size_t t = 0;
    for (; t + 4 <= to.size(); t += 4) {
        addProducts<Lane, 4>(to.data() + t, from, factors + t * from.size(), dimension);
    }
    for (; t + 2 <= to.size(); t += 2) {
        addProducts<Lane, 2>(to.data() + t, from, factors + t * from.size(), dimension);
    }
    if (t < to.size()) {
        addProducts<Lane, 1>(to.data() + t, from, factors + t * from.size(), dimension);
    }
}

/// to[i] += changes + i · stride.
template <typename Lane>
LEXISCOPE_INLINE void addRows(std::span<float* const> to, const float* changes, std::size_t stride,
                              std::size_t dimension) {
    for (float* row : to) {
        std::size_t d = 0;
        for (; d + width<Lane> <= dimension; d += width<Lane>) {
            Lane value;
            Lane change;
            load(value, row + d);
            load(change, changes + d);
            value += change;
            std::memcpy(row + d, &value, sizeof value);
        }
        for (; d < dimension; ++d) {
            row[d] += changes[d];
        }
        changes += stride;
    }
}

template <typename Lane>
LEXISCOPE_INLINE void multiplyAllRows(const PredictionStep& step, float* scores) {
    std::size_t n = 0;
    for (; n + 2 <= step.inputs.size(); n += 2) {
        multiplyRows<Lane, 2>(step, n, scores);
    }
    if (n < step.inputs.size()) {
        multiplyRows<Lane, 1>(step, n, scores);
    }
}

/// What PredictionStepper lends to one step.
struct Work {
    float* scores;
    float* mirrored;
    float* changes;
    std::span<float* const> changeRows;
};

/// Everything of a step after its products have become factors.
template <typename Lane>
LEXISCOPE_INLINE void applyFactors(const PredictionStep& step, const Work& work) {
    addAllProducts<Lane>(work.changeRows, step.inputs, work.mirrored, step.dimension);
    addAllProducts<Lane>(step.inputs, step.outputs, work.scores, step.dimension);
    addRows<Lane>(step.outputs, work.changes, step.dimension, step.dimension);
}

struct Kernels {
    void (*multiply)(const PredictionStep& step, float* scores);
    void (*apply)(const PredictionStep& step, const Work& work);
    /// sum += Σ factor · row
    void (*addTogether)(std::span<float* const> rows, const float* factors, std::size_t dimension,
                        float* sum);
    /// each row += change
    void (*addToEach)(std::span<float* const> rows, const float* change, std::size_t dimension);
};

LEXISCOPE_RACY void multiplyNarrow(const PredictionStep& step, float* scores) {
    multiplyAllRows<Narrow>(step, scores);
}
LEXISCOPE_RACY void applyNarrow(const PredictionStep& step, const Work& work) {
    applyFactors<Narrow>(step, work);
}
LEXISCOPE_RACY void addTogetherNarrow(std::span<float* const> rows, const float* factors,
                                      std::size_t dimension, float* sum) {
    addProducts<Narrow, 1>(&sum, rows, factors, dimension);
}
LEXISCOPE_RACY void addToEachNarrow(std::span<float* const> rows, const float* change,
                                    std::size_t dimension) {
    addRows<Narrow>(rows, change, 0, dimension);
}

#if defined(__GNUC__) && defined(__x86_64__)
#define LEXISCOPE_WIDE [[gnu::target("avx2,fma")]] LEXISCOPE_RACY
LEXISCOPE_WIDE void multiplyWide(const PredictionStep& step, float* scores) {
    multiplyAllRows<Wide>(step, scores);
}
LEXISCOPE_WIDE void applyWide(const PredictionStep& step, const Work& work) {
    applyFactors<Wide>(step, work);
}
LEXISCOPE_WIDE void addTogetherWide(std::span<float* const> rows, const float* factors, std::size_t dimension,
                                    float* sum) {
    addProducts<Wide, 1>(&sum, rows, factors, dimension);
}
LEXISCOPE_WIDE void addToEachWide(std::span<float* const> rows, const float* change, std::size_t dimension) {
    addRows<Wide>(rows, change, 0, dimension);
}
#endif

Kernels fastestKernels() {
#if defined(__GNUC__) && defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return {multiplyWide, applyWide, addTogetherWide, addToEachWide};
    }
#endif
    return {multiplyNarrow, applyNarrow, addTogetherNarrow, addToEachNarrow};
}

const Kernels kernels = fastestKernels();

/// σ between its values at multiples of 1/64, by straight lines: within 3e-6.
class SigmoidTable {
  public:
    SigmoidTable() {
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            m_values[i] = exact(static_cast<float>(i) / steps - reach);
        }
    }
    float at(float x) const {
        if (!(x > -reach && x < reach)) {
            return exact(x);
        }
        const float place = (x + reach) * steps;
        const auto below = static_cast<std::size_t>(place);
        const float rest = place - static_cast<float>(below);
        return m_values[below] + rest * (m_values[below + 1] - m_values[below]);
    }

  private:
    static constexpr float reach = 8;
    static constexpr float steps = 64;
    static float exact(float x) { return 1 / (1 + std::exp(-x)); }
    std::array<float, static_cast<std::size_t>(2 * reach * steps) + 2> m_values{};
};

const SigmoidTable sigmoid;

}  // namespace

PredictionStepper::PredictionStepper(std::size_t mostInputs, std::size_t mostOutputs, std::size_t dimension)
    : m_scores(mostInputs * mostOutputs),
      m_products(mostInputs * mostOutputs),
      m_mirrored(mostInputs * mostOutputs),
      m_changes(mostOutputs * dimension),
      m_mean(2 * dimension),
      m_shares(mostInputs) {
    for (std::size_t m = 0; m < mostOutputs; ++m) {
        m_changeRows.push_back(m_changes.data() + m * dimension);
    }
}

float stepSigmoid(float product) {
    return sigmoid.at(product);
}

/// Fills m_products; the step is the last one from then on.
void PredictionStepper::multiply(const PredictionStep& step) {
    assert(step.inputs.size() * step.outputs.size() <= m_scores.size() &&
           step.outputs.size() * step.dimension <= m_changes.size());
    kernels.multiply(step, m_products.data());
    m_lastInputs = step.inputs.size();
    m_lastOutputs = step.outputs.size();
    m_lastWeight = step.otherWeight;
}

void PredictionStepper::take(const PredictionStep& step) {
    const std::size_t inputs = step.inputs.size();
    const std::size_t outputs = step.outputs.size();
    multiply(step);
    for (std::size_t n = 0; n < inputs; ++n) {
        for (std::size_t m = 0; m < outputs; ++m) {
            const float chance = sigmoid.at(m_products[n * outputs + m]);
            const float factor = step.rate * (m == 0 ? 1 - chance : -step.otherWeight * chance);
            m_scores[n * outputs + m] = factor;
            m_mirrored[m * inputs + n] = factor;
        }
    }
    std::fill_n(m_changes.begin(), outputs * step.dimension, 0.0F);
    kernels.apply(
        step, {m_scores.data(), m_mirrored.data(), m_changes.data(), std::span(m_changeRows).first(outputs)});
}

float* PredictionStepper::meanOf(const PredictionStep& step) {
    std::fill_n(m_mean.begin(), step.dimension, 0.0F);
    std::fill_n(m_shares.begin(), step.inputs.size(), 1 / static_cast<float>(step.inputs.size()));
    kernels.addTogether(step.inputs, m_shares.data(), step.dimension, m_mean.data());
    m_lastDimension = step.dimension;
    return m_mean.data();
}

void PredictionStepper::takeMean(const PredictionStep& step) {
    const std::size_t dimension = step.dimension;
    float* const mean = meanOf(step);
    float* const change = mean + dimension;
    std::copy_n(mean, dimension, change);
    take({std::span(&mean, 1), step.outputs, dimension, step.rate, step.otherWeight});
    for (std::size_t d = 0; d < dimension; ++d) {
        change[d] = mean[d] - change[d];
    }
    kernels.addToEach(step.inputs, change, dimension);
}

double PredictionStepper::loss(const PredictionStep& step) {
    multiply(step);
    return lastLoss();
}

double PredictionStepper::lossOfMean(const PredictionStep& step) {
    float* const mean = meanOf(step);
    return loss({std::span(&mean, 1), step.outputs, step.dimension, step.rate, step.otherWeight});
}

std::span<const float> PredictionStepper::lastProducts() const {
    return std::span(m_products).first(m_lastInputs * m_lastOutputs);
}

std::span<const float> PredictionStepper::lastFactors() const {
    return std::span(m_scores).first(m_lastInputs * m_lastOutputs);
}

std::span<const float> PredictionStepper::lastMean() const {
    return std::span(m_mean).first(m_lastDimension);
}

double PredictionStepper::lastLoss() const {
    double loss = 0;
    for (std::size_t n = 0; n < m_lastInputs; ++n) {
        for (std::size_t m = 0; m < m_lastOutputs; ++m) {
            const double product = m_products[n * m_lastOutputs + m];
            const double toward = m == 0 ? product : -product;
            // -log σ(t) = log(1 + e^-t), without overflow.
            const double term = std::max(-toward, 0.0) + std::log1p(std::exp(-std::abs(toward)));
            loss += m == 0 ? term : m_lastWeight * term;
        }
    }
    return loss / static_cast<double>(std::max<std::size_t>(m_lastInputs, 1));
}

LEXISCOPE_RACY void copyWhileChanging(std::span<const float> from, std::span<float> to) {
    assert(from.size() == to.size());
    // Not memcpy, which a thread checker watches wherever it is called.
    std::size_t i = 0;
    for (; i + width<Narrow> <= from.size(); i += width<Narrow>) {
        Narrow lane;
        load(lane, from.data() + i);
        std::memcpy(to.data() + i, &lane, sizeof lane);
    }
    for (; i < from.size(); ++i) {
        to[i] = from[i];
    }
}

}  // namespace lexiscope
