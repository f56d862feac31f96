// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/text_outline.h"

#include <QGlyphRun>
#include <QRawFont>
#include <QTextLayout>
#include <QTransform>

namespace lexiscope {
namespace {

/// Glyphs painted as pixels are moved by parts of a pixel, and Qt 6.4 leaves the last move set in FreeType's
/// face, where it moves the outlines taken next by as many parts of a font unit. Loading a glyph in a shape
/// of its own, which is in no cache, makes Qt set the face anew for what comes after.
void forgetMoves(const QString& text, const QFont& font) {
    static int shapes = 0;
    QTextLayout layout(text, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    for (const QGlyphRun& run : layout.glyphRuns()) {
        if (!run.glyphIndexes().isEmpty()) {
            const double stretch = 1 + (++shapes % 2048) / 4096.0;
            run.rawFont().alphaMapForGlyph(run.glyphIndexes().front(), QRawFont::PixelAntialiasing,
                                           QTransform::fromScale(stretch, 1));
        }
    }
}

}  // namespace

QPainterPath textOutline(QPointF base, const QFont& font, const QString& text) {
    forgetMoves(text, font);
    QPainterPath outline;
    outline.addText(base, font, text);
    return outline;
}

}  // namespace lexiscope
