// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"
#include "ui/widgets/segmented.h"

#include <QCheckBox>
#include <QDialog>
#include <QSettings>

namespace lexiscope {

/// How the window looks and what it begins with. Every choice takes effect at once and is remembered.
class SettingsDialog : public QDialog {
    Q_OBJECT
  public:
    /// `settings` may be null: choices then last as long as the window.
    SettingsDialog(ThemeSource& theme, QSettings* settings, QWidget* parent);

  Q_SIGNALS:
    /// The list of recent models is to be emptied.
    void forgetWanted();

  private:
    void refresh();

    ThemeSource& m_theme;
    QSettings* m_settings;
    Segmented* m_look;
    Segmented* m_textSize;
    QCheckBox* m_continue;
};

/// The sizes of text there are to choose from, as parts of the usual one; and what is remembered of the
/// choice.
double rememberedTextScale(const QSettings& settings);

}  // namespace lexiscope
