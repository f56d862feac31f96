// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/header.h"

#include "ui/panels/panel.h"
#include "ui/session/grouped_text.h"

#include <algorithm>

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace lexiscope {

Header::Header(const ThemeSource& theme, const Session& session, const JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_session(session),
      m_runner(runner),
      m_brand(new ElidedLabel(this)),
      m_menuBar(new QMenuBar(this)),
      m_search(new SearchField(theme, this)),
      m_modes(new Segmented(theme, this)),
      m_modeMenu(new ChoiceButton(this)),
      m_export(new QPushButton(tr("Export…"), this)) {
    setObjectName(QStringLiteral("header"));
    m_brand->setText(QStringLiteral("Lexiscope"));
    m_brand->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_menuBar->setNativeMenuBar(false);
    m_menuBar->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred);
    m_search->setObjectName(QStringLiteral("search"));
    m_export->setObjectName(QStringLiteral("export"));
    m_export->setProperty("primary", true);
    m_export->setToolTip(tr("Save the window or a panel as a picture"));
    offerModes();
    layOut();
    listen();
    for (int slot = 0; slot < session.slotCount(); ++slot) {
        refreshPill(slot);
    }
    restyle();
}

void Header::offerModes() {
    m_modes->setObjectName(QStringLiteral("modes"));
    m_modes->setAccessibleName(tr("Mode"));
    m_modeMenu->setObjectName(QStringLiteral("modeMenu"));
    m_modeMenu->setAccessibleName(tr("Mode"));
    m_modeMenu->hide();
    const std::vector<ChoiceButton::Choice> modes = {
        {tr("Explore"), tr("One model, seen from all sides")},
        {tr("Compare"), tr("Models A and B beside each other")},
        {tr("Learn"), tr("Where vectors come from: words learned from a text")},
        {tr("Order"), tr("Why the order of words has to be told, and how positions tell it")},
        {tr("Tokenize"), tr("How text is cut into tokens, step by step and beside other tokenizers")}};
    QStringList names;
    for (const ChoiceButton::Choice& mode : modes) {
        names << mode.name;
    }
    m_modes->setItems(names);
    for (std::size_t i = 0; i < modes.size(); ++i) {
        m_modes->setToolTipOf(static_cast<int>(i), modes[i].tip);
    }
    m_modeMenu->setChoices(modes);
}

void Header::layOut() {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(18, 8, 14, 8);
    layout->setSpacing(10);
    layout->addWidget(m_brand);
    layout->addWidget(m_menuBar);
    for (int slot = 0; slot < m_session.slotCount(); ++slot) {
        auto* pill = new SlotPill(m_theme, slot, this);
        pill->setObjectName(QStringLiteral("slot%1").arg(slot));
        connect(pill, &SlotPill::clicked, this, [this, slot] { Q_EMIT pillClicked(slot); });
        m_pills.push_back(pill);
        layout->addWidget(pill);
    }
    layout->addStretch(1);
    layout->addWidget(m_search, 3);
    layout->addWidget(m_modes);
    layout->addWidget(m_modeMenu);
    layout->addWidget(m_export);
}

void Header::listen() {
    connect(m_modes, &Segmented::chosen, this, &Header::modeChosen);
    connect(m_modeMenu, &ChoiceButton::chosen, this, &Header::modeChosen);
    connect(m_export, &QPushButton::clicked, this, &Header::exportClicked);
    connect(&m_session, &Session::slotChanged, this, &Header::refreshPill);
    connect(&m_session, &Session::activeSlotChanged, this, [this](int slot, int previous) {
        refreshPill(slot);
        refreshPill(previous);
    });
    connect(&m_runner, &JobRunner::progressed, this, &Header::refreshProgress);
    connect(&m_theme, &ThemeSource::changed, this, &Header::restyle);
}

void Header::setMode(int mode) {
    m_modes->setCurrent(mode);
    m_modeMenu->setCurrent(mode);
}

int Header::widthWith(bool brand, bool rowOfModes) const {
    const QMargins margins = layout()->contentsMargins();
    int needed = margins.left() + margins.right() - layout()->spacing();
    for (int i = 0; i < layout()->count(); ++i) {
        QLayoutItem* item = layout()->itemAt(i);
        const QWidget* widget = item->widget();
        int width = 0;
        if (widget == m_brand) {
            width = brand ? m_brand->sizeHint().width() : 0;
        } else if (widget == m_modes) {
            width = rowOfModes ? m_modes->minimumSizeHint().width() : 0;
        } else if (widget == m_modeMenu) {
            width = rowOfModes ? 0 : m_modeMenu->minimumSizeHint().width();
        } else if (const auto* pill = qobject_cast<const SlotPill*>(widget)) {
            // Names of models say more than a row of modes.
            width = pill->isHidden() ? 0 : pill->widthForName();
        } else if (widget != nullptr && !widget->isHidden()) {
            width = item->minimumSize().width();
        }
        needed += width > 0 ? width + layout()->spacing() : 0;
    }
    return needed;
}

void Header::fit() {
    const auto show = [](QWidget& widget, bool shown) {
        if (widget.isHidden() == shown) {
            widget.setVisible(shown);
        }
    };
    show(*m_brand, widthWith(true, true) <= width());
    const bool hasRow = widthWith(false, true) <= width();
    show(*m_modes, hasRow);
    show(*m_modeMenu, !hasRow);
}

bool Header::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize) {
        fit();
    }
    return handled;
}

void Header::restyle() {
    m_brand->setFont(m_theme.theme().textFont(17, QFont::Bold));
    m_brand->setColor(m_theme.theme().text);
    update();
}

void Header::refreshPill(int slot) {
    SlotPill& target = pill(slot);
    const Slot& state = m_session.slot(slot);
    if (state.model) {
        const QString shape =
            state.model->hasVectors()
                ? QStringLiteral("%1 × %2").arg(groupedText(state.model->table->rows()),
                                                groupedText(state.model->table->dimension()))
                : tr("%1 tokens").arg(groupedText(state.model->table->rows()));
        target.setModel(QString::fromStdString(state.model->name),
                        state.holdsFirstRows()
                            ? tr("first %1 rows").arg(groupedText(state.model->table->rows()))
                            : shape);
    } else if (!state.loadingSpec.isEmpty()) {
        target.setModel(shortName(state.loadingSpec), QString());
    } else {
        target.clearModel();
    }
    // C and D are for those who want them: nothing stands there before.
    target.setVisible(slot < Session::comparedSlots || state.model || !state.loadingSpec.isEmpty());
    target.setActive(state.model && slot == m_session.activeSlot());
    const bool areMany = std::any_of(m_pills.begin() + std::min<std::ptrdiff_t>(2, std::ssize(m_pills)),
                                     m_pills.end(), [](const SlotPill* each) { return !each->isHidden(); });
    for (SlotPill* each : m_pills) {
        each->setNarrow(areMany);
    }
    target.setLoading(!state.loadingSpec.isEmpty());
}

void Header::refreshProgress() {
    for (const JobState& job : m_runner.longJobs()) {
        for (int slot = 0; slot < m_session.slotCount(); ++slot) {
            if (job.channel == Session::loadChannel(slot) && job.total > 0) {
                pill(slot).setLoading(true, static_cast<double>(job.done) / static_cast<double>(job.total));
            }
        }
    }
}

void Header::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.theme().surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.theme().line);
}

}  // namespace lexiscope
