// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/merges_panel.h"

#include "core/base/utf8.h"
#include "ui/session/grouped_text.h"
#include "ui/widgets/panel_pieces.h"

#include <algorithm>
#include <variant>

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int readingTime = 1400;  // milliseconds, of a line with its numbers

struct StepCount {
    QString operator()(const MergeTrace& trace) const {
        return counted(trace.merges(), Panel::tr("1 merge"), Panel::tr("%1 merges"));
    }
    QString operator()(const MatchTrace& trace) const {
        return counted(trace.attempts.size(), Panel::tr("1 attempt"), Panel::tr("%1 attempts"));
    }
    QString operator()(const LatticeTrace& trace) const {
        return counted(trace.edges.size(), Panel::tr("1 entry fits"), Panel::tr("%1 entries fit"));
    }
    QString operator()(const LookupTrace&) const { return Panel::tr("looked up"); }
};

}  // namespace

MergesPanel::MergesPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("merges"), tr("Inside a word"), {Analyses::Encoding}, parent),
      m_analysis(&context.analyses.trace()),
      m_view(new Segmented(context.theme, this)),
      m_word(new ElidedLabel(this)),
      m_place(new QLabel(this)),
      m_back(namedButton(this, QStringLiteral("pieceBefore"), QStringLiteral("‹"), tr("The piece before"))),
      m_next(namedButton(this, QStringLiteral("pieceAfter"), QStringLiteral("›"), tr("The next piece"))),
      m_plot(new WalkPlot(context.theme, this)),
      m_again(new AgainButton(tr("Follow the text again"), this)),
      m_text(wrappedLabel(this, QStringLiteral("text"))),
      m_player(new StepPlayer(context.theme, this)) {
    layOut();
    listen();
}

void MergesPanel::layOut() {
    m_view->setObjectName(QStringLiteral("view"));
    m_view->setAccessibleName(tr("How merges are drawn"));
    m_view->setItems({tr("Rows"), tr("Tree")});
    m_view->setToolTipOf(rowsItem, tr("What stands after each merge, below each other"));
    m_view->setToolTipOf(treeItem, tr("What was made of what"));
    m_view->hide();
    m_word->setObjectName(QStringLiteral("word"));
    m_word->setElideMode(Qt::ElideMiddle);
    m_place->setObjectName(QStringLiteral("place"));
    m_back->setAccessibleName(m_back->toolTip());
    m_next->setAccessibleName(m_next->toolTip());
    m_plot->setObjectName(QStringLiteral("plot"));
    m_plot->setWhole(!m_context.controls);
    m_again->standIn(m_plot, [plot = m_plot] { return QRectF(plot->viewport()->rect()); });
    m_player->setObjectName(QStringLiteral("player"));
    m_player->setInterval(readingTime);
    m_player->setVisible(m_context.controls);
    auto* head = new QHBoxLayout;
    head->setSpacing(partSpacing);
    head->addWidget(m_word, 1);
    head->addWidget(m_place);
    head->addWidget(m_back);
    head->addWidget(m_next);
    auto* layout = columnOf(this, partSpacing);
    layout->addLayout(head);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_text);
    layout->addWidget(m_player);
}

