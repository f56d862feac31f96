// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tokenizers_panel.h"

#include "ui/models/tokenizer_tables.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/session/language_samples.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/slot_mark.h"

#include <algorithm>
#include <numeric>

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int scrollBarRoom = 16;
constexpr int gapOfParts = 40;  // at most

/// What a view of it can say.
struct TokenizersKeys : ViewKeys {
    ViewKey part = oneOf("part", {QStringLiteral("strips"), QStringLiteral("languages")});
};

const TokenizersKeys& tokenizersKeys() {
    static const TokenizersKeys all;
    return all;
}

QString decimal(double number) {
    return QString::number(number, 'f', 2);
}

std::size_t index(int slot) {
    return static_cast<std::size_t>(slot);
}

QString kindOf(const Tokenizer& tokenizer) {
    const std::string_view kind = tokenizer.kind();
    return QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
}

}  // namespace

TokenizersPanel::TokenizersPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("tokenizers"), tr("Tokenizers side by side"), {Analyses::Encoding},
            parent),
      m_analysis(new TokenizerAnalysis(context.analyses.runner(), this)),
      m_parts(new PartRow(context.theme, Qt::Horizontal, this)),
      m_message(new ElidedLabel(this)),
      m_numbers(new CellGrid(context.theme, this)),
      m_stripNote(new ElidedLabel(this)),
      m_strips(new AlignedStrips(context.theme, this)),
      m_languageTitle(new ElidedLabel(this)),
      m_languageNote(new ElidedLabel(this)),
      m_languages(new CellGrid(context.theme, this)),
      m_again(new AgainButton(tr("Count again"), this)),
      m_add(namedButton(this, QStringLiteral("addTokenizer"), tr("Open another…"),
                        tr("Open a model or a tokenizer beside these"))) {
    std::vector<int> all(Session::mostSlots);
    std::iota(all.begin(), all.end(), 0);
    setShownSlots(all);
    layOut();
    listen();
}

void TokenizersPanel::layOut() {
    m_numbers->setObjectName(QStringLiteral("numbers"));
    m_numbers->setAccessibleName(tr("The text in numbers"));
    m_languages->setObjectName(QStringLiteral("languages"));
    m_languages->setAccessibleName(tr("Tokens of the same sentences by language"));
    m_add->hide();

    auto* strips = new QWidget(this);
    QVBoxLayout* left = columnOf(strips, 8);
    left->addWidget(m_numbers);
    left->addWidget(m_stripNote);
    left->addWidget(m_strips, 1);
    auto* languages = new QWidget(this);
    QVBoxLayout* right = columnOf(languages, 4);
    auto* head = new QHBoxLayout;
    head->addWidget(m_languageTitle, 1);
    head->addWidget(m_again);
    right->addLayout(head);
    right->addWidget(m_languageNote);
    if (m_context.controls) {
        auto* scroll = new QScrollArea(languages);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        scroll->setWidgetResizable(true);
        scroll->setFocusPolicy(Qt::StrongFocus);
        scroll->setAccessibleName(m_languages->accessibleName());
        scroll->setWidget(m_languages);
        scroll->viewport()->setAutoFillBackground(false);
        m_languages->setAutoFillBackground(false);
        right->addWidget(scroll, 1);
    } else {
        // A figure shows all of them, and no text is shortened.
        right->addWidget(m_languages);
        right->addStretch(1);
        m_numbers->setWhole(true);
        m_languages->setWhole(true);
    }
    m_parts->addPart(QStringLiteral("strips"), tr("Text"), strips, 58);
    m_parts->addPart(QStringLiteral("languages"), tr("Languages"), languages, 42);
    QVBoxLayout* layout = columnOf(this, 8);
    layout->addWidget(m_message);
    layout->addWidget(m_parts, 1);
}

