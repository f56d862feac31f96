// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <optional>

#include <QAbstractScrollArea>
#include <QPointF>

class QScrollBar;

namespace lexiscope {

/// What paints itself and scrolls where it has less room than it needs: without a frame, with the keyboard
/// and the pointer. It is laid out anew when its size or the theme changes, and painted anew when it scrolls
/// and when it gets or loses the keyboard.
class ScrolledPaint : public QAbstractScrollArea {
    Q_OBJECT
  protected:
    ScrolledPaint(const ThemeSource& theme, QWidget* parent);

    /// Lays out what is painted, and sets the scroll bars.
    virtual void relayout() = 0;
    /// Takes over fonts and lengths of the theme.
    virtual void restyle();
    /// m_pointer, or what is below it, has changed.
    virtual void followPointer() = 0;
    /// A tip is asked for at that point of the viewport; false leaves it to what this stands in.
    virtual bool showTip(QPoint) { return false; }

    /// How far what is painted has moved up and left.
    QPointF scrolled() const;
    static void setBar(QScrollBar& bar, int content, int seen, int step);
    /// Scrolls as little as it takes to show these heights of the content; their top, if there is no room
    /// for all.
    void bringIntoView(int top, int bottom);

    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

    const ThemeSource& m_theme;
    std::optional<QPointF> m_pointer;  ///< while it is over the viewport
};

}  // namespace lexiscope
