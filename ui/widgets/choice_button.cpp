// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_button.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

namespace lexiscope {

ChoiceButton::ChoiceButton(QWidget* parent)
    : QPushButton(parent), m_menu(new QMenu(this)), m_group(new QActionGroup(this)) {
    setProperty("tool", true);
    m_menu->setToolTipsVisible(true);
    setMenu(m_menu);
}

void ChoiceButton::setChoices(const std::vector<Choice>& choices) {
    m_choices = choices;
    m_menu->clear();
    for (QAction* action : m_group->actions()) {
        delete action;
    }
    for (int i = 0; i < count(); ++i) {
        const Choice& choice = m_choices[static_cast<std::size_t>(i)];
        auto* action =
            new QAction(choice.detail.isEmpty() ? choice.name : choice.name + u'\t' + choice.detail, m_group);
        action->setCheckable(true);
        action->setToolTip(choice.tip);
        action->setVisible(choice.isOffered);
        m_menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] {
            if (i != m_current) {
                m_current = i;
                showCurrent();
                Q_EMIT chosen(i);
            }
        });
    }
    m_current = isOffered(m_current) ? m_current : 0;
    showCurrent();
}

bool ChoiceButton::isOffered(int index) const {
    return index >= 0 && index < count() && m_choices[static_cast<std::size_t>(index)].isOffered;
}

void ChoiceButton::setCurrent(int index) {
    if (isOffered(index)) {
        m_current = index;
        showCurrent();
    }
}

void ChoiceButton::setPrefix(const QString& prefix) {
    if (prefix != m_prefix) {
        m_prefix = prefix;
        showCurrent();
    }
}

void ChoiceButton::showCurrent() {
    if (m_choices.empty()) {
        return;
    }
    const Choice& choice = m_choices[static_cast<std::size_t>(m_current)];
    m_group->actions().at(m_current)->setChecked(true);
    setText(m_prefix + choice.name + QStringLiteral(" ▾"));
    setToolTip(choice.tip);
}

}  // namespace lexiscope
