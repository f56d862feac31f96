// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QScrollBar;

namespace lexiscope {

/// What a card shows, below its title. Where there is less room than it can do with, it is scrolled, by bars
/// at the right of it and below it; for those it never has less.
class CardBody : public QWidget {
    Q_OBJECT
  public:
    /// The place of either bar, left free while there is none.
    static constexpr int barWidth = 10;

    explicit CardBody(QWidget* parent = nullptr);
    /// Takes the widget.
    void setContent(QWidget* content);
    /// However large the content is, no more pixels than these are asked for; a few are in any case.
    void setMostAsked(QSize most);
    /// The least that the content can do with; nothing while it is hidden, as a layout has it.
    QSize neededSize() const;
    /// How much of the content is out of sight, in pixels.
    QSize hiddenSize() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    void layOut();
    /// With the keyboard one gets to what is out of sight.
    void showFocus(const QWidget* focus);

    QWidget* m_clip;
    QScrollBar* m_bar;
    QScrollBar* m_across;
    QWidget* m_content = nullptr;
    QSize m_most{QWIDGETSIZE_MAX, QWIDGETSIZE_MAX};
};

}  // namespace lexiscope
