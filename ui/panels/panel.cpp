// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel.h"

#include "ui/panels/parts/view_keys.h"
#include "ui/session/selection_keeper.h"
#include "ui/widgets/segmented.h"

#include <algorithm>

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>

namespace lexiscope {

Panel::Panel(const PanelContext& context, const QString& name, const QString& title,
             std::vector<Analyses::Need> needs, QWidget* parent)
    : QWidget(parent), m_context(context), m_title(title), m_needs(std::move(needs)), m_slots{context.slot} {
    setObjectName(name);
    setAccessibleName(title);
    connect(&context.analyses, &Analyses::changed, this, [this](int changedSlot, Analyses::Need need) {
        const bool isLookedAt =
            need == Analyses::Counterpart || std::find(m_needs.begin(), m_needs.end(), need) != m_needs.end();
        if (shows(changedSlot) && isLookedAt) {
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
        for (const std::optional<int> slot : m_slots) {
            m_context.analyses.want(need, this, wanted, slot);
        }
    }
}

const ViewKeys& Panel::viewKeys() {
    static const ViewKeys none;
    return none;
}

bool Panel::shows(int slot) const {
    return std::any_of(m_slots.begin(), m_slots.end(), [&](std::optional<int> shown) {
        return shown.value_or(m_context.session.activeSlot()) == slot;
    });
}

void Panel::setShownSlots(const std::vector<int>& shown) {
    m_slots.assign(shown.begin(), shown.end());
}

QString Panel::noTokens(int slot) const {
    const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
    if (!model) {
        return noModel(slot);
    }
    return model->tokenizer ? failureText(slot, Analyses::Encoding, tr("Cutting the text was cancelled."))
                            : QString::fromStdString(model->noTokenizer);
}

QString Panel::noModel(int slot) const {
    const bool isOneOfSeveral = m_context.slot.has_value() || m_slots.size() > 1;
    return isOneOfSeveral ? tr("No model is open in slot %1.").arg(QChar(u'A' + slot))
                          : tr("No model is open.");
}

QString Panel::noVectors(int slot) const {
    const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
    return model ? QString::fromStdString(model->noVectors) : noModel(slot);
}

std::shared_ptr<const Model> Panel::vectorModel(int slot) const {
    const std::shared_ptr<const Model>& model = m_context.session.slot(slot).model;
    return model && model->hasVectors() ? model : nullptr;
}

QString Panel::failureText(int slot, Analyses::Need need, const QString& cancelled) const {
    const std::optional<Error>& failure = m_context.analyses.failure(slot, need);
    if (!failure) {
        return {};
    }
    return m_context.analyses.wasCancelled(slot, need) ? cancelled
                                                       : QString::fromStdString(toString(*failure));
}

std::optional<Error> Panel::failure() const {
    for (const std::optional<int> shown : m_slots) {
        for (const Analyses::Need need : m_needs) {
            const int looked = shown.value_or(m_context.session.activeSlot());
            if (const std::optional<Error>& failed = m_context.analyses.failure(looked, need)) {
                return failed;
            }
        }
    }
    return std::nullopt;
}

QString Panel::nothingSelected(int slot) const {
    const std::shared_ptr<const CounterpartResult> counterpart = m_context.analyses.counterpart(slot);
    if (counterpart && !counterpart->row && m_context.analyses.isCurrent(slot, Analyses::Counterpart)) {
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
                Q_EMIT refreshed();
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

}  // namespace lexiscope
