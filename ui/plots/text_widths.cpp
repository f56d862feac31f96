// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/text_widths.h"

#include "ui/plots/theme.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {

double textHeight(const QFont& font) {
    const QFontMetricsF metrics(font);
    return std::ceil(metrics.ascent() + metrics.descent());
}

double TextWidths::of(const QString& text) {
    const bool isLatin = std::all_of(
        text.begin(), text.end(), [this](QChar c) { return c.isLetter() && c.unicode() < m_letters.size(); });
    if (!isLatin) {
        return QFontMetricsF(tokenFont(m_font, text)).horizontalAdvance(text);
    }
    double width = 0;
    for (const QChar c : text) {
        std::optional<double>& letter = m_letters[c.unicode()];
        if (!letter) {
            letter = m_metrics.horizontalAdvance(c);
        }
        width += *letter;
    }
    return width;
}

}  // namespace lexiscope
