// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/step_panel.h"

#include "core/base/utf8.h"
#include "ui/plots/loss_plot.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {

void StepPanel::listen() {
    connect(&m_context.theme, &ThemeSource::changed, this, [this] { m_measured.reset(); });
    connect(m_analysis, &StepAnalysis::changed, this, &StepPanel::scheduleRefresh);
    connect(&m_context.training, &TrainingView::changed, this, &StepPanel::scheduleRefresh);
    connect(&run(), &TrainingRun::changed, this, &StepPanel::scheduleRefresh);
    connect(m_sentence, &QLineEdit::textChanged, this, &StepPanel::scheduleRefresh);
    connect(m_newest, &QPushButton::clicked, this, [this] {
        m_version = newestVersion();
        scheduleRefresh();
    });
    connect(m_model, &Segmented::chosen, this, [this] {
        m_modelChosen = true;
        scheduleRefresh();
    });
    for (QSpinBox* field : {m_window, m_negatives, m_seed, m_passes}) {
        connect(field, &QSpinBox::valueChanged, this, &StepPanel::scheduleRefresh);
    }
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, [this] {
        m_rateChosen = true;
        scheduleRefresh();
    });
    connect(m_again, &QPushButton::clicked, m_analysis, &StepAnalysis::retry);
    connect(m_back, &QPushButton::clicked, this, [this] { moveWord(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { moveWord(1); });
    connect(m_player, &StepPlayer::stepChanged, this, [this](int step) {
        goTo(static_cast<std::size_t>(step) / stepStages, static_cast<StepStage>(step % stepStages));
    });
    connect(m_view, &StepView::wordClicked, this, &StepPanel::goToWord);
    connect(m_view, &StepView::wordWanted, this, &StepPanel::moveWord);
    connect(m_view, &StepView::stageWanted, this, [this](int by) {
        m_player->pause();
        m_player->setStep(m_player->step() + by);
        goTo(static_cast<std::size_t>(m_player->step()) / stepStages,
             static_cast<StepStage>(m_player->step() % stepStages));
    });
    connect(m_view, &StepView::inputChosen, this, [this](int n) {
        m_chosen = static_cast<std::size_t>(n);
        scheduleRefresh();
    });
}

StepSettings StepPanel::settings() const {
    StepSettings settings;
    settings.sentence = m_sentence->text();
    settings.options.model = m_model->current() == 1 ? WordModel::Cbow : WordModel::SkipGram;
    settings.options.window = static_cast<std::size_t>(m_window->value());
    settings.options.negatives = static_cast<std::size_t>(m_negatives->value());
    settings.options.rate = static_cast<float>(m_rate->value());
    settings.options.seed = static_cast<std::uint64_t>(m_seed->value());
    settings.passes = static_cast<std::size_t>(m_passes->value());
    return settings;
}

std::uint64_t StepPanel::newestVersion() const {
    // While it learns, as of its last snapshot: rows that change all the time would never hold still.
    const std::vector<TrainingSnapshot>& snapshots = run().snapshots();
    return run().isActive() && !snapshots.empty() ? snapshots.back().words : run().numbers().done;
}

void StepPanel::wantWalk() {
    const std::shared_ptr<const WordTrainer> trainer = run().trainer();
    const bool isOther = trainer.owner_before(m_trainer) || m_trainer.owner_before(trainer);
    // Somebody who is on the way goes on with the rows the way began with.
    const bool isOnTheWay =
        m_context.controls && (m_player->isPlaying() || m_step > 0 || m_stage != StepStage::Word);
    if (isOther || !isOnTheWay) {
        m_trainer = trainer;
        m_version = trainer ? newestVersion() : 0;
    }
    m_newest->setVisible(m_context.controls && trainer != nullptr && m_version != newestVersion());
    m_analysis->setInputs(trainer, m_version, settings());
}

std::size_t StepPanel::steps() const {
    return m_walk ? m_walk->traces.size() : 0;
}

void StepPanel::takePlace() {
    const std::shared_ptr<const StepWalk> walk = m_analysis->walk();
    if (!walk || walk == m_walk || !m_analysis->isCurrent()) {
        return;
    }
    m_walk = walk;
    if (m_wantedWord) {
        for (std::size_t i = 0; i < steps(); ++i) {
            m_step = static_cast<int>(walk->placeOf(i)) == *m_wantedWord ? i : m_step;
        }
        m_wantedWord.reset();
    }
    m_step = std::min(m_step, steps() > 0 ? steps() - 1 : 0);
    m_player->setSteps(static_cast<int>(steps()) * stepStages);
    m_player->setStep(static_cast<int>(m_step) * stepStages + static_cast<int>(m_stage));
}

void StepPanel::goTo(std::size_t step, StepStage stage) {
    if (step >= steps()) {
        return;
    }
    m_chosen = step == m_step ? m_chosen : 0;
    m_step = step;
    m_stage = stage;
    m_player->setStep(static_cast<int>(step) * stepStages + static_cast<int>(stage));
    scheduleRefresh();
}

void StepPanel::moveWord(int by) {
    if (steps() > 0) {
        const int last = static_cast<int>(steps()) - 1;
        goTo(static_cast<std::size_t>(std::clamp(static_cast<int>(m_step) + by, 0, last)), m_stage);
    }
}

void StepPanel::goToWord(int place) {
    for (std::size_t i = 0; i < steps(); ++i) {
        if (static_cast<int>(m_walk->placeOf(i)) == place) {
            goTo(i, m_stage);
        }
    }
}

std::optional<StepFrame> StepPanel::frame() const {
    if (m_step >= steps()) {
        return std::nullopt;
    }
    StepFrame frame{m_walk, m_step, m_stage, 0};
    frame.chosen = std::min(m_chosen, frame.trace().xs() - 1);
    return frame;
}

void StepPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    if (isVisible()) {
        refreshText();
    }
}

