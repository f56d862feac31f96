// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training_panel.h"

#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

namespace lexiscope {
namespace {

using State = TrainingRun::State;

QString durationText(double seconds) {
    const auto whole = static_cast<qint64>(std::ceil(std::max(seconds, 0.0)));
    return whole < 60     ? Panel::tr("%1 s").arg(whole)
           : whole < 3600 ? Panel::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60)
                          : Panel::tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

QString percent(std::uint64_t done, std::uint64_t total) {
    return total == 0 ? QStringLiteral("0 %")
                      : Panel::tr("%1 %").arg(100 * static_cast<double>(done) / static_cast<double>(total), 0,
                                              'f', 0);
}

/// "119 k", "1.9 M", where there is room for no more.
QString shortCount(double words) {
    const double unit = words >= 999'500 ? 1e6 : words >= 9'999.5 ? 1e3 : 1;
    const double number = words / unit;
    const QString text = QString::number(number, 'f', unit > 1 && number < 99.95 ? 1 : 0);
    return unit == 1e6 ? Panel::tr("%1 M").arg(text) : unit == 1e3 ? Panel::tr("%1 k").arg(text) : text;
}

}  // namespace

void TrainingPanel::listen() {
    TrainingView& view = m_context.training;
    connect(&view, &TrainingView::changed, this, &TrainingPanel::scheduleRefresh);
    connect(&view.run(), &TrainingRun::changed, this, &TrainingPanel::scheduleRefresh);
    connect(&m_context.selection, &Selection::pinnedChanged, this, &TrainingPanel::scheduleRefresh);
    connect(m_watched, &WatchedWords::changed, this, &TrainingPanel::scheduleRefresh);
    connect(m_run, &RunControls::corpusChosen, this, &TrainingPanel::setCorpus);
    connect(m_train, &QPushButton::clicked, this, &TrainingPanel::trainClicked);
    connect(m_stop, &QPushButton::clicked, &view.run(), &TrainingRun::stop);
    connect(m_slider, &QSlider::valueChanged, this, &TrainingPanel::slide);
    connect(m_save, &QPushButton::clicked, this, &TrainingPanel::saveShown);
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        connect(m_slots[static_cast<std::size_t>(slot)], &QPushButton::clicked, this, [this, slot] {
            m_context.training.setSlot(slot);
            scheduleRefresh();  // a click turns the button by itself
        });
    }
}

bool TrainingPanel::isAtWork() const {
    return run().isActive() || run().state() == State::Paused;
}

bool TrainingPanel::showsRun() const {
    return isAtWork() || (!m_context.controls && run().state() != State::Idle);
}

QString TrainingPanel::corpus() const {
    return showsRun() ? run().settings().corpus : m_run->corpus();
}

void TrainingPanel::setCorpus(const QString& path) {
    m_run->setCorpus(path);
    m_form->setOptions(suggestedOptions(path));
    scheduleRefresh();
}

void TrainingPanel::trainClicked() {
    TrainingRun& training = m_context.training.run();
    if (training.isActive()) {
        training.pause();
    } else if (training.state() == State::Paused) {
        training.goOn();
    } else if (m_context.training.mayStart()) {
        training.start({m_run->corpus(), m_form->options()});
    }
}

void TrainingPanel::slide(int place) {
    TrainingView& view = m_context.training;
    if (place == m_slider->maximum()) {
        view.follow();
    } else {
        view.choose(static_cast<std::size_t>(place));
    }
}

void TrainingPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    if (isVisible()) {
        refreshWords();
        refreshCurve();
        fitParts();
    }
}

void TrainingPanel::refresh() {
    refreshRun();
    refreshButtons();
    refreshNumbers();
    refreshCurve();
    refreshSlider();
    watch();
    refreshWords();
    refreshFact();
    fitParts();
}

QString TrainingPanel::settingsText() const {
    const WordTrainingOptions& options = run().settings().options;
    QStringList parts{options.model == WordModel::Cbow ? tr("CBOW") : tr("skip-gram"),
                      tr("dimension %1").arg(options.dimension),
                      tr("window %1").arg(options.window),
                      tr("negative %1").arg(options.negatives),
                      tr("epochs %1").arg(options.epochs),
                      tr("min-count %1").arg(options.minCount),
                      tr("sample %1").arg(QString::number(options.sample, 'g', 3))};
    if (options.mostWords > 0) {
        parts << tr("words %1").arg(groupedText(options.mostWords));
    }
    if (options.threads > 0) {
        parts << tr("threads %1").arg(options.threads);
    }
    parts << tr("seed %1").arg(options.seed);
    return parts.join(QStringLiteral(" · "));
}

