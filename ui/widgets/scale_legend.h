// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/legend_widget.h"

#include <QRectF>
#include <QString>

namespace lexiscope {

/// What the colours of a plot's numbers mean: a scale with a number at each end, in a line or two below it.
/// Dragging along the scale keeps only the points in that range; an end of the range can be dragged, and the
/// range as a whole; a double click keeps all again. By keyboard: Up and Down choose an end, Left and Right
/// move it by a hundredth of the scale (with Shift by a thousandth), Home and End as far as it goes, Escape
/// keeps all. While a range is kept, the words "Show all" stand in place of the title, and what is kept
/// stands beside the scale.
class ScaleLegend : public LegendWidget {
    Q_OBJECT
  public:
    /// Places on the scale, from 0 to this.
    static constexpr int lastPlace = 1023;
    /// The places that are kept; first ≤ last.
    struct Range {
        int first = 0;
        int last = lastPlace;
        bool isAll() const { return first == 0 && last == lastPlace; }
        bool operator==(const Range&) const = default;
    };

    explicit ScaleLegend(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Theme::number from the one number to the other; `kept` says what a range keeps.
    void setScale(const QString& title, const QString& low, const QString& high, const Range& range,
                  const QString& kept);

    const Range& range() const { return m_range; }
    /// The scale itself; its edges are the first and the last place.
    QRectF barRect() const { return placesFor(width()).bar; }
    QRectF showAllRect() const { return placesFor(width()).showAll; }

  Q_SIGNALS:
    /// A person has chosen another range.
    void rangeChanged(int first, int last);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    enum class Grip { None, ShowAll, New, First, Last, Whole };
    struct Places {
        QRectF title;
        QRectF showAll;  // null: all are kept
        QRectF low;
        QRectF bar;
        QRectF high;
        QRectF kept;
        double height = 0;
    };

    double heightAt(double width) const override { return placesFor(width).height; }
    void changed() override;
    Places placesFor(double width) const;
    QString keptText() const;
    Grip gripAt(QPointF at) const;
    int placeAt(double x) const;
    double xOf(int place, const QRectF& bar) const;
    void drag(int place);
    void setRange(const Range& range);
    void moveEnd(int by);
    void paintBar(QPainter& painter, const QRectF& bar) const;
    void paintEnds(QPainter& painter, const QRectF& bar) const;

    QString m_title;
    QString m_low;
    QString m_high;
    QString m_kept;
    Range m_range;
    Range m_rangeBefore;  // as it was when the drag began
    Grip m_grip = Grip::None;
    Grip m_hovered = Grip::None;
    int m_from = 0;           // place of the press
    double m_pressedX = 0;    // pixels
    bool m_dragging = false;  // the pointer has left the place of the press
    bool m_lastEnd = false;   // which end the keyboard moves
};

}  // namespace lexiscope
