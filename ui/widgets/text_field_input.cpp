// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to a TextField: keys, mouse, clipboard, drops, undo.
#include "ui/widgets/text_field.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QTextBlock>

namespace lexiscope {
namespace {

constexpr qsizetype mostEdits = 2000;
constexpr qsizetype mostKept = 32 * 1024 * 1024;  // characters
constexpr qsizetype longestRun = 60;              // typed characters that one undo takes back

bool isSearchKey(const QKeyEvent& event) {
    return event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_K;
}

bool isBackward(const QKeyEvent& event) {
    return event.key() == Qt::Key_Backspace || event.matches(QKeySequence::DeleteStartOfWord) ||
           event.matches(QKeySequence::MoveToPreviousChar) ||
           event.matches(QKeySequence::MoveToPreviousWord) ||
           event.matches(QKeySequence::SelectPreviousChar) || event.matches(QKeySequence::SelectPreviousWord);
}

bool isForward(const QKeyEvent& event) {
    return event.matches(QKeySequence::Delete) || event.matches(QKeySequence::DeleteEndOfWord) ||
           event.matches(QKeySequence::MoveToNextChar) || event.matches(QKeySequence::MoveToNextWord) ||
           event.matches(QKeySequence::SelectNextChar) || event.matches(QKeySequence::SelectNextWord);
}

}  // namespace

bool TextField::event(QEvent* event) {
    // Ctrl+K cuts the rest of a line in some desktops' editors; here it belongs to the search of the window.
    if (event->type() == QEvent::ShortcutOverride && isSearchKey(*static_cast<QKeyEvent*>(event))) {
        event->ignore();
        return false;
    }
    return QPlainTextEdit::event(event);
}

void TextField::keyPressEvent(QKeyEvent* event) {
    if (isSearchKey(*event)) {
        event->ignore();
        return;
    }
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->matches(QKeySequence::Redo)) {
        redo();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
               !event->modifiers().testFlag(Qt::ControlModifier) &&
               !event->modifiers().testFlag(Qt::AltModifier)) {
        replaceSelection(QStringLiteral("\n"));
    } else {
        stepOverSeam(*event);
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    event->accept();
}

void TextField::stepOverSeam(const QKeyEvent& event) {
    QTextCursor cursor = textCursor();
    const bool selects = event.modifiers().testFlag(Qt::ShiftModifier) && event.key() != Qt::Key_Backspace;
    if (cursor.hasSelection() && !selects) {
        return;
    }
    const auto softAt = [this](int place) {
        const TextPieces::Separator* seam = m_pieces.at(place);
        return seam != nullptr && seam->soft;
    };
    const QTextCursor::MoveMode mode = selects ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor;
    if (isBackward(event) && softAt(cursor.position() - 1)) {
        cursor.setPosition(cursor.position() - 1, mode);
        setTextCursor(cursor);
    } else if (isForward(event) && softAt(cursor.position())) {
        cursor.setPosition(cursor.position() + 1, mode);
        setTextCursor(cursor);
    }
}

void TextField::mouseDoubleClickEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseDoubleClickEvent(event);
    m_doubleClicked = QDateTime::currentMSecsSinceEpoch();
    m_doubleClickedAt = event->pos();
}

void TextField::mousePressEvent(QMouseEvent* event) {
    const bool third =
        event->button() == Qt::LeftButton &&
        QDateTime::currentMSecsSinceEpoch() - m_doubleClicked <= QApplication::doubleClickInterval() &&
        (event->pos() - m_doubleClickedAt).manhattanLength() <= QApplication::startDragDistance();
    if (!third) {
        return QPlainTextEdit::mousePressEvent(event);
    }
    // A third click selects the line of the text, which is neither a block of the document nor a line on
    // screen.
    m_doubleClicked = 0;
    const qsizetype place = m_pieces.toText(cursorForPosition(event->pos()).position());
    const qsizetype before = place == 0 ? -1 : m_text.lastIndexOf(u'\n', place - 1);
    const qsizetype after = m_text.indexOf(u'\n', place);
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(m_pieces.toDocument(before + 1)));
    cursor.setPosition(static_cast<int>(m_pieces.toDocument(after < 0 ? m_text.size() : after)),
                       QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    event->accept();
}

