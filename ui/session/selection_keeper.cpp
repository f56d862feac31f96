// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection_keeper.h"

#include "core/base/utf8.h"
#include "core/search/token_lookup.h"

namespace lexiscope {
namespace {

QString channel() {
    return QStringLiteral("follow");
}

}  // namespace

QString shownToken(const Model& model, Row row) {
    return QString::fromStdString(displayText(textOf(*model.vocabulary, row)));
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

void SelectionKeeper::translate(std::shared_ptr<const Model> from, std::shared_ptr<const Model> to,
                                std::vector<Row> rows, const std::function<void(const Translation&)>& then) {
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
                translation.emplace(row, matchToken(*from->vocabulary, row, *to->vocabulary));
                progress.report(translation.size(), rows.size(), "tokens");
            }
            return translation;
        },
        [then](Result<Translation> translation) {
            then(translation.ok() ? translation.value() : Translation());
        });
}

void SelectionKeeper::sayNoMatch(const Model& from, Row row, const Model& to) {
    Q_EMIT noMatch(shownToken(from, row), QString::fromStdString(to.name));
}

void SelectionKeeper::modelChanged(int slot, const std::shared_ptr<const Model>& previous) {
    m_selection.hover(std::nullopt);
    if (!previous) {
        return;
    }
    const std::shared_ptr<const Model> to = m_session.slot(slot).model;
    const std::optional<Selected> selected = m_selection.selected();
    const bool follows = selected && selected->slot == slot;
    const bool isActive = slot == m_session.activeSlot();
    std::vector<Row> rows = m_selection.rowsInHistory(slot);
    if (isActive) {
        rows.insert(rows.end(), m_selection.pinned().begin(), m_selection.pinned().end());
        m_selection.setBoxed({});
    }
    // The row means another token now: nothing is selected until it is known which row is this one's.
    if (follows) {
        rows.push_back(selected->row);
        m_selection.clear();
    }
    translate(previous, to, std::move(rows), [=, this](const Translation& translation) {
        const auto rowIn = [&translation](Row row) {
            const auto found = translation.find(row);
            return found == translation.end() ? std::nullopt : found->second;
        };
        m_selection.translateHistory(slot, rowIn);
        if (isActive) {
            m_selection.translatePins(rowIn);
        }
        if (!follows || m_selection.selected()) {
            return;
        }
        if (const std::optional<Row> row = rowIn(selected->row)) {
            m_selection.moveTo(Selected{slot, *row, std::nullopt});
        } else {
            sayNoMatch(*previous, selected->row, *to);
        }
    });
}

void SelectionKeeper::activeSlotChanged(int slot, int previous) {
    const std::shared_ptr<const Model> from = m_session.slot(previous).model;
    const std::shared_ptr<const Model> to = m_session.slot(slot).model;
    m_selection.hover(std::nullopt);
    m_selection.setBoxed({});
    if (!from || !to) {
        return;
    }
    const std::optional<Selected> selected = m_selection.selected();
    const bool follows = selected && selected->slot == previous;
    std::vector<Row> rows = m_selection.pinned();
    if (follows) {
        rows.push_back(selected->row);
    }
    translate(from, to, std::move(rows), [=, this](const Translation& translation) {
        const auto rowIn = [&translation](Row row) {
            const auto found = translation.find(row);
            return found == translation.end() ? std::nullopt : found->second;
        };
        m_selection.translatePins(rowIn);
        if (!follows || m_selection.selected() != selected) {
            return;
        }
        if (const std::optional<Row> row = rowIn(selected->row)) {
            m_selection.select({slot, *row, std::nullopt});
        } else {
            m_selection.clear();
            sayNoMatch(*from, selected->row, *to);
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
