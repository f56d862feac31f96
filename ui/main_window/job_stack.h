// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/job_runner.h"
#include "ui/widgets/job_bar.h"

#include <vector>

#include <QWidget>

namespace lexiscope {

/// The foot of the window: one line per job that takes long, each with its own Cancel; the first line carries
/// the note on what the numbers stand on and stays when nothing runs.
class JobStack : public QWidget {
    Q_OBJECT
  public:
    JobStack(const ThemeSource& theme, JobRunner& runner, QWidget* parent = nullptr);
    void setNote(const QString& note);
    /// Whether jobs are shown: a figure shows the note alone, for what happens to run is not part of it.
    void setShowsJobs(bool shows);

  private:
    void refresh();
    JobBar& bar(std::size_t index);

    const ThemeSource& m_theme;
    JobRunner& m_runner;
    bool m_showsJobs = true;
    std::vector<JobBar*> m_bars;
    QStringList m_channels;  // whose job each bar shows
};

/// "Loading gpt2: 1,412,803 of 3,000,000 rows"
QString describe(const JobState& job);

}  // namespace lexiscope
