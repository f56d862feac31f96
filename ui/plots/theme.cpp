// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/theme.h"

#include "ui/plots/oklab.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lexiscope {
namespace {

// Okabe & Ito 2002, the set that colour-blind readers can tell apart, in the order chips use it; black is
// left to text.
constexpr std::array<QRgb, 8> okabeIto = {0xff0072b2, 0xffd55e00, 0xff009e73, 0xffcc79a7,
                                          0xff56b4e9, 0xffe69f00, 0xff6a5acd, 0xff8c564b};

Theme light() {
    Theme t;
    t.name = ThemeName::Light;
    t.window = QColor(0xf3f4f7);
    t.surface = QColor(0xffffff);
    t.field = QColor(0xfafbfc);
    t.control = QColor(0xf0f1f5);
    t.text = QColor(0x1f2430);
    t.muted = QColor(0x666d7a);
    t.line = QColor(0xe1e4ea);
    t.grid = QColor(0xeceef2);
    t.accent = QColor(0x1d4fa8);
    t.accentSurface = QColor(0xe8f0fc);
    t.accentLine = QColor(0xb9cdf0);
    t.primary = QColor(0x1d4fa8);
    t.primaryText = QColor(0xffffff);
    t.warning = QColor(0x8a5a00);
    t.error = QColor(0xb42318);
    t.cloud = QColor(0x9aa3b2);
    t.tokenPoint = QColor(0xe69f00);
    t.slotColors = {QColor(0x0072b2), QColor(0xd55e00), QColor(0x009e73), QColor(0xcc79a7)};
    t.shared = QColor(0x009e73);
    t.signedLow = QColor(0x2166ac);
    t.signedMid = QColor(0xf7f7f7);
    t.signedHigh = QColor(0xb2182b);
    t.sequentialLow = QColor(0xf7fbff);
    t.sequentialMid = QColor(0x4c98ca);
    t.sequentialHigh = QColor(0x08306b);
    t.sparse = QColor(0xb7becb);
    t.dense = QColor(0x061845);
    return t;
}

Theme dark() {
    Theme t;
    t.name = ThemeName::Dark;
    t.window = QColor(0x15181e);
    t.surface = QColor(0x1c2028);
    t.field = QColor(0x181c23);
    t.control = QColor(0x252a34);
    t.text = QColor(0xe6e9ef);
    t.muted = QColor(0x98a1b0);
    t.line = QColor(0x2c323d);
    t.grid = QColor(0x262b35);
    t.accent = QColor(0x8fb4ff);
    t.accentSurface = QColor(0x22304a);
    t.accentLine = QColor(0x3a5386);
    t.primary = QColor(0x1d4fa8);
    t.primaryText = QColor(0xffffff);
    t.warning = QColor(0xe9b44c);
    t.error = QColor(0xff8a80);
    t.cloud = QColor(0x6b7484);
    t.tokenPoint = QColor(0xe69f00);
    t.slotColors = {QColor(0x4aa3df), QColor(0xf08a4b), QColor(0x2fbf93), QColor(0xe39bc4)};
    t.shared = QColor(0x36b890);
    t.signedLow = QColor(0x5a9fe8);
    t.signedMid = QColor(0x20242c);
    t.signedHigh = QColor(0xf4705e);
    t.sequentialLow = QColor(0x20242c);
    t.sequentialMid = QColor(0x3f7fb4);
    t.sequentialHigh = QColor(0xc6e2ff);
    t.sparse = QColor(0x424e5e);
    t.dense = QColor(0xeef5ff);
    return t;
}

Theme print() {
    Theme t = light();
    t.name = ThemeName::Print;
    t.window = QColor(0xffffff);
    t.field = QColor(0xffffff);
    t.text = QColor(Qt::black);
    t.muted = QColor(0x40444c);
    t.line = QColor(0x8a909b);
    t.grid = QColor(0xdcdfe5);
    t.cloud = QColor(0x7d8694);
    t.fontScale = 1.15;
    return t;
}

}  // namespace

