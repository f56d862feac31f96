// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QScrollBar;

namespace lexiscope {

/// What a card shows, below its title. Where there is less height than it can do with, it is scrolled, by a
/// bar at the right of it; it is never narrower for that.
class CardBody : public QWidget {
    Q_OBJECT
  public:
    /// The place of the bar, left free while there is none.
    static constexpr int barWidth = 10;

    explicit CardBody(QWidget* parent = nullptr);
    /// Takes the widget.
    void setContent(QWidget* content);
    /// However high the content is, no more pixels than these are asked for; a few are in any case.
    void setMostAsked(int height);
    /// How much of the content is out of sight, in pixels.
    int hiddenHeight() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    /// The least that the content can do with.
    QSize neededSize() const;
    void layOut();
    /// With the keyboard one gets to what is out of sight.
    void showFocus(const QWidget* focus);

    QWidget* m_clip;
    QScrollBar* m_bar;
    QWidget* m_content = nullptr;
    int m_most = QWIDGETSIZE_MAX;
};

}  // namespace lexiscope
