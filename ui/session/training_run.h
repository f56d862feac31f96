// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/train/word_trainer.h"
#include "ui/session/job_runner.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace lexiscope {

inline constexpr int runTickMilliseconds = 250;  ///< between two looks at something that learns

/// What is learned from, and how.
struct TrainingSettings {
    QString corpus;  ///< path of a text; empty: the sample (see sampleCorpus)
    WordTrainingOptions options;
};

/// What suits the text: word2vec's defaults for a file; for the sample, which is short and has no rare words,
/// more passes and nothing passed over.
WordTrainingOptions suggestedOptions(const QString& corpus);

/// "w20.txt"
QString corpusName(const QString& corpus);

/// The vectors as they were at one time of a run.
struct TrainingSnapshot {
    std::uint64_t words = 0;  ///< of the text learned by then, in all passes together
    std::shared_ptr<const Model> model;
};

/// How far a run is.
struct TrainingNumbers {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    bool areBytes = false;      ///< of the text, while its words are counted; else words, in all passes
    double wordsPerSecond = 0;  ///< of the last seconds while it learns, else of all; 0: not known
    std::optional<double> secondsLeft;
    double secondsLearned = 0;
};

/// Word vectors being learned from a text, in the background, on threads of its own: other work is neither
/// waited for nor kept waiting. At most 40 snapshots, or as many as 512 MB hold, are kept of a run: of its
/// beginning, at even parts of the way, and of its end. One whose snapshot alone is larger keeps the end
/// only.
class TrainingRun : public QObject {
    Q_OBJECT
  public:
    enum class State { Idle, Counting, Learning, Paused, Done, Failed };
    static constexpr std::size_t mostSnapshots = 40;
    static constexpr std::uint64_t snapshotMemory = std::uint64_t{512} << 20U;

    explicit TrainingRun(JobRunner& runner, QObject* parent = nullptr);
    ~TrainingRun() override;

    /// Begins anew; what another run has learned is forgotten.
    void start(const TrainingSettings& settings);
    /// Stops within some ms, or once the words have been counted; goOn() takes up where it stopped.
    void pause();
    void goOn();
    /// Ends the run with what has been learned by now; while words are still counted, there is nothing of it.
    void stop();

    State state() const { return m_state; }
    bool isActive() const { return m_state == State::Counting || m_state == State::Learning; }
    const TrainingSettings& settings() const { return m_settings; }
    /// Why it has failed; what was learned before stays.
    const std::optional<Error>& failure() const { return m_failure; }
    TrainingNumbers numbers() const;
    /// The curve of learning so far, without a last point that few words are behind.
    std::vector<TrainingLoss> losses() const;
    /// Null until the words have been counted.
    const TrainingWords* words() const { return m_trainer ? &m_trainer->words() : nullptr; }
    /// Null likewise. It may be asked while it learns, and goes on living with whoever holds it.
    std::shared_ptr<const WordTrainer> trainer() const { return m_trainer; }
    /// Oldest first.
    const std::vector<TrainingSnapshot>& snapshots() const { return m_snapshots; }

    /// Makes a snapshot of now, in whichever thread it is called; null before the words have been counted,
    /// and where a snapshot is too large to be taken on the way.
    std::function<TrainingSnapshot()> reader() const;
    /// What a model learned from that text is called, and its file: "w20".
    static QString baseName(const QString& corpus);
    static QString channel() { return QStringLiteral("training"); }

  Q_SIGNALS:
    /// Of its state or numbers; four times a second while it runs.
    void changed();
    void snapshotTaken();
    void failed(lexiscope::Error error);  ///< never Cancelled
    void warned(QString corpus, QStringList warnings);

  private:
    /// What all snapshots of a run have in common.
    struct Words {
        QString corpus;
        std::shared_ptr<const Vocabulary> vocabulary;
        std::shared_ptr<const Tokenizer> tokenizer;
        TrainingSnapshot snapshot(std::uint64_t read, std::vector<float> vectors,
                                  std::size_t dimension) const;
    };
    struct Counted {
        std::shared_ptr<WordTrainer> trainer;
        Words words;
    };
    struct Stretch {
        std::uint64_t words = 0;
        std::vector<float> vectors;
        bool isEnd = false;
    };
    class Watch;

    static Result<Counted> count(const TrainingSettings& settings, Progress& progress);
    static Result<Stretch> learn(const std::shared_ptr<WordTrainer>& trainer, Watch& watch);
    void counted(Result<Counted> result);
    void learned(Result<Stretch> result);
    void begin();
    void keep(Stretch stretch);
    void setState(State state);
    void fail(const Error& error);
    void tick();

    using Clock = std::chrono::steady_clock;
    struct Moment {
        Clock::time_point when;
        std::uint64_t words = 0;
    };

    JobRunner& m_runner;
    TrainingSettings m_settings;
    State m_state = State::Idle;
    bool m_ending = false;   // stop() was asked for while it learned
    bool m_pausing = false;  // pause() was asked for while words were counted
    std::optional<Error> m_failure;
    std::shared_ptr<WordTrainer> m_trainer;
    Words m_words;
    // Told to the job that learns. To cancel it would lose the snapshots that are on their way from it.
    std::shared_ptr<std::atomic<bool>> m_halt;
    std::shared_ptr<std::size_t> m_nextSnapshot;  // touched by the one job that learns
    std::vector<TrainingSnapshot> m_snapshots;
    QTimer m_ticker;
    std::deque<Moment> m_moments;  // of the last seconds
    Clock::time_point m_since;     // it learns again
    double m_secondsBefore = 0;    // it had learned before that
    quint64 m_runs = 0;
};

}  // namespace lexiscope
