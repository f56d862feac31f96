// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_trainer.h"

#include "core/base/grouped.h"
#include "core/base/random_source.h"
#include "core/train/negative_sampler.h"
#include "core/train/prediction_step.h"
#include "core/train/word_window.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace lexiscope {
namespace {

constexpr std::size_t mostWordsInLine = 1000;
constexpr std::uint64_t multiplicationsBetweenReports = 30'000'000;  // a few ms
constexpr std::uint64_t lossPoints = 400;
constexpr double leastRate = 1e-4;  // of the first

/// Chance of 2^32 with which a word is kept when it is met: √(t/f) + t/f of its share f, as in word2vec's
/// program.
std::vector<std::uint32_t> chancesToBeKept(const TrainingWords& words, double sample) {
    std::vector<std::uint32_t> chances;
    chances.reserve(words.counts.size());
    for (const std::uint64_t count : words.counts) {
        const double share = static_cast<double>(count) / static_cast<double>(words.total);
        const double kept = sample == 0 ? 1 : std::sqrt(sample / share) + sample / share;
        chances.push_back(static_cast<std::uint32_t>(std::min(kept, 1.0) * 0xFFFFFFFFp0));
    }
    return chances;
}

/// Two tables of V × D that learn from each other: of words as they are looked up, and as they are predicted.
struct Tables {
    std::size_t dimension;
    std::vector<float> inputs;
    std::vector<float> outputs;

    Tables(std::size_t rows, std::size_t width, std::uint64_t seed)
        : dimension(width), inputs(rows * width), outputs(rows * width) {
        RandomSource random(seed);
        for (float& value : inputs) {
            value = (random.unit() - 0.5F) / static_cast<float>(width);
        }
    }
    float* input(std::uint32_t row) { return inputs.data() + row * dimension; }
    float* output(std::uint32_t row) { return outputs.data() + row * dimension; }
};

/// Mean of losses since it was last taken.
struct LossSum {
    double sum = 0;
    std::uint64_t steps = 0;
};

/// A block as far as it has been read, its line and its windows learned.
struct Reading {
    WordCursor cursor;
    RandomSource random;
};

}  // namespace

struct WordTrainer::State {
    State(Corpus text, const WordTrainingOptions& wanted, TrainingWords found)
        : corpus(std::move(text)),
          options(wanted),
          words(std::move(found)),
          sampler(words.counts),
          chances(chancesToBeKept(words, wanted.sample)),
          tables(words.counts.size(), wanted.dimension, wanted.seed) {}

    std::uint64_t wordsInAll() const { return words.total * options.epochs; }

    /// Adds what a thread has done since it last said so, and asks whether to go on.
    void finish(std::uint64_t wordsOfPiece, LossSum lossOfPiece, Progress& progress);
    /// What an earlier run left half done, else the next block.
    std::optional<Reading> takeReading();
    void putBack(Reading reading);

    Corpus corpus;
    WordTrainingOptions options;
    TrainingWords words;
    NegativeSampler sampler;
    std::vector<std::uint32_t> chances;
    Tables tables;

    std::atomic<std::uint64_t> wordsDone = 0;
    std::atomic<bool> stopped = false;
    std::mutex progressMutex;  // one report at a time; it may ask for the losses
    mutable std::mutex mutex;  // guards the rest
    std::size_t nextBlock = 0;
    std::vector<Reading> halfDone;
    LossSum loss;
    std::vector<TrainingLoss> losses;
};

void WordTrainer::State::finish(std::uint64_t wordsOfPiece, LossSum lossOfPiece, Progress& progress) {
    std::uint64_t done = 0;
    const std::lock_guard reporting(progressMutex);
    {
        const std::lock_guard lock(mutex);
        done = wordsDone.load(std::memory_order_relaxed) + wordsOfPiece;
        wordsDone.store(done, std::memory_order_relaxed);
        loss.sum += lossOfPiece.sum;
        loss.steps += lossOfPiece.steps;
        const std::uint64_t last = losses.empty() ? 0 : losses.back().words;
        const bool isDue = done - last >= wordsInAll() / lossPoints || done == wordsInAll();
        if (isDue && loss.steps > 0) {
            losses.push_back({done, loss.sum / static_cast<double>(loss.steps)});
            loss = {};
        }
    }
    progress.report(done, wordsInAll(), "words");
    if (progress.stopRequested()) {
        stopped = true;
    }
}

