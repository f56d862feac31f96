// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QTimer>
#include <QWidget>

class QAbstractButton;
class QLabel;
class QSlider;

namespace lexiscope {

/// Walks through the steps of something that is shown one after the other: back, play or pause, forward, a
/// slider, and where it stands ("3 of 12"). The arrow keys, Home and End step; Space plays and pauses.
/// Playing ends at the last step; playing from there begins anew.
class StepPlayer : public QWidget {
    Q_OBJECT
  public:
    explicit StepPlayer(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Below 0 counts as 0. Keeps the step, or goes to the last one there is. Emits nothing.
    void setSteps(int count);
    int steps() const { return m_steps; }
    /// Counts from 0; brought into range, 0 where there are no steps. Emits nothing.
    void setStep(int step);
    int step() const { return m_step; }

    /// Between two steps while it plays.
    void setInterval(int milliseconds) { m_timer.setInterval(milliseconds); }
    bool isPlaying() const { return m_timer.isActive(); }
    /// Without a second step there is nothing to play.
    void play();
    void pause();

  Q_SIGNALS:
    /// Another step, by hand or by playing.
    void stepChanged(int step);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    void go(int step);
    void goByHand(int step);
    void advance();
    void refresh();
    void restyle();

    const ThemeSource& m_theme;
    QTimer m_timer;
    QAbstractButton* m_back;
    QAbstractButton* m_play;
    QAbstractButton* m_forward;
    QSlider* m_slider;
    QLabel* m_place;
    int m_steps = 0;
    int m_step = 0;
};

}  // namespace lexiscope
