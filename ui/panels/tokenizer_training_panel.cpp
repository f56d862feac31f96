// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tokenizer_training_panel.h"

#include "ui/session/grouped_text.h"
#include "ui/widgets/panel_pieces.h"

#include <cmath>

#include <QEvent>
#include <QLabel>
#include <QLayout>
#include <QPushButton>

namespace lexiscope {
namespace {

using TokenizerState = TokenizerRun::State;

QString kindText(TokenizerKind kind) {
    return kind == TokenizerKind::Bpe         ? TokenizerTrainingPanel::tr("byte-level BPE")
           : kind == TokenizerKind::WordPiece ? TokenizerTrainingPanel::tr("WordPiece")
                                              : TokenizerTrainingPanel::tr("Unigram");
}

QString scoreText(double score, int digits) {
    return QString::number(score, 'f', digits).replace(QLatin1Char('-'), QChar(0x2212));
}

}  // namespace

void TokenizerTrainingPanel::listen() {
    connect(&run(), &TokenizerRun::changed, this, &TokenizerTrainingPanel::scheduleRefresh);
    connect(m_run, &RunControls::corpusChosen, this, &TokenizerTrainingPanel::setCorpus);
    connect(m_form, &TokenizerForm::kindChosen, this, [this](TokenizerKind kind) {
        m_form->setOptions(suggestedTokenizer(m_run->corpus(), kind));
        scheduleRefresh();
    });
    connect(m_learn, &QPushButton::clicked, this, &TokenizerTrainingPanel::learnClicked);
    connect(m_save, &QPushButton::clicked, this, &TokenizerTrainingPanel::saveResult);
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        connect(m_slots[static_cast<std::size_t>(slot)], &QPushButton::clicked, this, [this, slot] {
            run().show(slot);
            scheduleRefresh();  // a click turns the button by itself
        });
    }
}

bool TokenizerTrainingPanel::showsRun() const {
    return run().isActive() || (!m_context.controls && run().state() != TokenizerState::Idle);
}

QString TokenizerTrainingPanel::corpus() const {
    return showsRun() ? run().settings().corpus : m_run->corpus();
}

void TokenizerTrainingPanel::setCorpus(const QString& path) {
    m_run->setCorpus(path);
    m_form->setOptions(suggestedTokenizer(path, m_form->options().kind));
    scheduleRefresh();
}

void TokenizerTrainingPanel::learnClicked() {
    if (run().isActive()) {
        run().cancel();
    } else if (run().mayStart()) {
        run().start({m_run->corpus(), m_form->options()});
    }
}

void TokenizerTrainingPanel::refresh() {
    refreshRun();
    refreshButtons();
    refreshFound();
    const TrainedTokenizer* result = run().result();
    setFact(result == nullptr
                ? QString()
                : tr("%1 tokens from %2 pieces of text")
                      .arg(groupedText(result->learned->spellings.size()), groupedText(result->pieces)));
    fitParts();
}

void TokenizerTrainingPanel::fitParts() {
    constexpr double leastRun = 330;
    constexpr double mostRun = 460;  // fields do not grow with the window
    constexpr double leastFound = 300;
    constexpr double gap = 26;
    const double scale = theme().fontScale;
    const bool isWide = width() >= (leastRun + gap + leastFound) * scale;
    m_parts->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
    m_partWidgets[0]->setMaximumWidth(isWide ? qRound(mostRun * scale) : QWIDGETSIZE_MAX);
    if (isWide) {
        m_parts->setLeast(0, qRound(leastRun * scale));
        m_parts->setLeast(1, qRound(leastFound * scale));
        return;
    }
    for (std::size_t i = 0; i < m_partWidgets.size(); ++i) {
        m_parts->setLeast(static_cast<int>(i), leastHeight(*m_partWidgets[i], width()));
    }
}

void TokenizerTrainingPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    if (isVisible()) {
        fitParts();
    }
}

bool TokenizerTrainingPanel::eventFilter(QObject* watched, QEvent* event) {
    // Larger type comes to the widgets later than the theme.
    if (event->type() == QEvent::LayoutRequest && isVisible()) {
        fitParts();
    }
    return Panel::eventFilter(watched, event);
}

QString TokenizerTrainingPanel::settingsText() const {
    const TokenizerTrainingOptions& options = run().settings().options;
    QStringList parts{kindText(options.kind), tr("vocabulary %1").arg(groupedText(options.vocabulary))};
    if (options.kind == TokenizerKind::Bpe) {
        parts << tr("cut as %1").arg(TokenizerForm::nameOf(options.split));
    }
    if (options.isCased) {
        parts << tr("cased");
    }
    if (options.kind != TokenizerKind::Unigram) {
        parts << tr("min-count %1").arg(options.minCount);
    }
    return parts.join(QStringLiteral(" · "));
}

