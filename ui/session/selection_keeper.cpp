// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection_keeper.h"

#include "core/base/utf8.h"
#include "core/search/token_lookup.h"

namespace lexiscope {

QString shownToken(const Model& model, Row row) {
    return QString::fromStdString(displayText(textOf(*model.vocabulary, row)));
}

SelectionKeeper::SelectionKeeper(Session& session, Selection& selection, Analyses& analyses, QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_analyses(analyses) {
    connect(&session, &Session::modelChanged, this, &SelectionKeeper::modelChanged);
    connect(&session, &Session::activeSlotChanged, this, &SelectionKeeper::activeSlotChanged);
    connect(&analyses, &Analyses::changed, this, [this](int slot, Analyses::Need need) {
        if (need == Analyses::Encoding && slot == m_session.activeSlot() &&
            m_analyses.isCurrent(slot, need) && m_analyses.encoding(slot)) {
            encodingChanged(slot);
        }
    });
    // Back and Forward may lead to a token of the other model: that model then comes to the front.
    connect(&selection, &Selection::selectedChanged, this, [this] {
        if (m_selection.selected() && m_selection.selected()->slot != m_session.activeSlot()) {
            m_session.setActiveSlot(m_selection.selected()->slot);
        }
        findPlace();
    });
}

void SelectionKeeper::follow(const std::optional<Row>& row, int slot, const Model& from, Row fromRow) {
    if (row) {
        m_selection.moveTo(Selected{slot, *row, std::nullopt});
        return;
    }
    m_selection.clear();
    Q_EMIT noMatch(shownToken(from, fromRow), QString::fromStdString(m_session.slot(slot).model->name));
}

void SelectionKeeper::modelChanged(int slot, const std::shared_ptr<const Model>& previous) {
    if (!previous) {
        return;
    }
    const Model& to = *m_session.slot(slot).model;
    const auto translate = [&](Row row) { return matchToken(*previous->vocabulary, row, *to.vocabulary); };
    m_selection.hover(std::nullopt);
    const std::optional<Selected> selected = m_selection.selected();
    m_selection.translateHistory(slot, translate);
    if (slot == m_session.activeSlot()) {
        m_selection.translatePins(translate);
    }
    if (selected && selected->slot == slot) {
        follow(translate(selected->row), slot, *previous, selected->row);
    }
}

void SelectionKeeper::activeSlotChanged(int slot, int previous) {
    const std::shared_ptr<const Model> from = m_session.slot(previous).model;
    const std::shared_ptr<const Model> to = m_session.slot(slot).model;
    m_selection.hover(std::nullopt);
    if (!from || !to) {
        return;
    }
    m_selection.translatePins([&](Row row) { return matchToken(*from->vocabulary, row, *to->vocabulary); });
    const std::optional<Selected> selected = m_selection.selected();
    if (selected && selected->slot == previous) {
        const std::optional<Row> row = matchToken(*from->vocabulary, selected->row, *to->vocabulary);
        if (row) {
            m_selection.select({slot, *row, std::nullopt});
        } else {
            follow(row, slot, *from, selected->row);
        }
    }
}

void SelectionKeeper::selectFirst(int slot, const std::vector<Token>& tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (tokens[at].id) {
            m_selection.select({slot, rowOf(*tokens[at].id), Position{static_cast<std::uint32_t>(at)}});
            return;
        }
    }
}

void SelectionKeeper::encodingChanged(int slot) {
    if (!m_selection.selected() && !m_selection.hasBeenUsed()) {
        selectFirst(slot, m_analyses.encoding(slot)->encoding.tokens);
    }
    findPlace();
}

void SelectionKeeper::findPlace() {
    const std::optional<Selected> selected = m_selection.selected();
    if (!selected || selected->slot != m_session.activeSlot() ||
        !m_analyses.isCurrent(selected->slot, Analyses::Encoding) || !m_analyses.encoding(selected->slot)) {
        return;
    }
    const std::vector<Token>& tokens = m_analyses.encoding(selected->slot)->encoding.tokens;
    const auto isSame = [&](std::size_t at) {
        return tokens[at].id && rowOf(*tokens[at].id) == selected->row;
    };
    if (selected->position && selected->position->value < tokens.size() &&
        isSame(selected->position->value)) {
        return;
    }
    // The token nearest to where it stood, as text before it may have come or gone.
    const std::size_t was = selected->position ? selected->position->value : 0;
    std::optional<Position> nearestPlace;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const auto distance = [was](std::size_t place) { return place > was ? place - was : was - place; };
        if (isSame(at) && (!nearestPlace || distance(at) < distance(nearestPlace->value))) {
            nearestPlace = Position{static_cast<std::uint32_t>(at)};
        }
    }
    m_selection.moveTo(Selected{selected->slot, selected->row, nearestPlace});
}

}  // namespace lexiscope