void StepPanel::hideEvent(QHideEvent* event) {
    m_player->pause();
    Panel::hideEvent(event);
}

void StepPanel::refresh() {
    refreshFields();
    wantWalk();
    takePlace();
    refreshView();
    refreshText();
    refreshNote();
    refreshFact();
}

void StepPanel::refreshFields() {
    const bool hasRun = run().trainer() != nullptr;
    m_passes->setVisible(!hasRun);
    if (!m_modelChosen) {
        m_model->setCurrent(hasRun && run().settings().options.model == WordModel::Cbow ? 1 : 0);
    }
    if (!m_rateChosen) {
        WordTrainingOptions options;
        options.model = settings().options.model;
        const QSignalBlocker quiet(m_rate);
        m_rate->setValue(options.startRate());
    }
}

void StepPanel::refreshView() {
    const std::optional<Error>& failure = m_analysis->failure();
    const std::optional<StepFrame> now = frame();
    m_again->offer(failure && !now);
    if (now) {
        m_view->setMoment(*now, !m_analysis->isCurrent());
    } else if (failure) {
        m_view->setMessage(failure->code == ErrorCode::Cancelled
                               ? tr("The steps were cancelled.")
                               : QString::fromStdString(toString(*failure)));
    } else if (!m_analysis->isCurrent()) {
        m_view->setMessage(tr("Taking the steps…"));
    } else {
        m_view->setMessage(
            tr("There is no step to take: a window needs two words that are in the vocabulary."));
    }
    const int last = static_cast<int>(steps()) - 1;
    m_back->setVisible(m_context.controls && now && m_step > 0);
    m_wordLabel->setVisible(m_context.controls && last > 0);
    m_next->setVisible(m_context.controls && now && static_cast<int>(m_step) < last);
}

int StepPanel::widestTitle() const {
    int width = 0;
    for (int stage = 0; stage < stepStages; ++stage) {
        const QString title = stageTitle(static_cast<StepStage>(stage));
        width = std::max(width, m_title->fontMetrics().horizontalAdvance(title));
    }
    return width + 2;
}

