// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/vocabulary_analysis.h"

#include "core/search/model_traits.h"

#include <utility>

namespace lexiscope {
namespace {

using VocabularyValue = std::shared_ptr<const VocabularyResult>;

/// `before`, of the same model, may be null: what it holds already is not found out again.
Result<VocabularyValue> compute(const std::shared_ptr<const Model>& model, const VocabularyQuery& query,
                                const VocabularyValue& before, WorkerPool& pool, Progress& progress) {
    auto result = std::make_shared<VocabularyResult>();
    result->model = model;
    result->query = query;
    if (before) {
        result->traits = before->traits;
        result->produced = before->produced;
    }
    if (!result->traits) {
        Result<std::shared_ptr<const TokenTraits>> traits = traitsOfTokens(*model, pool, progress);
        if (!traits.ok()) {
            return traits.error();
        }
        result->traits = std::move(traits).value();
    }
    if (query.isNeverProduced && !result->produced) {
        Result<std::shared_ptr<const ProducedTokens>> produced =
            ProducedTokens::of(*model->tokenizer, pool, progress);
        if (!produced.ok()) {
            return produced.error();
        }
        result->produced = std::move(produced).value();
    }
    Result<VocabularyList> list =
        listVocabulary(*model->vocabulary, *result->traits, result->produced.get(), query, pool, progress);
    if (!list.ok()) {
        return list.error();
    }
    result->list = std::move(list).value();
    return VocabularyValue(std::move(result));
}

QString keyOf(const Model& model, const VocabularyQuery& query) {
    return QStringLiteral("%1 %2 %3 %4 ")
               .arg(reinterpret_cast<quintptr>(&model), 0, 16)
               .arg(query.script ? static_cast<int>(*query.script) : -1)
               .arg(query.isNeverProduced ? 1 : 0)
               .arg(static_cast<int>(query.order)) +
           QString::fromStdString(query.text);
}

}  // namespace

VocabularyAnalysis::VocabularyAnalysis(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("vocabulary"), parent) {}

void VocabularyAnalysis::setInputs(std::shared_ptr<const Model> model, const VocabularyQuery& query) {
    VocabularyQuery possible = query;
    possible.isNeverProduced = query.isNeverProduced && model && model->tokenizer;
    if (model == m_model && possible == m_query) {
        return;
    }
    m_model = std::move(model);
    m_query = possible;
    refresh();
}

void VocabularyAnalysis::refresh() {
    if (!m_model || isCurrent()) {
        return latest().settle();
    }
    const QString name = QString::fromStdString(m_model->name);
    const bool isOfModel = result() && result()->model == m_model;
    const bool asks = m_query.isNeverProduced && !(isOfModel && result()->produced);
    latest().compute(
        keyOf(*m_model, m_query),
        asks ? tr("Looking for tokens of %1 that no text becomes").arg(name)
             : tr("Listing the tokens of %1").arg(name),
        [model = m_model, query = m_query, before = isOfModel ? result() : nullptr, &pool = latest().pool()](
            Progress& progress) { return compute(model, query, before, pool, progress); });
}

}  // namespace lexiscope
