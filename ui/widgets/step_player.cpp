// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/step_player.h"

#include "ui/widgets/key_step.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/row_button.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPolygonF>
#include <QSignalBlocker>
#include <QSlider>

namespace lexiscope {
namespace {

constexpr int usualInterval = 900;  // milliseconds: long enough to read a line of numbers

/// A button with one of the signs that players have, drawn, since fonts differ in them.
class PlayerButton : public RowButton {
  public:
    enum Sign { Back, Play, Pause, Forward };

    PlayerButton(const ThemeSource& theme, const QString& name, QWidget* parent) : RowButton(theme, parent) {
        setObjectName(name);
        setFocusPolicy(Qt::TabFocus);
    }

    void setSign(Sign sign, const QString& name) {
        m_sign = sign;
        setAccessibleName(name);
        setToolTip(name);
        update();
    }

    QSize sizeHint() const override {
        const double scale = theme().fontScale;
        return {qRound(30 * scale), qRound(25 * scale)};
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool isLively = isEnabled() && underMouse();
        paintGround(painter, blend(theme().control, theme().text, isLively ? (isDown() ? 0.12 : 0.05) : 0),
                    theme().line);
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled() ? blend(theme().text, theme().muted, 0.3)
                                     : blend(theme().control, theme().muted, 0.5));
        painter.translate(QRectF(rect()).center());
        painter.scale(theme().fontScale, theme().fontScale);
        paintSign(painter);
    }

  private:
    void paintSign(QPainter& painter) const {
        if (m_sign == Pause) {
            painter.drawRect(QRectF(-4.5, -5, 3, 10));
            painter.drawRect(QRectF(1.5, -5, 3, 10));
            return;
        }
        if (m_sign == Back) {
            painter.scale(-1, 1);
        }
        if (m_sign != Play) {
            painter.drawRect(QRectF(3.5, -4.5, 2, 9));
            painter.translate(-1.5, 0);
        }
        painter.drawPolygon(QPolygonF{{-4, -5}, {5, 0}, {-4, 5}});
    }

    Sign m_sign = Play;
};

PlayerButton& asPlayer(QAbstractButton* button) {
    return *static_cast<PlayerButton*>(button);
}

}  // namespace

StepPlayer::StepPlayer(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_back(new PlayerButton(theme, QStringLiteral("stepBack"), this)),
      m_play(new PlayerButton(theme, QStringLiteral("play"), this)),
      m_forward(new PlayerButton(theme, QStringLiteral("stepForward"), this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_place(new QLabel(this)) {
    asPlayer(m_back).setSign(PlayerButton::Back, tr("One step back"));
    asPlayer(m_forward).setSign(PlayerButton::Forward, tr("One step forward"));
    m_back->setAutoRepeat(true);
    m_forward->setAutoRepeat(true);
    m_slider->setObjectName(QStringLiteral("step"));
    m_slider->setAccessibleName(tr("Step"));
    m_slider->setPageStep(1);
    m_slider->setMinimumWidth(60);
    m_place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_back);
    row->addWidget(m_play);
    row->addWidget(m_forward);
    row->addSpacing(4);
    row->addWidget(m_slider, 1);
    row->addSpacing(4);
    row->addWidget(m_place);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_back, &QAbstractButton::clicked, this, [this] { goByHand(m_step - 1); });
    connect(m_forward, &QAbstractButton::clicked, this, [this] { goByHand(m_step + 1); });
    connect(m_play, &QAbstractButton::clicked, this, [this] { isPlaying() ? pause() : play(); });
    connect(m_slider, &QSlider::valueChanged, this, &StepPlayer::goByHand);
    m_timer.setInterval(usualInterval);
    connect(&m_timer, &QTimer::timeout, this, &StepPlayer::advance);
    connect(&m_theme, &ThemeSource::changed, this, &StepPlayer::restyle);
    restyle();
    refresh();
}

void StepPlayer::setSteps(int count) {
    m_steps = std::max(count, 0);
    setStep(m_step);
}

void StepPlayer::setStep(int step) {
    m_step = std::clamp(step, 0, std::max(m_steps - 1, 0));
    if (m_steps < 2) {
        m_timer.stop();
    }
    restyle();
    refresh();
}

void StepPlayer::play() {
    if (m_steps < 2) {
        return;
    }
    m_timer.start();
    if (m_step == m_steps - 1) {
        go(0);
    }
    refresh();
}

void StepPlayer::pause() {
    m_timer.stop();
    refresh();
}

void StepPlayer::advance() {
    const int next = m_step + 1;
    if (next >= m_steps - 1) {
        m_timer.stop();
    }
    go(next);
}

void StepPlayer::go(int step) {
    const int before = m_step;
    m_step = std::clamp(step, 0, std::max(m_steps - 1, 0));
    refresh();
    if (m_step != before) {
        Q_EMIT stepChanged(m_step);
    }
}

void StepPlayer::goByHand(int step) {
    m_timer.stop();
    go(step);
}

void StepPlayer::refresh() {
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(m_steps - 1, 0));
    m_slider->setValue(m_step);
    m_slider->setEnabled(m_steps > 1);
    m_back->setEnabled(m_step > 0);
    m_forward->setEnabled(m_step + 1 < m_steps);
    m_play->setEnabled(m_steps > 1);
    asPlayer(m_play).setSign(isPlaying() ? PlayerButton::Pause : PlayerButton::Play,
                             isPlaying() ? tr("Pause") : tr("Play"));
    m_place->setText(m_steps > 0 ? tr("%1 of %2").arg(m_step + 1).arg(m_steps) : QString());
}

void StepPlayer::restyle() {
    m_place->setFont(m_theme.theme().monoFont(12));
    // As wide as its widest text, so that the slider does not move while it plays.
    const QString widest = tr("%1 of %2").arg(m_steps).arg(m_steps);
    m_place->setMinimumWidth(QFontMetrics(m_place->font()).horizontalAdvance(widest));
}

void StepPlayer::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && m_steps > 1) {
        isPlaying() ? pause() : play();
        return;
    }
    const std::optional<int> place = placeAfterKey(event->key(), m_step, m_steps - 1);
    if (!place) {
        return QWidget::keyPressEvent(event);
    }
    goByHand(*place);
}

void StepPlayer::hideEvent(QHideEvent* event) {
    pause();
    QWidget::hideEvent(event);
}

}  // namespace lexiscope
