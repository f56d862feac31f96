// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <QObject>

namespace lexiscope {

/// Keeps the selection on its token when the model, the slot in front or the text changes, as long as the
/// token still exists; says so when it does not.
class SelectionKeeper : public QObject {
    Q_OBJECT
  public:
    SelectionKeeper(Session& session, Selection& selection, Analyses& analyses, JobRunner& runner,
                    QObject* parent = nullptr);
    ~SelectionKeeper() override;

  private:
    void modelChanged(int slot, const std::shared_ptr<const Model>& previous);
    void activeSlotChanged(int slot, int previous);
    void encodingChanged(int slot);
    /// Where in the text the selected token stands, if it stands there at all.
    void findPlace();
    /// A window in which nothing has been selected yet begins with the first token of its text.
    void selectFirst(int slot, const std::vector<Token>& tokens);
    /// What rows of one model are in another; no entry, or none in it, where there is no match.
    using Translation = std::unordered_map<Row, std::optional<Row>>;
    /// In the background: a word that a vocabulary of millions does not have takes a walk through all of it.
    void translate(const std::shared_ptr<const Model>& from, const std::shared_ptr<const Model>& to,
                   const std::vector<Row>& rows, const std::function<void(const Translation&)>& then);
    static std::vector<Row> translated(const std::vector<Row>& rows, const Translation& translation);
    /// Comes back to what was selected before the other model was looked at, if nothing has been chosen
    /// there.
    bool returnToOrigin(int slot);

    /// What was selected and pinned when the other model came to the front, and what became of it there.
    struct Crossing {
        std::shared_ptr<const Model> model;
        Selected origin;
        std::vector<Row> pins;
        std::optional<Row> arrival;
        std::vector<Row> pinsThere;
    };

    /// What is selected and pinned in one model.
    struct Chosen {
        std::shared_ptr<const Model> model;
        std::optional<Row> selected;
        std::vector<Row> pins;
    };
    /// What was chosen before a file's first rows came to stand in, and what became of it among them: a token
    /// that comes only later in the file is there again once all of it is.
    struct FirstRows {
        int slot = 0;
        Chosen before;
        Chosen there;
    };
    Chosen chosenIn(int slot, const std::shared_ptr<const Model>& model) const;
    /// The choice to carry over from `previous`.
    Chosen takeChosen(int slot, const std::shared_ptr<const Model>& previous);
    void carryOver(int slot, const Chosen& chosen, std::vector<Row> history);

    Session& m_session;
    Selection& m_selection;
    Analyses& m_analyses;
    JobRunner& m_runner;
    std::optional<Crossing> m_crossing;
    std::optional<FirstRows> m_firstRows;
};

/// The row's token as it is shown to people: "·queen".
QString shownToken(const Model& model, Row row);

/// The sentence that says that a token of `from` has none of its kind in `to`.
QString noMatch(const Model& from, Row row, const Model& to);

}  // namespace lexiscope
