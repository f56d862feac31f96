// SPDX-License-Identifier: GPL-3.0-or-later
// TokenizerTrainingPanel: its parts, where they stand, and the files it takes and gives.
#include "ui/panels/tokenizer_training_panel.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/slot_mark.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {

TokenizerTrainingPanel::TokenizerTrainingPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("tokenizer-training"), tr("Learn a tokenizer"), {}, parent),
      m_parts(new PartRow(context.theme, Qt::Vertical, this)) {
    setAcceptDrops(context.controls);
    makeRun();
    m_partWidgets = {m_run, makeFound()};
    m_parts->addPart(QStringLiteral("run"), tr("Run"), m_partWidgets[0], 0);
    m_parts->addPart(QStringLiteral("found"), tr("Found"), m_partWidgets[1], 1);
    for (QWidget* part : m_partWidgets) {
        part->installEventFilter(this);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_parts);
    listen();
    setCorpus({});
}

void TokenizerTrainingPanel::makeRun() {
    m_form = new TokenizerForm(m_context.theme, this);
    m_run = new RunControls(m_form,
                            {tr("Choose a plain text to learn from, or drop one here"),
                             tr("Choose a text to learn from: plain text")},
                            this);
    m_learn = m_run->addButton(QStringLiteral("learn"), tr("Learn"));
    m_learn->setProperty("primary", true);
}

QWidget* TokenizerTrainingPanel::makeFound() {
    auto* part = new QWidget(this);
    m_foundTitle = wrappedLabel(part, QStringLiteral("foundTitle"));
    m_model = new MergeModel(this);
    m_list = new MergeRows(m_context.theme, part);
    m_list->setModel(m_model);
    if (!m_context.controls) {
        m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        // A figure asks its lists how many pixels they hide.
        m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    }
    m_save =
        namedButton(part, QStringLiteral("save"), tr("Save as…"),
                    tr("Write the tokenizer as a tokenizer.json, which Hugging Face's programs read, too"));
    auto* foot = new QHBoxLayout;
    foot->setSpacing(4);
    for (int slot = 0; slot < m_context.session.slotCount(); ++slot) {
        const QString letter = slotLetter(slot);
        QPushButton* button = namedButton(
            part, QStringLiteral("showIn%1").arg(slot), slot == 0 ? tr("Show in %1").arg(letter) : letter,
            tr("Every panel shows what this tokenizer makes of the text, in slot %1; the model "
               "that stands there makes room")
                .arg(letter));
        button->setAccessibleName(tr("Show in %1").arg(letter));
        button->setCheckable(true);
        foot->addWidget(button);
        m_slots.push_back(button);
    }
    foot->addStretch(1);
    foot->addWidget(m_save);
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->addWidget(m_foundTitle);
    layout->addWidget(m_list, 1);
    layout->addStretch();
    layout->addLayout(foot);
    return part;
}

void TokenizerTrainingPanel::saveResult() {
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the tokenizer"), QStringLiteral("tokenizer.json"),
                                     tr("Hugging Face tokenizer (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    if (QFileInfo(path).suffix().isEmpty()) {
        path += QStringLiteral(".json");
    }
    run().save(path);
}

std::vector<DataTable> TokenizerTrainingPanel::data() const {
    if (const TrainedTokenizer* result = run().result();
        result != nullptr && result->learned->options.kind == TokenizerKind::Unigram) {
        return {pieceTable(tr("The %1 pieces").arg(groupedText(result->learned->spellings.size())),
                           result->learned)};
    }
    std::vector<FoundMerge> merges = run().merges();
    if (merges.empty()) {
        return {};
    }
    const QString title = tr("The %1 merges").arg(groupedText(merges.size()));
    return {mergeTable(title, std::move(merges))};
}

}  // namespace lexiscope