QString TrainingPanel::stateText() const {
    const TrainingNumbers numbers = run().numbers();
    switch (run().state()) {
        case State::Idle:
            return {};
        case State::Counting:
            return tr("Counting the words: %1 of the text").arg(percent(numbers.done, numbers.total));
        case State::Learning:
            return tr("Learning: %1").arg(percent(numbers.done, numbers.total));
        case State::Paused:
            return tr("Paused at %1. Go on takes up where it stopped; Stop keeps what has been learned.")
                .arg(percent(numbers.done, numbers.total));
        case State::Done:
            return numbers.done == numbers.total
                       ? QString()
                       : tr("Stopped at %1 of the way.").arg(percent(numbers.done, numbers.total));
        case State::Failed:
            return QString::fromStdString(toString(*run().failure()));
    }
    return {};
}

void TrainingPanel::refreshRun() {
    m_run->setState({corpus(), isAtWork(), !showsRun() && m_context.controls,
                     showsRun() ? settingsText() : QString(), stateText(), run().state() == State::Failed},
                    theme());
}

void TrainingPanel::fitParts() {
    for (std::size_t i = 0; i < m_partWidgets.size(); ++i) {
        m_parts->setLeast(static_cast<int>(i), leastHeight(*m_partWidgets[i], width()));
    }
}

void TrainingPanel::refreshButtons() {
    const State state = run().state();
    m_train->setText(run().isActive() ? tr("Pause") : state == State::Paused ? tr("Go on") : tr("Train"));
    m_train->setToolTip(isAtWork() ? QString()
                                   : tr("Learn word vectors from this text. What was learned before is "
                                        "forgotten, unless it was saved"));
    m_train->setVisible(m_context.controls);
    m_stop->setVisible(isAtWork());
    const bool hasModel = m_context.training.model() != nullptr;
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        QPushButton* button = m_slots[static_cast<std::size_t>(slot)];
        button->setVisible(hasModel);
        button->setChecked(m_context.training.slot() == slot);
    }
    m_save->setVisible(hasModel);
}

void TrainingPanel::refreshNumbers() {
    const TrainingNumbers numbers = run().numbers();
    const std::vector<TrainingLoss> losses = run().losses();
    const QString none = QStringLiteral("–");
    const bool isKnown = !numbers.areBytes && numbers.total > 0;
    const bool isLearning = run().state() == State::Learning;
    const QString speed = isKnown && numbers.wordsPerSecond > 0 ? shortCount(numbers.wordsPerSecond) : none;
    const QString left = !isLearning ? durationText(numbers.secondsLearned)
                                     : (numbers.secondsLeft ? durationText(*numbers.secondsLeft) : none);
    const std::array<std::pair<QString, QString>, 4> shown = {
        std::pair(tr("loss"), losses.empty() ? none : numberText(losses.back().loss, 3)),
        std::pair(tr("words read"), isKnown ? shortCount(static_cast<double>(numbers.done)) : none),
        std::pair(tr("words a second"), speed), std::pair(isLearning ? tr("time left") : tr("time"), left)};
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool isTime = i >= 2;
        setLook(*m_numbers[i].name, theme().textFont(12), theme().muted);
        setLook(*m_numbers[i].value, theme().monoFont(13, QFont::DemiBold), theme().text);
        m_numbers[i].name->setText(shown[i].first);
        m_numbers[i].value->setText(shown[i].second);
        for (ElidedLabel* label : {m_numbers[i].name, m_numbers[i].value}) {
            label->setVisible(isKnown && (m_context.showTimes || !isTime));
        }
    }
}

void TrainingPanel::refreshCurve() {
    LossFigure figure;
    for (const TrainingLoss& loss : run().losses()) {
        figure.points.emplace_back(static_cast<double>(loss.words), loss.loss);
    }
    figure.wordsInAll = static_cast<double>(run().numbers().total);
    if (m_context.training.chosen()) {
        figure.marked = static_cast<double>(m_context.training.wordsRead());
    }
    figure.message = isAtWork()
                         ? tr("The first numbers come in a moment…")
                         : tr("Nothing has been learned here yet. Train reads the text again and again; "
                              "the vectors learn to predict which words stand near each other, and this "
                              "curve falls.");
    m_curve->setFigure(std::move(figure));
}

