// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/vocabulary_model.h"
#include "ui/panels/panel.h"
#include "ui/session/vocabulary_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/column_table.h"

#include <vector>

class QLabel;
class QLineEdit;

namespace lexiscope {

/// All tokens of the model: searched, the longest first, those of one script, those that no text becomes.
class VocabularyPanel : public Panel {
    Q_OBJECT
  public:
    explicit VocabularyPanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override { return {m_which, m_order}; }
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
    void hideEvent(QHideEvent* event) override;

  private:
    void build();
    void connectParts();
    VocabularyQuery query() const;
    QString chosenKey() const;
    void choose(const QString& key);
    void showChoices(const VocabularyResult* result);
    void refreshState(const VocabularyResult* result);
    QString message() const;
    QString explanation() const;
    std::optional<Selected> tokenAt(int row) const;

    VocabularyAnalysis* m_analysis;
    VocabularyModel* m_model;
    QLineEdit* m_search;
    ChoiceButton* m_which;
    std::vector<Script> m_scripts;  // that can be chosen, behind all tokens
    ChoiceButton* m_order;
    ElidedLabel* m_message;
    AgainButton* m_again;
    QLabel* m_explanation;  // of what is listed
    ColumnTable* m_table;
};

}  // namespace lexiscope
