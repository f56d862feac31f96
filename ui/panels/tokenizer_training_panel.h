// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/merge_model.h"
#include "ui/panels/panel.h"
#include "ui/session/tokenizer_run.h"
#include "ui/widgets/card.h"
#include "ui/widgets/merge_rows.h"
#include "ui/widgets/part_row.h"
#include "ui/widgets/run_controls.h"
#include "ui/widgets/tokenizer_form.h"

#include <array>
#include <vector>

class QLabel;
class QPushButton;

namespace lexiscope {

/// A tokenizer learned from a text: what from and how, the merges as they are found, the slot that it goes
/// into, and the file. A text file dropped on it is the text to learn from.
class TokenizerTrainingPanel : public Panel {
    Q_OBJECT
  public:
    explicit TokenizerTrainingPanel(const PanelContext& context, QWidget* parent = nullptr);

    /// The text that Learn will read; empty: the sample.
    void setCorpus(const QString& path);
    bool showsModel() const override { return false; }
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void makeRun();
    QWidget* makeFound();
    void listen();
    TokenizerRun& run() const { return m_context.tokenizerRun; }
    bool showsRun() const;
    QString corpus() const;
    void saveResult();
    void learnClicked();

    void fitParts();
    void refreshRun();
    void refreshButtons();
    void refreshFound();
    void addMerges(std::vector<MergeModel::Row>& rows) const;
    void addRounds(std::vector<MergeModel::Row>& rows) const;
    void showPieces();
    QString settingsText() const;
    QString stateText() const;
    QString foundText() const;

    PartRow* m_parts;
    std::array<QWidget*, 2> m_partWidgets{};
    TokenizerForm* m_form = nullptr;
    RunControls* m_run = nullptr;
    QPushButton* m_learn = nullptr;
    QLabel* m_foundTitle = nullptr;
    MergeModel* m_model = nullptr;
    MergeRows* m_list = nullptr;
    std::vector<QPushButton*> m_slots;
    QPushButton* m_save = nullptr;

    // What the list shows: of which run, and how much of it.
    enum class Listed { Merges, Rounds, Pieces };
    quint64 m_listedRun = 0;
    Listed m_listed = Listed::Merges;
};

}  // namespace lexiscope
