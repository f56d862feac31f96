// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/settings_dialog.h"

#include "ui/session/session_memory.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>

namespace lexiscope {
namespace {

constexpr std::array<int, 4> textSizes = {90, 100, 115, 130};  // per cent

QString textSizeKey() {
    return QStringLiteral("text size");
}

}  // namespace

double rememberedTextScale(const QSettings& settings) {
    const int percent = settings.value(textSizeKey(), 100).toInt();
    const bool isOffered = std::find(textSizes.begin(), textSizes.end(), percent) != textSizes.end();
    return isOffered ? percent / 100.0 : 1.0;
}

SettingsDialog::SettingsDialog(ThemeSource& theme, QSettings* settings, QWidget* parent)
    : QDialog(parent),
      m_theme(theme),
      m_settings(settings),
      m_look(new Segmented(theme, this)),
      m_textSize(new Segmented(theme, this)),
      m_continue(new QCheckBox(tr("Go on with the models, text and selection of last time"), this)) {
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    m_look->setObjectName(QStringLiteral("look"));
    m_look->setAccessibleName(tr("Theme"));
    m_look->setItems({tr("Light"), tr("Dark"), tr("Print")});
    m_textSize->setObjectName(QStringLiteral("textSize"));
    m_textSize->setAccessibleName(tr("Size of text"));
    QStringList sizes;
    for (const int percent : textSizes) {
        sizes << tr("%1 %").arg(percent);
    }
    m_textSize->setItems(sizes);
    m_continue->setObjectName(QStringLiteral("continue"));
    auto* forget = new QPushButton(tr("Forget recent models"), this);
    forget->setObjectName(QStringLiteral("forget"));
    forget->setAutoDefault(false);
    forget->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);

    auto* form = new QFormLayout(this);
    form->setContentsMargins(24, 20, 24, 16);
    form->setHorizontalSpacing(22);
    form->setVerticalSpacing(14);
    form->addRow(tr("Theme"), m_look);
    form->addRow(tr("Text"), m_textSize);
    form->addRow(tr("At the start"), m_continue);
    form->addRow(tr("Menus"), forget);
    form->addRow(buttons);

    connect(m_look, &Segmented::chosen, this,
            [this](int index) { m_theme.set(static_cast<ThemeName>(index)); });
    connect(m_textSize, &Segmented::chosen, this, [this](int index) {
        const int percent = textSizes.at(static_cast<std::size_t>(index));
        m_theme.setTextScale(percent / 100.0);
        if (m_settings != nullptr) {
            m_settings->setValue(textSizeKey(), percent);
        }
    });
    if (settings != nullptr) {
        m_continue->setChecked(SessionMemory(*settings).isContinued());
        connect(m_continue, &QCheckBox::toggled, this,
                [this](bool checked) { SessionMemory(*m_settings).setContinued(checked); });
    } else {
        form->setRowVisible(m_continue, false);
    }
    connect(forget, &QPushButton::clicked, this, [this, forget] {
        forget->setEnabled(false);
        Q_EMIT forgetWanted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&theme, &ThemeSource::changed, this, &SettingsDialog::refresh);
    refresh();
}

void SettingsDialog::refresh() {
    m_look->setCurrent(static_cast<int>(m_theme.theme().name));
    const auto percent = std::lround(m_theme.textScale() * 100);
    const auto* size = std::find(textSizes.begin(), textSizes.end(), percent);
    m_textSize->setCurrent(static_cast<int>(size - textSizes.begin()));
}

}  // namespace lexiscope
