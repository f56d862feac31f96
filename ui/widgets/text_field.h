// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/text_bytes.h"
#include "ui/widgets/text_pieces.h"

#include <optional>

#include <QByteArray>
#include <QPlainTextEdit>
#include <QString>
#include <QVector>

class QTextBlock;

namespace lexiscope {

/// A plain-text editor of one to six lines that grows with its content. Any text goes in and comes out as it
/// was, and a megabyte of it stays fluid: the document under it holds the text in pieces (see text_pieces.h),
/// which neither text() nor the cursor, the clipboard or undo know of.
class TextField : public QPlainTextEdit {
    Q_OBJECT
  public:
    explicit TextField(const ThemeSource& theme, QWidget* parent = nullptr);

    const QString& text() const { return m_text; }
    /// Replaces everything, which can be undone unless the field has been empty from the beginning; emits
    /// textEdited() if the text is another one.
    void setText(const QString& text);
    /// text() in UTF-8, or the bytes it came from (see text_bytes.h); ranges of tokens count in these.
    QByteArray utf8() const { return bytesOfText(m_text); }
    /// Marks these bytes of utf8() lightly; an empty range marks nothing.
    void showRange(qsizetype byteBegin, qsizetype byteEnd);
    /// The caret as a place in text().
    qsizetype caret() const { return m_pieces.toText(textCursor().position()); }
    /// Moves the caret; with `select`, what lies between is selected.
    void setCaret(qsizetype place, bool select = false);
    bool canUndo() const { return m_undone < m_edits.size(); }
    bool canRedo() const { return m_undone > 0; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  public Q_SLOTS:
    void undo();
    void redo();

  Q_SIGNALS:
    /// text() has changed, by whatever way.
    void textEdited();

  protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    QMimeData* createMimeDataFromSelection() const override;

  private:
    /// One step that can be undone: at `at`, `before` became `after`.
    struct Edit {
        qsizetype at = 0;
        QString before;
        QString after;
    };

    void restyle();
    void updateHeight();
    /// Puts `with` in the place of a stretch of text() and the caret behind it.
    void replace(qsizetype at, qsizetype length, const QString& with);
    void replaceSelection(const QString& with);
    /// The document was changed by a key, an input method or a drop: brings text() up to date.
    void onContentsChange(int from, int removed, int added);
    void onTextChanged();
    /// Cuts or joins the pieces around a place of the document.
    void mendPieces(int at);
    void cutPiece(const QTextBlock& block);
    bool joinPieces(qsizetype separator);
    void remember(qsizetype at, const QString& before, const QString& after);
    void stepOverSeam(const QKeyEvent& event);
    QString documentText(qsizetype from, qsizetype length) const;

    const ThemeSource& m_theme;
    QString m_text;
    TextPieces m_pieces;
    QVector<Edit> m_edits;
    qsizetype m_undone = 0;
    qsizetype m_kept = 0;      ///< characters in m_edits
    bool m_replacing = false;  ///< the document is being changed here, not by Qt
    bool m_undoing = false;
    bool m_changed = false;  ///< text() has changed and textEdited() is due
    int m_changedAt = 0;
    int m_changedTo = 0;
    qint64 m_doubleClicked = 0;
    QPoint m_doubleClickedAt;
};

}  // namespace lexiscope
