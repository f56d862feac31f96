// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/card.h"

#include <QWidget>

class QPushButton;

namespace lexiscope {

/// How far a piece of work is, as a slim rounded bar; below 0: unknown, a part of it wanders.
class SlimProgress : public QWidget {
    Q_OBJECT
  public:
    explicit SlimProgress(const ThemeSource& theme, QWidget* parent = nullptr);
    void setFraction(double fraction);
    double fraction() const { return m_fraction; }
    QSize sizeHint() const override { return {240, 6}; }
    QSize minimumSizeHint() const override { return {60, 6}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    void updateTimer();
    const ThemeSource& m_theme;
    double m_fraction = -1;
    int m_phase = 0;
    int m_timer = 0;
};

/// The line at the foot of the window: what is being done, how far, Cancel; at the right a muted note.
class JobBar : public QWidget {
    Q_OBJECT
  public:
    explicit JobBar(const ThemeSource& theme, QWidget* parent = nullptr);
    /// `fraction` 0…1, below 0 when unknown.
    void showJob(const QString& text, double fraction, bool cancellable);
    void hideJob();
    bool hasJob() const { return m_hasJob; }
    void setNote(const QString& note);
    QString note() const { return m_note->text(); }

  Q_SIGNALS:
    void cancelClicked();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void restyle();
    const ThemeSource& m_theme;
    ElidedLabel* m_label;
    SlimProgress* m_progress;
    QPushButton* m_cancel;
    ElidedLabel* m_note;
    bool m_hasJob = false;
};

}  // namespace lexiscope