std::optional<Reading> WordTrainer::State::takeReading() {
    const std::lock_guard lock(mutex);
    if (!halfDone.empty()) {
        std::optional<Reading> reading = std::move(halfDone.back());
        halfDone.pop_back();
        return reading;
    }
    if (nextBlock >= corpus.blockCount() * options.epochs) {
        return std::nullopt;
    }
    const std::size_t index = nextBlock++;
    return Reading{WordCursor(corpus.block(index % corpus.blockCount()), corpus.split()),
                   randomOfBlock(options.seed, index)};
}

void WordTrainer::State::putBack(Reading reading) {
    const std::lock_guard lock(mutex);
    halfDone.push_back(std::move(reading));
}

/// One thread's work: reads blocks, lays windows, takes steps.
class WordTrainer::Learner {
  public:
    Learner(State& state, Progress& progress)
        : m_state(state),
          m_progress(progress),
          m_draws(drawsForEachNegative(state.options.model)),
          m_stepper(2 * state.options.window, m_draws * state.options.negatives + 1,
                    state.options.dimension) {}

    void work() {
        while (!m_state.stopped.load(std::memory_order_relaxed)) {
            std::optional<Reading> reading = m_state.takeReading();
            if (!reading) {
                break;
            }
            m_random = reading->random;
            if (!learn(reading->cursor)) {
                reading->random = m_random;
                m_state.putBack(std::move(*reading));
            }
        }
    }

  private:
    /// False when somebody asked for a stop before the end, which takes place between lines.
    bool learn(WordCursor& cursor) {
        for (;;) {
            const WordCursor::Found found = cursor.next();
            if (found == WordCursor::Found::Word) {
                addWord(cursor.word());
            }
            if (found != WordCursor::Found::Word || m_line.size() == mostWordsInLine) {
                learnLine();
            }
            const bool isEnd = found == WordCursor::Found::End;
            if (isEnd || (m_line.empty() && m_multiplications >= multiplicationsBetweenReports)) {
                m_multiplications = 0;
                m_state.finish(std::exchange(m_words, 0), std::exchange(m_loss, {}), m_progress);
                if (isEnd || m_state.stopped.load(std::memory_order_relaxed)) {
                    return isEnd;
                }
            }
        }
    }

    void addWord(std::string_view word) {
        const std::optional<Row> row = m_state.words.vocabulary.find(word);
        if (!row) {
            return;
        }
        ++m_words;
        if (static_cast<std::uint32_t>(m_random.next() >> 32U) <= m_state.chances[row->value]) {
            m_line.push_back(row->value);
        }
    }

    void learnLine() {
        const std::uint64_t done = m_state.wordsDone.load(std::memory_order_relaxed) + m_words;
        const double rest = 1 - static_cast<double>(done) / static_cast<double>(m_state.wordsInAll());
        m_rate = static_cast<float>(m_state.options.startRate() * std::max(rest, leastRate));
        for (std::size_t i = 0; i < m_line.size(); ++i) {
            learnWord(i);
        }
        m_line.clear();
    }

    void learnWord(std::size_t middle) {
        const WordWindow window = drawWindow(middle, m_line.size(), m_state.options.window, m_random);
        if (window.isEmpty()) {
            return;
        }
        m_context.clear();
        for (std::size_t i = window.begin; i < window.end; ++i) {
            if (i != middle) {
                m_context.push_back(m_state.tables.input(m_line[i]));
            }
        }
        drawOutputs(m_line[middle]);
        takeStep();
    }

