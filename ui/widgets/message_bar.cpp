// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include "ui/widgets/paint.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace lexiscope {

namespace {

QColor toneOf(MessageBar::Severity severity, const Theme& theme) {
    switch (severity) {
        case MessageBar::Severity::Error:
            return theme.error;
        case MessageBar::Severity::Warning:
            return theme.warning;
        case MessageBar::Severity::Hint:
            break;
    }
    return theme.accent;
}

}  // namespace

MessageBar::MessageBar(const ThemeSource& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_kind(new ElidedLabel),
      m_text(new QLabel),
      m_count(new ElidedLabel),
      m_close(new QToolButton) {
    setObjectName(QStringLiteral("messageBar"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_kind->setObjectName(QStringLiteral("messageKind"));
    m_kind->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_count->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_count->setObjectName(QStringLiteral("messageCount"));
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setText(QStringLiteral("×"));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));
    m_close->setFocusPolicy(Qt::TabFocus);  // a click that closes takes no focus along
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(20, 4, 10, 4);
    line->setSpacing(10);
    line->addWidget(m_kind);
    line->addWidget(m_text, 1);
    line->addWidget(m_count);
    line->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::closeCurrent);
    connect(&m_theme, &ThemeSource::changed, this, &MessageBar::refresh);
    refresh();
}

void MessageBar::add(Severity severity, const Error& error) {
    if (error.code != ErrorCode::Cancelled) {
        add(severity, QString::fromStdString(error.what), QString::fromStdString(error.where),
            QString::fromStdString(error.hint));
    }
}

void MessageBar::add(Severity severity, const QString& what, const QString& where, const QString& hint) {
    const Message message{severity, what, where, hint};
    if (!m_messages.contains(message)) {
        const auto firstHint = std::find_if(m_messages.begin(), m_messages.end(), [](const Message& waiting) {
            return waiting.severity == Severity::Hint;
        });
        m_messages.insert(severity == Severity::Hint ? m_messages.end() : firstHint, message);
        refresh();
    }
}

void MessageBar::closeCurrent() {
    if (m_messages.isEmpty()) {
        return;
    }
    m_messages.removeFirst();
    m_closed = m_messages.isEmpty() ? 0 : m_closed + 1;
    refresh();
}

void MessageBar::clear() {
    m_messages.clear();
    m_closed = 0;
    refresh();
}

QString MessageBar::text() const {
    return m_messages.isEmpty() ? QString() : m_text->text();
}

void MessageBar::refresh() {
    setVisible(!m_messages.isEmpty());
    if (m_messages.isEmpty()) {
        m_text->clear();
        return;
    }
    const Theme& theme = m_theme.theme();
    const Message& message = m_messages.first();
    QString text =
        message.where.isEmpty() ? message.what : message.where + QStringLiteral(": ") + message.what;
    if (!message.hint.isEmpty()) {
        text += QStringLiteral(". ") + message.hint.at(0).toUpper() + message.hint.mid(1) +
                (message.hint.endsWith(u'.') ? QString() : QStringLiteral("."));
    }
    m_text->setText(text);
    const QString kind = message.severity == Severity::Error     ? tr("Error")
                         : message.severity == Severity::Warning ? tr("Warning")
                                                                 : tr("Hint");
    setAccessibleName(kind);
    setAccessibleDescription(text);
    m_text->setAccessibleName(kind + QStringLiteral(": ") + text);
    const auto total = m_closed + m_messages.size();
    m_count->setText(tr("%1 of %2").arg(m_closed + 1).arg(total));
    m_count->setVisible(total > 1);

    // In a style sheet: the application's, which is set anew with the theme, would take back a setFont().
    m_text->setStyleSheet(
        QStringLiteral("QLabel { font-size: %1px; }").arg(theme.textFont(12.5).pixelSize()));
    m_count->setFont(theme.textFont(12));
    m_close->setFont(theme.textFont(15));
    m_text->setPalette(theme.palette());
    m_count->setColor(theme.muted);
    m_kind->setText(kind);
    m_kind->setFont(theme.textFont(12.5, QFont::DemiBold));
    m_kind->setColor(toneOf(message.severity, theme));
    for (ElidedLabel* label : {m_kind, m_count}) {
        label->setMinimumWidth(label->sizeHint().width());
    }
    update();
}

void MessageBar::paintEvent(QPaintEvent*) {
    if (m_messages.isEmpty()) {
        return;
    }
    const Theme& theme = m_theme.theme();
    const QColor tone = toneOf(m_messages.first().severity, theme);
    QPainter painter(this);
    painter.fillRect(rect(), blend(theme.surface, tone, theme.isDark() ? 0.12 : 0.07));
    painter.fillRect(QRect(0, 0, 4, height()), tone);
    painter.fillRect(QRect(0, height() - 1, width(), 1), blend(theme.line, tone, 0.25));
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        closeCurrent();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace lexiscope