void TextField::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("textMenu"));
    const bool selection = textCursor().hasSelection();
    menu.addAction(tr("Undo"), QKeySequence::Undo, this, &TextField::undo)->setEnabled(canUndo());
    menu.addAction(tr("Redo"), QKeySequence::Redo, this, &TextField::redo)->setEnabled(canRedo());
    menu.addSeparator();
    menu.addAction(tr("Cut"), QKeySequence::Cut, this, &QPlainTextEdit::cut)->setEnabled(selection);
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, &QPlainTextEdit::copy)->setEnabled(selection);
    menu.addAction(tr("Paste"), QKeySequence::Paste, this, &QPlainTextEdit::paste)->setEnabled(canPaste());
    menu.addSeparator();
    menu.addAction(tr("Select All"), QKeySequence::SelectAll, this, &QPlainTextEdit::selectAll)
        ->setEnabled(!m_text.isEmpty());
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu.exec(byKey ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

void TextField::dragEnterEvent(QDragEnterEvent* event) {
    if (canInsertFromMimeData(event->mimeData())) {
        QPlainTextEdit::dragEnterEvent(event);
    } else {
        event->ignore();  // files are for the window
    }
}

void TextField::dragMoveEvent(QDragMoveEvent* event) {
    if (canInsertFromMimeData(event->mimeData())) {
        QPlainTextEdit::dragMoveEvent(event);
    } else {
        event->ignore();
    }
}

// Not left to Qt: it would change the document inside an edit block of its own, where text() could not
// follow.
void TextField::dropEvent(QDropEvent* event) {
    QDragLeaveEvent leave;
    QPlainTextEdit::dragLeaveEvent(&leave);  // takes the mark of the place away
    if (!canInsertFromMimeData(event->mimeData()) || isReadOnly()) {
        event->ignore();
        return;
    }
    const qsizetype place = m_pieces.toText(cursorForPosition(event->position().toPoint()).position());
    const QString text = event->mimeData()->text();
    const qsizetype begin = m_pieces.toText(textCursor().selectionStart());
    const qsizetype end = m_pieces.toText(textCursor().selectionEnd());
    const bool moved = event->source() == viewport() && event->dropAction() == Qt::MoveAction && begin < end;
    event->acceptProposedAction();
    if (!moved) {
        replace(place, 0, text);
    } else if (place < begin) {
        replace(place, end - place, text + m_text.mid(place, begin - place));
        setCaret(place + text.size());
    } else if (place > end) {
        replace(begin, place - begin, m_text.mid(end, place - end) + text);
    }
    setFocus(Qt::MouseFocusReason);
}

bool TextField::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText() && !source->hasUrls();
}

void TextField::insertFromMimeData(const QMimeData* source) {
    if (canInsertFromMimeData(source)) {
        replaceSelection(source->text());
    }
}

QMimeData* TextField::createMimeDataFromSelection() const {
    const QTextCursor cursor = textCursor();
    const qsizetype begin = m_pieces.toText(cursor.selectionStart());
    auto* mime = new QMimeData;
    mime->setText(m_text.mid(begin, m_pieces.toText(cursor.selectionEnd()) - begin));
    return mime;
}

void TextField::remember(qsizetype at, const QString& before, const QString& after) {
    if (m_undoing) {
        return;
    }
    for (; m_undone > 0; --m_undone) {
        m_kept -= m_edits.last().before.size() + m_edits.last().after.size();
        m_edits.removeLast();
    }
    m_kept += before.size() + after.size();
    if (!m_edits.isEmpty()) {
        Edit& last = m_edits.last();
        const bool typed = before.isEmpty() && after.size() == 1 && after != QStringLiteral("\n") &&
                           !last.after.isEmpty() && last.after.size() < longestRun &&
                           at == last.at + last.after.size() && last.after.back() != u'\n';
        const bool erased = after.isEmpty() && before.size() == 1 && last.after.isEmpty() &&
                            last.before.size() < longestRun && (at == last.at || at + 1 == last.at);
        if (typed) {
            last.after += after;
            return;
        }
        if (erased) {
            last.before = at == last.at ? last.before + before : before + last.before;
            last.at = at;
            return;
        }
    }
    m_edits.append({at, before, after});
    while (m_edits.size() > mostEdits || (m_kept > mostKept && m_edits.size() > 1)) {
        m_kept -= m_edits.first().before.size() + m_edits.first().after.size();
        m_edits.removeFirst();
    }
}

void TextField::undo() {
    if (!canUndo()) {
        return;
    }
    const Edit edit = m_edits.at(m_edits.size() - 1 - m_undone);
    ++m_undone;
    m_undoing = true;
    replace(edit.at, edit.after.size(), edit.before);
    m_undoing = false;
    ensureCursorVisible();
}

void TextField::redo() {
    if (!canRedo()) {
        return;
    }
    --m_undone;
    const Edit edit = m_edits.at(m_edits.size() - 1 - m_undone);
    m_undoing = true;
    replace(edit.at, edit.before.size(), edit.after);
    m_undoing = false;
    ensureCursorVisible();
}

}  // namespace lexiscope
