// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QFont>
#include <QRectF>
#include <QWidget>

class QPainter;

namespace lexiscope {

/// What legends have in common: lines below a plot, as wide as there is room, that can be clicked; while
/// something is left out, the words "Show all" in place of the title; a ring only for who came by keyboard.
class LegendWidget : public QWidget {
    Q_OBJECT
  public:
    /// In a figure there is nothing to click, so what only asks for a click is left out.
    void setClickable(bool clickable);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return static_cast<int>(heightAt(width)); }
    QSize sizeHint() const override { return {width(), heightForWidth(width())}; }
    QSize minimumSizeHint() const override { return {0, heightForWidth(width())}; }

  protected:
    static constexpr double padding = 6;  ///< left and right of what can be clicked

    LegendWidget(const ThemeSource& theme, QWidget* parent);

    virtual double heightAt(double width) const = 0;
    /// What it shows, or how.
    virtual void changed() = 0;

    bool isClickable() const { return m_clickable; }
    bool hasKeyboard() const { return hasFocus() && m_hasKeyboard; }
    QFont nameFont() const;
    QFont numberFont() const;
    static double widthOf(const QFont& font, const QString& text);
    double lineHeight() const;
    double showAllWidth() const;
    void paintShowAll(QPainter& painter, const QRectF& rect, bool isHovered) const;

    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

    const ThemeSource& m_theme;

  private:
    bool m_clickable = true;
    bool m_hasKeyboard = false;
};

}  // namespace lexiscope
