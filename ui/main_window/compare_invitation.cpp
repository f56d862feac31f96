// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/compare_invitation.h"

#include "ui/widgets/slot_mark.h"

#include <QBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace lexiscope {
namespace {

/// A built-in model other than the one that is open already.
QString builtInBeside(const Session& session, int slot) {
    const QString words = QStringLiteral("builtin:wiki-words");
    for (int other = 0; other < session.slotCount(); ++other) {
        if (other != slot && session.slot(other).spec == words) {
            return QStringLiteral("builtin:tiny-gpt2");
        }
    }
    return words;
}

}  // namespace

CompareInvitation::CompareInvitation(const ThemeSource& theme, Session& session,
                                     std::function<void(QMenu&, int slot)> fill, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_session(session),
      m_title(new ElidedLabel(this)),
      m_text(new ElidedLabel(this)),
      m_builtIn(new QPushButton(this)),
      m_open(new QPushButton(tr("Open another model…"), this)),
      m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("invitation"));
    m_title->setObjectName(QStringLiteral("invitationTitle"));
    m_text->setObjectName(QStringLiteral("invitationText"));
    m_builtIn->setObjectName(QStringLiteral("openBuiltIn"));
    m_open->setObjectName(QStringLiteral("openOther"));
    m_builtIn->setProperty("primary", true);
    m_open->setMenu(m_menu);
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_builtIn);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(6);
    layout->addLayout(buttons);
    layout->addStretch(3);

    connect(m_builtIn, &QPushButton::clicked, this, [this] {
        if (const int slot = emptySlot(m_session); slot >= 0) {
            m_session.load(slot, builtInBeside(m_session, slot));
        }
    });
    connect(m_menu, &QMenu::aboutToShow, this, [this, fill = std::move(fill)] {
        m_menu->clear();
        if (const int slot = emptySlot(m_session); slot >= 0) {
            fill(*m_menu, slot);
        }
    });
    connect(&session, &Session::slotChanged, this, &CompareInvitation::refresh);
    connect(&session, &Session::modelChanged, this, &CompareInvitation::refresh);
    connect(&theme, &ThemeSource::changed, this, &CompareInvitation::refresh);
    refresh();
}

int CompareInvitation::emptySlot(const Session& session) {
    for (int slot = 0; slot < Session::comparedSlots; ++slot) {
        if (!session.slot(slot).model) {
            return slot;
        }
    }
    return -1;
}

void CompareInvitation::refresh() {
    const int slot = emptySlot(m_session);
    if (slot < 0) {
        return;
    }
    const Theme& theme = m_theme.theme();
    m_title->setFont(theme.textFont(16, QFont::DemiBold));
    m_title->setColor(theme.text);
    m_text->setFont(theme.textFont(13));
    m_text->setColor(theme.muted);
    const QString loading = m_session.slot(slot).loadingSpec;
    m_title->setText(tr("Slot %1 is empty").arg(slotLetter(slot)));
    m_text->setText(loading.isEmpty()
                        ? tr("Two models are compared on the same text and the same word: open a second one, "
                             "of any format, vocabulary and dimension.")
                        : tr("Opening %1…").arg(shortName(loading)));
    m_builtIn->setText(tr("Open the built-in %1").arg(shortName(builtInBeside(m_session, slot))));
    m_builtIn->setVisible(loading.isEmpty());
    m_open->setVisible(loading.isEmpty());
}

void CompareInvitation::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_theme.theme().window);
}

}  // namespace lexiscope
