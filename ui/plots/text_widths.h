// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QFont>
#include <QFontMetricsF>
#include <QString>

namespace lexiscope {

/// Of one line, in whole pixels.
double textHeight(const QFont& font);

/// Widths of many texts in one font. A Latin letter is measured once; kerning is left out, so that a width
/// may differ by some tenths of a pixel from that of the text as it is set. Texts with other characters are
/// measured whole.
class TextWidths {
  public:
    explicit TextWidths(const QFont& font) : m_font(font), m_metrics(font) {}
    double of(const QString& text);
    double height() const { return m_metrics.ascent() + m_metrics.descent(); }

  private:
    QFont m_font;
    QFontMetricsF m_metrics;
    std::array<std::optional<double>, 0x250> m_letters;
};

}  // namespace lexiscope