QString TokenizerTrainingPanel::stateText() const {
    const QString percent = tr("%1 %").arg(std::floor(100 * run().share()), 0, 'f', 0);
    switch (run().state()) {
        case TokenizerState::Idle:
            return {};
        case TokenizerState::Counting:
            return tr("Counting the pieces of the text: %1").arg(percent);
        case TokenizerState::Learning:
            return tr("Learning: %1").arg(percent);
        case TokenizerState::Done: {
            const TrainedTokenizer& result = *run().result();
            const std::size_t found = result.learned->spellings.size();
            QStringList parts;
            for (const std::string& warning : result.model->warnings) {
                parts << QString::fromStdString(warning);
            }
            if (found < run().settings().options.vocabulary) {
                parts << tr("The text gives no more than %1 tokens").arg(groupedText(found));
            }
            if (m_context.showTimes && m_context.controls) {
                parts << tr("%1 s").arg(result.seconds, 0, 'f', result.seconds < 1 ? 2 : 1);
            }
            return parts.join(QStringLiteral(". "));
        }
        case TokenizerState::Cancelled:
            return tr("Cancelled. What had been found is still to be seen.");
        case TokenizerState::Failed:
            return QString::fromStdString(toString(*run().failure()));
    }
    return {};
}

void TokenizerTrainingPanel::refreshRun() {
    m_run->setState(
        {corpus(), run().isActive(), !run().isActive() && m_context.controls,
         showsRun() ? settingsText() : QString(), stateText(), run().state() == TokenizerState::Failed},
        theme());
}

void TokenizerTrainingPanel::refreshButtons() {
    m_learn->setText(run().isActive() ? tr("Cancel") : tr("Learn"));
    m_learn->setToolTip(run().isActive() ? QString()
                                         : tr("Learn a tokenizer from this text. What was learned before is "
                                              "forgotten, unless it was saved or stands in a slot"));
    m_learn->setVisible(m_context.controls);
    const bool isDone = run().result() != nullptr;
    for (int slot = 0; slot < static_cast<int>(m_slots.size()); ++slot) {
        QPushButton* button = m_slots[static_cast<std::size_t>(slot)];
        button->setVisible(isDone);
        button->setChecked(run().isShown(slot));
    }
    m_save->setVisible(isDone);
}

QString TokenizerTrainingPanel::foundText() const {
    const bool isUnigram = run().settings().options.kind == TokenizerKind::Unigram;
    if (run().state() == TokenizerState::Idle) {
        return tr(
            "Nothing has been learned here yet. Learn counts the pieces of the text once, then merges "
            "the pair of tokens that stands most often side by side, again and again; the merges appear "
            "here as they are found.");
    }
    if (isUnigram) {
        return m_listed == Listed::Pieces
                   ? tr("Pieces by ID, with the logarithm of their probability")
                   : tr("Rounds: pieces left, and bits that a character of the text takes with them");
    }
    return tr("Merges by rank, with how often the two stood side by side");
}

void TokenizerTrainingPanel::refreshFound() {
    const bool isUnigram = run().settings().options.kind == TokenizerKind::Unigram;
    if (m_listedRun != run().number()) {
        m_listedRun = run().number();
        m_listed = isUnigram ? Listed::Rounds : Listed::Merges;
        m_model->clear();
    }
    m_list->setFollows(run().isActive());
    std::vector<MergeModel::Row> rows;
    if (isUnigram && run().state() == TokenizerState::Done) {
        if (m_listed != Listed::Pieces) {
            showPieces();
        }
    } else if (isUnigram) {
        addRounds(rows);
    } else {
        addMerges(rows);
    }
    m_model->append(rows);
    const bool isEmpty = m_model->rowCount() == 0;
    setLook(*m_foundTitle, theme().textFont(12.5), theme().muted);
    m_foundTitle->setText(foundText());
    m_list->setVisible(!isEmpty);
}

void TokenizerTrainingPanel::addMerges(std::vector<MergeModel::Row>& rows) const {
    const TokenizerKind kind = run().settings().options.kind;
    auto rank = static_cast<std::size_t>(m_model->rowCount());
    for (const FoundMerge& merge : run().merges(rank)) {
        rows.push_back({groupedText(rank++), shownPiece(kind, merge.left), shownPiece(kind, merge.right),
                        shownPiece(kind, merge.merged), groupedText(merge.count)});
    }
}

void TokenizerTrainingPanel::addRounds(std::vector<MergeModel::Row>& rows) const {
    auto number = static_cast<std::size_t>(m_model->rowCount());
    for (const UnigramRound& round : run().rounds(number)) {
        rows.push_back({groupedText(++number),
                        {},
                        {},
                        tr("%1 pieces").arg(groupedText(round.pieces)),
                        tr("%1 bits").arg(scoreText(round.bitsPerCharacter, 3))});
    }
}

void TokenizerTrainingPanel::showPieces() {
    m_listed = Listed::Pieces;
    m_model->clear();
    const LearnedTokenizer& learned = *run().result()->learned;
    std::vector<MergeModel::Row> rows;
    for (std::size_t id = learned.specials.size(); id < learned.spellings.size(); ++id) {
        rows.push_back({groupedText(id),
                        {},
                        {},
                        shownPiece(TokenizerKind::Unigram, learned.spellings[id]),
                        scoreText(learned.scores[id], 2)});
    }
    m_model->append(rows);
    m_list->scrollToTop();
}

QStringList TokenizerTrainingPanel::parameters() const {
    return run().state() == TokenizerState::Idle
               ? QStringList()
               : QStringList{corpusName(run().settings().corpus), settingsText()};
}

}  // namespace lexiscope
