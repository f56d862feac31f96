// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/analyses.h"
#include "ui/session/session.h"
#include "ui/session/training_run.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace lexiscope {

/// What is being learned, seen through a slot: the newest vectors about once a second while they are learned,
/// or a snapshot somebody goes back to. All pictures of a run have the same words in the same rows, so the
/// selection stays; each comes with its projection, so maps change in one step. The newest picture is
/// projected on its own principal axes, turned so that it follows the one before; an earlier one that
/// somebody goes back to, on the axes of the newest.
class TrainingView : public QObject {
    Q_OBJECT
  public:
    TrainingView(Session& session, Analyses& analyses, JobRunner& runner, QObject* parent = nullptr);
    ~TrainingView() override;

    TrainingRun& run() { return m_run; }
    const TrainingRun& run() const { return m_run; }

    /// The slot it is seen through; none once another model has been opened there.
    std::optional<int> slot() const { return m_slot; }
    /// It is seen through that slot, which comes to the front, as soon as there is something to see; nowhere
    /// where the slot is not given to it (see Session::place).
    void setSlot(int slot);

    /// Whether what is being learned is shown on the way; else at the end alone, as a figure needs it that is
    /// the same each time.
    void setLive(bool live) { m_isLive = live; }

    /// Pictures that can be gone back to.
    std::size_t pictures() const { return m_run.snapshots().size(); }
    /// Which of them is looked at; none: the newest, whatever it is.
    std::optional<std::size_t> chosen() const { return m_chosen; }
    void choose(std::size_t picture);
    void follow();
    /// Of the one shown; null before the first.
    std::shared_ptr<const Model> model() const { return m_shown.model; }
    std::uint64_t wordsRead() const { return m_shown.words; }

    /// There is something learned from a file that would be lost: the sample is learned again in no time.
    bool isUnsaved() const;
    /// That, or what is only being learned.
    MadeWorks unsettledWorks() const;
    /// Whether a run may begin anew, which forgets what the run before has learned and takes the slot:
    /// somebody is asked where anything would be lost.
    bool mayStart() const;
    /// Writes the vectors shown, in the background, whole or not at all, in the format of the path's ending
    /// (see writerForEnding).
    void save(const QString& path);
    /// The files that save() knows, as QFileDialog takes them.
    static QString vectorFileTypes();

  Q_SIGNALS:
    /// Another picture is shown, or another one looked for.
    void changed();
    void failed(lexiscope::Error error);  ///< of showing or saving
    void saved(QString path, QStringList warnings);

  private:
    /// A picture with all that is known of it before it is shown.
    struct Picture {
        TrainingSnapshot snapshot;
        PreparedResults results;
    };
    struct Order;

    static Result<Picture> prepare(const Order& order, WorkerPool& pool, Progress& progress);
    Order order() const;
    /// Shows the newest, unless that was done a moment ago or is being done.
    void showNewest(bool atOnce);
    void start(Order order, const QString& key);
    void finish(Result<Picture> result);
    void place();
    void runChanged();
    std::shared_ptr<MadeWork> newWork();
    void write(const QString& path, const MadeWork::Finished& finished);
    static QString channel() { return QStringLiteral("training picture"); }

    using Clock = std::chrono::steady_clock;

    Session& m_session;
    Analyses& m_analyses;
    JobRunner& m_runner;
    TrainingRun m_run;
    std::optional<int> m_slot;
    bool m_cameToFront = false;  // in this run
    std::optional<std::size_t> m_chosen;
    TrainingSnapshot m_shown;
    PreparedResults m_results;
    std::shared_ptr<const PcaResult> m_axes;  // of the newest picture shown
    bool m_placing = false;
    bool m_isLive = true;
    TrainingRun::State m_state = TrainingRun::State::Idle;
    Clock::time_point m_begun;  // the last look at the newest
    Clock::duration m_taken{};  // how long that took
    quint64 m_pictures = 0;
    std::uint64_t m_wordsSaved = 0;  // read by those that were saved in this run
    std::shared_ptr<MadeWork> m_work;
};

}  // namespace lexiscope