void TokenizersPanel::listen() {
    connect(m_analysis, &TokenizerAnalysis::changed, this, &TokenizersPanel::scheduleRefresh);
    connect(&m_context.session, &Session::encodeOptionsChanged, this, &TokenizersPanel::scheduleRefresh);
    connect(&m_context.selection, &Selection::hoveredChanged, this, &TokenizersPanel::scheduleRefresh);
    connect(m_again, &QPushButton::clicked, m_analysis, &TokenizerAnalysis::retry);
    connect(m_add, &QPushButton::clicked, this, [this] {
        for (int slot = 0; slot < m_context.session.slotCount(); ++slot) {
            if (!modelIn(slot)) {
                Q_EMIT openWanted(slot, m_add->mapToGlobal(QPoint(0, m_add->height() + 4)));
                return;
            }
        }
    });
    connect(m_strips, &AlignedStrips::clicked, this, [this](int slot, Position position) {
        const std::shared_ptr<const EncodedText> text = textOf(slot);
        if (text && position.value < text->encoding.tokens.size()) {
            if (const std::optional<TokenId>& id = text->encoding.tokens[position.value].id) {
                m_context.selection.select({slot, rowOf(*id), position});
            }
        }
    });
    connect(m_strips, &AlignedStrips::hovered, this, [this](int slot, std::optional<Position> position) {
        const std::shared_ptr<const EncodedText> text = position ? textOf(slot) : nullptr;
        if (!text || position->value >= text->encoding.tokens.size()) {
            m_context.selection.hover(std::nullopt);
        } else if (const std::optional<TokenId>& id = text->encoding.tokens[position->value].id) {
            m_context.selection.hover(Selected{slot, rowOf(*id), position});
        }
    });
}

QList<QWidget*> TokenizersPanel::tools() {
    return {m_add};
}

const ViewKeys& TokenizersPanel::viewKeys() {
    return tokenizersKeys();
}

QJsonObject TokenizersPanel::saveView() const {
    return m_parts->chosen().isEmpty() ? QJsonObject()
                                       : QJsonObject{{tokenizersKeys().part, m_parts->chosen()}};
}

void TokenizersPanel::restoreView(const QJsonObject& view) {
    m_parts->choose(view[tokenizersKeys().part].toString());
}

QStringList TokenizersPanel::parameters() const {
    QStringList parts;
    for (const int slot : compared()) {
        parts << QStringLiteral("%1 %2").arg(slotLetter(slot), kindOf(*modelIn(slot)->tokenizer));
    }
    return parts;
}

std::vector<int> TokenizersPanel::compared() const {
    std::vector<int> all;
    for (int slot = 0; slot < m_context.session.slotCount(); ++slot) {
        if (modelIn(slot) && modelIn(slot)->tokenizer) {
            all.push_back(slot);
        }
    }
    return all;
}

std::shared_ptr<const EncodedText> TokenizersPanel::textOf(int slot) const {
    const std::shared_ptr<const EncodedText> text = m_context.analyses.encoding(slot);
    return text && modelIn(slot) && text->tokenizer == modelIn(slot)->tokenizer ? text : nullptr;
}

QString TokenizersPanel::message() const {
    for (int slot = 0; slot < m_context.session.slotCount(); ++slot) {
        const QString failure = failureText(slot, Analyses::Encoding, tr("Cutting the text was cancelled."));
        if (!failure.isEmpty()) {
            return QStringLiteral("%1: %2").arg(slotLetter(slot), failure);
        }
    }
    if (compared().empty()) {
        return tr("No tokenizer is open.");
    }
    if (const std::optional<Error>& failure = m_analysis->failure()) {
        return failure->code == ErrorCode::Cancelled ? tr("Counting was cancelled.")
                                                     : QString::fromStdString(toString(*failure));
    }
    return {};
}

void TokenizersPanel::refresh() {
    PerSlotOf<std::shared_ptr<const EncodedText>> texts;
    PerSlotOf<std::shared_ptr<const Tokenizer>> tokenizers;
    for (const int slot : compared()) {
        texts[index(slot)] = textOf(slot);
        tokenizers[index(slot)] = modelIn(slot)->tokenizer;
    }
    m_analysis->setTexts(texts);
    m_analysis->setTokenizers(tokenizers, m_context.session.encodeOptions());
    const QString text = message();
    setLook(*m_message, theme().textFont(13), theme().muted);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_again->offer(m_analysis->failure().has_value());
    m_parts->setVisible(!compared().empty());
    bool hasRoom = false;
    for (int slot = 0; slot < m_context.session.slotCount(); ++slot) {
        hasRoom = hasRoom || (!modelIn(slot) && m_context.session.slot(slot).loadingSpec.isEmpty());
    }
    m_add->setVisible(hasRoom && m_add->parentWidget() != this);
    refreshNumbers();
    refreshStrips();
    refreshLanguages();
    refreshLeast();
    refreshFact();
}