void MergesPanel::listen() {
    connect(m_analysis, &TraceAnalysis::changed, this, &MergesPanel::scheduleRefresh);
    connect(&m_context.theme, &ThemeSource::changed, this, [this] { m_measured.reset(); });
    connect(&m_context.selection, &Selection::selectedChanged, this, [this] { m_ownPiece.reset(); });
    connect(m_view, &Segmented::chosen, this, &MergesPanel::scheduleRefresh);
    connect(m_back, &QPushButton::clicked, this, [this] { movePiece(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { movePiece(1); });
    connect(m_again, &QPushButton::clicked, m_analysis, &TraceAnalysis::retry);
    connect(m_player, &StepPlayer::stepChanged, this,
            [this](int step) { goTo(static_cast<std::size_t>(step)); });
    connect(m_plot, &WalkPlot::stepWanted, this, &MergesPanel::moveStep);
    connect(m_plot, &WalkPlot::pieceWanted, this, &MergesPanel::movePiece);
    connect(m_plot, &WalkPlot::idClicked, this, [this](TokenId id) {
        const std::optional<std::size_t> piece = m_piece;
        m_context.selection.select({slot(), rowOf(id), std::nullopt});
        m_ownPiece = piece;
    });
}

QList<QWidget*> MergesPanel::tools() {
    return {m_view};
}

std::shared_ptr<const EncodedText> MergesPanel::wantedText() const {
    const std::shared_ptr<const EncodedText> encoded = m_context.analyses.encoding(slot());
    const bool isOfModel = encoded && model() && encoded->tokenizer == model()->tokenizer;
    return isOfModel ? encoded : nullptr;
}

std::size_t MergesPanel::usualPiece() const {
    const std::vector<TracedWord>& pieces = m_analysis->result()->words;
    // The one with most to see.
    const auto most =
        std::max_element(pieces.begin(), pieces.end(), [](const TracedWord& a, const TracedWord& b) {
            return std::pair(a.count, a.text.size()) < std::pair(b.count, b.text.size());
        });
    return static_cast<std::size_t>(most - pieces.begin());
}

std::optional<std::size_t> MergesPanel::pieceNow() const {
    const std::shared_ptr<const TracedText>& traced = m_analysis->result();
    if (!traced || !wantedText() || traced->words.empty()) {
        return std::nullopt;
    }
    const std::size_t count = traced->words.size();
    if (m_ownPiece && *m_ownPiece < count) {
        return m_ownPiece;
    }
    const std::optional<Selected>& selected = m_context.selection.selected();
    if (selected && selected->slot == slot() && selected->position) {
        if (const auto piece = traced->wordOf(selected->position->value)) {
            return piece;
        }
    }
    return m_piece && traced == m_traced ? m_piece : usualPiece();
}

void MergesPanel::takePiece() {
    if (m_wantedPiece && m_analysis->isCurrent()) {
        m_ownPiece = m_wantedPiece;
        m_wantedPiece.reset();
    }
    const std::optional<std::size_t> piece = pieceNow();
    const std::shared_ptr<const TracedText>& traced = m_analysis->result();
    if (piece != m_piece || traced != m_traced) {
        const std::shared_ptr<const PieceWalk> before = m_walk;
        m_walk = piece ? walkOf(*traced, *piece) : nullptr;
        m_piece = piece;
        m_traced = traced;
        // The same word met elsewhere, as after a letter was typed behind it, stays where it is.
        const bool isSame =
            before && m_walk && before->text == m_walk->text && before->tokenizer == m_walk->tokenizer;
        if (!isSame) {
            m_player->pause();
            m_step = lastStep();
        }
    }
    if (m_wantedStep && m_walk && m_analysis->isCurrent()) {
        m_step = *m_wantedStep;
        m_wantedStep.reset();
    }
    m_step = std::min(m_step, lastStep());
    m_player->setSteps(m_walk ? static_cast<int>(stepsOf(*m_walk)) : 0);
    m_player->setStep(static_cast<int>(m_step));
}

void MergesPanel::movePiece(int by) {
    if (!m_piece || !m_traced) {
        return;
    }
    const std::vector<TracedWord>& pieces = m_traced->words;
    const int last = static_cast<int>(pieces.size()) - 1;
    const auto wanted = static_cast<std::size_t>(std::clamp(static_cast<int>(*m_piece) + by, 0, last));
    const TracedWord& piece = pieces[wanted];
    for (std::size_t token = piece.first; token < piece.first + piece.count; ++token) {
        if (const std::optional<TokenId> id = m_traced->trace.encoding.tokens[token].id) {
            m_context.selection.select({slot(), rowOf(*id), Position{static_cast<std::uint32_t>(token)}});
            break;
        }
    }
    m_ownPiece = wanted;
    scheduleRefresh();
}

void MergesPanel::moveStep(int by) {
    m_player->pause();
    m_player->setStep(m_player->step() + by);
    goTo(static_cast<std::size_t>(m_player->step()));
}

void MergesPanel::goTo(std::size_t step) {
    m_step = std::min(step, lastStep());
    scheduleRefresh();
}

WalkView MergesPanel::shownView() const {
    return m_view->current() == treeItem && m_walk && hasTree(*m_walk) ? WalkView::Tree : WalkView::Rows;
}

void MergesPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    if (isVisible()) {
        refreshText();
    }
}

void MergesPanel::hideEvent(QHideEvent* event) {
    m_player->pause();
    Panel::hideEvent(event);
}

void MergesPanel::refresh() {
    m_analysis->setText(wantedText());
    takePiece();
    const QSize before = m_plot->sizeHint();
    refreshPlot();
    refreshHead();
    refreshText();
    refreshFact();
    if (!m_context.controls && m_plot->sizeHint() != before) {
        Q_EMIT heightWanted();
    }
}

int MergesPanel::contentWidth() const {
    // What is said in place of steps is short.
    return m_walk ? m_plot->sizeHint().width() : 1;
}

std::optional<Error> MergesPanel::failure() const {
    if (m_analysis->isTooLong()) {
        return Error{ErrorCode::InvalidArgument, "text",
                     "is longer than 1 MB: its words are not followed one by one", "take a part of it"};
    }
    const std::optional<Error> failed = Panel::failure();
    return failed ? failed : m_analysis->failure();
}

QString MergesPanel::message() const {
    if (const QString without = noTokens(slot()); !without.isEmpty()) {
        return without;
    }
    if (m_analysis->isTooLong()) {
        return tr("The text is longer than 1 MB: its words are not followed one by one.");
    }
    if (const std::optional<Error>& failure = m_analysis->failure(); failure && !m_traced) {
        return failure->code == ErrorCode::Cancelled ? tr("Following the text was cancelled.")
                                                     : QString::fromStdString(toString(*failure));
    }
    if (!m_analysis->isCurrent()) {
        return tr("Following the text to its tokens…");
    }
    return m_piece ? messageOfPiece() : tr("There is no text to cut.");
}

QString MergesPanel::messageOfPiece() const {
    const StageTrace::Piece& piece = m_traced->trace.pieces[m_traced->words[*m_piece].piece];
    if (piece.isTakenOut) {
        return tr("A token that is taken from the text as it is spelled, before anything is cut or merged.");
    }
    if (piece.text.size() > Tokenizer::longestTraced) {
        return tr("A piece of %1 bytes: steps are shown of pieces of up to %2.")
            .arg(groupedText(piece.text.size()), groupedText(Tokenizer::longestTraced));
    }
    return tr("Whole words are looked up in the vocabulary: there are no steps inside one.");
}

void MergesPanel::refreshPlot() {
    if (m_walk && !m_analysis->isTooLong()) {
        m_plot->setMoment(m_walk, shownView(), m_step, !m_analysis->isCurrent());
    } else {
        m_plot->setMessage(message());
    }
    const std::optional<Error>& failure = m_analysis->failure();
    m_again->offer(failure && failure->code == ErrorCode::Cancelled && !m_walk);
    // Without a host that took it, the switch has no place.
    m_view->setVisible(m_view->parentWidget() != this && m_walk && hasTree(*m_walk));
}

void MergesPanel::refreshHead() {
    const std::size_t pieces = m_traced ? m_traced->words.size() : 0;
    const bool isThere = m_piece.has_value() && !m_analysis->isTooLong();
    QString word;
    if (isThere) {
        constexpr std::size_t longest = 200;
        word = QString::fromStdString(displayText(m_traced->words[*m_piece].text.substr(0, longest)));
    }
    setToken(*m_word, word, theme().monoFont(13.5, QFont::DemiBold), theme().text);
    setLook(*m_place, theme().textFont(12), theme().muted);
    m_place->setText(isThere ? tr("piece %1 of %2").arg(groupedText(*m_piece + 1), groupedText(pieces))
                             : QString());
    m_place->setVisible(isThere && pieces > 1);
    m_back->setVisible(m_context.controls && isThere && pieces > 1);
    m_next->setVisible(m_context.controls && isThere && pieces > 1);
    m_back->setEnabled(isThere && *m_piece > 0);
    m_next->setEnabled(isThere && *m_piece + 1 < pieces);
    m_player->setVisible(m_context.controls && isThere && m_walk && stepsOf(*m_walk) > 1);
}

void MergesPanel::refreshText() {
    setLook(*m_text, theme().textFont(12.5), theme().text);
    const bool isThere = m_walk && !m_analysis->isTooLong();
    m_text->setVisible(isThere);
    if (!isThere) {
        return;
    }
    m_text->setText(walkText(*m_walk, m_step));
    if (m_measured == m_walk && m_measuredWidth == width() && m_context.controls) {
        return;
    }
    m_measured = m_walk;
    m_measuredWidth = width();
    // Of the longest text, so that what stands around it stays where it is.
    const QFontMetrics metrics(m_text->font());
    int height = 0;
    // A figure shows one moment alone.
    const std::size_t first = m_context.controls ? 0 : m_step;
    const std::size_t last = m_context.controls ? lastStep() : m_step;
    for (std::size_t step = first; step <= last; ++step) {
        const QRect needed = metrics.boundingRect(QRect(0, 0, std::max(width(), 1), 10'000),
                                                  Qt::AlignLeft | Qt::TextWordWrap, walkText(*m_walk, step));
        height = std::max(height, needed.height());
    }
    m_text->setMinimumHeight(height);
}

void MergesPanel::refreshFact() {
    if (!m_walk || !m_traced || m_analysis->isTooLong()) {
        setFact({});
        return;
    }
    const std::size_t tokens = m_walk->trace.tokens.size();
    const std::string_view kind = m_walk->tokenizer->kind();
    setFact(QStringList{QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())),
                        std::visit(StepCount(), m_walk->trace.steps),
                        tokens == 1 ? tr("1 token") : tr("%1 tokens").arg(tokens)}
                .join(QStringLiteral(" · ")));
}

}  // namespace lexiscope