void StepPanel::refreshText() {
    const std::optional<StepFrame> now = frame();
    m_title->setFont(theme().textFont(13, QFont::DemiBold));
    m_title->setColor(theme().text);
    m_title->setText(now ? stageTitle(now->stage) : QString());
    m_title->setMinimumWidth(widestTitle());
    setLook(*m_wordLabel, theme().textFont(12), theme().muted);
    setLook(*m_text, theme().textFont(12.5), theme().text);
    m_text->setText(now ? stageText(*now) : QString());
    if (m_measured != m_walk || m_measuredWidth != width()) {
        m_measured = m_walk;
        m_measuredWidth = width();
        m_text->setMinimumHeight(tallestText());
    }
}

int StepPanel::tallestText() const {
    const QFontMetrics metrics(m_text->font());
    int height = 0;
    StepFrame frame{m_walk, 0, StepStage::Word, 0};
    for (; frame.step < steps(); ++frame.step) {
        for (int stage = 0; stage < stepStages; ++stage) {
            frame.stage = static_cast<StepStage>(stage);
            const QRect needed = metrics.boundingRect(QRect(0, 0, std::max(width(), 1), 10'000),
                                                      Qt::AlignLeft | Qt::TextWordWrap, stageText(frame));
            height = std::max(height, needed.height());
        }
    }
    return height;
}

void StepPanel::refreshNote() {
    QStringList notes;
    const std::shared_ptr<const StepWalk> walk = m_analysis->walk();
    if (walk && m_analysis->isCurrent()) {
        QStringList unknown;
        for (const StepWord& word : walk->words) {
            const QString quoted = u'“' + QString::fromStdString(displayText(word.text)) + u'”';
            if (!word.row && !unknown.contains(quoted)) {
                unknown << quoted;
            }
        }
        if (!unknown.isEmpty()) {
            notes << tr("Not in the vocabulary, so that no window sees them: %1.")
                         .arg(unknown.join(QStringLiteral(", ")));
        }
        if (walk->wordsLeftOut > 0) {
            notes << tr("The sentence is taken to its %1th word.").arg(StepAnalysis::mostWords);
        }
        if (walk->stepsLeftOut > 0) {
            notes << tr("Only the first %1 steps are kept: rows are long.").arg(walk->traces.size());
        }
    }
    setLook(*m_note, theme().textFont(12), theme().muted);
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
}

QString StepPanel::sourceText() const {
    const StepWalk& walk = *m_walk;
    if (walk.isOfRun) {
        return tr("%1 after %2 words")
            .arg(corpusName(run().settings().corpus), wordCount(static_cast<double>(walk.wordsRead)));
    }
    return walk.settings.passes == 0   ? tr("rows as chance made them")
           : walk.settings.passes == 1 ? tr("sample sentences after 1 pass")
                                       : tr("sample sentences after %1 passes").arg(walk.settings.passes);
}

void StepPanel::refreshFact() {
    setFact(m_walk ? sourceText() + QStringLiteral(" · %1 × %2")
                                        .arg(groupedText(m_walk->vocabulary), groupedText(m_walk->dimension))
                   : QString());
}

QStringList StepPanel::parameters() const {
    if (!m_walk) {
        return {};
    }
    const StepOptions& options = m_walk->settings.options;
    return {sourceText(),
            options.model == WordModel::Cbow ? tr("CBOW") : tr("skip-gram"),
            tr("window %1").arg(options.window),
            tr("negative %1").arg(options.negatives),
            tr("rate %1").arg(shortNumber(static_cast<double>(options.rate))),
            tr("seed %1").arg(options.seed)};
}

std::vector<DataTable> StepPanel::data() const {
    const std::optional<StepFrame> now = frame();
    if (!now) {
        return {};
    }
    const QString word = outputName(*now, 0);
    const auto trace = std::shared_ptr<const StepTrace>(now->walk, &now->trace());
    return {stepPairTable(tr("What the rows say of each other at “%1”").arg(word), trace, now->walk->names),
            stepRowTable(tr("The rows before and after “%1”").arg(word), trace, now->walk->names)};
}

}  // namespace lexiscope
