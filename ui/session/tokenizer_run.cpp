// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/tokenizer_run.h"

#include "core/io/lone_tokenizer.h"
#include "core/io/tokenizer_json.h"
#include "core/io/tokenizer_json_writer.h"
#include "core/train/lost_bytes.h"
#include "core/train/tokenizer_learner.h"
#include "ui/session/sample_corpus.h"
#include "ui/session/training_run.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t vocabularyOfSample = 600;
constexpr std::size_t piecesOfSample = 200;  // of kinds that begin with fewer symbols
constexpr std::size_t vocabularyOfFile = 8000;

template <typename T>
std::vector<T> rest(const std::vector<T>& all, std::size_t from) {
    return {all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size())), all.end()};
}

}  // namespace

/// Shared by the job and by who looks on.
class TokenizerRun::Found final : public TokenizerWatcher {
  public:
    void found(const FoundMerge& merge) override {
        const std::lock_guard lock(m_mutex);
        m_merges.push_back(merge);
    }
    void finished(const UnigramRound& round) override {
        const std::lock_guard lock(m_mutex);
        m_rounds.push_back(round);
    }
    std::vector<FoundMerge> merges(std::size_t from) const {
        const std::lock_guard lock(m_mutex);
        return rest(m_merges, from);
    }
    std::vector<UnigramRound> rounds(std::size_t from) const {
        const std::lock_guard lock(m_mutex);
        return rest(m_rounds, from);
    }
    void setLearning() { m_isLearning = true; }
    bool isLearning() const { return m_isLearning; }

  private:
    mutable std::mutex m_mutex;  // guards the two lists
    std::vector<FoundMerge> m_merges;
    std::vector<UnigramRound> m_rounds;
    std::atomic<bool> m_isLearning = false;
};

TokenizerTrainingOptions suggestedTokenizer(const QString& corpus, TokenizerKind kind) {
    TokenizerTrainingOptions options;
    options.kind = kind;
    options.specials = usualSpecials(kind);
    options.vocabulary = !corpus.isEmpty()            ? vocabularyOfFile
                         : kind == TokenizerKind::Bpe ? vocabularyOfSample
                                                      : piecesOfSample;
    return options;
}

TokenizerRun::TokenizerRun(Session& session, JobRunner& runner, QObject* parent)
    : QObject(parent), m_session(session), m_runner(runner), m_found(std::make_shared<Found>()) {
    m_ticker.setInterval(runTickMilliseconds);
    connect(&m_ticker, &QTimer::timeout, this, &TokenizerRun::changed);
    connect(&session, &Session::modelChanged, this, &TokenizerRun::changed);
}

TokenizerRun::~TokenizerRun() {
    m_runner.drop(channel());
}

Result<TrainedTokenizer> TokenizerRun::learn(const TokenizerSettings& settings, Found& found,
                                             Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    const Result<Corpus> corpus = openCorpus(settings.corpus, WordSplit::Spaces);
    if (!corpus.ok()) {
        return corpus.error();
    }
    try {
        WorkerPool pool;
        const Result<PieceCounts> counts =
            countForTokenizer(corpus.value(), settings.options, pool, progress);
        if (!counts.ok()) {
            return counts.error();
        }
        progress.report(0, settings.options.vocabulary, "tokens");  // the bytes were those of counting
        found.setLearning();
        Result<LearnedTokenizer> learned =
            learnTokenizer(counts.value(), settings.options, &found, pool, progress);
        if (!learned.ok()) {
            return learned.error();
        }
        const std::string name = TrainingRun::baseName(settings.corpus).toStdString() + " tokenizer";
        Result<std::shared_ptr<const Tokenizer>> tokenizer =
            parseTokenizerJson(tokenizerJson(learned.value()), name, progress);
        if (!tokenizer.ok()) {
            return tokenizer.error();
        }
        TrainedTokenizer trained;
        std::shared_ptr<Model> model =
            modelOfTokenizer(std::move(tokenizer).value(), name, "tokenizer learned here");
        if (const auto lost = lostBytes(counts.value(), corpus.value().text(), settings.options.kind)) {
            model->warnings.push_back(toString(*lost));
        }
        trained.model = std::move(model);
        trained.learned = std::make_shared<const LearnedTokenizer>(std::move(learned).value());
        trained.bytes = corpus.value().size();
        trained.pieces = counts.value().total();
        trained.differentPieces = counts.value().size();
        trained.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return trained;
    } catch (const std::system_error&) {
        return Error{ErrorCode::Unreadable, "threads", "the system gives none", "close other programs"};
    }
}

bool TokenizerRun::mayStart() const {
    const MadeWorks inSlots = m_session.unsettledWorks();
    const MadeWorks own = unsettledWorks();
    const bool stays =
        !own.empty() && std::find(inSlots.begin(), inSlots.end(), own.front()) != inSlots.end();
    return stays || m_session.mayLose(own, LossBy::LearningAnew);
}

