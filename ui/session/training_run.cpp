// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/training_run.h"

#include "core/base/grouped.h"
#include "core/tokenize/word_level.h"
#include "ui/session/grouped_text.h"
#include "ui/session/sample_corpus.h"
#include "ui/session/session.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <QFileInfo>

namespace lexiscope {
namespace {

constexpr std::chrono::seconds rateSpan{4};
constexpr std::size_t passesOverSample = 10;
constexpr std::size_t dimensionsOfSample = 50;

/// How many snapshots a run keeps; 1: only that of the end.
std::size_t snapshotsOf(const WordTrainer& trainer) {
    const std::uint64_t bytes =
        std::uint64_t{trainer.words().counts.size()} * trainer.options().dimension * sizeof(float);
    return std::clamp<std::size_t>(TrainingRun::snapshotMemory / bytes, 1, TrainingRun::mostSnapshots);
}

double secondsBetween(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

}  // namespace

WordTrainingOptions suggestedOptions(const QString& corpus) {
    WordTrainingOptions options;
    if (corpus.isEmpty()) {
        options.dimension = dimensionsOfSample;
        options.epochs = passesOverSample;
        options.sample = 0;
    }
    return options;
}

QString corpusName(const QString& corpus) {
    return corpus.isEmpty() ? TrainingRun::tr("sample sentences") : shortName(corpus);
}

QString TrainingRun::baseName(const QString& corpus) {
    return corpus.isEmpty() ? tr("sample") : QFileInfo(corpus).completeBaseName();
}

/// Hands on what the trainer reports, and takes snapshots when they are due.
class TrainingRun::Watch final : public Progress {
  public:
    Watch(Progress& progress, const std::atomic<bool>& halt, const WordTrainer& trainer, std::size_t& next,
          const std::function<void(Stretch)>& publish)
        : m_progress(progress),
          m_halt(halt),
          m_trainer(trainer),
          m_next(next),
          m_publish(publish),
          m_count(snapshotsOf(trainer)) {
        takeIfDue(trainer.wordsDone());
    }

    void report(std::uint64_t done, std::uint64_t total, std::string_view unit) override {
        m_progress.report(done, total, unit);
        takeIfDue(done);
    }
    bool stopRequested() const override { return m_halt || m_progress.stopRequested(); }

  private:
    void takeIfDue(std::uint64_t done) {
        bool isDue = false;
        // The last one is that of the end, which the run gives itself.
        for (; m_next + 1 < m_count && done >= m_next * m_trainer.wordsInAll() / (m_count - 1); ++m_next) {
            isDue = true;
        }
        if (!isDue) {
            return;
        }
        try {
            m_publish({done, m_trainer.vectors(), false});
        } catch (const std::bad_alloc&) {
            // One picture less; learning goes on.
        }
    }

