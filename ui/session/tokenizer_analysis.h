// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenize/token_counts.h"
#include "ui/session/encoded_text.h"
#include "ui/session/latest_result.h"
#include "ui/session/session.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>

namespace lexiscope {

/// A value for each slot.
template <typename T>
using PerSlotOf = std::array<T, static_cast<std::size_t>(Session::mostSlots)>;

/// The texts as the slots have cut them, in numbers.
struct ComparedTexts {
    PerSlotOf<std::shared_ptr<const EncodedText>> texts;  ///< null where the slot has none
    PerSlotOf<TextSize> sizes;
    PerSlotOf<TokenCounts> counts;
};

/// What languageSamples() cost each tokenizer.
struct LanguageCosts {
    PerSlotOf<std::shared_ptr<const Tokenizer>> tokenizers;  ///< null where the slot has none
    EncodeOptions options;
    PerSlotOf<std::vector<TokenCounts>> counts;  ///< by language; empty where there is no tokenizer
};

/// Up to four tokenizers in numbers, in the background.
class TokenizerAnalysis : public QObject {
    Q_OBJECT
  public:
    explicit TokenizerAnalysis(JobRunner& runner, QObject* parent = nullptr);

    void setTexts(const PerSlotOf<std::shared_ptr<const EncodedText>>& texts);
    void setTokenizers(const PerSlotOf<std::shared_ptr<const Tokenizer>>& tokenizers,
                       const EncodeOptions& options);

    /// Null until there is one; of inputs of before while another one is on its way.
    const std::shared_ptr<const ComparedTexts>& texts() const { return m_texts.value(); }
    const std::shared_ptr<const LanguageCosts>& languages() const { return m_languages.value(); }
    bool isBusy() const { return m_texts.isBusy() || m_languages.isBusy(); }
    /// Why there are no costs, when the last attempt failed; begun once more by retry().
    const std::optional<Error>& failure() const { return m_languages.failure(); }
    void retry();

  Q_SIGNALS:
    void changed();

  private:
    LatestResult<ComparedTexts> m_texts;
    LatestResult<LanguageCosts> m_languages;
    PerSlotOf<std::shared_ptr<const EncodedText>> m_wantedTexts;
    PerSlotOf<std::shared_ptr<const Tokenizer>> m_wantedTokenizers;
    EncodeOptions m_options;
};

}  // namespace lexiscope
