// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/step_view.h"
#include "ui/session/step_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/field_grid.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/step_player.h"

#include <optional>

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace lexiscope {

/// Steps of learning in slow motion: a window moves over a sentence, and at each word the rows that meet are
/// shown, what they say of each other, and how that moves them; on a copy of what the training panel has
/// learned so far or, where nothing has been learned, of what a small trainer makes of the sample.
class StepPanel : public Panel {
    Q_OBJECT
  public:
    explicit StepPanel(const PanelContext& context, QWidget* parent = nullptr);

    bool isBusy() const override { return m_analysis->isBusy(); }
    std::optional<Error> failure() const override {
        return m_analysis->failure() ? m_analysis->failure() : Panel::failure();
    }
    bool showsModel() const override { return false; }
    QStringList parameters() const override;
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    void buildFields();
    void layOut();
    void listen();

    const TrainingRun& run() const { return m_context.training.run(); }
    StepSettings settings() const;
    void wantWalk();
    /// Of the run's rows, as they come: how many words had been read.
    std::uint64_t newestVersion() const;
    std::size_t steps() const;
    /// Where a walk that has come begins: where somebody was, or where a view wants to be.
    void takePlace();
    void goTo(std::size_t step, StepStage stage);
    void moveWord(int by);
    void goToWord(int place);
    std::optional<StepFrame> frame() const;

    void refreshFields();
    void refreshView();
    void refreshText();
    void refreshNote();
    void refreshFact();
    int widestTitle() const;
    /// Of the longest text of the walk, so that what stands below has one place in all of it.
    int tallestText() const;
    QString sourceText() const;

    StepAnalysis* m_analysis;
    QLineEdit* m_sentence;
    QPushButton* m_newest;
    QWidget* m_form;
    Segmented* m_model;
    FieldGrid* m_fields;
    QSpinBox* m_window = nullptr;
    QSpinBox* m_negatives = nullptr;
    QDoubleSpinBox* m_rate = nullptr;
    QSpinBox* m_seed = nullptr;
    QSpinBox* m_passes = nullptr;
    StepView* m_view;
    AgainButton* m_again;
    QLabel* m_note;
    ElidedLabel* m_title;
    QLabel* m_text;
    QPushButton* m_back;
    QLabel* m_wordLabel;
    QPushButton* m_next;
    StepPlayer* m_player;

    bool m_modelChosen = false;
    bool m_rateChosen = false;
    std::size_t m_step = 0;
    StepStage m_stage = StepStage::Word;
    std::size_t m_chosen = 0;
    std::shared_ptr<const StepWalk> m_walk;      // that the place is in
    std::optional<int> m_wantedWord;             // once the walk is there
    std::shared_ptr<const StepWalk> m_measured;  // whose texts have been
    int m_measuredWidth = 0;
    std::weak_ptr<const WordTrainer> m_trainer;  // whose rows are looked at
    std::uint64_t m_version = 0;                 // of those
};

}  // namespace lexiscope
