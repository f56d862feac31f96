// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/walk_plot.h"
#include "ui/session/trace_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/step_player.h"

#include <optional>

class QLabel;
class QPushButton;

namespace lexiscope {

/// How the piece of the text with the selected token becomes tokens, step by step: merges with their ranks as
/// rows or as a tree, WordPiece's attempts, Unigram's lattice.
class MergesPanel : public Panel {
    Q_OBJECT
  public:
    explicit MergesPanel(const PanelContext& context, QWidget* parent = nullptr);

    QList<QWidget*> tools() override;
    bool isBusy() const override { return m_analysis->isBusy(); }
    std::optional<Error> failure() const override;
    int contentWidth() const override;
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
    static constexpr int rowsItem = 0;
    static constexpr int treeItem = 1;

    void layOut();
    void listen();

    std::shared_ptr<const EncodedText> wantedText() const;
    /// The one that is shown, where there is a trace of what is to be shown.
    std::optional<std::size_t> pieceNow() const;
    std::size_t usualPiece() const;
    void takePiece();
    void movePiece(int by);
    void moveStep(int by);
    void goTo(std::size_t step);
    std::size_t lastStep() const { return m_walk ? stepsOf(*m_walk) - 1 : 0; }
    WalkView shownView() const;

    void refreshPlot();
    void refreshHead();
    void refreshText();
    void refreshFact();
    /// Why there are no steps to see.
    QString message() const;
    QString messageOfPiece() const;

    TraceAnalysis* m_analysis;  // of all that look at the text
    Segmented* m_view;
    ElidedLabel* m_word;
    QLabel* m_place;
    QPushButton* m_back;
    QPushButton* m_next;
    WalkPlot* m_plot;
    AgainButton* m_again;
    QLabel* m_text;
    StepPlayer* m_player;

    std::shared_ptr<const TracedText> m_traced;  // that the piece is of
    std::optional<std::size_t> m_piece;
    std::shared_ptr<const PieceWalk> m_walk;  // of the piece
    std::size_t m_step = 0;
    std::optional<std::size_t> m_ownPiece;  // gone to here, whatever is selected
    std::optional<std::size_t> m_wantedPiece;
    std::optional<std::size_t> m_wantedStep;
    std::shared_ptr<const PieceWalk> m_measured;  // whose texts have been
    int m_measuredWidth = 0;
};

}  // namespace lexiscope
