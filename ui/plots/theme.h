// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

namespace lexiscope {

enum class ThemeName { Light, Dark, Print };

/// Every colour and font of the program, as a value. Colours of text keep a contrast of 4.5 or more on
/// `surface` and `window`.
struct Theme {
    ThemeName name = ThemeName::Light;
    QColor window;   ///< between the cards
    QColor surface;  ///< cards, header
    QColor field;    ///< inside of input fields and of plots, a shade off the surface
    QColor control;  ///< buttons at rest, bar tracks
    QColor text;
    QColor muted;  ///< facts, ticks, hints
    QColor line;   ///< borders
    QColor grid;
    QColor accent;         ///< text of what is chosen, links
    QColor accentSurface;  ///< behind what is chosen
    QColor accentLine;     ///< border of what is chosen
    QColor primary;        ///< filled button
    QColor primaryText;
    QColor warning;
    QColor error;
    QColor cloud;                                         ///< a point nobody asked for
    QColor tokenPoint;                                    ///< a point of the sentence
    std::array<QColor, 4> slotColors;                     ///< models A, B, C, D
    QColor shared;                                        ///< what both have in common
    QColor signedLow, signedMid, signedHigh;              ///< diverging scale, mid at zero
    QColor sequentialLow, sequentialMid, sequentialHigh;  ///< of magnitudes, mid halfway in lightness
    double fontScale = 1.0;                               ///< print is set larger
    QColor sparse, dense;                                 ///< one point, as many as overlap anywhere

    bool isDark() const { return name == ThemeName::Dark; }
    /// Background of the token chip of that colour index (Okabe–Ito tints, cycled), and text readable on it.
    QColor chip(int index) const;
    /// Kinds of points, told apart by colour-blind readers too: Okabe–Ito, then text, brown and grey; cycled.
    QColor category(int index) const;
    static constexpr int categoryCount = 9;
    /// The sequential scale of numbers shown as colours of points, seen on `field` from end to end: 0 … 1, in
    /// even steps of lightness towards what stands out most.
    QColor number(double place) const;
    QColor slot(int index) const { return slotColors[static_cast<std::size_t>(index) % slotColors.size()]; }

    /// Inter and fallbacks.
    QFont textFont(double pixels = 13, QFont::Weight weight = QFont::Normal) const;
    /// JetBrains Mono and fallbacks, without ligatures: "->" stays two characters. Text in scripts whose
    /// letters join needs tokenFont().
    QFont monoFont(double pixels = 13, QFont::Weight weight = QFont::Normal) const;
    QPalette palette() const;
};

Theme themeOf(ThemeName name);
QString nameOf(ThemeName name);  ///< "light"
bool themeFromName(const QString& text, ThemeName& name);

/// `font` for a token, whose characters must all be seen as they are: no ligature or other substitution
/// ("->", "10x10"), but letters that join, as in Arabic, and emoji made of several join as they should.
QFont tokenFont(QFont font, const QString& text);

/// `a` with `share` (0…1) of `b` in it; opaque.
QColor blend(const QColor& a, const QColor& b, double share);

/// WCAG 2.1 contrast ratio of two opaque colours, 1 … 21.
double contrast(const QColor& a, const QColor& b);

/// The theme in use; everything that paints holds a reference and repaints on changed().
class ThemeSource : public QObject {
    Q_OBJECT
  public:
    explicit ThemeSource(ThemeName name = ThemeName::Light, QObject* parent = nullptr);
    const Theme& theme() const { return m_theme; }
    void set(ThemeName name);
    /// A theme made up by the caller.
    void set(const Theme& theme);
    /// Size of all text as a part of the usual one, 0.5 … 2; it outlasts a change of theme.
    void setTextScale(double scale);
    double textScale() const { return m_textScale; }

  Q_SIGNALS:
    void changed();

  private:
    Theme m_theme;
    double m_textScale = 1;
};

}  // namespace lexiscope
