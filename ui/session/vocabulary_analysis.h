// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/search/vocabulary_list.h"
#include "ui/session/latest_result.h"

#include <memory>
#include <optional>

#include <QObject>

namespace lexiscope {

/// The tokens of a model that a query asks for.
struct VocabularyResult {
    std::shared_ptr<const Model> model;
    VocabularyQuery query;
    std::shared_ptr<const TokenTraits> traits;
    std::shared_ptr<const ProducedTokens> produced;  ///< null where nobody has asked for it yet
    VocabularyList list;
};

/// Lists the tokens of a model in the background: first what can be seen of each of them and, when the query
/// asks for it, which of them no text becomes, both once for a model; then the list. A result of before stays
/// until the new one stands. For one panel.
class VocabularyAnalysis : public QObject {
    Q_OBJECT
  public:
    explicit VocabularyAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// A null model means nothing is wanted. A query for tokens that are never produced is one for all where
    /// the model has no tokenizer.
    void setInputs(std::shared_ptr<const Model> model, const VocabularyQuery& query);

    const std::shared_ptr<const VocabularyResult>& result() const { return m_latest.value(); }
    /// False while the result that stands belongs to inputs of before.
    bool isCurrent() const { return result() && result()->model == m_model && result()->query == m_query; }
    bool isBusy() const { return m_latest.isBusy(); }
    /// Why there is no result, when the last attempt failed.
    const std::optional<Error>& failure() const { return m_latest.failure(); }
    /// Once more after a failure.
    void retry() { refresh(); }

  Q_SIGNALS:
    void changed();

  private:
    void refresh();

    LatestResult<VocabularyResult> m_latest;
    std::shared_ptr<const Model> m_model;
    VocabularyQuery m_query;
};

}  // namespace lexiscope
