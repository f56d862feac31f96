// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embedding/matrix_levels.h"
#include "core/model.h"
#include "core/position/sinusoidal.h"
#include "ui/session/encoded_text.h"
#include "ui/session/panel_analysis.h"

#include <cstddef>
#include <memory>

#include <QObject>
#include <QString>

namespace lexiscope {

/// What a model reads of a whole text: a row for each token, one for its position, and their sum, number by
/// number in float32 as the model adds them. A token without a row is a row of NaN, and so is its sum.
struct InputMatrices {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const EncodedText> text;
    SinusoidalOptions sinusoidal;  ///< base, layout and length of the positions, where the model has none
    std::size_t rows = 0;          ///< the first so many tokens of the text
    std::size_t beyond = 0;        ///< those after them that have no position
    std::size_t leftOut = 0;       ///< those that have one, but would take too much memory
    // rows × D each; null where there are no rows.
    std::shared_ptr<const MatrixLevels> tokens;
    std::shared_ptr<const MatrixLevels> positions;
    std::shared_ptr<const MatrixLevels> sums;
    double limit = 1;  ///< of one colour scale for all three

    bool hasLearned() const { return model->positions != nullptr; }
};

/// Computes them. For one panel: it says what the inputs are.
class InputAnalysis : public AnalysisOf<InputMatrices> {
    Q_OBJECT
  public:
    static constexpr std::size_t mostNumbers = std::size_t{1} << 23U;  ///< of one matrix

    explicit InputAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// A null model or text means nothing is wanted. The dimension of `sinusoidal` is that of the model's
    /// table, whatever it says.
    void setInputs(std::shared_ptr<const Model> model, std::shared_ptr<const EncodedText> text,
                   SinusoidalOptions sinusoidal);

    bool isCurrent() const override;

  private:
    void refresh() override;

    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const EncodedText> m_text;
    SinusoidalOptions m_sinusoidal;
};

/// The same without a thread: Cancelled, the errors of validate(), Broken where rows of tokens and positions
/// have different lengths, the check() of the model's tables.
Result<std::shared_ptr<const InputMatrices>> computeInput(const std::shared_ptr<const Model>& model,
                                                          const std::shared_ptr<const EncodedText>& text,
                                                          const SinusoidalOptions& sinusoidal,
                                                          WorkerPool& pool, Progress& progress);

}  // namespace lexiscope
