// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/token_search.h"

#include "core/search/token_lookup.h"
#include "ui/session/selection_keeper.h"

namespace lexiscope {
namespace {

constexpr std::size_t mostCompletions = SearchField::fullList;

QString keyOf(const Model* model, const QString& text) {
    return QString::number(reinterpret_cast<quintptr>(model), 16) + u' ' + text;
}

}  // namespace

TokenSearch::TokenSearch(SearchField& field, Session& session, Selection& selection, JobRunner& runner,
                         QObject* parent)
    : QObject(parent), m_field(field), m_session(session), m_selection(selection), m_runner(runner) {
    connect(&field, &SearchField::completionsWanted, this, &TokenSearch::complete);
    // The list was that of the first rows, or of another model.
    connect(&session, &Session::modelChanged, this, [this](int slot) {
        if (slot == m_session.activeSlot() && m_field.isListOpen()) {
            complete(m_field.text());
        }
    });
    connect(&field, &SearchField::submitted, this, &TokenSearch::find);
    connect(&field, &SearchField::chosen, this, [this](Row row) {
        m_selection.select({m_session.activeSlot(), row, std::nullopt});
    });
}

void TokenSearch::complete(const QString& prefix) {
    const std::shared_ptr<const Model> model = m_session.activeModel();
    if (!model || prefix.isEmpty()) {
        return;
    }
    m_runner.start<std::vector<Row>>(
        {QStringLiteral("completions"), keyOf(model.get(), prefix), tr("Searching the vocabulary"),
         Priority::Interactive},
        [model, text = prefix.toStdString()](Progress& progress) {
            return completions(*model->vocabulary, text, mostCompletions, progress);
        },
        [this, model, prefix](Result<std::vector<Row>> rows) {
            if (!rows.ok() || model != m_session.activeModel()) {
                return;
            }
            QVector<Completion> found;
            for (const Row row : rows.value()) {
                found.push_back({shownToken(*model, row), QString::number(row.value), row});
            }
            m_field.setCompletions(prefix, found, rowsSoFar(*model));
        });
}

void TokenSearch::find(const QString& text) {
    const std::shared_ptr<const Model> model = m_session.activeModel();
    if (!model || text.isEmpty()) {
        return;
    }
    m_runner.start<FoundToken>(
        {QStringLiteral("find"), keyOf(model.get(), text), tr("Searching the vocabulary"),
         Priority::Interactive},
        [model, word = text.toStdString()](Progress&) { return findToken(*model, word); },
        [this, model](Result<FoundToken> found) {
            if (model != m_session.activeModel()) {
                return;
            }
            if (!found.ok()) {
                QStringList parts{QString::fromStdString(toString(found.error())), rowsSoFar(*model)};
                parts.removeAll(QString());
                m_field.showMessage(parts.join(QStringLiteral(" · ")));
                return;
            }
            m_field.closeList();
            m_selection.select({m_session.activeSlot(), found.value().row, std::nullopt});
        });
}

}  // namespace lexiscope
