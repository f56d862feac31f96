// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/feature_document.h"

#include "core/io/feature_csv.h"

#include <utility>

namespace lexiscope {
namespace {

/// Of all ratings in the history, so that large tables do not fill the memory.
constexpr std::size_t mostRatingsKept = 16'000'000;
constexpr std::size_t mostSteps = 200;

bool sameWords(const Vocabulary& a, const Vocabulary& b) {
    bool same = a.size() == b.size();
    for (std::uint32_t row = 0; same && row < a.size(); ++row) {
        same = a.spelling(Row{row}) == b.spelling(Row{row});
    }
    return same;
}

}  // namespace

std::shared_ptr<const Model> FeatureDocument::model() const {
    if (!m_model) {
        const std::shared_ptr<Model> model = featureModel(table(), "features");
        if (m_words && sameWords(*m_words->vocabulary, *model->vocabulary)) {
            model->vocabulary = m_words->vocabulary;
            model->tokenizer = m_words->tokenizer;
        }
        m_words = model;
        m_model = model;
    }
    return m_model;
}

void FeatureDocument::apply(const QString& what, const Result<FeatureTable>& result, const Change& change) {
    if (!result.ok()) {
        Q_EMIT refused(result.error());
        return;
    }
    if (result.value() == table()) {
        return;
    }
    m_history.resize(m_at + 1);
    m_history.push_back({what, std::make_shared<FeatureTable>(result.value()), change});
    const std::size_t kept = mostRatingsKept / result.value().ratings().size();
    while (m_history.size() > 2 && m_history.size() > std::min(mostSteps, kept)) {
        m_history.erase(m_history.begin());
    }
    goTo(m_history.size() - 1, change);
}

void FeatureDocument::begin(FeatureTable table) {
    m_history = {{{}, std::make_shared<FeatureTable>(std::move(table)), {}}};
    goTo(0, Change());
}

std::optional<QString> FeatureDocument::undoText() const {
    return m_at > 0 ? std::optional(m_history[m_at].what) : std::nullopt;
}

std::optional<QString> FeatureDocument::redoText() const {
    return m_at + 1 < m_history.size() ? std::optional(m_history[m_at + 1].what) : std::nullopt;
}

void FeatureDocument::undo() {
    if (m_at > 0) {
        goTo(m_at - 1, m_history[m_at].change);
    }
}

void FeatureDocument::redo() {
    if (m_at + 1 < m_history.size()) {
        goTo(m_at + 1, m_history[m_at + 1].change);
    }
}

void FeatureDocument::goTo(std::size_t at, const Change& change) {
    m_at = at;
    m_model.reset();
    Q_EMIT changed(change);
}

}  // namespace lexiscope
