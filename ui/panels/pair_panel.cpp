// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pair_panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <cmath>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

// Widths, before the theme's scale of type.
constexpr double roomForOneRow = 940;
constexpr double roomForAllNumbers = 1900;  ///< two more of them are shown

/// What a view of it can say.
struct PairKeys : ViewKeys {
    ViewKey all = flag("all");
};

const PairKeys& pairKeys() {
    static const PairKeys all;
    return all;
}

QString shown(double number) {
    return std::isnan(number) ? QStringLiteral("–") : QString::number(number, 'f', 3);
}

}  // namespace

PairPanel::PairPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("pair"), tr("The pair in numbers"), {}, parent),
      m_content(new QWidget(this)),
      m_message(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Compare again"), this)),
      m_choice(new Segmented(context.theme, this)),
      m_cka(new NumberTile(context.theme, tr("linear CKA"), tr("1 = same shape up to rotation and scale"),
                           this)),
      m_overlap(new NumberTile(context.theme, tr("neighbour overlap at 10"),
                               tr("mean share of the ten nearest in common"), this)),
      m_first(new NumberTile(context.theme, tr("same first neighbour"), tr("of the words in both"), this)),
      m_residual(new NumberTile(context.theme, tr("Procrustes residual"),
                                tr("what the best rotation and scale leave over"), this)),
      m_correlation(new NumberTile(context.theme, tr("similarity correlation"),
                                   tr("of the cosines of pairs of words"), this)),
      m_bars(new OverlapBars(context.theme, this)) {
    setShownSlots({0, 1});
    layOut();
    buildChoice();
    connect(&context.analyses.pair(), &PairAnalysis::changed, this, &PairPanel::scheduleRefresh);
    connect(m_again, &QPushButton::clicked, this, [this] { m_context.analyses.pair().restart(); });
}

PairPanel::~PairPanel() {
    m_context.analyses.pair().want(this, false);
}

void PairPanel::layOut() {
    m_cka->setObjectName(QStringLiteral("cka"));
    m_overlap->setObjectName(QStringLiteral("overlap"));
    m_first->setObjectName(QStringLiteral("first"));
    m_residual->setObjectName(QStringLiteral("residual"));
    m_correlation->setObjectName(QStringLiteral("correlation"));
    m_message->setObjectName(QStringLiteral("message"));
    m_grid = new QGridLayout(m_content);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(24);
    m_grid->setVerticalSpacing(10);
    m_parts = {
        captioned(tr("words by overlap at 10"), m_bars),
        makeWords(m_least, SharedWordModel::End::LeastAlike, QStringLiteral("least"), tr("least alike")),
        makeWords(m_most, SharedWordModel::End::MostAlike, QStringLiteral("most"), tr("most alike"))};
    auto* state = new QHBoxLayout;
    state->setSpacing(12);
    state->addWidget(m_message, 1);
    state->addWidget(m_again);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(state);
    layout->addWidget(m_content, 1);
}

void PairPanel::buildChoice() {
    m_choice->setObjectName(QStringLiteral("words"));
    m_choice->setItems({tr("List common words"), tr("List all")});
    m_choice->setToolTipOf(0, tr("Least and most alike of the words with letters that are among the first %1 "
                                 "rows of both models")
                                  .arg(groupedText(commonRows)));
    m_choice->setToolTipOf(1,
                           tr("Least and most alike of all words in both models, pieces and rare ones too"));
    m_choice->hide();  // until a host has a place for it
    connect(m_choice, &Segmented::chosen, this, [this](int index) {
        m_commonAlone = index == 0;
        scheduleRefresh();
    });
}

QList<QWidget*> PairPanel::tools() {
    return {m_choice};
}

const ViewKeys& PairPanel::viewKeys() {
    return pairKeys();
}

QJsonObject PairPanel::saveView() const {
    return m_commonAlone ? QJsonObject() : QJsonObject{{pairKeys().all, true}};
}

void PairPanel::restoreView(const QJsonObject& view) {
    m_commonAlone = !view[pairKeys().all].toBool(!m_commonAlone);
    scheduleRefresh();
}

void PairPanel::arrange() {
    const double room = width() / theme().fontScale;
    const std::vector<NumberTile*> tiles = {m_cka, m_overlap, m_first, m_residual, m_correlation};
    const int shownTiles = room >= roomForAllNumbers ? 5 : 3;
    const int arrangement = room >= roomForOneRow ? shownTiles : 0;
    if (arrangement == m_arrangedFor) {
        return;
    }
    m_arrangedFor = arrangement;
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item;  // the widgets stay
    }
    for (int column = 0; column < m_grid->columnCount(); ++column) {
        m_grid->setColumnStretch(column, 0);
    }
    const bool oneRow = arrangement > 0;
    int column = 0;
    const auto add = [&](QWidget* part, int row, int stretch) {
        m_grid->addWidget(part, row, column);
        m_grid->setColumnStretch(column++, stretch);
    };
    for (int i = 0; i < static_cast<int>(tiles.size()); ++i) {
        NumberTile* tile = tiles[static_cast<std::size_t>(i)];
        tile->setVisible(i < shownTiles);
        if (i < shownTiles) {
            add(tile, 0, 20);
        }
    }
    column = oneRow ? column : 0;
    for (QWidget* part : m_parts) {
        add(part, oneRow ? 0 : 1, oneRow ? 23 : 20);
    }
    m_grid->setRowStretch(1, oneRow ? 0 : 1);
    Q_EMIT heightWanted();
}

