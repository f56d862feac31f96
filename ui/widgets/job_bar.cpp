// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/job_bar.h"

#include "ui/widgets/paint.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QTimerEvent>

namespace lexiscope {
namespace {}  // namespace

SlimProgress::SlimProgress(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SlimProgress::setFraction(double fraction) {
    m_fraction = fraction >= 0 ? qMin(fraction, 1.0) : -1;
    setAccessibleDescription(m_fraction < 0 ? tr("under way") : tr("%1 %").arg(qRound(m_fraction * 100)));
    updateTimer();
    update();
}

void SlimProgress::updateTimer() {
    const bool wanders = m_fraction < 0 && isVisible();
    if (wanders && m_timer == 0) {
        m_timer = startTimer(33);
    } else if (!wanders && m_timer != 0) {
        killTimer(m_timer);
        m_timer = 0;
    }
}

void SlimProgress::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    const QRectF track = rect();
    const double radius = track.height() / 2;
    paintRounded(painter, track, radius, theme.name == ThemeName::Print ? theme.grid : theme.control);
    QPainterPath clip;
    clip.addRoundedRect(track, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(clip);
    QRectF part = track;
    if (m_fraction < 0) {
        part.setWidth(track.width() * wanderLength);
        part.moveLeft(track.width() * wanderBegin(m_phase));
    } else {
        part.setWidth(track.width() * m_fraction);
    }
    paintRounded(painter, part, radius, theme.slot(0));
}

void SlimProgress::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_timer) {
        return QWidget::timerEvent(event);
    }
    m_phase = (m_phase + 1) % wanderSteps;
    update();
}

void SlimProgress::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    updateTimer();
}

void SlimProgress::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    updateTimer();
}

JobBar::JobBar(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_label(new ElidedLabel),
      m_progress(new SlimProgress(theme)),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_note(new ElidedLabel) {
    setObjectName(QStringLiteral("jobBar"));
    setAccessibleName(tr("Work in progress"));
    m_label->setObjectName(QStringLiteral("jobText"));
    m_progress->setObjectName(QStringLiteral("jobProgress"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setMaximumWidth(240);
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->setFlat(true);
    m_cancel->setCursor(Qt::PointingHandCursor);
    // It goes away when it is pressed, and the keyboard stays where it was.
    m_cancel->setFocusPolicy(Qt::TabFocus);
    m_note->setObjectName(QStringLiteral("jobNote"));
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // The middle of a path says least: its start names the work, its end how far it is.
    m_label->setElideMode(Qt::ElideMiddle);
    m_label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 2, 16, 2);
    line->setSpacing(14);
    line->addWidget(m_label, 0);
    line->addWidget(m_progress, 0, Qt::AlignVCenter);
    line->addWidget(m_cancel, 0);
    line->addWidget(m_note, 1);
    connect(m_cancel, &QPushButton::clicked, this, &JobBar::cancelClicked);
    connect(&m_theme, &ThemeSource::changed, this, &JobBar::restyle);
    restyle();
    hideJob();
}

void JobBar::showJob(const QString& text, double fraction, bool cancellable) {
    m_hasJob = true;
    m_label->setText(text);
    m_progress->setFraction(fraction);
    m_label->show();
    m_progress->show();
    m_cancel->setVisible(cancellable);
}

void JobBar::hideJob() {
    m_hasJob = false;
    m_label->hide();
    m_progress->hide();
    m_cancel->hide();
}

void JobBar::setNote(const QString& note) {
    m_note->setText(note);
}

void JobBar::restyle() {
    const Theme& theme = m_theme.theme();
    for (ElidedLabel* label : {m_label, m_note}) {
        label->setFont(theme.textFont(12));
    }
    m_label->setColor(theme.text);
    m_note->setColor(theme.muted);
    m_cancel->setFont(theme.textFont(12, QFont::DemiBold));
    setFixedHeight(qRound(30 * theme.fontScale));
    update();
}

void JobBar::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

}  // namespace lexiscope
