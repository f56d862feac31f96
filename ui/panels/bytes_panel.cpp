// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/bytes_panel.h"

#include "core/base/utf8.h"
#include "ui/panels/parts/strip_selection.h"
#include "ui/panels/parts/view_keys.h"
#include "ui/session/grouped_text.h"
#include "ui/session/hex_text.h"
#include "ui/widgets/panel_pieces.h"
#include "ui/widgets/token_layout.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lexiscope {
namespace {

constexpr int mostFigureRows = 60;      // of bytes: where nothing scrolls, all there is room for
constexpr std::size_t longestHex = 16;  // bytes of a token spelled out

/// What a view of it can say.
struct BytesKeys : ViewKeys {
    ViewKey byte = whole("byte");
};

const BytesKeys& bytesKeys() {
    static const BytesKeys all;
    return all;
}

}  // namespace

BytesPanel::BytesPanel(const PanelContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("bytes"), tr("Text → bytes"), {Analyses::Encoding}, parent),
      m_strip(new ByteStrip(context.theme, this)),
      m_note(new ElidedLabel(this)),
      m_again(new AgainButton(tr("Cut again"), this)),
      m_detail(new ElidedLabel(this)) {
    m_detail->setObjectName(QStringLiteral("byteDetail"));
    if (!context.controls) {
        m_strip->setMaximumRows(mostFigureRows);
    }
    QVBoxLayout* layout = columnOf(this, 7);
    auto* state = new QHBoxLayout;
    state->addWidget(m_note, 1);
    state->addWidget(m_again);
    layout->addLayout(state);
    layout->addWidget(m_strip, 1);
    layout->addWidget(m_detail);
    m_note->hide();
    connect(m_strip, &ByteStrip::heightChanged, this, &BytesPanel::heightWanted);
    connect(m_again, &QPushButton::clicked, this,
            [this] { m_context.analyses.retry(slot(), Analyses::Encoding); });
    connect(m_strip, &ByteStrip::clicked, this, [this](Position position, Qt::KeyboardModifiers modifiers) {
        selectToken(m_context.selection, tokenAt(position), modifiers);
    });
    connect(m_strip, &ByteStrip::hovered, this, [this](std::optional<Position> position) {
        m_context.selection.hover(position ? tokenAt(*position) : std::nullopt);
    });
    connect(&context.selection, &Selection::hoveredChanged, this, &BytesPanel::refreshMarks);
}

const ViewKeys& BytesPanel::viewKeys() {
    return bytesKeys();
}

QJsonObject BytesPanel::saveView() const {
    const std::size_t first = m_strip->firstInView();
    return first > 0 ? QJsonObject{{bytesKeys().byte, static_cast<qint64>(first)}} : QJsonObject();
}

void BytesPanel::restoreView(const QJsonObject& view) {
    const qint64 byte = view[bytesKeys().byte].toInteger(-1);
    if (byte >= 0) {
        m_strip->showFrom(static_cast<std::size_t>(byte));
    }
}

int BytesPanel::contentWidth() const {
    return m_strip->rowCount() == 1 ? m_strip->contentWidth() : 0;
}

std::vector<DataTable> BytesPanel::data() const {
    const std::shared_ptr<const EncodedText>& shown = m_strip->encodedText();
    if (!isOfSlot(*m_strip, m_context.session, slot()) || !isCurrent(Analyses::Encoding)) {
        return {};
    }
    return {byteTable(counted(shown->text.size(), tr("1 byte"), tr("%1 bytes")), *model(), shown)};
}

std::optional<Selected> BytesPanel::tokenAt(Position position) const {
    return lexiscope::tokenAt(*m_strip, m_context.session, slot(), position);
}

