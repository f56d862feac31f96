// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pair_text_panel.h"

#include "ui/panels/parts/strip_selection.h"
#include "ui/session/grouped_text.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int mostRows = 2;            // of each strip; more scroll
constexpr double lowWindow = 640;      // there it is one, seen as a whole
constexpr double firstRowHeight = 34;  // of a strip's chips: the mark stands in their middle

bool overlap(const ByteSpan& a, const ByteSpan& b) {
    return a.begin < b.end && b.begin < a.end;
}

}  // namespace

PairTextPanel::PairTextPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("tokensAB"), tr("Text → tokens"), {Analyses::Encoding}, parent),
      m_field(new TextField(context.theme, this)) {
    setShownSlots({0, 1});
    m_field->setObjectName(QStringLiteral("text"));
    m_field->setAccessibleName(tr("Text to cut into tokens"));
    m_field->setPlaceholderText(tr("Type or paste a text…"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(9);
    layout->addWidget(m_field);
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        buildSide(slot);
        listen(slot);
    }
    // Each strip is as high as its rows; what is left is nobody's.
    layout->addStretch(1);
    connect(m_field, &TextField::textEdited, this, [this] {
        m_typing = true;
        m_context.session.setText(m_field->utf8());
        m_typing = false;
    });
    connect(m_field, &TextField::textEdited, this, [this, height = 0]() mutable {
        if (std::exchange(height, m_field->sizeHint().height()) != m_field->sizeHint().height()) {
            Q_EMIT heightWanted();
        }
    });
    connect(&context.session, &Session::textChanged, this, &PairTextPanel::showText);
    connect(&context.selection, &Selection::hoveredChanged, this, &PairTextPanel::refreshMarks);
    showText();
}

void PairTextPanel::buildSide(int slot) {
    const QString letter = slotLetter(slot);
    Side& built = side(slot);
    built.mark = new SlotMark(m_context.theme, slot, this);
    built.strip = new TokenStrip(m_context.theme, this);
    built.note = new ElidedLabel(this);
    built.again = new AgainButton(tr("Cut again"), this);
    built.strip->setObjectName(QStringLiteral("strip") + letter);
    built.strip->setAccessibleName(tr("Tokens of model %1").arg(letter));
    built.strip->setMaximumRows(mostRows);
    built.note->setObjectName(QStringLiteral("note") + letter);
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    row->addWidget(built.mark, 0, Qt::AlignTop);
    row->addWidget(built.strip, 1);
    row->addWidget(built.note, 1, Qt::AlignTop);
    row->addWidget(built.again, 0, Qt::AlignTop);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void PairTextPanel::listen(int slot) {
    TokenStrip* strip = side(slot).strip;
    connect(strip, &TokenStrip::heightChanged, this, &PairTextPanel::heightWanted);
    connect(side(slot).again, &QPushButton::clicked, this,
            [this, slot] { m_context.analyses.retry(slot, Analyses::Encoding); });
    connect(strip, &TokenStrip::clicked, this, [this, slot](Position position, Qt::KeyboardModifiers) {
        if (const std::optional<Selected> token = tokenAt(slot, position)) {
            m_context.selection.select(*token);
        } else {
            refreshMarks();  // the strip has marked what cannot be selected
        }
    });
    connect(strip, &TokenStrip::hovered, this, [this, slot](std::optional<Position> position) {
        m_context.selection.hover(position ? tokenAt(slot, *position) : std::nullopt);
    });
}

void PairTextPanel::showText() {
    if (!m_typing) {
        m_field->setText(textOfBytes(m_context.session.text()));
    }
}

std::vector<DataTable> PairTextPanel::data() const {
    std::vector<DataTable> tables;
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
        const std::shared_ptr<const EncodedText>& shown = side(slot).strip->encodedText();
        if (model && shown && m_context.analyses.isCurrent(slot, Analyses::Encoding)) {
            tables.push_back(textTable(factOf(slot), *model, shown));
        }
    }
    return tables;
}

std::optional<Selected> PairTextPanel::tokenAt(int slot, Position position) const {
    return lexiscope::tokenAt(*side(slot).strip, m_context.session, slot, position);
}

std::optional<Position> PairTextPanel::placeIn(int slot) const {
    const std::optional<Selected>& selected = m_context.selection.selected();
    const std::optional<Row> row = m_context.analyses.selectedRow(slot);
    if (!selected || !selected->position || !isShown(selected->slot)) {
        return std::nullopt;
    }
    if (selected->slot == slot) {
        return selected->position;
    }
    const std::shared_ptr<const EncodedText>& here = side(selected->slot).strip->encodedText();
    const std::shared_ptr<const EncodedText>& there = side(slot).strip->encodedText();
    if (!row || !here || !there || here->text != there->text ||
        selected->position->value >= here->encoding.tokens.size()) {
        return std::nullopt;
    }
    const ByteSpan span = here->encoding.tokens[selected->position->value].source;
    const std::vector<Token>& tokens = there->encoding.tokens;
    auto token = std::partition_point(tokens.begin(), tokens.end(), [&span](const Token& candidate) {
        return candidate.source.end <= span.begin;
    });
    for (; token != tokens.end() && token->source.begin < span.end; ++token) {
        if (token->id && rowOf(*token->id) == *row && overlap(token->source, span)) {
            return Position{static_cast<std::uint32_t>(token - tokens.begin())};
        }
    }
    return std::nullopt;
}

void PairTextPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    limitRows();
}

