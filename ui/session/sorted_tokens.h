// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/encoded_text.h"
#include "ui/session/panel_analysis.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <QObject>

namespace lexiscope {

/// What tokens can be sorted by.
enum class TokenColumn { Place, Id, Text, Bytes, CodePoints, Source, Kind, Rank };

struct TokenSort {
    TokenColumn column = TokenColumn::Place;
    bool isDown = false;
    bool operator==(const TokenSort&) const = default;
};

/// The tokens of a text in an order.
struct SortedTokens {
    std::shared_ptr<const EncodedText> text;
    TokenSort sort;
    std::vector<std::uint32_t> order;  ///< the place in the text of each row
    std::vector<std::uint32_t> rows;   ///< the row of each place
};

/// The token's score, else the rank of its merge; NaN where it has neither.
double rankOf(const EncodedText& text, const Token& token);

/// Equal ones stay in the order of the text, whichever way; what has no ID or no rank stands behind the
/// others. By text, bytes or code points all mean by the bytes it stands for. Cancelled.
Result<std::shared_ptr<const SortedTokens>> sortTokens(const std::shared_ptr<const EncodedText>& text,
                                                       const TokenSort& sort, Progress& progress);

/// Sorts the tokens of a text: at once where that takes no time, else in the background. For one panel.
class TokenSorting : public AnalysisOf<SortedTokens> {
    Q_OBJECT
  public:
    static constexpr std::size_t mostAtOnce = 20'000;  ///< tokens

    explicit TokenSorting(JobRunner& runner, QObject* parent = nullptr);

    /// A null text means nothing is wanted.
    void setInputs(std::shared_ptr<const EncodedText> text, const TokenSort& sort);

    bool isCurrent() const override {
        return result() && result()->text == m_text && result()->sort == m_sort;
    }

  private:
    void refresh() override;

    std::shared_ptr<const EncodedText> m_text;
    TokenSort m_sort;
    quint64 m_version = 0;
};

}  // namespace lexiscope
