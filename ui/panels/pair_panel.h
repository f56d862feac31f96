// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/shared_word_model.h"
#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/overlap_bars.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/word_grid.h"

#include <vector>

class QGridLayout;

namespace lexiscope {

/// The pair in numbers: how alike the two models are over the words that both have, how that is spread over
/// the words, and the words least and most alike.
class PairPanel : public Panel {
    Q_OBJECT
  public:
    explicit PairPanel(const PanelContext& context, QWidget* parent = nullptr);
    ~PairPanel() override;
    /// That of two rows, whichever way it is arranged now.
    QSize minimumSizeHint() const override;
    QList<QWidget*> tools() override;
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void layOut();
    /// All parts beside each other, or in two rows where there is less room in width.
    void arrange();
    QWidget* captioned(const QString& text, QWidget* content);
    QWidget* makeWords(SharedWordModel*& model, SharedWordModel::End end, const QString& name,
                       const QString& title);
    void buildChoice();
    QString message() const;
    void refreshNumbers(const PairResult& result);
    void refreshWords(const PairResult& result);
    void select(const SharedWord& word);

    QWidget* m_content;
    ElidedLabel* m_message;
    AgainButton* m_again;
    Segmented* m_choice;  ///< which words the least and the most alike are taken from
    NumberTile* m_cka;
    NumberTile* m_overlap;
    NumberTile* m_first;
    NumberTile* m_residual;
    NumberTile* m_correlation;
    OverlapBars* m_bars;
    SharedWordModel* m_least = nullptr;
    SharedWordModel* m_most = nullptr;
    bool m_commonAlone = true;
    std::vector<ElidedLabel*> m_captions;  // of m_parts
    std::vector<QWidget*> m_parts;         // bars and words with their captions
    QGridLayout* m_grid = nullptr;
    int m_arrangedFor = -1;  // numbers in the first row; -1: nothing is arranged yet
};

}  // namespace lexiscope