    Progress& m_progress;
    const std::atomic<bool>& m_halt;
    const WordTrainer& m_trainer;
    std::size_t& m_next;
    const std::function<void(Stretch)>& m_publish;
    std::size_t m_count;
};

TrainingRun::TrainingRun(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {
    m_ticker.setInterval(runTickMilliseconds);
    connect(&m_ticker, &QTimer::timeout, this, &TrainingRun::tick);
}

TrainingRun::~TrainingRun() {
    m_runner.drop(channel());
}

Result<TrainingRun::Counted> TrainingRun::count(const TrainingSettings& settings, Progress& progress) {
    Result<Corpus> corpus = openCorpus(settings.corpus, WordSplit::Letters);
    if (!corpus.ok()) {
        return corpus.error();
    }
    try {
        WorkerPool pool(static_cast<unsigned>(settings.options.threads));
        Result<std::unique_ptr<WordTrainer>> trainer =
            WordTrainer::create(std::move(corpus).value(), settings.options, pool, progress);
        if (!trainer.ok()) {
            return trainer.error();
        }
        Counted counted;
        counted.trainer = std::move(trainer).value();
        counted.words.corpus = settings.corpus;
        counted.words.vocabulary = std::make_shared<const Vocabulary>(counted.trainer->words().vocabulary);
        counted.words.tokenizer = makeWordLevelTokenizer(counted.words.vocabulary);
        return counted;
    } catch (const std::system_error&) {
        return Error{ErrorCode::Unreadable, "threads", "the system gives none", "close other programs"};
    }
}

Result<TrainingRun::Stretch> TrainingRun::learn(const std::shared_ptr<WordTrainer>& trainer, Watch& watch) {
    try {
        WorkerPool pool(static_cast<unsigned>(trainer->options().threads));
        const Result<Done> done = trainer->run(pool, watch);
        if (!done.ok() && done.error().code != ErrorCode::Cancelled) {
            return done.error();
        }
        return Stretch{trainer->wordsDone(), trainer->vectors(), done.ok()};
    } catch (const std::system_error&) {
        return Error{ErrorCode::Unreadable, "threads", "the system gives none", "close other programs"};
    }
}

TrainingSnapshot TrainingRun::Words::snapshot(std::uint64_t read, std::vector<float> vectors,
                                              std::size_t dimension) const {
    auto model = std::make_shared<Model>();
    model->name = tr("%1 words").arg(baseName(corpus)).toStdString();
    model->format = "word vectors learned here, " + grouped(read) + " words read";
    model->vocabulary = vocabulary;
    model->table = EmbeddingTable::owned(std::move(vectors), vocabulary->size(), dimension);
    model->tokenizer = tokenizer;
    model->noPositions = "Word vectors know no order of words, so there are no positions.";
    return {read, std::move(model)};
}

void TrainingRun::start(const TrainingSettings& settings) {
    m_runner.drop(channel());
    m_settings = settings;
    m_trainer.reset();
    m_words = {};
    m_snapshots.clear();
    m_failure.reset();
    m_ending = false;
    m_pausing = false;
    m_moments.clear();
    m_secondsBefore = 0;
    m_nextSnapshot = std::make_shared<std::size_t>(0);
    m_runner.start<Counted>(
        {channel(), QStringLiteral("count %1").arg(++m_runs),
         tr("Counting the words of %1").arg(corpusName(settings.corpus)), Priority::Normal},
        [settings](Progress& progress) { return count(settings, progress); },
        [this](Result<Counted> result) { counted(std::move(result)); });
    m_ticker.start();
    setState(State::Counting);
}

void TrainingRun::counted(Result<Counted> result) {
    if (!result.ok()) {
        fail(result.error());
        return;
    }
    m_trainer = std::move(result.value().trainer);
    m_words = std::move(result.value().words);
    if (const std::uint64_t broken = m_trainer->words().brokenBytes; broken > 0) {
        const QString many = groupedText(broken);
        Q_EMIT warned(corpusName(m_settings.corpus),
                      {broken == 1 ? tr("one byte is no UTF-8; a word ends there")
                                   : tr("%1 bytes are no UTF-8; words end there").arg(many)});
    }
    if (m_pausing) {
        m_ticker.stop();
        setState(State::Paused);
    } else {
        begin();
    }
}

void TrainingRun::begin() {
    m_moments.clear();
    m_since = Clock::now();
    m_halt = std::make_shared<std::atomic<bool>>(false);
    m_runner.startWithParts<Stretch>(
        {channel(), QStringLiteral("learn %1").arg(++m_runs),
         tr("Learning the words of %1").arg(corpusName(m_settings.corpus)), Priority::Normal},
        [trainer = m_trainer, halt = m_halt, next = m_nextSnapshot](
            Progress& progress, const std::function<void(Stretch)>& publish) {
            Watch watch(progress, *halt, *trainer, *next, publish);
            return learn(trainer, watch);
        },
        [this](Stretch part) { keep(std::move(part)); },
        [this](Result<Stretch> result) { learned(std::move(result)); });
    m_ticker.start();
    setState(State::Learning);
}

void TrainingRun::keep(Stretch stretch) {
    // That of the end replaces one that stands at the same place already.
    if (!m_snapshots.empty() && m_snapshots.back().words >= stretch.words) {
        m_snapshots.pop_back();
    }
    m_snapshots.push_back(
        m_words.snapshot(stretch.words, std::move(stretch.vectors), m_trainer->options().dimension));
    Q_EMIT snapshotTaken();
}

void TrainingRun::learned(Result<Stretch> result) {
    m_secondsBefore += secondsBetween(m_since, Clock::now());
    if (!result.ok()) {
        fail(result.error());
        return;
    }
    m_ticker.stop();
    const bool isOver = result.value().isEnd || m_ending;
    if (isOver) {
        keep(std::move(result.value()));
    }
    setState(isOver ? State::Done : State::Paused);
}

void TrainingRun::fail(const Error& error) {
    m_ticker.stop();
    if (error.code == ErrorCode::Cancelled) {
        setState(State::Idle);
        return;
    }
    m_failure = error;
    setState(State::Failed);
    Q_EMIT failed(error);
}

void TrainingRun::pause() {
    if (m_state == State::Counting) {
        m_pausing = true;
    } else if (m_state == State::Learning) {
        *m_halt = true;
    }
}

void TrainingRun::goOn() {
    if (m_state == State::Paused) {
        begin();
    }
}

void TrainingRun::stop() {
    if (m_state == State::Paused) {
        keep({m_trainer->wordsDone(), m_trainer->vectors(), false});
        setState(State::Done);
        return;
    }
    m_ending = m_state == State::Learning;
    if (m_ending) {
        *m_halt = true;
    } else {
        m_runner.cancel(channel());
    }
}

void TrainingRun::setState(State state) {
    m_state = state;
    Q_EMIT changed();
}

void TrainingRun::tick() {
    if (m_state == State::Learning) {
        m_moments.push_back({Clock::now(), m_trainer->wordsDone()});
        while (m_moments.size() > 2 && m_moments.back().when - m_moments.front().when > rateSpan) {
            m_moments.pop_front();
        }
    }
    Q_EMIT changed();
}

TrainingNumbers TrainingRun::numbers() const {
    TrainingNumbers numbers;
    if (m_state == State::Counting) {
        for (const JobState& job : m_runner.longJobs()) {
            if (job.channel == channel()) {
                numbers.done = job.done;
                numbers.total = job.total;
            }
        }
        numbers.areBytes = true;
        return numbers;
    }
    if (!m_trainer) {
        return numbers;
    }
    const bool isLearning = m_state == State::Learning;
    numbers.done = m_trainer->wordsDone();
    numbers.total = m_trainer->wordsInAll();
    numbers.secondsLearned = m_secondsBefore + (isLearning ? secondsBetween(m_since, Clock::now()) : 0);
    if (!isLearning && numbers.secondsLearned > 0) {
        numbers.wordsPerSecond = static_cast<double>(numbers.done) / numbers.secondsLearned;
    } else if (isLearning && m_moments.size() > 1) {
        const Moment& first = m_moments.front();
        const Moment& last = m_moments.back();
        numbers.wordsPerSecond =
            static_cast<double>(last.words - first.words) / secondsBetween(first.when, last.when);
    }
    if (isLearning && numbers.wordsPerSecond > 0) {
        numbers.secondsLeft = static_cast<double>(numbers.total - numbers.done) / numbers.wordsPerSecond;
    }
    return numbers;
}

std::vector<TrainingLoss> TrainingRun::losses() const {
    std::vector<TrainingLoss> losses = m_trainer ? m_trainer->losses() : std::vector<TrainingLoss>();
    // What is left for the last one may be a few steps, which say nothing.
    const std::size_t count = losses.size();
    if (count > 2 && 2 * (losses[count - 1].words - losses[count - 2].words) < losses[0].words) {
        losses.pop_back();
    }
    return losses;
}

std::function<TrainingSnapshot()> TrainingRun::reader() const {
    if (!m_trainer || snapshotsOf(*m_trainer) < 2) {
        return {};
    }
    return [trainer = m_trainer, words = m_words] {
        const std::uint64_t done = trainer->wordsDone();
        return words.snapshot(done, trainer->vectors(), trainer->options().dimension);
    };
}

}  // namespace lexiscope
