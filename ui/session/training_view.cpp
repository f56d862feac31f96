// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/training_view.h"

#include "core/projection/axes.h"
#include "ui/session/analysis_work.h"
#include "ui/session/vector_file.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::chrono::milliseconds betweenLooks{800};
constexpr int shareOfLooks = 5;  // looking takes no more than so much of the time

}  // namespace

/// What a picture is made from.
struct TrainingView::Order {
    std::function<TrainingSnapshot()> read;
    std::shared_ptr<const PcaResult> axes;  // of the newest picture so far; may be null
    bool isNewest = false;
    std::optional<Row> row;  // whose neighbours are looked for
    NeighborOptions neighbors;
};

TrainingView::TrainingView(Session& session, Analyses& analyses, JobRunner& runner, QObject* parent)
    : QObject(parent), m_session(session), m_analyses(analyses), m_runner(runner), m_run(runner) {
    connect(&m_run, &TrainingRun::changed, this, &TrainingView::runChanged);
    connect(&m_run, &TrainingRun::snapshotTaken, this, &TrainingView::changed);
    connect(&session, &Session::modelChanged, this, [this](int slot) {
        if (slot == m_slot && !m_placing) {
            m_slot.reset();
            Q_EMIT changed();
        }
    });
}

TrainingView::~TrainingView() {
    m_runner.drop(channel());
}

void TrainingView::runChanged() {
    const TrainingRun::State before = std::exchange(m_state, m_run.state());
    if (m_state == TrainingRun::State::Counting && before != TrainingRun::State::Counting) {
        m_runner.drop(channel());
        m_shown = {};
        m_results = {};
        m_axes.reset();
        m_chosen.reset();
        m_wordsSaved = 0;
        m_work = newWork();
        m_cameToFront = false;
        m_slot = m_slot.value_or(Session::comparedSlots - 1);
        Q_EMIT changed();
    }
    const bool isUnderWay = m_run.isActive() || m_state == TrainingRun::State::Paused;
    if (m_work && !isUnderWay) {
        m_work->share = nullptr;
    }
    if (!m_chosen) {
        showNewest(m_state != before);
    }
}

void TrainingView::setSlot(int slot) {
    m_slot = slot;
    m_cameToFront = false;
    if (m_shown.model) {
        place();
    }
    Q_EMIT changed();
}

TrainingView::Order TrainingView::order() const {
    Order order;
    order.axes = m_axes;
    order.neighbors = m_analyses.neighborOptions();
    if (m_slot && haveSameWords(m_session.slot(*m_slot).model, m_shown.model)) {
        order.row = m_analyses.selectedRow(*m_slot);
    }
    return order;
}

void TrainingView::choose(std::size_t picture) {
    if (picture >= pictures()) {
        return;
    }
    m_chosen = picture;
    Order wanted = order();
    wanted.read = [snapshot = m_run.snapshots()[picture]] { return snapshot; };
    start(std::move(wanted), QStringLiteral("snapshot %1").arg(picture));
    Q_EMIT changed();
}

void TrainingView::follow() {
    m_chosen.reset();
    showNewest(true);
    Q_EMIT changed();
}

void TrainingView::showNewest(bool atOnce) {
    const bool isDone = m_state == TrainingRun::State::Done;
    if (isDone || m_run.state() == TrainingRun::State::Failed) {
        if (!atOnce || pictures() == 0) {
            return;
        }
        Order wanted = order();
        wanted.isNewest = true;
        wanted.read = [snapshot = m_run.snapshots().back()] { return snapshot; };
        start(std::move(wanted), QStringLiteral("end"));
        return;
    }
    if (!m_isLive) {
        return;
    }
    const bool isDue =
        Clock::now() - m_begun >= std::max<Clock::duration>(betweenLooks, m_taken * shareOfLooks);
    if (m_run.isActive() ? !(isDue || atOnce) || m_runner.isRunning(channel()) : !atOnce) {
        return;
    }
    Order wanted = order();
    wanted.isNewest = true;
    wanted.read = m_run.reader();
    if (wanted.read) {
        start(std::move(wanted), QStringLiteral("look %1").arg(++m_pictures));
    }
}

Result<TrainingView::Picture> TrainingView::prepare(const Order& order, WorkerPool& pool,
                                                    Progress& progress) {
    Picture picture;
    picture.snapshot = order.read();
    const std::shared_ptr<const Model> model = picture.snapshot.model;
    picture.results.model = model;
    const bool onAxes = order.axes && !order.isNewest;
    Result<std::shared_ptr<const PcaResult>> projection =
        onAxes ? projectOnAxes(*model->table, *order.axes, progress)
               : pca(*model->table, PcaOptions{}, pool, progress);
    if (!projection.ok()) {
        return projection.error();
    }
    picture.results.projection = projection.value();
    if (!onAxes && order.axes) {
        auto turned = std::make_shared<PcaResult>(*projection.value());
        turnLike(*turned, *order.axes);
        picture.results.projection = std::move(turned);
    }
    Result<std::shared_ptr<const NormResult>> norms = measureNorms(*model, pool, progress);
    if (!norms.ok()) {
        return norms.error();
    }
    picture.results.norms = norms.value();
    if (order.row) {
        Result<std::shared_ptr<const NeighborResult>> found =
            findNeighbors(model, *order.row, order.neighbors, norms.value().get(), pool, progress);
        if (!found.ok()) {
            return found.error();
        }
        picture.results.neighbors = std::move(found).value();
    }
    return picture;
}

