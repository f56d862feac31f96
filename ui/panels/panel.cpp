// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel.h"

#include "ui/session/selection_keeper.h"
#include "ui/widgets/segmented.h"

#include <algorithm>

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLocale>

namespace lexiscope {

Panel::Panel(const PanelContext& context, const QString& name, const QString& title,
             std::vector<Analyses::Need> needs, QWidget* parent)
    : QWidget(parent), m_context(context), m_title(title), m_needs(std::move(needs)) {
    setObjectName(name);
    setAccessibleName(title);
    connect(&context.analyses, &Analyses::changed, this, [this](int changedSlot, Analyses::Need need) {
        const bool isShown =
            need == Analyses::Counterpart || std::find(m_needs.begin(), m_needs.end(), need) != m_needs.end();
        if (changedSlot == slot() && isShown) {
            scheduleRefresh();
        }
    });
    connect(&context.session, &Session::activeSlotChanged, this, &Panel::scheduleRefresh);
    connect(&context.session, &Session::modelChanged, this, &Panel::scheduleRefresh);
    connect(&context.selection, &Selection::selectedChanged, this, &Panel::scheduleRefresh);
    connect(&context.theme, &ThemeSource::changed, this, &Panel::scheduleRefresh);
}

Panel::~Panel() {
    want(false);
}

void Panel::want(bool wanted) {
    for (const Analyses::Need need : m_needs) {
        m_context.analyses.want(need, this, wanted, m_context.slot);
    }
}

QString Panel::nothingSelected() const {
    const std::shared_ptr<const CounterpartResult> counterpart = m_context.analyses.counterpart(slot());
    if (counterpart && !counterpart->row && isCurrent(Analyses::Counterpart)) {
        return noMatch(*counterpart->from, counterpart->fromRow, *counterpart->model);
    }
    const QString& missing = m_context.selection.missing();
    return missing.isEmpty() ? tr("Nothing is selected yet.") : missing;
}

void Panel::scheduleRefresh() {
    if (m_refreshScheduled || !isVisible()) {
        return;
    }
    m_refreshScheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_refreshScheduled = false;
            if (isVisible()) {
                refresh();
                if (!m_context.controls) {
                    putControlsAside();
                }
            }
        },
        Qt::QueuedConnection);
}

void Panel::putControlsAside() {
    const auto isControl = [](const QWidget* widget) {
        return qobject_cast<const Segmented*>(widget) != nullptr ||
               qobject_cast<const QAbstractButton*>(widget) != nullptr ||
               qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
               qobject_cast<const QComboBox*>(widget) != nullptr;
    };
    if (m_aside == nullptr) {
        m_aside = new QWidget(this);
        m_aside->hide();
    }
    for (QWidget* widget : findChildren<QWidget*>()) {
        if (auto* area = qobject_cast<QAbstractScrollArea*>(widget)) {
            area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
            area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        } else if (isControl(widget) && !m_aside->isAncestorOf(widget)) {
            // There the panel may show and hide them as it does; the layout has forgotten them.
            widget->setParent(m_aside);
        }
    }
}

void Panel::setFact(const QString& fact) {
    QStringList parts{model() ? rowsSoFar(*model()) : QString(), fact};
    parts.removeAll(QString());
    const QString whole = parts.join(QStringLiteral(" · "));
    if (whole != m_fact) {
        m_fact = whole;
        Q_EMIT factChanged(whole);
    }
}

void Panel::setNeeds(std::vector<Analyses::Need> needs) {
    want(false);
    m_needs = std::move(needs);
    if (isVisible()) {
        want(true);
    }
}

void Panel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    want(true);
    scheduleRefresh();
}

void Panel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    want(false);
}

QString grouped(std::size_t number) {
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(number));
}

}  // namespace lexiscope