MadeWorks TokenizerRun::unsettledWorks() const {
    return m_work && !m_work->isSettled ? MadeWorks{m_work} : MadeWorks();
}

void TokenizerRun::start(const TokenizerSettings& settings) {
    m_runner.drop(channel());
    if (m_work) {
        m_work->isHeld = false;
        m_work->isSettled = m_work->isSettled || m_isActive;
    }
    m_settings = settings;
    m_work = settings.corpus.isEmpty() ? nullptr : newWork();
    m_found = std::make_shared<Found>();
    m_result.reset();
    m_failure.reset();
    m_wasCancelled = false;
    m_isActive = true;
    m_runner.start<TrainedTokenizer>(
        {channel(), QString::number(++m_runs),
         tr("Learning a tokenizer from %1").arg(corpusName(settings.corpus)), Priority::Normal},
        [settings, found = m_found](Progress& progress) { return learn(settings, *found, progress); },
        [this](Result<TrainedTokenizer> result) { finish(std::move(result)); });
    m_ticker.start();
    Q_EMIT changed();
}

void TokenizerRun::cancel() {
    m_runner.cancel(channel());
}

void TokenizerRun::finish(Result<TrainedTokenizer> result) {
    m_ticker.stop();
    m_isActive = false;
    if (result.ok()) {
        m_result = std::move(result).value();
        if (m_work) {
            giveWork(*m_result);
        }
    } else {
        if (m_work) {
            m_work->isSettled = true;  // there is nothing of it
        }
        if (result.error().code == ErrorCode::Cancelled) {
            m_wasCancelled = true;
        } else {
            m_failure = result.error();
            Q_EMIT failed(*m_failure);
        }
    }
    Q_EMIT changed();
}

TokenizerRun::State TokenizerRun::state() const {
    if (m_isActive) {
        return m_found->isLearning() ? State::Learning : State::Counting;
    }
    return m_result         ? State::Done
           : m_failure      ? State::Failed
           : m_wasCancelled ? State::Cancelled
                            : State::Idle;
}

double TokenizerRun::share() const {
    for (const JobState& job : m_runner.longJobs()) {
        if (job.channel == channel() && job.total > 0) {
            return static_cast<double>(job.done) / static_cast<double>(job.total);
        }
    }
    return 0;
}

std::vector<FoundMerge> TokenizerRun::merges(std::size_t from) const {
    return m_found->merges(from);
}

std::vector<UnigramRound> TokenizerRun::rounds(std::size_t from) const {
    return m_found->rounds(from);
}

void TokenizerRun::show(int slot) {
    if (m_result && m_session.place(slot, m_result->model, m_result->work)) {
        m_session.setActiveSlot(slot);
    }
}

bool TokenizerRun::isShown(int slot) const {
    return m_result && m_session.slot(slot).model == m_result->model;
}

std::shared_ptr<MadeWork> TokenizerRun::newWork() {
    auto work = std::make_shared<MadeWork>();
    work->what = tr("The tokenizer learned from %1").arg(corpusName(m_settings.corpus));
    work->fileName = QStringLiteral("tokenizer.json");
    work->fileTypes = tr("Hugging Face tokenizer (*.json)");
    work->isHeld = true;
    work->share = [this] { return state() == State::Learning ? share() : 0.0; };
    return work;
}

void TokenizerRun::giveWork(TrainedTokenizer& trained) {
    m_work->share = nullptr;
    // It would keep itself alive if it were told of itself.
    m_work->save = [this, trained, self = std::weak_ptr(m_work)](const QString& path,
                                                                 MadeWork::Finished finished) {
        TrainedTokenizer saved = trained;
        saved.work = self.lock();
        write(saved, path, std::move(finished));
    };
    trained.work = m_work;
}

void TokenizerRun::save(const QString& file) {
    if (m_result) {
        write(*m_result, file, {});
    }
}

void TokenizerRun::write(const TrainedTokenizer& trained, const QString& file, MadeWork::Finished finished) {
    const std::filesystem::path path(file.toStdU16String());
    m_runner.start<Done>(
        {QStringLiteral("save ") + file, QString::number(++m_saves), tr("Saving %1").arg(shortName(file)),
         Priority::Normal},
        [learned = trained.learned, path](Progress&) { return writeTokenizerJson(*learned, path); },
        [this, file, model = trained.model, work = trained.work,
         finished = std::move(finished)](const Result<Done>& written) {
            if (written.ok()) {
                for (int slot = 0; slot < m_session.slotCount(); ++slot) {
                    if (m_session.slot(slot).model == model) {
                        m_session.setSpec(slot, file);
                    }
                }
                if (work) {
                    work->isSettled = true;
                }
                Q_EMIT saved(file);
            } else {
                Q_EMIT failed(written.error());
            }
            if (finished) {
                finished(written);
            }
        });
}

}  // namespace lexiscope
