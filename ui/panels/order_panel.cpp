// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/order_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/plots/order_figures.h"
#include "ui/plots/view_transform.h"
#include "ui/session/grouped_text.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

namespace lexiscope {
namespace {

constexpr int mostShuffles = 1 << 30;

/// What a view of it can say.
struct OrderPanelKeys : ViewKeys {
    ViewKey view =
        oneOf("view", {QStringLiteral("words"), QStringLiteral("parallel"), QStringLiteral("rotary")});
    ViewKey first = text("first");
    ViewKey second = text("second");
    ViewKey shuffle = whole("shuffle", 0, mostShuffles);
    ViewKey step = whole("step");
    ViewKey words =
        numbers("words", QStringLiteral("[a word of the first sentence, of the second]"), 2, 2, -1);
    ViewKey places = numbers("places", QStringLiteral("[position, position]"), 2, 2);
};

const OrderPanelKeys& orderPanelKeys() {
    static const OrderPanelKeys all;
    return all;
}

QString quoted(const QString& text) {
    return QChar(0x201c) + text + QChar(0x201d);
}

}  // namespace

void OrderPanel::listen() {
    const auto typed = [this] {
        m_sentencesChosen = true;
        scheduleRefresh();
    };
    connect(m_first, &QLineEdit::textEdited, this, typed);
    connect(m_second, &QLineEdit::textEdited, this, typed);
    connect(m_shuffle, &QPushButton::clicked, this, [this] {
        ++m_shuffleNumber;
        scheduleRefresh();
    });
    connect(m_again, &QPushButton::clicked, m_analysis, &OrderAnalysis::retry);
    connect(m_analysis, &OrderAnalysis::changed, this, &OrderPanel::scheduleRefresh);
    connect(&m_views->choice(), &Segmented::chosen, this, [this] {
        m_player->pause();
        scheduleRefresh();
    });
    connect(m_player, &StepPlayer::stepChanged, this, &OrderPanel::scheduleRefresh);
    connect(m_words, &TokenRows::lineClicked, this, [this](std::size_t block, std::size_t line) {
        if (const std::shared_ptr<const OrderResult> read = result()) {
            select(block == 0 ? read->first : read->second, line);
        }
    });
    connect(m_parallel, &TokenRows::lineClicked, this, [this](std::size_t block, std::size_t line) {
        if (const std::shared_ptr<const OrderResult> read = result()) {
            select(block == 0 ? read->first : read->shuffled, line);
        }
    });
    m_words->setReadOut([this](const TokenRowPlace& place) {
        const std::shared_ptr<const OrderResult> read = result();
        return read ? sameWordsReadOut(*read, place) : QString();
    });
    m_parallel->setReadOut([this](const TokenRowPlace& place) {
        const std::shared_ptr<const OrderResult> read = result();
        return read ? parallelReadOut(*read, place) : QString();
    });
}

QList<QWidget*> OrderPanel::tools() {
    return {&m_views->choice()};
}

std::shared_ptr<const OrderResult> OrderPanel::result() const {
    const std::shared_ptr<const OrderResult>& read = m_analysis->result();
    return read && read->model == vectorModel() && !m_analysis->failure() ? read : nullptr;
}

SentencePair OrderPanel::sentences() const {
    return {m_first->text(), m_second->text()};
}

void OrderPanel::setSentences(const SentencePair& pair) {
    m_first->setText(pair.first);
    m_second->setText(pair.second);
}

void OrderPanel::followModel() {
    if (vectorModel() != m_followed) {
        m_followed = vectorModel();
        if (vectorModel() && !m_sentencesChosen) {
            setSentences(firstSentences(*vectorModel()));
        }
    }
}

void OrderPanel::select(const OrderedText& text, std::size_t index) {
    if (index < text.size()) {
        m_context.selection.select({slot(), rowOf(text.ids[index]), std::nullopt});
    }
}

void OrderPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    m_analysis->setInputs(nullptr, {}, 0);
}