void BytesPanel::refresh() {
    const std::shared_ptr<const Model> shown = model();
    const bool hasNoTokens = shown && !shown->tokenizer;
    m_strip->setEncodedText(hasNoTokens ? nullptr : m_context.analyses.encoding(slot()));
    m_strip->setDimmed(!isCurrent(Analyses::Encoding));
    setLook(*m_note, theme().textFont(12), theme().muted);
    setLook(*m_detail, theme().textFont(12), theme().muted);
    QString note = noTokens(slot());
    if (note.isEmpty() && m_strip->encodedText() && m_strip->encodedText()->text.empty()) {
        note = tr("The text is empty.");
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_strip->setVisible(!hasNoTokens);
    m_again->offer(!hasNoTokens && m_context.analyses.wasCancelled(slot(), Analyses::Encoding));
    count(m_strip->encodedText());
    refreshMarks();
    refreshFact();
}

void BytesPanel::count(const std::shared_ptr<const EncodedText>& text) {
    if (text == m_counts.text) {
        return;
    }
    m_counts = Counts{text};
    m_counts.bare = text ? text->text.size() : 0;
    for (std::size_t i = 0; text && i < text->encoding.tokens.size(); ++i) {
        const ByteSpan source = text->encoding.tokens[i].source;
        m_counts.bare -= source.size();
        m_counts.empty += source.size() == 0 ? 1 : 0;
        m_counts.cuts += source.size() > 0 && characterCutAt(text->text, source.end) ? 1 : 0;
    }
}

void BytesPanel::refreshMarks() {
    const std::optional<Position> place = markSelection(*m_strip, m_context.selection, slot());
    const std::shared_ptr<const EncodedText>& shown = m_strip->encodedText();
    m_detail->setText(place ? detailOf(place->value)
                            : tr("UTF-8 writes a character in one to four bytes; colours are tokens."));
    m_detail->setVisible(m_strip->isVisibleTo(this) && shown && !shown->text.empty());
}

QString BytesPanel::detailOf(std::size_t index) const {
    const EncodedText& shown = *m_strip->encodedText();
    const Token& token = shown.encoding.tokens[index];
    const std::string_view bytes =
        std::string_view(shown.text).substr(token.source.begin, token.source.size());
    QStringList parts{TokenLayout::label(bytesOf(shown, index)),
                      token.id ? tr("ID %1").arg(token.id->value) : tr("not in the vocabulary")};
    if (bytes.empty()) {
        parts << tr("stands for no bytes of the text");
        return parts.join(QStringLiteral(" · "));
    }
    const QString hex = hexText(bytes, longestHex);
    parts << (bytes.size() == 1 ? tr("1 byte, %1").arg(hex)
                                : tr("%1 bytes, %2").arg(groupedText(bytes.size()), hex));
    const auto character = [&shown](ByteSpan span) {
        return QString::fromStdString(
            displayText(std::string_view(shown.text).substr(span.begin, span.size())));
    };
    if (const auto cut = characterCutAt(shown.text, token.source.begin)) {
        parts << tr("begins inside the character %1").arg(character(*cut));
    }
    if (const auto cut = characterCutAt(shown.text, token.source.end)) {
        parts << tr("ends inside the character %1").arg(character(*cut));
    }
    return parts.join(QStringLiteral(" · "));
}

void BytesPanel::refreshFact() {
    const std::shared_ptr<const EncodedText>& shown = m_strip->encodedText();
    if (!model() || !shown) {
        setFact({});
        return;
    }
    QStringList parts{counted(shown->text.size(), tr("1 byte"), tr("%1 bytes")),
                      counted(shown->characters, tr("1 character"), tr("%1 characters")),
                      counted(shown->encoding.tokens.size(), tr("1 token"), tr("%1 tokens"))};
    if (m_counts.cuts > 0) {
        parts << counted(m_counts.cuts, tr("1 ends inside a character"), tr("%1 end inside a character"));
    }
    if (m_counts.empty > 0) {
        parts << counted(m_counts.empty, tr("1 stands for no bytes"), tr("%1 stand for no bytes"));
    }
    if (m_counts.bare > 0) {
        parts << counted(m_counts.bare, tr("1 byte in no token"), tr("%1 bytes in no token"));
    }
    setFact(parts.join(QStringLiteral(" · ")));
}

}  // namespace lexiscope
