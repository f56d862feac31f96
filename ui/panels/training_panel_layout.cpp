// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingPanel: its parts, and where they stand.
#include "ui/panels/training_panel.h"
#include "ui/widgets/panel_pieces.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

namespace lexiscope {
namespace {}  // namespace

TrainingPanel::TrainingPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("training"), tr("Training"), {}, parent),
      m_watched(new WatchedWords(context.analyses.runner(), this)),
      m_parts(new PartRow(context.theme, Qt::Vertical, this)) {
    setAcceptDrops(context.controls);
    makeRun();
    m_partWidgets = {m_run, makeCurve(), makeWords()};
    m_parts->addPart(QStringLiteral("run"), tr("Run"), m_partWidgets[0], 0);
    m_parts->addPart(QStringLiteral("curve"), tr("Curve"), m_partWidgets[1], 4);
    m_parts->addPart(QStringLiteral("words"), tr("Words"), m_partWidgets[2], 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_parts);
    listen();
    setCorpus({});
}

void TrainingPanel::makeRun() {
    m_form = new TrainingForm(m_context.theme, this);
    m_run = new RunControls(m_form,
                            {tr("Choose a plain text of some megabytes to learn from, or drop one here"),
                             tr("Choose a text to learn from: plain text, sentences or paragraphs in lines, "
                                "some megabytes")},
                            this);
    m_train = m_run->addButton(QStringLiteral("train"), tr("Train"));
    m_train->setProperty("primary", true);
    m_stop =
        m_run->addButton(QStringLiteral("stop"), tr("Stop"), tr("End here, and keep what has been learned"));
}

QWidget* TrainingPanel::makeNumbers() {
    auto* all = new QWidget(this);
    auto* grid = new QGridLayout(all);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(partSpacing + 4);
    grid->setVerticalSpacing(2);
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        const int row = static_cast<int>(i) / 2;
        const int column = static_cast<int>(i) % 2 * 2;
        m_numbers[i] = {new ElidedLabel(all), new ElidedLabel(all)};
        m_numbers[i].value->setObjectName(QStringLiteral("number%1").arg(i));
        grid->addWidget(m_numbers[i].name, row, column);
        grid->addWidget(m_numbers[i].value, row, column + 1);
        grid->setColumnStretch(column + 1, 1);
    }
    return all;
}

QWidget* TrainingPanel::makeCurve() {
    auto* part = new QWidget(this);
    m_curve = new LossPlot(m_context.theme, part);
    m_curve->setObjectName(QStringLiteral("curve"));
    m_slider = new QSlider(Qt::Horizontal, part);
    m_slider->setObjectName(QStringLiteral("pictures"));
    m_slider->setAccessibleName(tr("What the words have been"));
    m_slider->setToolTip(
        tr("Back to what the vectors have been, and forth; at the right end, what they are now"));
    m_picture = new ElidedLabel(part);
    m_picture->setObjectName(QStringLiteral("picture"));
    m_save = namedButton(part, QStringLiteral("save"), tr("Save as…"),
                         tr("Write the vectors shown to a file: word2vec binary or text, or a NumPy array"));
    auto* back = new QHBoxLayout;
    back->addWidget(m_slider, 1);
    back->addWidget(m_picture);
    auto* foot = new QHBoxLayout;
    const std::array<QString, 2> names = {tr("Show in A"), tr("Show in B")};
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot) {
        m_slots[slot] =
            namedButton(part, QStringLiteral("showIn%1").arg(slot), names[slot],
                        tr("Map, neighbours and matrix show what is learned in this slot; the model "
                           "that stands there makes room"));
        m_slots[slot]->setCheckable(true);
        foot->addWidget(m_slots[slot]);
    }
    foot->addStretch(1);
    foot->addWidget(m_save);
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->addWidget(makeNumbers());
    layout->addWidget(m_curve, 1);
    layout->addLayout(back);
    layout->addLayout(foot);
    return part;
}

QWidget* TrainingPanel::makeWords() {
    auto* part = new QWidget(this);
    m_wordsTitle = new ElidedLabel(part);
    m_wordsTitle->setText(tr("Nearest to the selected and the pinned words"));
    m_wordsNote = wrappedLabel(part, QStringLiteral("wordsNote"));
    QVBoxLayout* layout = columnOf(part, partSpacing);
    layout->setSpacing(4);
    layout->addWidget(m_wordsTitle);
    layout->addWidget(m_wordsNote);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < mostWatched; ++i) {
        const WordLine line{new ElidedLabel(part), new ElidedLabel(part)};
        line.word->setObjectName(QStringLiteral("word%1").arg(i));
        line.near->setObjectName(QStringLiteral("near%1").arg(i));
        grid->addWidget(line.word, static_cast<int>(i), 0);
        grid->addWidget(line.near, static_cast<int>(i), 1);
        m_lines.push_back(line);
    }
    layout->addLayout(grid);
    return part;
}

}  // namespace lexiscope
