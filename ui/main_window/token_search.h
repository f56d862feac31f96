// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/job_runner.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/widgets/search_field.h"

#include <QObject>

namespace lexiscope {

/// Answers the search field from the vocabulary of the model in front, in the background, and selects what is
/// chosen.
class TokenSearch : public QObject {
    Q_OBJECT
  public:
    TokenSearch(SearchField& field, Session& session, Selection& selection, JobRunner& runner,
                QObject* parent = nullptr);

  private:
    void complete(const QString& prefix);
    void find(const QString& text);

    SearchField& m_field;
    Session& m_session;
    Selection& m_selection;
    JobRunner& m_runner;
};

}  // namespace lexiscope
