// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"

#include <QObject>

namespace lexiscope {

/// Keeps the selection on its token when the model, the slot in front or the text changes, as long as the
/// token still exists; says so when it does not.
class SelectionKeeper : public QObject {
    Q_OBJECT
  public:
    SelectionKeeper(Session& session, Selection& selection, Analyses& analyses, QObject* parent = nullptr);

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
    void follow(const std::optional<Row>& row, int slot, const Model& from, Row fromRow);

    Session& m_session;
    Selection& m_selection;
    Analyses& m_analyses;
};

/// The row's token as it is shown to people: "·queen".
QString shownToken(const Model& model, Row row);

}  // namespace lexiscope
