// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_spec.h"
#include "ui/main_window/export_dialog.h"
#include "ui/panels/panel.h"

#include <memory>

#include <QObject>
#include <QString>

namespace lexiscope {

class MainWindow;

/// The way from the window to its figures: what there is to export, as it stands on screen, and what was
/// chosen last.
class FigureExport : public QObject {
    Q_OBJECT
  public:
    FigureExport(MainWindow& window, const PanelContext& context, ThemeSource& theme, JobRunner& runner);

    /// A dialog on the window or, first, the panel of that name.
    std::unique_ptr<ExportDialog> makeDialog(const QString& panel = {}) const;
    void open(const QString& panel = {});
    /// To the clipboard, as it stands on screen, as large as it was last exported.
    void copyPicture(const QString& panel);

  private:
    std::vector<ExportSubject> subjects() const;
    /// As the card stands on screen, without the width that its content leaves empty.
    static QSize sizeFor(const CardDock& dock, const Panel& panel);

    MainWindow& m_window;
    const PanelContext m_context;
    ThemeSource& m_theme;
    JobRunner& m_runner;
    FigureSpec m_choices;
    FigureFormat m_format = FigureFormat::Png;
    bool m_hasChoices = false;
};

}  // namespace lexiscope