void TrainingPanel::refreshSlider() {
    const TrainingView& view = m_context.training;
    const auto pictures = static_cast<int>(view.pictures());
    // While more is to come, the last place is that of the newest.
    const bool isMore = isAtWork();
    const int last = isMore ? pictures : pictures - 1;
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(last, 0));
    m_slider->setValue(view.chosen() ? static_cast<int>(*view.chosen()) : std::max(last, 0));
    const bool isUseful = view.model() != nullptr && last > 0;
    m_slider->setVisible(isUseful && m_context.controls);
    setLook(*m_picture, theme().textFont(12.5), theme().muted);
    m_picture->setText(tr("after %1 words").arg(wordCount(static_cast<double>(view.wordsRead()))));
    m_picture->setVisible(view.model() != nullptr);
}

std::vector<Row> TrainingPanel::watchedRows() const {
    const std::optional<int> slot = m_context.training.slot();
    if (!slot || m_context.session.slot(*slot).model != m_context.training.model()) {
        return {};
    }
    std::vector<Row> rows;
    if (const std::optional<Row> row = m_context.analyses.selectedRow(*slot)) {
        rows.push_back(*row);
    }
    if (*slot == m_context.session.activeSlot()) {
        for (const Row row : m_context.selection.pinned()) {
            if (rows.size() < mostWatched && std::find(rows.begin(), rows.end(), row) == rows.end()) {
                rows.push_back(row);
            }
        }
    }
    return rows;
}

void TrainingPanel::watch() {
    const std::vector<Row> rows = watchedRows();
    m_watched->watch(rows.empty() ? nullptr : m_context.training.model(), rows);
}

QString TrainingPanel::nearText(const WatchedWord& word, int room) const {
    const QFontMetrics metrics(theme().textFont(13));
    QString text;
    for (const Neighbor& neighbor : word.neighbors) {
        const QString longer = (text.isEmpty() ? QString() : text + QStringLiteral(" · ")) +
                               shownToken(*m_watched->model(), neighbor.row);
        if (metrics.horizontalAdvance(longer) + 4 > room) {
            break;
        }
        text = longer;
    }
    return text;
}

void TrainingPanel::refreshWords() {
    const std::vector<WatchedWord>& words = m_watched->words();
    setLook(*m_wordsTitle, theme().textFont(13, QFont::DemiBold), theme().text);
    setLook(*m_wordsNote, theme().textFont(12.5), theme().muted);
    int wordWidth = 0;
    for (const WatchedWord& word : words) {
        const QFontMetrics metrics(theme().textFont(13, QFont::DemiBold));
        wordWidth = std::max(wordWidth, metrics.horizontalAdvance(shownToken(*m_watched->model(), word.row)));
    }
    wordWidth = std::min(wordWidth + 4, width() / 3);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool isThere = i < words.size();
        WordLine& line = m_lines[i];
        setLook(*line.word, theme().textFont(13, QFont::DemiBold), theme().text);
        setLook(*line.near, theme().textFont(13), theme().text);
        line.word->setFixedWidth(wordWidth);
        line.word->setText(isThere ? shownToken(*m_watched->model(), words[i].row) : QString());
        constexpr int columnGap = 12;
        line.near->setText(isThere ? nearText(words[i], width() - wordWidth - columnGap) : QString());
        line.word->setVisible(isThere);
        line.near->setVisible(isThere);
    }
    const bool isElsewhere = m_context.training.model() != nullptr && !m_context.training.slot();
    m_wordsNote->setText(isElsewhere
                             ? tr("Show the words in A or B to see what they come to mean.")
                             : tr("As words are learned, the neighbours of the selected one and of those you "
                                  "pin (Ctrl+P) change here."));
    m_wordsNote->setVisible(words.empty());
}

void TrainingPanel::refreshFact() {
    const TrainingWords* words = run().words();
    if (words == nullptr) {
        setFact({});
        return;
    }
    setFact(tr("%1 × %2 from %3 words of text")
                .arg(groupedText(words->counts.size()), groupedText(run().settings().options.dimension),
                     wordCount(static_cast<double>(words->words))));
}

QStringList TrainingPanel::parameters() const {
    return run().words() != nullptr ? QStringList{corpusName(run().settings().corpus), settingsText()}
                                    : QStringList();
}

}  // namespace lexiscope
