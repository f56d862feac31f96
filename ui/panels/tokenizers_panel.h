// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/session/tokenizer_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/aligned_strips.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cell_grid.h"
#include "ui/widgets/part_row.h"

#include <vector>

class QPushButton;

namespace lexiscope {

/// Up to four tokenizers on the same text: in numbers, cut below each other, and what the same sentences cost
/// in several languages.
class TokenizersPanel : public Panel {
    Q_OBJECT
  public:
    explicit TokenizersPanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    bool isBusy() const override { return m_analysis->isBusy(); }
    std::optional<Error> failure() const override {
        return m_analysis->failure() ? m_analysis->failure() : Panel::failure();
    }
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;

  private:
    void layOut();
    void listen();
    /// The slots that have a tokenizer.
    std::vector<int> compared() const;
    std::shared_ptr<const Model> modelIn(int slot) const { return m_context.session.slot(slot).model; }
    /// What the slot's present model has made of the text; else null.
    std::shared_ptr<const EncodedText> textOf(int slot) const;
    QString message() const;
    void refreshNumbers();
    void refreshStrips();
    void refreshLanguages();
    void refreshFact();
    /// How much room the parts need for what they show now.
    void refreshLeast();

    TokenizerAnalysis* m_analysis;
    PartRow* m_parts;
    ElidedLabel* m_message;
    CellGrid* m_numbers;
    ElidedLabel* m_stripNote;
    AlignedStrips* m_strips;
    ElidedLabel* m_languageTitle;
    ElidedLabel* m_languageNote;
    CellGrid* m_languages;
    AgainButton* m_again;
    QPushButton* m_add;
};

}  // namespace lexiscope