QColor blend(const QColor& a, const QColor& b, double share) {
    const auto part = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

QColor Theme::chip(int index) const {
    const QColor hue = QColor(okabeIto[static_cast<std::size_t>(index) % okabeIto.size()]);
    return isDark() ? blend(surface, hue, 0.38) : blend(surface, hue, 0.16);
}

QColor Theme::category(int index) const {
    constexpr std::array<std::size_t, 8> hues = {0, 1, 4, 2, 3, 5, 0, 7};  // of okabeIto
    const auto place = static_cast<std::size_t>(index % categoryCount);
    if (place == 6) {
        return text;
    }
    if (place == 8) {
        return muted;
    }
    const QColor hue(okabeIto.at(hues.at(place)));
    return isDark() ? blend(hue, Qt::white, 0.2) : hue;
}

QColor Theme::number(double place) const {
    const double bulge = std::sin(std::numbers::pi * place);
    return isDark() ? fromOklch(0.48 + 0.40 * place, 0.11 + 0.03 * bulge, -85 + 170 * place)
                    : fromOklch(0.83 - 0.47 * place, 0.125 + 0.04 * bulge, 80 - 170 * place);
}

QFont Theme::textFont(double pixels, QFont::Weight weight) const {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                      QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Noto Color Emoji")});
    font.setPixelSize(static_cast<int>(std::lround(pixels * fontScale)));
    font.setWeight(weight);
    return font;
}

QFont Theme::monoFont(double pixels, QFont::Weight weight) const {
    QFont font;
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                      QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
                      QStringLiteral("Noto Color Emoji")});
    font.setPixelSize(static_cast<int>(std::lround(pixels * fontScale)));
    font.setWeight(weight);
    font.setStyleHint(QFont::Monospace);
    // Ligatures would draw "->" as one arrow. Letter spacing does not switch off the contextual ones; this
    // does.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

QPalette Theme::palette() const {
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, field);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Button, control);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, primaryText);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, isDark() ? window : primaryText);
    p.setColor(QPalette::ToolTipBase, surface);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::Mid, line);
    p.setColor(QPalette::Light, surface);
    p.setColor(QPalette::Dark, line);
    p.setColor(QPalette::Disabled, QPalette::Text, muted);
    p.setColor(QPalette::Disabled, QPalette::ButtonText, muted);
    p.setColor(QPalette::Disabled, QPalette::WindowText, muted);
    return p;
}

Theme themeOf(ThemeName name) {
    switch (name) {
        case ThemeName::Dark:
            return dark();
        case ThemeName::Print:
            return print();
        case ThemeName::Light:
            break;
    }
    return light();
}

QString nameOf(ThemeName name) {
    switch (name) {
        case ThemeName::Dark:
            return QStringLiteral("dark");
        case ThemeName::Print:
            return QStringLiteral("print");
        case ThemeName::Light:
            break;
    }
    return QStringLiteral("light");
}

bool themeFromName(const QString& text, ThemeName& name) {
    for (const ThemeName candidate : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
        if (nameOf(candidate) == text) {
            name = candidate;
            return true;
        }
    }
    return false;
}

QFont tokenFont(QFont font, const QString& text) {
    bool joins = false;
    bool lettersOnly = true;
    for (const uint c : text.toUcs4()) {
        const QChar::JoiningType type = QChar::joiningType(c);
        joins = joins || (type != QChar::Joining_None && type != QChar::Joining_Transparent);
        lettersOnly = lettersOnly && (QChar::isLetter(c) || QChar::isMark(c));
    }
    // Plain words keep their kerning in a proportional font.
    const bool shaped = joins || (lettersOnly && font.styleHint() != QFont::Monospace);
    font.setStyleStrategy(shaped ? QFont::PreferDefault : QFont::PreferNoShaping);
    return font;
}

double contrast(const QColor& a, const QColor& b) {
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const auto luminance = [&linear](const QColor& c) {
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const double first = luminance(a);
    const double second = luminance(b);
    const double low = std::min(first, second);
    const double high = std::max(first, second);
    return (high + 0.05) / (low + 0.05);
}

ThemeSource::ThemeSource(ThemeName name, QObject* parent) : QObject(parent), m_theme(themeOf(name)) {}

void ThemeSource::set(ThemeName name) {
    if (name == m_theme.name) {
        return;
    }
    m_theme = themeOf(name);
    m_theme.fontScale *= m_textScale;
    Q_EMIT changed();
}

void ThemeSource::set(const Theme& theme) {
    m_theme = theme;
    Q_EMIT changed();
}

void ThemeSource::setTextScale(double scale) {
    if (scale == m_textScale) {
        return;
    }
    m_textScale = scale;
    m_theme.fontScale = themeOf(m_theme.name).fontScale * scale;
    Q_EMIT changed();
}

}  // namespace lexiscope