void OrderPanel::refresh() {
    followModel();
    m_analysis->setInputs(vectorModel(), sentences(), m_shuffleNumber);
    fillWords();
    refreshHead();
    refreshVerdict();
    if (isShown(WordsView)) {
        refreshWords();
    } else if (isShown(ParallelView)) {
        refreshParallel();
    } else {
        refreshRotary();
    }
    refreshFact();
}

QString OrderPanel::message() const {
    if (!vectorModel()) {
        return noVectors(slot());
    }
    if (const std::optional<Error>& failure = m_analysis->failure()) {
        return failure->code == ErrorCode::Cancelled ? tr("Reading the sentences was cancelled.")
                                                     : QString::fromStdString(toString(*failure));
    }
    const std::shared_ptr<const OrderResult> read = result();
    if (read && read->first.size() == 0) {
        return tr("The first sentence has no token that this model knows.");
    }
    return {};
}

void OrderPanel::refreshHead() {
    // Without a host that took it, the switch has no place.
    m_views->choice().setVisible(m_views->choice().parentWidget() != m_views);
    m_second->setVisible(m_context.controls && isShown(WordsView));
    const bool hasShuffle = isShown(ParallelView);
    m_shuffle->setVisible(hasShuffle);
    const std::optional<Error>& failure = m_analysis->failure();
    m_again->offer(failure && failure->code == ErrorCode::Cancelled);
}

QString OrderPanel::verdict() const {
    const std::shared_ptr<const OrderResult> read = result();
    if (!read) {
        return {};
    }
    if (isShown(WordsView)) {
        return sameWordsVerdict(*read);
    }
    QString left = leftOut(*read);
    left = left.isEmpty() ? left : u' ' + left;
    if (isShown(RotaryView)) {
        return rotaryVerdict() + left;
    }
    return tr("Word by word, the state is half of what it was plus the row of the word: it depends on the "
              "order. All at once there is one set of rows, and shuffled it is the same set.") +
           left;
}

void OrderPanel::style(QLabel& label, const QFont& font, const QColor& color) {
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, color);
    label.setPalette(palette);
    label.setFont(font);
}

void OrderPanel::refreshVerdict() {
    style(*m_verdict, theme().textFont(12.5), theme().text);
    const QString text = verdict();
    m_verdict->setText(text);
    m_verdict->setVisible(!text.isEmpty());
}

void OrderPanel::refreshWords() {
    TokenRowFigure figure;
    const std::shared_ptr<const OrderResult> read = result();
    const QString said = message();
    if (read && said.isEmpty()) {
        figure = sameWordsFigure(read, selectedRow());
        figure.dimmed = !m_analysis->isCurrent();
    }
    figure.message = said;
    m_words->setFigure(std::move(figure));
}

void OrderPanel::refreshParallel() {
    TokenRowFigure figure;
    const std::shared_ptr<const OrderResult> read = result();
    const QString said = message();
    if (read && said.isEmpty()) {
        figure = parallelFigure(read, static_cast<std::size_t>(m_player->step()));
        figure.dimmed = !m_analysis->isCurrent();
    }
    figure.message = said;
    m_parallel->setFigure(std::move(figure));
}

void OrderPanel::refreshFact() {
    const std::shared_ptr<const OrderResult> read = result();
    if (!read) {
        setFact({});
        return;
    }
    if (isShown(RotaryView)) {
        const std::optional<RotaryOptions> options = rotaryOptions();
        if (!options) {
            setFact({});
            return;
        }
        const QString layout =
            options->layout == RotaryLayout::Split ? tr("split halves") : tr("interleaved");
        const QString whose = vectorModel()->rotary ? tr("the model's own") : tr("rotary");
        setFact(tr("%1 · base %2 · %3 · %4 numbers as one head")
                    .arg(whose, QLocale(QLocale::English).toString(options->base, 'g', 12), layout,
                         groupedText(options->dimension)));
        return;
    }
    setFact(read->hasLearned ? tr("the model's learned positions")
                             : tr("sinusoidal positions · the model itself adds none"));
}

