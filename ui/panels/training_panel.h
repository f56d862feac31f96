// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/loss_plot.h"
#include "ui/session/watched_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/part_row.h"
#include "ui/widgets/run_controls.h"
#include "ui/widgets/training_form.h"

#include <array>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace lexiscope {

/// Word vectors learned from a text: what from and how, the curve of the loss, how fast it goes, a way back
/// through what the vectors have been, and the neighbours of the selected and the pinned words as they
/// change. A text file dropped on it is the text to learn from.
class TrainingPanel : public Panel {
    Q_OBJECT
  public:
    explicit TrainingPanel(const PanelContext& context, QWidget* parent = nullptr);

    /// The text that Train will read; empty: the sample.
    void setCorpus(const QString& path);
    bool isBusy() const override { return m_watched->isBusy(); }
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    static constexpr std::size_t mostWatched = 6;
    /// A name and the number below it.
    struct Number {
        ElidedLabel* name;
        ElidedLabel* value;
    };

    void makeRun();
    QWidget* makeCurve();
    QWidget* makeWords();
    QWidget* makeNumbers();
    void listen();
    const TrainingRun& run() const { return m_context.training.run(); }
    /// What is learned from, or was.
    QString corpus() const;
    bool isAtWork() const;
    bool showsRun() const;
    void trainClicked();
    void saveShown();
    void slide(int place);
    void watch();
    std::vector<Row> watchedRows() const;

    void fitParts();
    void refreshRun();
    void refreshButtons();
    void refreshNumbers();
    void refreshCurve();
    void refreshSlider();
    void refreshWords();
    void refreshFact();
    QString settingsText() const;
    QString stateText() const;
    QString nearText(const WatchedWord& word, int room) const;

    WatchedWords* m_watched;
    PartRow* m_parts;
    std::array<QWidget*, 3> m_partWidgets{};
    TrainingForm* m_form = nullptr;
    RunControls* m_run = nullptr;
    QPushButton* m_train = nullptr;
    QPushButton* m_stop = nullptr;
    std::array<Number, 4> m_numbers{};
    LossPlot* m_curve = nullptr;
    QSlider* m_slider = nullptr;
    ElidedLabel* m_picture = nullptr;
    std::array<QPushButton*, 2> m_slots{};
    QPushButton* m_save = nullptr;
    ElidedLabel* m_wordsTitle = nullptr;
    QLabel* m_wordsNote = nullptr;
    struct WordLine {
        ElidedLabel* word;
        ElidedLabel* near;
    };
    std::vector<WordLine> m_lines;
};

}  // namespace lexiscope
