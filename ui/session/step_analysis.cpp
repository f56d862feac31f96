// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/step_analysis.h"

#include "ui/session/sample_corpus.h"
#include "ui/session/scale_limit.h"
#include "ui/session/training_run.h"

#include <algorithm>
#include <utility>

namespace lexiscope {
namespace {

using Trainer = std::shared_ptr<const WordTrainer>;

Result<Trainer> learnSample(const StepSettings& settings, WorkerPool& pool, Progress& progress) {
    WordTrainingOptions options = suggestedOptions({});
    options.model = settings.options.model;
    options.dimension = StepAnalysis::sampleDimensions;
    options.epochs = std::max<std::size_t>(settings.passes, 1);
    options.threads = 1;  // the same rows each time
    Result<Corpus> corpus = Corpus::ofFile(MappedFile::ofBytes(sampleCorpus(), "sample"), WordSplit::Letters);
    if (!corpus.ok()) {
        return corpus.error();
    }
    Result<std::unique_ptr<WordTrainer>> trainer =
        WordTrainer::create(std::move(corpus).value(), options, pool, progress);
    if (!trainer.ok()) {
        return trainer.error();
    }
    if (settings.passes > 0) {
        if (const Result<Done> learned = trainer.value()->run(pool, progress); !learned.ok()) {
            return learned.error();
        }
    }
    return Trainer(std::move(trainer).value());
}

/// Fills in the words, and gives those that windows see as their rows.
std::vector<std::uint32_t> readSentence(StepWalk& walk, const Vocabulary& vocabulary) {
    const std::string text = walk.settings.sentence.simplified().toStdString();
    std::vector<std::uint32_t> line;
    WordCursor cursor(text, WordSplit::Letters);
    while (cursor.next() == WordCursor::Found::Word) {
        if (walk.words.size() == StepAnalysis::mostWords) {
            ++walk.wordsLeftOut;
            continue;
        }
        StepWord word{std::string(cursor.word()), std::nullopt};
        if (const std::optional<Row> row = vocabulary.find(word.text)) {
            word.row = row->value;
            walk.places.push_back(walk.words.size());
            line.push_back(row->value);
        }
        walk.words.push_back(std::move(word));
    }
    return line;
}

std::uint64_t bytesOf(const PlannedStep& step, std::size_t dimension) {
    return std::uint64_t{2} * (step.inputs.size() + step.outputs.size() + 1) * dimension * sizeof(float);
}

/// Of the outputs of each step.
std::vector<std::vector<double>> chancesOf(const std::vector<PlannedStep>& steps,
                                           std::span<const std::uint64_t> counts) {
    std::vector<std::uint32_t> all;
    for (const PlannedStep& step : steps) {
        all.insert(all.end(), step.outputs.begin(), step.outputs.end());
    }
    const std::vector<double> chances = chancesOfDraw(counts, all);
    std::vector<std::vector<double>> parted;
    auto from = chances.begin();
    for (const PlannedStep& step : steps) {
        const auto end = from + static_cast<std::ptrdiff_t>(step.outputs.size());
        parted.emplace_back(from, end);
        from = end;
    }
    return parted;
}

double limitOf(const std::vector<StepTrace>& traces) {
    double count = 0;
    double squares = 0;
    for (const StepTrace& trace : traces) {
        for (const auto* rows : {&trace.inputs, &trace.outputs}) {
            for (const TracedRow& row : *rows) {
                squares += sumOfSquares(row.before, count) + sumOfSquares(row.after, count);
            }
        }
    }
    return scaleLimit(squares, count);
}

/// The first of them that mostBytes hold, at least one.
std::size_t fittingSteps(const std::vector<PlannedStep>& steps, std::size_t dimension) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        bytes += bytesOf(steps[i], dimension);
        if (bytes > StepAnalysis::mostBytes && i > 0) {
            return i;
        }
    }
    return steps.size();
}

