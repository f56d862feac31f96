// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/search/vocabulary_list.h"
#include "ui/session/panel_analysis.h"

#include <memory>

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

/// Lists the tokens of a model: first what can be seen of each of them and, when the query asks for it, which
/// of them no text becomes, both once for a model; then the list. For one panel.
class VocabularyAnalysis : public AnalysisOf<VocabularyResult> {
    Q_OBJECT
  public:
    explicit VocabularyAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// A null model means nothing is wanted. A query for tokens that are never produced is one for all where
    /// the model has no tokenizer.
    void setInputs(std::shared_ptr<const Model> model, const VocabularyQuery& query);

    bool isCurrent() const override {
        return result() && result()->model == m_model && result()->query == m_query;
    }

  private:
    void refresh() override;

    std::shared_ptr<const Model> m_model;
    VocabularyQuery m_query;
};

}  // namespace lexiscope
