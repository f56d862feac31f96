// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/token_table_model.h"
#include "ui/models/token_text.h"
#include "ui/panels/panel.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/column_table.h"

#include <vector>

class QLineEdit;
class QPushButton;

namespace lexiscope {

/// The tokens of the text as a table, to be sorted, searched and copied.
class TablePanel : public Panel {
    Q_OBJECT
  public:
    explicit TablePanel(const PanelContext& context, QWidget* parent = nullptr);
    QList<QWidget*> tools() override;
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    bool isBusy() const override { return m_sorting->isBusy(); }
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    void addToMenu(QMenu& menu) override;

  protected:
    void refresh() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    void fillCopyMenu(QMenu& menu);
    void copy(TokenForm form) const;
    /// The marked tokens where there are several, else all, in the order of the text.
    std::vector<std::size_t> placesToCopy() const;
    void find();
    /// Goes to the match so many behind the present one, around the ends.
    void step(int matches);
    void mark();
    TokenSort wantedSort() const;
    /// What has been sorted, once it is of this model.
    void takeOrder();
    QString note() const;
    void refreshFact();
    bool isOfModel() const;
    std::optional<Selected> tokenAt(int row) const;

    TokenSorting* m_sorting;
    TokenTableModel* m_model;
    ColumnTable* m_table;
    ElidedLabel* m_note;
    AgainButton* m_again;
    QLineEdit* m_find;
    QPushButton* m_copy;
    std::vector<int> m_matches;  // rows
    int m_match = -1;
};

}  // namespace lexiscope