    void drawOutputs(std::uint32_t word) {
        m_outputs.assign(1, m_state.tables.output(word));
        drawAgainst(word, m_draws * m_state.options.negatives, m_state.sampler, m_random,
                    [this](std::uint32_t other) { m_outputs.push_back(m_state.tables.output(other)); });
    }

    void takeStep() {
        const PredictionStep step{m_context, m_outputs, m_state.options.dimension, m_rate,
                                  weightOfDrawn(m_state.options.model)};
        if (m_state.options.model == WordModel::Cbow) {
            m_stepper.takeMean(step);
        } else {
            m_stepper.take(step);
        }
        m_multiplications += 3 * m_context.size() * m_outputs.size() * m_state.options.dimension;
        if (drawsLoss(m_random)) {
            m_loss.sum += m_stepper.lastLoss();
            ++m_loss.steps;
        }
    }

    State& m_state;
    Progress& m_progress;
    std::size_t m_draws;
    PredictionStepper m_stepper;
    RandomSource m_random{0};
    std::vector<std::uint32_t> m_line;  // rows of its words
    std::vector<float*> m_context;
    std::vector<float*> m_outputs;
    std::uint64_t m_words = 0;  // read since the last report
    std::uint64_t m_multiplications = 0;
    LossSum m_loss;
    float m_rate = 0;
};

WordTrainer::WordTrainer(std::unique_ptr<State> state) : m_state(std::move(state)) {}

WordTrainer::~WordTrainer() = default;

Result<std::unique_ptr<WordTrainer>> WordTrainer::create(Corpus corpus, const WordTrainingOptions& options,
                                                         WorkerPool& pool, Progress& progress) {
    const Result<Done> sound = validate(options);
    if (!sound.ok()) {
        return sound.error();
    }
    Result<TrainingWords> words = countWords(corpus, {options.minCount, options.mostWords}, pool, progress);
    if (!words.ok()) {
        return words.error();
    }
    const std::size_t rows = words.value().counts.size();
    try {
        auto state = std::make_unique<State>(std::move(corpus), options, std::move(words).value());
        return std::unique_ptr<WordTrainer>(new WordTrainer(std::move(state)));
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::InvalidArgument, "dimension",
                     "memory does not hold two tables of " + grouped(rows) + " × " +
                         grouped(options.dimension) + " numbers",
                     "take a smaller dimension, or fewer words"};
    }
}

Result<Done> WordTrainer::run(WorkerPool& pool, Progress& progress) {
    m_state->stopped = progress.stopRequested();
    const std::size_t threads = m_state->options.threads == 0 ? pool.threadCount() : m_state->options.threads;
    pool.parallelFor(
        threads, 1, [&](std::size_t, std::size_t) { Learner(*m_state, progress).work(); }, Priority::Normal);
    const Result<Done> sound = m_state->corpus.check();
    if (!sound.ok()) {
        return sound.error();
    }
    return m_state->stopped ? Result<Done>(cancelled()) : Result<Done>(Done{});
}

const TrainingWords& WordTrainer::words() const {
    return m_state->words;
}

const WordTrainingOptions& WordTrainer::options() const {
    return m_state->options;
}

std::uint64_t WordTrainer::wordsDone() const {
    return m_state->wordsDone;
}

std::uint64_t WordTrainer::wordsInAll() const {
    return m_state->wordsInAll();
}

std::vector<TrainingLoss> WordTrainer::losses() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->losses;
}

std::vector<float> WordTrainer::vectors() const {
    std::vector<float> copy(m_state->tables.inputs.size());
    copyWhileChanging(m_state->tables.inputs, copy);
    return copy;
}

std::vector<float> WordTrainer::row(WordTable table, Row row) const {
    Tables& tables = m_state->tables;
    const float* values = table == WordTable::Inputs ? tables.input(row.value) : tables.output(row.value);
    std::vector<float> copy(tables.dimension);
    copyWhileChanging({values, copy.size()}, copy);
    return copy;
}

std::vector<float> WordTrainer::takeVectors() {
    m_state->tables.outputs = {};
    return std::move(m_state->tables.inputs);
}

}  // namespace lexiscope
