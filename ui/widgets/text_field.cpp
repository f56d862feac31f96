// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_field.h"

#include "ui/widgets/exact_characters.h"

#include <algorithm>
#include <cmath>

#include <QAbstractTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

namespace lexiscope {
namespace {

constexpr int mostLines = 6;

/// The place in `text` at which that byte of its UTF-8 stands; inside a character: the place after it.
qsizetype placeOfByte(QStringView text, qsizetype byte) {
    qsizetype seen = 0;
    qsizetype at = 0;
    while (at < text.size() && seen < byte) {
        const char16_t unit = text[at].unicode();
        const bool pair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        if (pair) {
            seen += 4;
            ++at;
        } else if (unit < 0x80 || text[at].isSurrogate()) {
            seen += 1;  // half a pair is one byte
        } else {
            seen += unit < 0x800 ? 2 : 3;
        }
        ++at;
    }
    return at;
}

}  // namespace

TextField::TextField(const ThemeSource& theme, QWidget* parent) : QPlainTextEdit(parent), m_theme(theme) {
    setObjectName(QStringLiteral("textField"));
    setAccessibleName(tr("Text"));
    setAccessibleDescription(tr("The text that is cut into tokens"));
    setPlaceholderText(tr("Type or paste a text…"));
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    // Undo is kept here, in places of the text: the document's own would bring back separators without their
    // kind.
    document()->setUndoRedoEnabled(false);
    connect(document(), &QTextDocument::contentsChange, this, &TextField::onContentsChange);
    connect(this, &QPlainTextEdit::textChanged, this, &TextField::onTextChanged);
    connect(&m_theme, &ThemeSource::changed, this, &TextField::restyle);
    new ExactCharacters(document());
    restyle();
}

void TextField::setText(const QString& text) {
    if (text == m_text) {
        return;
    }
    m_undoing = m_text.isEmpty() && m_edits.isEmpty();
    replace(0, m_text.size(), text);
    m_undoing = false;
    setCaret(0);  // a text that came from elsewhere is read from its beginning
}

void TextField::showRange(qsizetype byteBegin, qsizetype byteEnd) {
    QList<QTextEdit::ExtraSelection> marks;
    if (byteEnd > byteBegin) {
        const qsizetype begin = placeOfByte(m_text, byteBegin);
        const qsizetype end = begin + placeOfByte(QStringView(m_text).mid(begin), byteEnd - byteBegin);
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(static_cast<int>(m_pieces.toDocument(begin)));
        mark.cursor.setPosition(static_cast<int>(m_pieces.toDocument(end)), QTextCursor::KeepAnchor);
        mark.format.setBackground(m_theme.theme().accentSurface);
        mark.format.setForeground(m_theme.theme().accent);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void TextField::setCaret(qsizetype place, bool select) {
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(m_pieces.toDocument(std::clamp<qsizetype>(place, 0, m_text.size()))),
                       select ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor);
    setTextCursor(cursor);
}

QString TextField::documentText(qsizetype from, qsizetype length) const {
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(from));
    cursor.setPosition(static_cast<int>(from + length), QTextCursor::KeepAnchor);
    return cursor.selectedText();
}

void TextField::replace(qsizetype at, qsizetype length, const QString& with) {
    const QString before = m_text.mid(at, length);
    if (before == with) {
        return;
    }
    remember(at, before, with);
    const qsizetype from = m_pieces.toDocument(at);
    const qsizetype to = m_pieces.toDocument(at + length);
    const TextPieces::Stretch stretch = TextPieces::stretch(with, from);
    m_text.replace(at, length, with);
    m_replacing = true;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(static_cast<int>(from));
    cursor.setPosition(static_cast<int>(to), QTextCursor::KeepAnchor);
    cursor.insertText(stretch.shown);
    m_pieces.replaced(from, to - from, stretch.shown.size(), stretch.separators);
    cursor.endEditBlock();
    m_replacing = false;
    mendPieces(static_cast<int>(from + stretch.shown.size()));
    mendPieces(static_cast<int>(from));
    cursor.setPosition(static_cast<int>(m_pieces.toDocument(at + with.size())));
    setTextCursor(cursor);
    updateHeight();
    Q_EMIT textEdited();
}

void TextField::replaceSelection(const QString& with) {
    const QTextCursor cursor = textCursor();
    const qsizetype begin = m_pieces.toText(cursor.selectionStart());
    replace(begin, m_pieces.toText(cursor.selectionEnd()) - begin, with);
    ensureCursorVisible();
}

void TextField::onContentsChange(int from, int removed, int added) {
    if (m_replacing) {
        return;
    }
    // Qt counts the document's last separator in at times, and calls characters changed that are as they
    // were.
    qsizetype begin = from;
    qsizetype oldEnd = std::min<qsizetype>(from + removed, m_pieces.toDocument(m_text.size()));
    qsizetype newEnd = std::min<qsizetype>(from + added, document()->characterCount() - 1);
    const QString now = documentText(begin, newEnd - begin);
    const auto was = [this](qsizetype place) {
        if (m_pieces.at(place) != nullptr) {
            return QChar(QChar::ParagraphSeparator);
        }
        return TextPieces::shown(m_text.at(m_pieces.toText(place)));
    };
    while (begin < oldEnd && begin < newEnd && now.at(begin - from) == was(begin)) {
        ++begin;
    }
    while (oldEnd > begin && newEnd > begin && now.at(newEnd - 1 - from) == was(oldEnd - 1)) {
        --oldEnd;
        --newEnd;
    }
    if (begin == oldEnd && begin == newEnd) {
        return;
    }
    std::vector<TextPieces::Separator> separators;
    QString after = now.mid(begin - from, newEnd - begin);
    for (qsizetype i = 0; i < after.size(); ++i) {
        if (after[i] == QChar::ParagraphSeparator) {
            separators.push_back({begin + i, false});
        }
        if (after[i] == QChar::ParagraphSeparator || after[i] == QChar::LineSeparator) {
            after[i] = u'\n';
        }
    }
    const qsizetype at = m_pieces.toText(begin);
    const QString before = m_text.mid(at, m_pieces.toText(oldEnd) - at);
    m_text.replace(at, before.size(), after);
    m_pieces.replaced(begin, oldEnd - begin, newEnd - begin, separators);
    if (before != after) {
        remember(at, before, after);
        m_changed = true;
    }
    m_changedAt = static_cast<int>(begin);
    m_changedTo = static_cast<int>(newEnd);
}

void TextField::onTextChanged() {
    if (m_replacing) {
        return;
    }
    mendPieces(m_changedTo);
    mendPieces(m_changedAt);
    updateHeight();
    if (std::exchange(m_changed, false)) {
        Q_EMIT textEdited();
    }
}

void TextField::mendPieces(int at) {
    QTextBlock block = document()->findBlock(std::min(at, document()->characterCount() - 1));
    if (joinPieces(block.position() - 1) || joinPieces(block.position() + block.length() - 1)) {
        block = document()->findBlock(std::min(at, document()->characterCount() - 1));
    }
    if (block.length() > TextPieces::longestPiece) {
        cutPiece(block);
    }
}

void TextField::cutPiece(const QTextBlock& block) {
    const qsizetype start = block.position();
    const qsizetype first = m_pieces.toText(start);
    const std::vector<qsizetype> places =
        TextPieces::cuts(QStringView(m_text).mid(first, block.length() - 1));
    m_replacing = true;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    for (const qsizetype place : places) {
        const bool soft = m_text.at(first + place) != u'\n';
        cursor.setPosition(static_cast<int>(start + place));
        if (!soft) {
            cursor.deleteChar();
        }
        cursor.insertBlock();
        m_pieces.replaced(start + place, soft ? 0 : 1, 1, {{start + place, soft}});
    }
    cursor.endEditBlock();
    m_replacing = false;
}

bool TextField::joinPieces(qsizetype separator) {
    const TextPieces::Separator* seam = separator < 0 ? nullptr : m_pieces.at(separator);
    if (seam == nullptr || !seam->soft) {
        return false;
    }
    const QTextBlock left = document()->findBlock(static_cast<int>(separator));
    const int both = left.length() + left.next().length();
    if (both > TextPieces::shortestPiece && left.length() > 1 && left.next().length() > 1) {
        return false;
    }
    m_replacing = true;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(separator));
    cursor.deleteChar();
    m_pieces.replaced(separator, 1, 0);
    m_replacing = false;
    return true;
}

