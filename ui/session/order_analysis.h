// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/position/word_order.h"
#include "ui/session/order_sentences.h"
#include "ui/session/panel_analysis.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QString>

namespace lexiscope {

/// A sentence as the rows that a model takes for it. What has no row in the model is left out.
struct OrderedText {
    std::vector<TokenId> ids;          ///< n
    std::vector<std::size_t> words;    ///< of each token the number of its word, from 0
    std::vector<float> rows;           ///< n × D, without positions
    std::vector<float> sums;           ///< n × D, with them, in float32 as the model adds
    std::vector<float> states;         ///< n × D: running states over `rows`
    std::vector<float> mean;           ///< D, of `rows`; empty where n is 0
    std::vector<float> meanSum;        ///< D, of `sums`
    std::vector<std::string> unknown;  ///< what was left out because the model does not know it
    std::size_t beyond = 0;            ///< tokens left out at the end, because there are too many

    std::size_t size() const { return ids.size(); }
};

/// Two sentences, and the first of them shuffled, as one model reads them.
struct OrderResult {
    std::shared_ptr<const Model> model;
    SentencePair sentences;
    std::uint64_t shuffle = 0;
    bool hasLearned = false;       ///< the positions are the model's own; else sinusoidal
    std::vector<float> positions;  ///< rows of the places that the longer of the two has, × D
    OrderedText first, second, shuffled;
    /// Without and with positions. Not there where one of the two has no token.
    std::optional<std::array<OrderDistances, 2>> ofSentences, ofShuffle;
    double limit = 1;  ///< of one colour scale for all rows

    std::size_t dimension() const { return model->table->dimension(); }
};

/// Reads two sentences. For one panel: it says what is read.
///
/// In a vocabulary that marks where words begin, each sentence is cut as if a space stood before it: so a
/// word is the same token wherever it stands. The query of attention is the row of the first token, without
/// its position.
class OrderAnalysis : public AnalysisOf<OrderResult> {
    Q_OBJECT
  public:
    static constexpr std::size_t mostTokens = 24;  ///< of a sentence, as many as can be seen
    static constexpr double decay = 0.5;           ///< of the running state

    explicit OrderAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// A null model means nothing is wanted. `shuffle` numbers the orders of the first sentence's words: each
    /// another one where there are others, always the same for the same number.
    void setInputs(std::shared_ptr<const Model> model, const SentencePair& sentences, std::uint64_t shuffle);

    bool isCurrent() const override;

  private:
    void refresh() override;

    std::shared_ptr<const Model> m_model;
    SentencePair m_sentences;
    std::uint64_t m_shuffle = 0;
};

}  // namespace lexiscope