void TokenizersPanel::refreshLeast() {
    const int strips = std::max(m_numbers->minimumSizeHint().width(), m_strips->minimumSizeHint().width());
    const int languages = m_languages->minimumSizeHint().width() + (m_context.controls ? scrollBarRoom : 0);
    m_parts->setLeast(0, strips);
    m_parts->setLeast(1, languages);
    if (!m_context.controls && !m_parts->hasOnly()) {
        m_parts->setMinimumWidth(strips + languages + gapOfParts);
    }
}

void TokenizersPanel::refreshNumbers() {
    const std::shared_ptr<const ComparedTexts>& numbers = m_analysis->texts();
    std::vector<CellGrid::Column> columns = {
        {tr("tokenizer"), std::nullopt, true, {}},
        {tr("tokens"), std::nullopt, false, {}},
        {tr("characters per token"), std::nullopt, false, tr("Code points divided by tokens")},
        {tr("tokens per word"), std::nullopt, false,
         tr("A word is what stands between spaces; in scripts without them that is a whole sentence")}};
    bool hasUnknown = false;
    for (const int slot : compared()) {
        hasUnknown = hasUnknown || (numbers && numbers->counts[index(slot)].unknown > 0);
    }
    if (hasUnknown) {
        columns.push_back({tr("unknown"), std::nullopt, false, tr("Tokens that are not in the vocabulary")});
    }
    std::vector<std::vector<CellGrid::Cell>> rows;
    for (const int slot : compared()) {
        CellGrid::Cell name{QString::fromStdString(modelIn(slot)->name), slot,
                            kindOf(*modelIn(slot)->tokenizer)};
        std::vector<CellGrid::Cell> row{name, {}, {}, {}};
        if (hasUnknown) {
            row.emplace_back();
        }
        if (numbers && numbers->texts[index(slot)]) {
            const TextSize& size = numbers->sizes[index(slot)];
            const TokenCounts& counts = numbers->counts[index(slot)];
            row[1].text = groupedText(counts.tokens);
            const QString none = QStringLiteral("–");
            row[2].text = counts.tokens == 0 ? none : decimal(charactersPerToken(size, counts));
            row[3].text = size.words == 0 ? none : decimal(tokensPerWord(size, counts));
            if (hasUnknown) {
                row[4].text = groupedText(counts.unknown);
            }
        }
        rows.push_back(std::move(row));
    }
    m_numbers->setTable(std::move(columns), std::move(rows));
}

void TokenizersPanel::refreshStrips() {
    const std::optional<Selected>& selected = m_context.selection.selected();
    std::vector<AlignedStrips::Row> rows;
    for (const int slot : compared()) {
        if (const std::shared_ptr<const EncodedText> text = textOf(slot)) {
            const bool isOfSlot = selected && selected->slot == slot;
            rows.push_back({slot, text, isOfSlot ? selected->position : std::nullopt,
                            !m_context.analyses.isCurrent(slot, Analyses::Encoding)});
        }
    }
    m_strips->setRows(std::move(rows));
    QStringList notes;
    if (m_strips->rows().size() > 1 && !m_context.session.text().isEmpty()) {
        notes << tr("grey: cut by all in the same way");
    }
    if (m_strips->layoutOfText().leftOut() > 0) {
        notes << tr("the first %1 characters are drawn, %2 more are counted above")
                     .arg(groupedText(AlignedLayout::mostCharacters),
                          groupedText(m_strips->layoutOfText().leftOut()));
    }
    setLook(*m_stripNote, theme().textFont(12), theme().muted);
    m_stripNote->setText(notes.join(QStringLiteral(" · ")));
    m_stripNote->setVisible(!notes.isEmpty());
}

