// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QFont>
#include <QString>

namespace lexiscope {

/// A stretch of a text that one font of those installed draws.
struct TextRun {
    qsizetype from = 0;
    qsizetype length = 0;
    QString family;          ///< of the font that has the characters
    bool isColored = false;  ///< its characters are small pictures: emoji
};

/// The text cut where Qt changes from one font to another: a font is asked for by a list of families, and
/// each character comes from the first of them, or of all that are installed, that has it. Clusters stay
/// whole; the runs cover the text.
std::vector<TextRun> textRuns(const QString& text, const QFont& font);

/// Places at which a text is cut so that no program that shows it later joins the characters on both sides
/// into one sign ("->", "10x10"): none for a font that may do so here, too.
std::vector<qsizetype> unjoinedPlaces(const QString& text, const QFont& font);

/// Where in the text a sign or a character of ASCII is drawn in another form than its own, which the font
/// chose for what stands beside it: "+" between capitals, "x" between digits. Such forms have no code of
/// their own.
std::vector<qsizetype> alternateSigns(const QString& text, const QFont& font);

}  // namespace lexiscope
