// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model.h"
#include "core/train/tokenizer_training.h"
#include "ui/session/job_runner.h"
#include "ui/session/made_work.h"
#include "ui/session/session.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>
#include <QTimer>

namespace lexiscope {

struct TokenizerSettings {
    QString corpus;  ///< path of a text; empty: the sample (see sampleCorpus)
    TokenizerTrainingOptions options;
};

/// What suits the text: the sample has few words.
TokenizerTrainingOptions suggestedTokenizer(const QString& corpus, TokenizerKind kind);

/// A tokenizer that was learned, and what from.
struct TrainedTokenizer {
    std::shared_ptr<const LearnedTokenizer> learned;
    std::shared_ptr<const Model> model;  ///< of the tokenizer alone, read back from what is saved
    std::uint64_t bytes = 0;             ///< of the text
    std::uint64_t pieces = 0;            ///< that the text was cut in
    std::uint64_t differentPieces = 0;
    double seconds = 0;
    std::shared_ptr<MadeWork> work;  ///< null of the sample, which is learned again in no time
};

/// A tokenizer being learned from a text, in the background, on threads of its own. What is found can be seen
/// while it goes on.
class TokenizerRun : public QObject {
    Q_OBJECT
  public:
    enum class State { Idle, Counting, Learning, Done, Cancelled, Failed };

    TokenizerRun(Session& session, JobRunner& runner, QObject* parent = nullptr);
    ~TokenizerRun() override;

    /// Begins anew; what another run has learned is forgotten where it stands in no slot (see mayStart).
    void start(const TokenizerSettings& settings);
    /// Whether it may be forgotten: somebody is asked where it would be lost.
    bool mayStart() const;
    /// Ends within some ms; what has been found stays to be seen, but is no tokenizer.
    void cancel();

    State state() const;
    bool isActive() const { return m_isActive; }
    const TokenizerSettings& settings() const { return m_settings; }
    /// Which run it is; 0 before the first.
    quint64 number() const { return m_runs; }
    /// Why it has failed.
    const std::optional<Error>& failure() const { return m_failure; }
    /// Of what is being done, 0 … 1.
    double share() const;

    // Found so far, in the order it was found; from the first given one on.
    std::vector<FoundMerge> merges(std::size_t from = 0) const;
    std::vector<UnigramRound> rounds(std::size_t from = 0) const;
    /// Null until it is done.
    const TrainedTokenizer* result() const { return m_result ? &*m_result : nullptr; }

    /// The tokenizer that was learned or is being learned, where it would be lost with the window.
    MadeWorks unsettledWorks() const;

    /// Puts the tokenizer into the slot, which comes to the front, if the slot may be given to it.
    void show(int slot);
    /// Whether it stands there.
    bool isShown(int slot) const;
    /// Writes it as a tokenizer.json, in the background, whole or not at all.
    void save(const QString& file);

    static QString channel() { return QStringLiteral("tokenizer training"); }

  Q_SIGNALS:
    /// Of its state or of what was found; four times a second while it runs.
    void changed();
    void failed(lexiscope::Error error);  ///< of learning or saving; never Cancelled
    void saved(QString path);

  private:
    class Found;
    static Result<TrainedTokenizer> learn(const TokenizerSettings& settings, Found& found,
                                          Progress& progress);
    void finish(Result<TrainedTokenizer> result);
    std::shared_ptr<MadeWork> newWork();
    void giveWork(TrainedTokenizer& trained);
    void write(const TrainedTokenizer& trained, const QString& file, MadeWork::Finished finished);

    Session& m_session;
    JobRunner& m_runner;
    TokenizerSettings m_settings;
    std::shared_ptr<Found> m_found;
    std::optional<TrainedTokenizer> m_result;
    std::shared_ptr<MadeWork> m_work;  // of this run, from its beginning; null of the sample
    std::optional<Error> m_failure;
    bool m_isActive = false;
    bool m_wasCancelled = false;
    QTimer m_ticker;
    quint64 m_runs = 0;
    quint64 m_saves = 0;
};

}  // namespace lexiscope