void TokenizersPanel::refreshLanguages() {
    setLook(*m_languageTitle, theme().textFont(13, QFont::DemiBold), theme().text);
    m_languageTitle->setText(tr("The same two sentences"));
    setLook(*m_languageNote, theme().textFont(12), theme().muted);
    m_languageNote->setText(tr("† some not in the vocabulary"));
    const std::shared_ptr<const LanguageCosts>& costs = m_analysis->languages();
    std::vector<CellGrid::Column> columns = {{tr("tokens"), std::nullopt, true, {}}};
    std::size_t most = 1;
    for (const int slot : compared()) {
        columns.push_back({QString(), slot, false, QString::fromStdString(modelIn(slot)->name)});
        for (const TokenCounts& counts : costs ? costs->counts[index(slot)] : std::vector<TokenCounts>()) {
            most = std::max(most, counts.tokens);
        }
    }
    bool hasPartial = false;
    std::vector<std::vector<CellGrid::Cell>> rows;
    for (std::size_t language = 0; language < languageSamples().size(); ++language) {
        std::vector<CellGrid::Cell> row{{languageSamples()[language].language}};
        for (const int slot : compared()) {
            CellGrid::Cell cell;
            if (costs && language < costs->counts[index(slot)].size()) {
                const std::vector<TokenCounts>& counts = costs->counts[index(slot)];
                cell.text = groupedText(counts[language].tokens);
                cell.bar = static_cast<double>(counts[language].tokens) / static_cast<double>(most);
                cell.barSlot = slot;
                // Numbers stay below each other whether or not the mark follows.
                const bool isPartial = counts[language].unknown > 0;
                // Where words are unknown there is no price to compare.
                if (language > 0 && !isPartial && counts.front().unknown == 0 && counts.front().tokens > 0) {
                    cell.note = tr("%1 ×").arg(QString::number(static_cast<double>(counts[language].tokens) /
                                                                   static_cast<double>(counts.front().tokens),
                                                               'f', 1));
                }
                cell.text += isPartial ? QChar(u'†') : QChar(u' ');
                cell.explanation =
                    isPartial ? tr("%1 of them are not in the vocabulary").arg(counts[language].unknown)
                              : QString();
                hasPartial = hasPartial || isPartial;
            }
            row.push_back(std::move(cell));
        }
        rows.push_back(std::move(row));
    }
    m_languages->setTable(std::move(columns), std::move(rows));
    m_languages->setDimmed(m_analysis->isBusy());
    m_languageNote->setVisible(hasPartial);
}

void TokenizersPanel::refreshFact() {
    const std::size_t count = compared().size();
    const std::shared_ptr<const ComparedTexts>& numbers = m_analysis->texts();
    if (count == 0 || !numbers) {
        setFact({});
        return;
    }
    const TextSize& size = numbers->sizes[index(compared().front())];
    setFact(counted(size.characters, tr("1 character"), tr("%1 characters")) + QStringLiteral(", ") +
            counted(size.words, tr("1 word"), tr("%1 words")));
}

std::vector<DataTable> TokenizersPanel::data() const {
    std::vector<DataTable> tables;
    const std::shared_ptr<const ComparedTexts>& texts = m_analysis->texts();
    const std::shared_ptr<const LanguageCosts>& costs = m_analysis->languages();
    std::vector<TokenizerColumn> columns;
    for (const int slot : compared()) {
        columns.push_back({slotLetter(slot).toLower(), modelIn(slot)->name, index(slot)});
    }
    if (columns.empty()) {
        return {};
    }
    if (texts) {
        tables.push_back(tokenizerTable(tr("%1 tokenizers in numbers").arg(columns.size()), columns, texts));
    }
    if (costs) {
        tables.push_back(
            languageTable(tr("Tokens in %1 languages").arg(languageSamples().size()), columns, costs));
    }
    for (const int slot : compared()) {
        if (const std::shared_ptr<const EncodedText> text = textOf(slot)) {
            tables.push_back(textTable(
                tr("%1: %2").arg(slotLetter(slot),
                                 counted(text->encoding.tokens.size(), tr("1 token"), tr("%1 tokens"))),
                *modelIn(slot), text));
        }
    }
    return tables;
}

}  // namespace lexiscope
