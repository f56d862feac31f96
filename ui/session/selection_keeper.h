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

  Q_SIGNALS:
    /// The selected token has no match in the model now shown.
    void noMatch(QString token, QString model);

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
    void translate(std::shared_ptr<const Model> from, std::shared_ptr<const Model> to, std::vector<Row> rows,
                   const std::function<void(const Translation&)>& then);
    void sayNoMatch(const Model& from, Row row, const Model& to);

    Session& m_session;
    Selection& m_selection;
    Analyses& m_analyses;
    JobRunner& m_runner;
};

/// The row's token as it is shown to people: "·queen".
QString shownToken(const Model& model, Row row);

}  // namespace lexiscope