QStringList OrderPanel::parameters() const {
    QStringList parts{quoted(m_first->text())};
    if (isShown(WordsView)) {
        parts << quoted(m_second->text());
    }
    parts << fact();
    parts.removeAll(QString());
    return parts;
}

const ViewKeys& OrderPanel::viewKeys() {
    return orderPanelKeys();
}

QJsonObject OrderPanel::saveView() const {
    QJsonObject view;
    if (m_views->currentIndex() > 0) {
        view[orderPanelKeys().view] = m_views->name();
    }
    if (m_sentencesChosen) {
        view[orderPanelKeys().first] = m_first->text();
        view[orderPanelKeys().second] = m_second->text();
    }
    if (m_shuffleNumber != 1) {
        view[orderPanelKeys().shuffle] = static_cast<qint64>(m_shuffleNumber);
    }
    if (m_player->step() + 1 < m_player->steps()) {
        view[orderPanelKeys().step] = m_player->step();
    }
    if (!m_listed.empty()) {
        view[orderPanelKeys().words] =
            QJsonArray{m_sides[0].word->currentIndex(), m_sides[1].word->currentIndex()};
    }
    view[orderPanelKeys().places] = QJsonArray{m_sides[0].position->value(), m_sides[1].position->value()};
    return view;
}

void OrderPanel::restoreView(const QJsonObject& view) {
    followModel();
    m_views->choose(view[orderPanelKeys().view].toString());
    if (view[orderPanelKeys().first].isString()) {
        m_sentencesChosen = true;
        setSentences({view[orderPanelKeys().first].toString(), view[orderPanelKeys().second].toString()});
    }
    const int shuffle = view[orderPanelKeys().shuffle].toInt(-1);
    if (shuffle >= 0 && shuffle <= mostShuffles) {
        m_shuffleNumber = static_cast<quint64>(shuffle);
    }
    if (view[orderPanelKeys().step].isDouble()) {
        m_wantedStep = view[orderPanelKeys().step].toInt();
    }
    const QJsonArray words = view[orderPanelKeys().words].toArray();
    const QJsonArray places = view[orderPanelKeys().places].toArray();
    for (int i = 0; i < 2; ++i) {
        const auto side = static_cast<std::size_t>(i);
        m_wantedWords.at(side) = words.at(i).toInt(-1);
        const int place = places.at(i).toInt(-1);
        if (place >= 0 && place <= lastPlace) {
            m_sides.at(side).position->setValue(place);
        }
    }
    m_listed.clear();  // so that what is wanted is taken up
    scheduleRefresh();
}

std::vector<DataTable> OrderPanel::data() const {
    const std::shared_ptr<const OrderResult> read = result();
    if (!read || !m_analysis->isCurrent() || read->first.size() == 0) {
        return {};
    }
    if (isShown(WordsView)) {
        std::vector<DataTable> tables{orderTable(tr("Rows without positions"), read, OrderRows::Tokens),
                                      orderTable(tr("Rows with positions"), read, OrderRows::Sums)};
        if (read->ofSentences) {
            tables.push_back(distanceTable(tr("How far apart"), *read->ofSentences));
        }
        return tables;
    }
    if (isShown(ParallelView)) {
        std::vector<DataTable> tables{orderTable(tr("States word by word"), read, OrderRows::States)};
        if (read->ofShuffle) {
            tables.push_back(distanceTable(tr("What shuffling changes"), *read->ofShuffle));
        }
        return tables;
    }
    const RotaryFigure& figure = m_rotary->figure();
    if (figure.scores.empty()) {
        return {};
    }
    return {scoreTable(tr("Score by difference"), figure.scores, -static_cast<long long>(figure.reach()))};
}

}  // namespace lexiscope
