// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/step_trace.h"
#include "ui/session/panel_analysis.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QString>

namespace lexiscope {

/// What steps are shown of, and how they are taken.
struct StepSettings {
    QString sentence;
    StepOptions options;
    std::size_t passes = 1;  ///< over the sample, before the steps: of the rows that are there without a run
    bool operator==(const StepSettings&) const = default;
};

/// A word of the sentence as the trainer reads it.
struct StepWord {
    std::string text;
    std::optional<std::uint32_t> row;  ///< none: it is not in the vocabulary, and no window sees it
};

/// All steps of a sentence, one after the other, on a copy of the rows.
struct StepWalk {
    StepSettings settings;
    bool isOfRun = false;         ///< the rows are those of a run; else of the small trainer
    std::size_t dimension = 0;    ///< of the rows
    std::size_t vocabulary = 0;   ///< words that there are rows of
    std::uint64_t wordsRead = 0;  ///< of the text, in all passes, before the steps
    std::vector<StepWord> words;
    std::vector<std::size_t> places;  ///< in `words`, of those that windows see
    std::size_t wordsLeftOut = 0;     ///< at the end of the sentence: what is beyond mostWords
    std::vector<StepTrace> traces;
    std::vector<std::vector<double>> chances;    ///< of each step's outputs, to be drawn
    std::size_t stepsLeftOut = 0;                ///< after those: they would take too much memory
    std::map<std::uint32_t, std::string> names;  ///< of all rows in the traces
    double limit = 1;                            ///< of a colour scale for all rows before and after

    /// In `words`, of the word in the middle of that step.
    std::size_t placeOf(std::size_t step) const { return places[traces[step].plan.window.middle]; }
};

/// A walk, and the trainer of the sample that was made for it or for one of before.
struct StepResult {
    std::shared_ptr<const StepWalk> walk;
    QString key;  ///< of all its inputs
    std::shared_ptr<const WordTrainer> sample;
    QString sampleKey;  ///< what the trainer was made from
};

/// Takes the steps of a sentence, on the rows that a run of training has at that time or, where there is
/// none, on those of a small trainer that reads the sample first; neither run nor trainer is changed. For one
/// panel: it says what the inputs are.
class StepAnalysis : public AnalysisOf<StepResult> {
    Q_OBJECT
  public:
    static constexpr std::size_t mostWords = 40;  ///< of a sentence
    static constexpr std::uint64_t mostBytes = std::uint64_t{64} << 20U;
    static constexpr std::size_t sampleDimensions = 20;

    explicit StepAnalysis(JobRunner& runner, QObject* parent = nullptr);

    /// `run` is null where nothing has been learned; it is held no longer than its rows are read. `version`
    /// tells its rows from those of before.
    void setInputs(const std::shared_ptr<const WordTrainer>& run, std::uint64_t version,
                   const StepSettings& settings);

    /// Null until there is one.
    std::shared_ptr<const StepWalk> walk() const { return result() ? result()->walk : nullptr; }
    bool isCurrent() const override { return result() && result()->key == m_key; }

  private:
    void refresh() override;

    std::weak_ptr<const WordTrainer> m_run;
    quint64 m_runs = 0;  // that there have been
    StepSettings m_settings;
    QString m_key;  // of all inputs
};

}  // namespace lexiscope
