// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure_export.h"

#include "ui/main_window/figure_view.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"

#include <algorithm>

namespace lexiscope {

FigureExport::FigureExport(MainWindow& window, const PanelContext& context, ThemeSource& theme,
                           JobRunner& runner)
    : QObject(&window), m_window(window), m_context(context), m_theme(theme), m_runner(runner) {}

QSize FigureExport::sizeFor(const CardDock& dock, const Panel& panel) {
    QSize size = dock.size();
    if (panel.contentWidth() > 0) {
        const int filled = panel.contentWidth() + dock.width() - panel.width();
        size.setWidth(std::clamp(filled, dock.width() * 2 / 5, dock.width()));
    }
    return size;
}

std::vector<ExportSubject> FigureExport::subjects() const {
    std::vector<ExportSubject> list;
    list.push_back({MainWindow::figureOf(m_window.mode()),
                    {},
                    tr("The whole window"),
                    m_window.size(),
                    saveView(m_context, nullptr, &m_window)});
    for (const CardDock* dock : m_window.docks()) {
        const auto* panel = dock->findChild<Panel*>();
        if (panel != nullptr && dock->isVisible()) {
            const QJsonObject view = saveView(m_context, panel, nullptr);
            list.push_back({panel->objectName(), {}, dock->name(), sizeFor(*dock, *panel), view});
            for (const PanelPart& part : partsOf(panel->objectName())) {
                list.push_back({panel->objectName(), part.name, tr("%1: %2").arg(dock->name(), part.title),
                                part.figureSize, view});
            }
        }
    }
    return list;
}

std::unique_ptr<ExportDialog> FigureExport::makeDialog(const QString& panel) const {
    auto dialog = std::make_unique<ExportDialog>(m_context, m_theme, m_runner, subjects(), &m_window);
    if (m_hasChoices) {
        FigureSpec choices = m_choices;
        choices.theme = m_theme.theme().name;
        dialog->setChoices(choices, m_format);
    }
    dialog->setSubject(panel);
    return dialog;
}

void FigureExport::open(const QString& panel) {
    const std::unique_ptr<ExportDialog> dialog = makeDialog(panel);
    dialog->exec();
    m_choices = dialog->spec();
    m_format = dialog->format();
    m_hasChoices = true;
}

void FigureExport::copyPicture(const QString& panel) {
    const std::unique_ptr<ExportDialog> dialog = makeDialog(panel);
    dialog->copyPicture();
    const QString said = dialog->messages().text();
    m_window.messages().add(MessageBar::Severity::Hint, said);
}

}  // namespace lexiscope