void TextField::restyle() {
    const Theme& theme = m_theme.theme();
    const int x = qRound(12 * theme.fontScale);
    const int y = qRound(7 * theme.fontScale);
    const auto frame = [&theme](int width, const QColor& line, int left, int top) {
        return QStringLiteral(
                   "background: %1; color: %2; border: %3px solid %4; border-radius: 6px; padding: %6px "
                   "%5px; font-size: %7px;")
            .arg(theme.field.name(), theme.text.name(), QString::number(width), line.name(),
                 QString::number(left), QString::number(top),
                 QString::number(theme.textFont(14).pixelSize()));
    };
    setStyleSheet(QStringLiteral("QPlainTextEdit { %1 } QPlainTextEdit:focus { %2 }")
                      .arg(frame(1, theme.line, x, y), frame(2, theme.accent, x - 1, y - 1)));
    setFont(theme.textFont(14));
    setExtraSelections({});
    updateHeight();
}

void TextField::updateHeight() {
    int lines = 0;
    double height = 0;
    const QAbstractTextDocumentLayout* layout = document()->documentLayout();
    bool more = false;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && !more; block = block.next()) {
        layout->blockBoundingRect(block);  // lays the block out
        for (int i = 0; i < block.layout()->lineCount() && !more; ++i) {
            more = lines == mostLines;
            if (!more) {
                height += block.layout()->lineAt(i).height();
                ++lines;
            }
        }
    }
    // On, not as needed: then the lines are broken anew at once, at the width that the bar leaves.
    setVerticalScrollBarPolicy(more ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    const double least = lines == 0 ? fontMetrics().lineSpacing() : height;
    const int frame = 2 * (qRound(7 * m_theme.theme().fontScale) + 1);
    const int wanted = static_cast<int>(std::ceil(least)) + 2 + frame;
    if (wanted != minimumHeight() || wanted != maximumHeight()) {
        setFixedHeight(wanted);
    }
}

QSize TextField::sizeHint() const {
    return {400, minimumHeight()};
}

QSize TextField::minimumSizeHint() const {
    return {120, minimumHeight()};
}

void TextField::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    updateHeight();
}

}  // namespace lexiscope
