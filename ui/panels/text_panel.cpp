// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/text_panel.h"

#include "ui/panels/parts/strip_selection.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/session/sample_texts.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int mostTokenRows = 60;  // of tokens: where nothing scrolls, all there is room for

/// What a view of it can say.
struct TextKeys : ViewKeys {
    ViewKey makeup = flag("makeup");
};

const TextKeys& textKeys() {
    static const TextKeys all;
    return all;
}

std::size_t countUnknown(const Encoding& encoding) {
    return static_cast<std::size_t>(
        std::count_if(encoding.tokens.begin(), encoding.tokens.end(),
                      [](const Token& token) { return token.kind == TokenKind::Unknown; }));
}

QString splitName(SplitScheme split) {
    const std::string_view text = name(split);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QString splitPattern(SplitScheme split) {
    const std::string_view text = patternOf(split);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// They stand at one of the ends of a vocabulary.
bool hasSpecialTokens(const Tokenizer& tokenizer) {
    constexpr std::size_t ends = 1024;
    const std::size_t size = tokenizer.vocabularySize();
    for (std::size_t id = 0; id < size; ++id) {
        if (id == ends && size > 2 * ends) {
            id = size - ends;
        }
        if (tokenizer.tokenKind(TokenId{static_cast<std::uint32_t>(id)}) == TokenKind::Special) {
            return true;
        }
    }
    return false;
}

QString makeupSentence(const Tokenizer& tokenizer) {
    const std::optional<VocabularyMakeup> makeup = tokenizer.makeup();
    if (!makeup) {
        return {};
    }
    QString sentence = Panel::tr("%1 IDs = %2 bytes + %3 merges + %4 special")
                           .arg(groupedText(tokenizer.vocabularySize()), groupedText(makeup->bytes),
                                groupedText(makeup->merges), groupedText(makeup->specials));
    if (makeup->other > 0) {
        sentence += Panel::tr(" + %1 that no merge makes").arg(groupedText(makeup->other));
    }
    if (makeup->unused > 0) {
        sentence += Panel::tr(" + %1 without a token").arg(groupedText(makeup->unused));
    }
    return sentence;
}

}  // namespace

TextPanel::TextPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("tokens"), tr("Text → tokens"), {Analyses::Encoding}, parent),
      m_field(new TextField(context.theme, this)),
      m_strip(new TokenStrip(context.theme, this)),
      m_note(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Cut again"), this)),
      m_makeup(new ElidedLabel(this)),
      m_makeupButton(new QPushButton(tr("Why so many IDs?"), this)),
      m_samples(new QPushButton(tr("Samples ▾"), this)),
      m_specials(new QPushButton(tr("Specials ▾"), this)),
      m_splits(new QPushButton(this)) {
    m_field->setObjectName(QStringLiteral("text"));
    m_field->setAccessibleName(tr("Text to cut into tokens"));
    m_field->setPlaceholderText(tr("Type or paste a text…"));
    m_strip->setObjectName(QStringLiteral("strip"));
    if (!context.controls) {
        m_strip->setMaximumRows(mostTokenRows);
    }
    m_makeupButton->setCheckable(true);
    m_makeupButton->setObjectName(QStringLiteral("makeupButton"));
    m_makeupButton->setToolTip(tr("How the number of IDs comes about"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(9);
    layout->addWidget(m_field);
    auto* state = new QHBoxLayout;
    state->addWidget(m_note, 1);
    state->addWidget(m_again);
    layout->addLayout(state);
    layout->addWidget(m_strip, 1);
    layout->addWidget(m_makeup);
    m_makeup->hide();
    m_note->hide();
    m_makeupButton->hide();
    buildSamples();
    buildSpecials();
    buildSplits();
    listen();
    showText();
}

void TextPanel::listen() {
    connect(m_field, &TextField::textEdited, this, [this] {
        m_typing = true;
        m_context.session.setText(m_field->utf8());
        m_typing = false;
    });
    connect(&m_context.session, &Session::textChanged, this, &TextPanel::showText);
    connect(m_strip, &TokenStrip::heightChanged, this, &TextPanel::heightWanted);
    connect(m_field, &TextField::textEdited, this, [this, height = 0]() mutable {
        if (std::exchange(height, m_field->sizeHint().height()) != m_field->sizeHint().height()) {
            Q_EMIT heightWanted();
        }
    });
    connect(m_again, &QPushButton::clicked, this,
            [this] { m_context.analyses.retry(slot(), Analyses::Encoding); });
    connect(m_makeupButton, &QPushButton::toggled, this, &TextPanel::refreshMakeup);
    connect(m_strip, &TokenStrip::clicked, this, [this](Position position, Qt::KeyboardModifiers modifiers) {
        selectToken(m_context.selection, tokenAt(position), modifiers);
    });
    connect(m_strip, &TokenStrip::hovered, this, [this](std::optional<Position> position) {
        m_context.selection.hover(position ? tokenAt(*position) : std::nullopt);
    });
    connect(&m_context.selection, &Selection::hoveredChanged, this, &TextPanel::refreshMarks);
}

QList<QWidget*> TextPanel::tools() {
    return {m_samples, m_specials, m_splits, m_makeupButton};
}

void TextPanel::buildSplits() {
    m_splits->setObjectName(QStringLiteral("splits"));
    m_splits->hide();
    auto* menu = new QMenu(tr("How texts are cut before ranks merge"), this);
    menu->setToolTipsVisible(true);
    for (const SplitScheme split : allSplitSchemes) {
        QAction* action = menu->addAction(splitName(split), this, [this, split] {
            m_context.session.setSplit(m_context.session.slot(slot()).spec, split);
        });
        action->setObjectName(splitName(split));
        action->setCheckable(true);
        action->setToolTip(splitPattern(split));
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, split] { action->setChecked(model() && model()->split == split); });
    }
    m_splits->setMenu(menu);
}

void TextPanel::refreshSplits() {
    const std::shared_ptr<const Model> shown = model();
    const bool isOpen = shown && shown->split && m_splits->parentWidget() != this;
    m_splits->setVisible(isOpen);
    if (isOpen) {
        m_splits->setText(tr("Split: %1 ▾").arg(splitName(*shown->split)));
        m_splits->setToolTip(tr("The file does not say how texts are cut before its ranks merge. Now:") +
                             u'\n' + splitPattern(*shown->split));
    }
}

void TextPanel::buildSpecials() {
    m_specials->setObjectName(QStringLiteral("specials"));
    m_specials->setToolTip(tr("Special tokens: whether they are added, and read where the text has them"));
    m_specials->hide();
    auto* menu = new QMenu(tr("Special tokens"), this);
    const auto add = [this, menu](const QString& name, const QString& text, bool EncodeOptions::*option) {
        QAction* action = menu->addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, option](bool checked) {
            EncodeOptions options = m_context.session.encodeOptions();
            options.*option = checked;
            m_context.session.setEncodeOptions(options);
        });
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, option] { action->setChecked(m_context.session.encodeOptions().*option); });
    };
    add(QStringLiteral("addSpecial"), tr("&Add those that the model puts around a text"),
        &EncodeOptions::addSpecial);
    add(QStringLiteral("parseSpecial"), tr("&Read those typed in the text as special, not as text"),
        &EncodeOptions::parseSpecial);
    m_specials->setMenu(menu);
}