void nameRows(StepWalk& walk, const PlannedStep& step, const Vocabulary& vocabulary) {
    for (const auto* rows : {&step.inputs, &step.outputs}) {
        for (const std::uint32_t row : *rows) {
            walk.names.try_emplace(row, vocabulary.spelling(Row{row}));
        }
    }
}

Result<Done> takeSteps(StepWalk& walk, const WordTrainer& trainer, Progress& progress) {
    const TrainingWords& words = trainer.words();
    const StepOptions& options = walk.settings.options;
    walk.dimension = trainer.options().dimension;
    walk.vocabulary = words.counts.size();
    const std::vector<std::uint32_t> line = readSentence(walk, words.vocabulary);
    std::vector<PlannedStep> steps = planSteps(line, NegativeSampler(words.counts), options);
    const std::size_t fitting = fittingSteps(steps, walk.dimension);
    walk.stepsLeftOut = steps.size() - fitting;
    steps.resize(fitting);
    walk.wordsRead = trainer.wordsDone();
    StepRows rows = readRows(trainer, steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (progress.stopRequested()) {
            return cancelled();
        }
        walk.traces.push_back(traceStep(steps[i], options, rows));
        nameRows(walk, steps[i], words.vocabulary);
        progress.report(i + 1, steps.size(), "steps");
    }
    walk.chances = chancesOf(steps, words.counts);
    walk.limit = limitOf(walk.traces);
    return Done{};
}

/// What the trainer of the sample is made from.
QString sampleKeyOf(const StepSettings& settings) {
    return QStringLiteral("sample %1 %2").arg(static_cast<int>(settings.options.model)).arg(settings.passes);
}

/// `run` may be null; `result` has its key, and the trainer of before.
Result<std::shared_ptr<const StepResult>> walkOn(const Trainer& run, StepResult result,
                                                 const StepSettings& settings, WorkerPool& pool,
                                                 Progress& progress) {
    if (const QString key = sampleKeyOf(settings); !run && result.sampleKey != key) {
        Result<Trainer> learned = learnSample(settings, pool, progress);
        if (!learned.ok()) {
            return learned.error();
        }
        result.sample = std::move(learned).value();
        result.sampleKey = key;
    }
    auto walk = std::make_shared<StepWalk>();
    walk->settings = settings;
    walk->isOfRun = run != nullptr;
    const Result<Done> taken = takeSteps(*walk, run ? *run : *result.sample, progress);
    if (!taken.ok()) {
        return taken.error();
    }
    result.walk = std::move(walk);
    return std::make_shared<const StepResult>(std::move(result));
}

}  // namespace

StepAnalysis::StepAnalysis(JobRunner& runner, QObject* parent)
    : AnalysisOf(runner, QStringLiteral("steps"), parent) {}

void StepAnalysis::setInputs(const std::shared_ptr<const WordTrainer>& run, std::uint64_t version,
                             const StepSettings& settings) {
    const StepOptions& options = settings.options;
    if (run.owner_before(m_run) || m_run.owner_before(run)) {
        m_run = run;
        ++m_runs;
    }
    const QString source = run ? QStringLiteral("run %1 %2").arg(m_runs).arg(version) : sampleKeyOf(settings);
    const QString key = QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                            .arg(source)
                            .arg(static_cast<int>(options.model))
                            .arg(options.window)
                            .arg(options.negatives)
                            .arg(static_cast<double>(options.rate), 0, 'g', 9)
                            .arg(options.seed)
                            .arg(settings.sentence);
    if (key == m_key) {
        return;
    }
    m_settings = settings;
    m_key = key;
    refresh();
}

void StepAnalysis::refresh() {
    if (isCurrent()) {
        return latest().settle();
    }
    StepResult begun;
    begun.key = m_key;
    if (result()) {
        begun.sample = result()->sample;
        begun.sampleKey = result()->sampleKey;
    }
    latest().compute(m_key, tr("Taking steps of learning"),
                     [run = m_run.lock(), begun, settings = m_settings, &pool = latest().pool()](
                         Progress& progress) { return walkOn(run, begun, settings, pool, progress); });
}

}  // namespace lexiscope
