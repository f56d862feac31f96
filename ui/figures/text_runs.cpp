// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/text_runs.h"

#include <algorithm>
#include <array>

#include <QGlyphRun>
#include <QRawFont>
#include <QTextBoundaryFinder>
#include <QTextLayout>

namespace lexiscope {
namespace {

bool hasColors(const QRawFont& font) {
    // Where an OpenType font keeps pictures in place of outlines.
    constexpr std::array tables = {"CBLC", "COLR", "sbix"};
    return std::any_of(tables.begin(), tables.end(),
                       [&font](const char* table) { return !font.fontTable(table).isEmpty(); });
}

TextRun runOf(const QList<QGlyphRun>& glyphs, qsizetype from, qsizetype length, const QFont& font) {
    TextRun run{from, length, font.family(), false};
    if (!glyphs.isEmpty()) {
        const QRawFont raw = glyphs.front().rawFont();
        run.family = raw.familyName();
        run.isColored = hasColors(raw);
    }
    return run;
}

bool isSign(QChar c) {
    return c.unicode() > 0x20 && c.unicode() < 0x7f && !c.isLetterOrNumber();
}

}  // namespace

std::vector<TextRun> textRuns(const QString& text, const QFont& font) {
    QTextLayout layout(text, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    const QList<QGlyphRun> all = layout.glyphRuns();
    if (all.size() <= 1) {
        return {runOf(all, 0, text.size(), font)};
    }
    std::vector<TextRun> runs;
    QTextBoundaryFinder clusters(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype next = clusters.toNextBoundary();
        const qsizetype end = next < 0 ? text.size() : next;
        const QList<QGlyphRun> glyphs =
            layout.glyphRuns(static_cast<int>(from), static_cast<int>(end - from));
        const TextRun run = runOf(glyphs, from, end - from, font);
        // What has no glyph of its own, a space at times, goes with what stands before it.
        if (!runs.empty() && (glyphs.isEmpty() || runs.back().family == run.family)) {
            runs.back().length += run.length;
        } else {
            runs.push_back(run);
        }
        from = end;
    }
    return runs;
}

std::vector<qsizetype> alternateSigns(const QString& text, const QFont& font) {
    std::vector<qsizetype> places;
    QTextLayout layout(text, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    const QList<QGlyphRun> all = layout.glyphRuns();
    if (all.size() == 1 && all.front().glyphIndexes() == all.front().rawFont().glyphIndexesForString(text)) {
        return places;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        // The letters of other scripts change their form beside each other by their nature.
        const QChar c = text[i];
        if (c.isSpace() || !(c.unicode() < 0x80 || c.isPunct() || c.isSymbol())) {
            continue;
        }
        const QList<QGlyphRun> own = layout.glyphRuns(static_cast<int>(i), 1);
        if (std::any_of(own.begin(), own.end(), [&](const QGlyphRun& run) {
                return run.glyphIndexes() != run.rawFont().glyphIndexesForString(text.mid(i, 1));
            })) {
            places.push_back(i);
        }
    }
    return places;
}

std::vector<qsizetype> unjoinedPlaces(const QString& text, const QFont& font) {
    std::vector<qsizetype> places;
    if ((font.styleStrategy() & QFont::PreferNoShaping) == 0) {
        return places;
    }
    for (qsizetype i = 1; i < text.size(); ++i) {
        const QChar before = text[i - 1];
        const QChar after = text[i];
        const auto isDigit = [&text](qsizetype at) {
            return at >= 0 && at < text.size() && text[at].isDigit();
        };
        // "3x4" and "3 x 4".
        const bool times = (after == QLatin1Char('x') && isDigit(i - (before == QLatin1Char(' ') ? 2 : 1))) ||
                           (before == QLatin1Char('x') && isDigit(i + (after == QLatin1Char(' ') ? 1 : 0)));
        const bool web = before == QLatin1Char('w') && after == QLatin1Char('w');
        if ((isSign(before) && isSign(after)) || times || web) {
            places.push_back(i);
        }
    }
    return places;
}

}  // namespace lexiscope