void TextPanel::buildSamples() {
    m_samples->setObjectName(QStringLiteral("samples"));
    m_samples->setToolTip(tr("Texts to try: languages, scripts, code, numbers, emoji"));
    m_samples->hide();  // until a host has a place for it
    auto* menu = new QMenu(tr("Samples"), this);
    for (const SampleText& sample : sampleTexts()) {
        menu->addAction(sample.title, this,
                        [this, text = sample.text.toUtf8()] { m_context.session.setText(text); });
    }
    m_samples->setMenu(menu);
}

const ViewKeys& TextPanel::viewKeys() {
    return textKeys();
}

QJsonObject TextPanel::saveView() const {
    return m_makeupButton->isChecked() ? QJsonObject{{textKeys().makeup, true}} : QJsonObject();
}

void TextPanel::restoreView(const QJsonObject& view) {
    m_makeupButton->setChecked(view[textKeys().makeup].toBool(m_makeupButton->isChecked()));
}

int TextPanel::contentWidth() const {
    return m_strip->rowCount() == 1 ? m_strip->contentWidth() : 0;
}

std::vector<DataTable> TextPanel::data() const {
    const std::shared_ptr<const EncodedText>& shown = m_strip->encodedText();
    if (!isOfSlot(*m_strip, m_context.session, slot()) || !isCurrent(Analyses::Encoding)) {
        return {};
    }
    const QString title = counted(shown->encoding.tokens.size(), tr("1 token"), tr("%1 tokens"));
    return {textTable(title, *model(), shown)};
}

