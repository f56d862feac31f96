// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/worker_pool.h"
#include "core/train/corpus.h"
#include "core/train/training_words.h"
#include "core/train/word_training.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace lexiscope {

/// The two tables of V × D that learn from each other.
enum class WordTable : std::uint8_t {
    Inputs,   ///< of words as they are looked up: what vectors() gives
    Outputs,  ///< of words as they are predicted
};

/// One point of the curve of learning.
struct TrainingLoss {
    std::uint64_t words = 0;  ///< of the text passed by then, in all passes together
    double loss = 0;  ///< since the point before: mean of -log σ of what was predicted, of some steps
};

/// Learns a vector for each word of a text by skip-gram or CBOW with negative sampling (Mikolov et al.,
/// Distributed Representations of Words and Phrases and their Compositionality, 2013). As in word2vec and
/// gensim the window is drawn for each word from 1 … window, frequent words are passed over at random before
/// windows are laid, rare words have no place in them, and no window reaches over a line's end or over 1,000
/// words. Unlike there, all words of a skip-gram's window share the words drawn against them (see
/// PredictionStep): twice as many as `negatives`, each counting half, for shared ones say less.
///
/// One thread and one seed give the same vectors to the last bit on processors of one kind; more threads
/// change one table without waiting for each other, and no two runs are alike then.
class WordTrainer {
  public:
    /// Counts the words. The errors of validate() and countWords(); InvalidArgument when memory does not hold
    /// the tables, 2 × V × D × 4 bytes. Reports bytes of the text.
    static Result<std::unique_ptr<WordTrainer>> create(Corpus corpus, const WordTrainingOptions& options,
                                                       WorkerPool& pool, Progress& progress);
    ~WordTrainer();
    WordTrainer(const WordTrainer&) = delete;
    WordTrainer& operator=(const WordTrainer&) = delete;

    /// Goes on to the end. Cancelled when `progress` asks for a stop: it is asked every few ms, between lines
    /// of at most 1,000 words. The next call takes up where this one stopped, and the end is the same as
    /// without a stop. One call at a time. Reports words of the text, passed over or not. The corpus'
    /// check().
    Result<Done> run(WorkerPool& pool, Progress& progress);

    // All of these may be asked while run() works in other threads, and from its progress.
    const TrainingWords& words() const;
    const WordTrainingOptions& options() const;
    std::uint64_t wordsDone() const;
    std::uint64_t wordsInAll() const;  ///< of all passes
    std::vector<TrainingLoss> losses() const;
    /// V × D as they are now; rows that change meanwhile may be half changed.
    std::vector<float> vectors() const;
    /// One row as it is now, D numbers. row < V.
    std::vector<float> row(WordTable table, Row row) const;

    /// What vectors() gives, without a copy: the last that may be asked, and not while run() works.
    std::vector<float> takeVectors();

  private:
    struct State;
    class Learner;
    explicit WordTrainer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lexiscope
