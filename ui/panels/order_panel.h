// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/position/rotary.h"
#include "ui/panels/panel.h"
#include "ui/plots/rotary_plot.h"
#include "ui/plots/token_rows.h"
#include "ui/session/order_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/step_player.h"
#include "ui/widgets/view_stack.h"

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;

namespace lexiscope {

/// Why order has to be told: two sentences of the same words as the sets of rows they are until positions are
/// added; one sentence read word by word beside all at once, and shuffled; and rotary positions, whose score
/// depends on the difference of two positions alone.
class OrderPanel : public Panel {
    Q_OBJECT
  public:
    explicit OrderPanel(const PanelContext& context, QWidget* parent = nullptr);

    QList<QWidget*> tools() override;
    bool isBusy() const override { return m_analysis->isBusy(); }
    std::optional<Error> failure() const override {
        return m_analysis->failure() ? m_analysis->failure() : Panel::failure();
    }
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void hideEvent(QHideEvent* event) override;

  private:
    enum View { WordsView, ParallelView, RotaryView };
    static constexpr int lastPlace = 127;  ///< that a query or key can be slid to
    /// A name and the number below it.
    struct Number {
        ElidedLabel* name = nullptr;
        ElidedLabel* value = nullptr;
    };
    /// The word that is query or key, and where it stands.
    struct Side {
        QLabel* name = nullptr;
        QComboBox* word = nullptr;
        QSlider* position = nullptr;
        QLabel* place = nullptr;
    };

    void buildHead();
    QWidget* makeWords();
    QWidget* makeParallel();
    QWidget* makeRotary();
    void buildSide(Side& side, int row, const QString& name, const QString& title);
    void listen();
    void listenToRotary();

    /// The result of now; null while there is none that fits the model.
    std::shared_ptr<const OrderResult> result() const;
    bool isShown(View view) const { return m_views->currentIndex() == view; }
    SentencePair sentences() const;
    void setSentences(const SentencePair& pair);
    /// Sentences that the model knows, until somebody types others.
    void followModel();
    void select(const OrderedText& text, std::size_t index);
    /// In place of a view: why there is nothing to see.
    QString message() const;

    void refreshHead();
    void refreshVerdict();
    void refreshWords();
    void refreshParallel();
    void refreshRotary();
    void refreshFact();
    QString verdict() const;
    static void style(QLabel& label, const QFont& font, const QColor& color);

    std::optional<RotaryOptions> rotaryOptions() const;
    std::span<const float> rowOfSide(const Side& side) const;
    void fillWords();
    void slideBoth(int place);
    void refreshSliders();
    void refreshRotaryNumbers(const RotaryFigure& figure);
    QString rotaryVerdict() const;

    OrderAnalysis* m_analysis;
    ViewStack* m_views;
    QLineEdit* m_first = nullptr;
    QLineEdit* m_second = nullptr;
    QPushButton* m_examples = nullptr;
    QPushButton* m_shuffle = nullptr;
    QLabel* m_verdict = nullptr;
    AgainButton* m_again = nullptr;
    TokenRows* m_words = nullptr;
    TokenRows* m_parallel = nullptr;
    StepPlayer* m_player = nullptr;
    QWidget* m_rotaryControls = nullptr;
    std::array<Side, 2> m_sides;  ///< query, key
    QLabel* m_bothName = nullptr;
    QSlider* m_both = nullptr;
    QLabel* m_bothPlace = nullptr;
    RotaryPlot* m_rotary = nullptr;
    std::array<Number, 4> m_numbers{};

    std::shared_ptr<const Model> m_followed;
    std::vector<TokenId> m_listed;  ///< the words that query and key can be chosen from
    bool m_sentencesChosen = false;
    quint64 m_shuffleNumber = 1;
    std::optional<int> m_wantedStep;  ///< to be shown once the sentence is there
    std::array<int, 2> m_wantedWords{-1, -1};
};

}  // namespace lexiscope