void TextPanel::showText() {
    if (!m_typing) {
        m_field->setText(textOfBytes(m_context.session.text()));
    }
}

std::optional<Selected> TextPanel::tokenAt(Position position) const {
    return lexiscope::tokenAt(*m_strip, m_context.session, slot(), position);
}

void TextPanel::refresh() {
    m_strip->setEncodedText(m_context.analyses.encoding(slot()));
    m_strip->setDimmed(!isCurrent(Analyses::Encoding));
    m_note->setColor(theme().muted);
    m_note->setFont(theme().textFont(12));
    m_makeup->setColor(theme().muted);
    m_makeup->setFont(theme().textFont(12));
    const std::shared_ptr<const Model> shown = model();
    const bool hasNoTokens = shown && !shown->tokenizer;
    const QString note = hasNoTokens
                             ? QString::fromStdString(shown->noTokenizer)
                             : failureText(slot(), Analyses::Encoding, tr("Cutting the text was cancelled."));
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_strip->setVisible(!hasNoTokens);
    m_again->offer(!hasNoTokens && m_context.analyses.wasCancelled(slot(), Analyses::Encoding));
    m_samples->setVisible(m_samples->parentWidget() != this);
    refreshSpecials();
    refreshSplits();
    refreshMakeup();
    refreshMarks();
    refreshFact();
}

void TextPanel::refreshMakeup() {
    const QString sentence = model() && model()->tokenizer ? makeupSentence(*model()->tokenizer) : QString();
    // Without a host that took it, the button has no place.
    m_makeupButton->setVisible(!sentence.isEmpty() && m_makeupButton->parentWidget() != this);
    m_makeup->setText(sentence);
    m_makeup->setVisible(!sentence.isEmpty() && m_makeupButton->isChecked());
    Q_EMIT heightWanted();
}

void TextPanel::refreshSpecials() {
    if (model() != m_specialsOf) {
        m_specialsOf = model();
        m_hasSpecials = m_specialsOf && m_specialsOf->tokenizer && hasSpecialTokens(*m_specialsOf->tokenizer);
    }
    m_specials->setVisible(m_hasSpecials && m_specials->parentWidget() != this);
}

void TextPanel::refreshMarks() {
    const std::optional<Position> place = markSelection(*m_strip, m_context.selection, slot());
    if (place && isCurrent(Analyses::Encoding)) {
        const ByteSpan span = m_strip->encodedText()->encoding.tokens[place->value].source;
        m_field->showRange(static_cast<qsizetype>(span.begin), static_cast<qsizetype>(span.end));
    } else {
        m_field->showRange(0, 0);
    }
}

void TextPanel::refreshFact() {
    const std::shared_ptr<const EncodedText> shown = m_context.analyses.encoding(slot());
    if (!model() || !model()->tokenizer || !shown) {
        setFact({});
        return;
    }
    const std::size_t tokens = shown->encoding.tokens.size();
    const std::size_t unknown = countUnknown(shown->encoding);
    QStringList parts{counted(tokens, tr("1 token"), tr("%1 tokens")),
                      counted(shown->characters, tr("1 character"), tr("%1 characters"))};
    if (unknown > 0) {
        parts.insert(1, tr("%1 not in the vocabulary").arg(groupedText(unknown)));
    }
    if (tokens > 0) {
        const double ratio = static_cast<double>(shown->characters) / static_cast<double>(tokens);
        parts << tr("%1 characters per token").arg(QString::number(ratio, 'f', 2));
    }
    if (shown->options.addSpecial) {
        parts << tr("special tokens added");
    }
    if (shown->options.parseSpecial) {
        parts << tr("typed ones read as such");
    }
    const std::string_view kind = shown->tokenizer->kind();
    parts << QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
    setFact(parts.join(QStringLiteral(" · ")));
}

}  // namespace lexiscope