void TrainingView::start(Order wanted, const QString& key) {
    m_begun = Clock::now();
    const bool isNewest = wanted.isNewest;
    m_runner.start<Picture>(
        {channel(), key, tr("Looking at the words"), Priority::Interactive},
        [wanted = std::move(wanted), &pool = m_runner.pool()](Progress& progress) {
            return prepare(wanted, pool, progress);
        },
        [this, isNewest](Result<Picture> result) {
            if (result.ok() && isNewest) {
                m_axes = result.value().results.projection;
            }
            finish(std::move(result));
        });
}

void TrainingView::finish(Result<Picture> result) {
    m_taken = Clock::now() - m_begun;
    if (!result.ok()) {
        if (result.error().code != ErrorCode::Cancelled) {
            Q_EMIT failed(result.error());
        }
        return;
    }
    m_shown = std::move(result.value().snapshot);
    m_results = std::move(result.value().results);
    if (m_work) {
        m_work->save = [this](const QString& path, const MadeWork::Finished& finished) {
            write(path, finished);
        };
    }
    if (m_slot) {
        place();
    }
    Q_EMIT changed();
}

void TrainingView::place() {
    m_placing = true;
    const bool isPlaced = m_session.place(*m_slot, m_shown.model);
    m_placing = false;
    if (!isPlaced) {
        m_slot.reset();
        return;
    }
    m_analyses.adopt(*m_slot, m_results);
    if (!std::exchange(m_cameToFront, true)) {
        m_session.setActiveSlot(*m_slot);
    }
}

bool TrainingView::isUnsaved() const {
    const bool hasLearned = m_state != TrainingRun::State::Counting && m_run.numbers().done > m_wordsSaved;
    return hasLearned && m_work && !m_work->isSettled && !m_run.settings().corpus.isEmpty();
}

MadeWorks TrainingView::unsettledWorks() const {
    const bool isBegun = m_work && m_work->share && m_work->save == nullptr && !m_work->isSettled;
    return isUnsaved() || (isBegun && !m_run.settings().corpus.isEmpty()) ? MadeWorks{m_work} : MadeWorks();
}

bool TrainingView::mayStart() const {
    return m_session.mayLose(unsettledWorks(), LossBy::LearningAnew) &&
           m_session.mayReplace(m_slot.value_or(Session::comparedSlots - 1));
}

std::shared_ptr<MadeWork> TrainingView::newWork() {
    const QString corpus = m_run.settings().corpus;
    auto work = std::make_shared<MadeWork>();
    work->what = tr("The words learned from %1").arg(corpusName(corpus));
    work->fileName = TrainingRun::baseName(corpus) + QStringLiteral(".bin");
    work->fileTypes = vectorFileTypes();
    work->share = [this] {
        const TrainingNumbers numbers = m_run.numbers();
        return numbers.areBytes || numbers.total == 0
                   ? 0.0
                   : static_cast<double>(numbers.done) / static_cast<double>(numbers.total);
    };
    return work;
}

QString TrainingView::vectorFileTypes() {
    return tr(
        "word2vec binary (*.bin);;word2vec text (*.txt *.vec);;NumPy array and words (*.npy);;"
        "safetensors and words (*.safetensors)");
}

void TrainingView::save(const QString& path) {
    write(path, [](const Result<Done>&) {});
}

void TrainingView::write(const QString& path, const MadeWork::Finished& finished) {
    const auto written = [this, path, shown = m_shown,
                          finished](const Result<std::vector<std::string>>& result) {
        if (!result.ok()) {
            Q_EMIT failed(result.error());
            finished(result.error());
            return;
        }
        QStringList warnings;
        for (const std::string& warning : result.value()) {
            warnings << QString::fromStdString(warning);
        }
        for (int slot = 0; slot < m_session.slotCount(); ++slot) {
            if (m_session.slot(slot).model == shown.model && isModelFile(path)) {
                m_session.setSpec(slot, path);
            }
        }
        m_wordsSaved = std::max(m_wordsSaved, shown.words);
        Q_EMIT saved(path, warnings);
        finished(Done{});
    };
    saveVectors(m_runner, m_shown.model, path, QString::number(++m_pictures), written);
}

}  // namespace lexiscope
