// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/job_stack.h"

#include "ui/panels/panel.h"
#include "ui/session/grouped_text.h"

#include <QVBoxLayout>

namespace lexiscope {

QString describe(const JobState& job) {
    if (job.total == 0) {
        return job.label + QStringLiteral("…");
    }
    return JobStack::tr("%1: %2 of %3 %4")
        .arg(job.label, groupedText(job.done), groupedText(job.total), job.unit);
}

JobStack::JobStack(const ThemeSource& theme, JobRunner& runner, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_runner(runner) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    connect(&runner, &JobRunner::progressed, this, &JobStack::refresh);
    bar(0).hideJob();
}

JobBar& JobStack::bar(std::size_t index) {
    while (m_bars.size() <= index) {
        auto* added = new JobBar(m_theme, this);
        added->setObjectName(QStringLiteral("job%1").arg(m_bars.size()));
        connect(added, &JobBar::cancelClicked, this, [this, at = static_cast<qsizetype>(m_bars.size())] {
            if (at < m_channels.size()) {
                m_runner.cancel(m_channels[at]);
            }
        });
        layout()->addWidget(added);
        m_bars.push_back(added);
    }
    return *m_bars[index];
}

void JobStack::setNote(const QString& note) {
    bar(0).setNote(note);
}

void JobStack::setShowsJobs(bool shows) {
    m_showsJobs = shows;
    refresh();
}

void JobStack::refresh() {
    const QVector<JobState> jobs = m_showsJobs ? m_runner.longJobs() : QVector<JobState>();
    m_channels.clear();
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        const JobState& job = jobs[i];
        const double fraction =
            job.total == 0 ? -1 : static_cast<double>(job.done) / static_cast<double>(job.total);
        bar(static_cast<std::size_t>(i)).showJob(describe(job), fraction, true);
        bar(static_cast<std::size_t>(i)).show();
        m_channels << job.channel;
    }
    for (std::size_t i = static_cast<std::size_t>(jobs.size()); i < m_bars.size(); ++i) {
        m_bars[i]->hideJob();
        m_bars[i]->setVisible(i == 0);
    }
}

}  // namespace lexiscope
