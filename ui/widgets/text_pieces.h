// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>
#include <QStringView>

namespace lexiscope {

/// Maps a text to a document that holds it in pieces. Qt lays out a paragraph as a whole, so one of a
/// megabyte would stall every keystroke; the document therefore is a list of blocks of bounded length.
/// Between two blocks stands a separator, which is either *hard*, standing for a newline of the text, or
/// *soft*, standing for nothing. All other newlines stand inside a block as U+2028. So a place in the
/// document is a place in the text plus the soft separators before it.
class TextPieces {
  public:
    static constexpr qsizetype pieceLength =
        2000;  ///< about this many characters a block when a long text is cut
    static constexpr qsizetype longestPiece = 3000;  ///< a block longer than this is cut
    static constexpr qsizetype shortestPiece =
        800;  ///< two neighbours that are together no longer than this are joined

    struct Separator {
        qsizetype at = 0;  ///< in the document
        bool soft = false;
    };

    const std::vector<Separator>& separators() const { return m_separators; }
    qsizetype toText(qsizetype inDocument) const;
    /// The place after a soft separator, where both sides of it are the same place in the text.
    qsizetype toDocument(qsizetype inText) const;
    /// The separator at this place of the document; null if there is none.
    const Separator* at(qsizetype inDocument) const;

    /// [from, from + removed) of the document became `added` characters; `inside` are the separators among
    /// them, ascending.
    void replaced(qsizetype from, qsizetype removed, qsizetype added,
                  const std::vector<Separator>& inside = {});
    void clear() { m_separators.clear(); }

    /// Where to cut a text, as places in it, ascending. A text no longer than longestPiece is not cut. Cuts
    /// stand on a newline (which the separator then replaces), else after a space, else anywhere but inside a
    /// surrogate pair or before a combining mark.
    static std::vector<qsizetype> cuts(QStringView text);

    /// A stretch of text as it is put into the document, cut where it is long.
    struct Stretch {
        QString shown;  ///< separators are U+2029
        std::vector<Separator> separators;
    };
    /// `at` is where in the document it will stand.
    static Stretch stretch(QStringView text, qsizetype at);

    /// A character of the text as the document holds it inside a block, one for one: a newline is U+2028, and
    /// those that Qt's documents keep for themselves or would drop are replaced.
    static QChar shown(QChar character);

  private:
    std::vector<Separator> m_separators;
};

}  // namespace lexiscope
