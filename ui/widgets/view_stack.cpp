// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/view_stack.h"

namespace lexiscope {

ViewStack::ViewStack(const ThemeSource& theme, QWidget* parent)
    : QStackedWidget(parent), m_choice(new Segmented(theme, this)) {
    m_choice->setObjectName(QStringLiteral("view"));
    m_choice->hide();
    connect(m_choice, &Segmented::chosen, this, &QStackedWidget::setCurrentIndex);
}

void ViewStack::addView(const QString& name, const QString& title, QWidget* view) {
    m_names << name;
    m_titles << title;
    addWidget(view);
    m_choice->setItems(m_titles);
    m_choice->setCurrent(currentIndex());
}

void ViewStack::choose(const QString& name) {
    if (const qsizetype index = m_names.indexOf(name); index >= 0) {
        setCurrentIndex(static_cast<int>(index));
        m_choice->setCurrent(static_cast<int>(index));
    }
}

}  // namespace lexiscope
