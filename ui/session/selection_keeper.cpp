// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection_keeper.h"

#include "core/base/utf8.h"
#include "core/search/token_lookup.h"

#include <utility>

namespace lexiscope {
namespace {

QString channel() {
    return QStringLiteral("follow");
}

}  // namespace

QString shownToken(const Model& model, Row row) {
    return QString::fromStdString(displayText(textOf(*model.vocabulary, row)));
}

QString noMatch(const Model& from, Row row, const Model& to) {
    return SelectionKeeper::tr("%1 has no match in %2.")
        .arg(shownToken(from, row), QString::fromStdString(to.name));
}

SelectionKeeper::SelectionKeeper(Session& session, Selection& selection, Analyses& analyses,
                                 JobRunner& runner, QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_analyses(analyses), m_runner(runner) {
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

SelectionKeeper::~SelectionKeeper() {
    m_runner.drop(channel());
}

void SelectionKeeper::translate(const std::shared_ptr<const Model>& from,
                                const std::shared_ptr<const Model>& to, const std::vector<Row>& rows,
                                const std::function<void(const Translation&)>& then) {
    const QString key = QString::number(reinterpret_cast<quintptr>(from.get()), 16) + u' ' +
                        QString::number(reinterpret_cast<quintptr>(to.get()), 16);
    m_runner.drop(channel());
    m_runner.start<Translation>(
        {channel(), key, tr("Finding the chosen tokens in %1").arg(QString::fromStdString(to->name)),
         Priority::Interactive},
        [from, to, rows](Progress& progress) -> Result<Translation> {
            Translation translation;
            for (const Row row : rows) {
                if (progress.stopRequested()) {
                    return cancelled();
                }
                translation.emplace(row, from == to ? std::optional(row)
                                                    : matchToken(*from->vocabulary, row, *to->vocabulary));
                progress.report(translation.size(), rows.size(), "tokens");
            }
            return translation;
        },
        [then](Result<Translation> translation) {
            then(translation.ok() ? translation.value() : Translation());
        });
}

std::vector<Row> SelectionKeeper::translated(const std::vector<Row>& rows, const Translation& translation) {
    std::vector<Row> there;
    for (const Row row : rows) {
        const auto found = translation.find(row);
        if (found != translation.end() && found->second) {
            there.push_back(*found->second);
        }
    }
    return there;
}

SelectionKeeper::Chosen SelectionKeeper::chosenIn(int slot, const std::shared_ptr<const Model>& model) const {
    const std::optional<Selected> selected = m_selection.selected();
    const bool isHere = selected && selected->slot == slot;
    return {model, isHere ? std::optional(selected->row) : std::nullopt,
            slot == m_session.activeSlot() ? m_selection.pinned() : std::vector<Row>()};
}

SelectionKeeper::Chosen SelectionKeeper::takeChosen(int slot, const std::shared_ptr<const Model>& previous) {
    const Chosen now = chosenIn(slot, previous);
    const std::optional<FirstRows> held = std::exchange(m_firstRows, std::nullopt);
    // Only if nothing was chosen among the first rows meanwhile.
    if (held && held->slot == slot && held->there.model == previous && held->there.selected == now.selected &&
        held->there.pins == now.pins) {
        return held->before;
    }
    return now;
}

void SelectionKeeper::modelChanged(int slot, const std::shared_ptr<const Model>& previous) {
    if (haveSameWords(previous, m_session.slot(slot).model)) {
        return;  // what was chosen in one is chosen in the other
    }
    m_selection.hover(std::nullopt);
    m_crossing.reset();
    if (!previous) {
        return;
    }
    const std::shared_ptr<const Model> to = m_session.slot(slot).model;
    const Chosen chosen = takeChosen(slot, previous);
    std::vector<Row> history = m_selection.rowsInHistory(slot);
    if (chosen.model != previous) {
        // Steps among first rows lead to the same rows of the whole file, and nowhere in another model.
        const bool isWhole = to && to != chosen.model;
        m_selection.translateHistory(
            slot, [isWhole](Row row) { return isWhole ? std::optional(row) : std::nullopt; });
        history.clear();
    }
    if (slot == m_session.activeSlot()) {
        m_selection.setBoxed({});
        m_selection.setPinned({});
    }
    // The row means another token now: nothing is selected until it is known which row is this one's.
    if (m_selection.selected() && m_selection.selected()->slot == slot) {
        m_selection.clear();
    }
    if (!to) {
        m_selection.translateHistory(slot, [](Row) { return std::optional<Row>(); });
        return;
    }
    if (to->partOf) {
        m_firstRows = FirstRows{slot, chosen, {to, std::nullopt, {}}};
    }
    carryOver(slot, chosen, std::move(history));
}

void SelectionKeeper::carryOver(int slot, const Chosen& chosen, std::vector<Row> history) {
    const std::shared_ptr<const Model> to = m_session.slot(slot).model;
    const bool hasHistory = !history.empty();
    std::vector<Row> rows = std::move(history);
    rows.insert(rows.end(), chosen.pins.begin(), chosen.pins.end());
    if (chosen.selected) {
        rows.push_back(*chosen.selected);
    }
    translate(chosen.model, to, rows, [=, this](const Translation& translation) {
        if (hasHistory) {
            m_selection.translateHistory(slot, [&translation](Row row) {
                const auto found = translation.find(row);
                return found == translation.end() ? std::nullopt : found->second;
            });
        }
        if (!chosen.pins.empty() && slot == m_session.activeSlot()) {
            m_selection.setPinned(translated(chosen.pins, translation));
        }
        if (chosen.selected && !m_selection.selected()) {
            if (const std::vector<Row> row = translated({*chosen.selected}, translation); !row.empty()) {
                m_selection.moveTo(Selected{slot, row.front(), std::nullopt});
            } else {
                m_selection.clear(noMatch(*chosen.model, *chosen.selected, *to));
            }
        }
        if (m_firstRows && m_firstRows->there.model == to) {
            m_firstRows->there = chosenIn(slot, to);
        }
    });
}

bool SelectionKeeper::returnToOrigin(int slot) {
    const std::optional<Crossing> crossing = std::exchange(m_crossing, std::nullopt);
    if (!crossing || crossing->origin.slot != slot || crossing->model != m_session.slot(slot).model) {
        return false;
    }
    const std::optional<Selected>& now = m_selection.selected();
    const std::optional<Row> row = now ? std::optional(now->row) : std::nullopt;
    if (row != crossing->arrival || (now && now->slot == slot)) {
        return false;
    }
    if (m_selection.pinned() == crossing->pinsThere) {
        m_selection.setPinned(crossing->pins);
    }
    m_selection.select(crossing->origin);
    return true;
}

void SelectionKeeper::activeSlotChanged(int slot, int previous) {
    const std::shared_ptr<const Model> from = m_session.slot(previous).model;
    const std::shared_ptr<const Model> to = m_session.slot(slot).model;
    m_selection.hover(std::nullopt);
    m_selection.setBoxed({});
    if (!from || !to || returnToOrigin(slot)) {
        return;
    }
    const std::optional<Selected> selected = m_selection.selected();
    const bool follows = selected && selected->slot == previous;
    const std::vector<Row> pins = m_selection.pinned();
    std::vector<Row> rows = pins;
    if (follows) {
        rows.push_back(selected->row);
    }
    translate(from, to, rows, [=, this](const Translation& translation) {
        m_selection.setPinned(translated(pins, translation));
        if (!follows || m_selection.selected() != selected) {
            return;
        }
        const std::vector<Row> row = translated({selected->row}, translation);
        m_crossing = Crossing{from, *selected, pins, std::nullopt, m_selection.pinned()};
        if (row.empty()) {
            m_selection.clear(noMatch(*from, selected->row, *to));
        } else {
            m_crossing->arrival = row.front();
            m_selection.select({slot, row.front(), std::nullopt});
        }
    });
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