void PairTextPanel::limitRows() {
    const bool isLow = m_context.controls && window()->height() < lowWindow * theme().fontScale;
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        side(slot).strip->setMaximumRows(isLow ? 1 : mostRows);
    }
}

void PairTextPanel::refresh() {
    limitRows();
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        refreshSide(slot);
    }
    refreshMarks();
    refreshFact();
    Q_EMIT heightWanted();
}

void PairTextPanel::refreshSide(int slot) {
    Side& shown = side(slot);
    const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
    shown.strip->setEncodedText(model ? m_context.analyses.encoding(slot) : nullptr);
    shown.strip->setDimmed(!m_context.analyses.isCurrent(slot, Analyses::Encoding));
    const QString note = noTokens(slot);
    const int height = qRound(firstRowHeight * theme().fontScale);
    // As wide as the other one, so that the chips begin below each other.
    const int width = std::max(side(0).mark->sizeHint().width(), side(1).mark->sizeHint().width());
    shown.mark->setFixedSize(width, height);
    shown.note->setFixedHeight(height);
    shown.note->setColor(theme().muted);
    shown.note->setFont(theme().textFont(12));
    shown.note->setText(note);
    shown.note->setVisible(!note.isEmpty());
    shown.strip->setVisible(note.isEmpty());
    shown.again->offer(model && model->tokenizer &&
                       m_context.analyses.wasCancelled(slot, Analyses::Encoding));
}

void PairTextPanel::refreshMarks() {
    const std::optional<Selected>& hovered = m_context.selection.hovered();
    for (int slot = 0; slot < static_cast<int>(count); ++slot) {
        TokenStrip& strip = *side(slot).strip;
        const std::optional<Row> row = m_context.analyses.selectedRow(slot);
        strip.setSelected(placeIn(slot));
        strip.setHighlightedId(row ? std::optional(tokenIdOf(*row)) : std::nullopt);
        strip.setHovered(hovered && hovered->slot == slot ? hovered->position : std::nullopt);
    }
    const std::optional<Selected>& selected = m_context.selection.selected();
    const std::optional<Selected>& marked = hovered && hovered->position ? hovered : selected;
    const std::shared_ptr<const EncodedText> text =
        marked && isShown(marked->slot) ? side(marked->slot).strip->encodedText() : nullptr;
    if (text && marked->position && marked->position->value < text->encoding.tokens.size() &&
        m_context.analyses.isCurrent(marked->slot, Analyses::Encoding)) {
        const ByteSpan span = text->encoding.tokens[marked->position->value].source;
        m_field->showRange(static_cast<qsizetype>(span.begin), static_cast<qsizetype>(span.end));
    } else {
        m_field->showRange(0, 0);
    }
}

QString PairTextPanel::factOf(int slot) const {
    const std::shared_ptr<const EncodedText>& text = side(slot).strip->encodedText();
    if (!text) {
        return {};
    }
    const std::vector<Token>& tokens = text->encoding.tokens;
    const auto unknown = static_cast<std::size_t>(std::count_if(
        tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::Unknown; }));
    QString fact = tokens.size() == 1 ? tr("%1 1 token").arg(slotLetter(slot))
                                      : tr("%1 %2 tokens").arg(slotLetter(slot), groupedText(tokens.size()));
    if (unknown > 0) {
        fact += tr(", %1 not in the vocabulary").arg(groupedText(unknown));
    }
    return fact;
}

void PairTextPanel::refreshFact() {
    QStringList parts{factOf(0), factOf(1)};
    parts.removeAll(QString());
    setFact(parts.join(QStringLiteral(" · ")));
}

}  // namespace lexiscope