QWidget* PairPanel::captioned(const QString& text, QWidget* content) {
    auto* whole = new QWidget(m_content);
    auto* caption = new ElidedLabel(whole);
    caption->setText(text);
    m_captions.push_back(caption);
    auto* layout = new QVBoxLayout(whole);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(caption);
    layout->addWidget(content, 1);
    return whole;
}

QWidget* PairPanel::makeWords(SharedWordModel*& model, SharedWordModel::End end, const QString& name,
                              const QString& title) {
    model = new SharedWordModel(end, this);
    auto* grid = new WordGrid(m_context.theme, this);
    grid->setObjectName(name);
    grid->setAccessibleName(tr("Words %1").arg(title));
    grid->setModel(model);
    connect(grid, &WordGrid::wordActivated, this, [this, shownModel = model](int row) {
        if (row >= 0 && row < shownModel->rowCount()) {
            select(shownModel->wordAt(row));
        }
    });
    return captioned(title, grid);
}

void PairPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    m_context.analyses.pair().want(this, true);
}

void PairPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    m_context.analyses.pair().want(this, false);
}

void PairPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    arrange();
}

QSize PairPanel::minimumSizeHint() const {
    constexpr double leastOfTwoRows = 410;
    const QSize least = Panel::minimumSizeHint();
    return {std::min(least.width(), qRound(leastOfTwoRows * theme().fontScale)), least.height()};
}

std::vector<DataTable> PairPanel::data() const {
    const std::shared_ptr<const PairResult>& result = m_context.analyses.pair().result();
    if (!result || !m_context.analyses.pair().isCurrent()) {
        return {};
    }
    return {pairTable(tr("%1 words in both").arg(groupedText(result->numbers->words.size())), result)};
}

void PairPanel::select(const SharedWord& word) {
    const int shown = m_context.session.activeSlot() == 0 ? 0 : 1;
    m_context.selection.select({shown, shown == 0 ? word.first : word.second, std::nullopt});
}

QString PairPanel::message() const {
    const PairAnalysis& pair = m_context.analyses.pair();
    for (const int slot : {0, 1}) {
        if (!vectorModel(slot)) {
            return noVectors(slot);
        }
    }
    if (const std::optional<Error>& failure = pair.failure()) {
        return failure->code == ErrorCode::Cancelled ? tr("The comparison was cancelled.")
                                                     : QString::fromStdString(toString(*failure));
    }
    if (pair.awaitsRows()) {
        return tr("The comparison begins once all rows have been read.");
    }
    return pair.isCurrent() ? QString() : tr("Comparing all words that both models have…");
}

void PairPanel::refresh() {
    const PairAnalysis& pair = m_context.analyses.pair();
    const QString text = message();
    arrange();
    m_message->setFont(theme().textFont(13));
    m_message->setColor(theme().muted);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_again->offer(pair.failure() && pair.failure()->code == ErrorCode::Cancelled);
    const bool hasChanged = m_content->isHidden() == text.isEmpty();
    m_content->setVisible(text.isEmpty());
    if (hasChanged) {
        Q_EMIT heightWanted();
    }
    m_choice->setVisible(text.isEmpty() && pair.result()->common.words > 0 &&
                         m_choice->parentWidget() != this);
    if (text.isEmpty()) {
        refreshNumbers(*pair.result());
    } else {
        setFact({});
    }
}

void PairPanel::refreshWords(const PairResult& result) {
    const bool isCommon = m_commonAlone && result.common.words > 0;
    m_choice->setCurrent(isCommon ? 0 : 1);
    m_least->setResult(m_context.analyses.pair().result(), isCommon);
    m_most->setResult(m_context.analyses.pair().result(), isCommon);
    const QString of =
        isCommon ? tr("of %1 common words").arg(groupedText(result.common.words)) : tr("of all");
    m_captions[1]->setText(tr("least alike %1").arg(of));
    m_captions[2]->setText(tr("most alike %1").arg(of));
    for (const std::size_t words : {1, 2}) {
        m_captions[words]->setExplanation(
            isCommon ? tr("Common words: with letters, among the first %1 rows of both models. How many of a "
                          "word's ten nearest are the same stands beside it.")
                           .arg(groupedText(commonRows))
                     : tr("How many of a word's ten nearest are the same stands beside it."));
    }
}

void PairPanel::refreshNumbers(const PairResult& result) {
    const PairNumbers& numbers = *result.numbers;
    m_cka->setNumber(shown(numbers.linearCka));
    m_first->setNumber(shown(numbers.overlap[0]));
    m_overlap->setNumber(shown(numbers.overlap[1]));
    m_residual->setNumber(shown(numbers.procrustesResidual));
    m_correlation->setNumber(shown(numbers.similarityCorrelation));
    m_bars->setCounts(numbers.wordsByCommon);
    refreshWords(result);
    for (ElidedLabel* caption : m_captions) {
        caption->setFont(theme().textFont(12.5));
        caption->setColor(theme().muted);
    }
    QString fact = tr("%1 words in both, matched by text without the word-start mark and case")
                       .arg(groupedText(numbers.words.size()));
    if (numbers.leftOut > 0) {
        fact.prepend(tr("%1 without a direction left out · ").arg(groupedText(numbers.leftOut)));
    }
    setFact(fact);
}

}  // namespace lexiscope
