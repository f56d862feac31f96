// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: its modes, and the area of panels that each has.
#include "ui/main_window/compare_invitation.h"
#include "ui/main_window/data_export.h"
#include "ui/main_window/figure_export.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/panel_list.h"
#include "ui/main_window/save_question.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QStackedWidget>

namespace lexiscope {
namespace {

DockLayout layoutOf(MainWindow::Mode mode) {
    switch (mode) {
        case MainWindow::Mode::Explore:
            break;
        case MainWindow::Mode::Compare:
            return compareLayout();
        case MainWindow::Mode::Learn:
            return learnLayout();
        case MainWindow::Mode::Order:
            return orderLayout();
        case MainWindow::Mode::Tokenize:
            return tokenizeLayout();
    }
    return exploreLayout();
}

QString modeKey() {
    return QStringLiteral("mode");
}

QString tokenizerModeKey() {
    return QStringLiteral("tokenizer mode");
}

}  // namespace

QString MainWindow::settingOf(Mode mode) {
    switch (mode) {
        case MainWindow::Mode::Explore:
            break;
        case MainWindow::Mode::Compare:
            return QStringLiteral("compare");
        case MainWindow::Mode::Learn:
            return QStringLiteral("learn");
        case MainWindow::Mode::Order:
            return QStringLiteral("order");
        case MainWindow::Mode::Tokenize:
            return QStringLiteral("tokenize");
    }
    return QStringLiteral("explore");
}

QString MainWindow::layoutSetting(Mode mode) {
    return mode == Mode::Explore ? QStringLiteral("layout") : settingOf(mode) + QStringLiteral(" layout");
}

QString MainWindow::standardSetting(Mode mode) {
    return layoutSetting(mode) + QStringLiteral(" is standard");
}

void MainWindow::listenToTraining() {
    const auto warn = [this](const QString& where, const QStringList& warnings) {
        for (const QString& warning : warnings) {
            m_messages->add(MessageBar::Severity::Warning, warning, where);
        }
    };
    const auto fail = [this](const Error& error) { m_messages->add(MessageBar::Severity::Error, error); };
    TrainingView& training = m_context.training;
    connect(&training.run(), &TrainingRun::warned, this, warn);
    connect(&training.run(), &TrainingRun::failed, this, fail);
    connect(&training, &TrainingView::failed, this, fail);
    connect(&m_context.tokenizerRun, &TokenizerRun::failed, this, fail);
    connect(&m_context.tokenizerRun, &TokenizerRun::saved, this,
            [this](const QString& path) { m_messages->add(MessageBar::Severity::Hint, tr("Saved."), path); });
    connect(&training, &TrainingView::saved, this,
            [this, warn](const QString& path, const QStringList& warnings) {
                m_messages->add(MessageBar::Severity::Hint, tr("Saved."), path);
                warn(path, warnings);
            });
}

MadeWorks MainWindow::lostByClosing() const {
    MadeWorks works = m_context.session.unsettledWorks();
    std::vector<MadeWorks> all{m_context.tokenizerRun.unsettledWorks(), m_context.training.unsettledWorks()};
    for (const DockArea* area : m_areas) {
        for (const Panel* panel : area != nullptr ? area->findChildren<Panel*>() : QList<Panel*>()) {
            all.push_back(panel->unsettledWorks());
        }
    }
    for (const MadeWorks& held : all) {
        for (const std::shared_ptr<MadeWork>& work : held) {
            if (std::find(works.begin(), works.end(), work) == works.end()) {
                works.push_back(work);
            }
        }
    }
    return works;
}

bool MainWindow::askToLose(const MadeWorks& works, LossBy by) {
    if (m_isAsking) {
        return false;
    }
    m_isAsking = true;
    SaveQuestion question(m_theme, works, by, this);
    const bool mayLose = question.exec() == QDialog::Accepted;
    m_isAsking = false;
    return mayLose;
}

QString MainWindow::figureOf(Mode mode) {
    return mode == Mode::Explore ? QStringLiteral("window")
           : mode == Mode::Order ? QStringLiteral("orderWindow")
                                 : settingOf(mode);
}

void MainWindow::buildArea(Mode mode) {
    DockArea*& area = m_areas[static_cast<std::size_t>(mode)];
    if (area != nullptr) {
        return;
    }
    area = new DockArea(m_context, layoutOf(mode), m_stack);
    m_stack->addWidget(area);
    connect(area, &DockArea::exportWanted, m_export, &FigureExport::open);
    connect(area, &DockArea::pictureWanted, m_export, &FigureExport::copyPicture);
    connect(area, &DockArea::menuFilling, m_data,
            [this](QMenu* menu, const Panel* panel) { m_data->addMenu(*menu, tr("Save the data"), *panel); });
    connect(area, &DockArea::saveWanted, m_data, [this](const Panel* panel) {
        if (const std::vector<DataTable> tables = panel->data(); !tables.empty()) {
            m_data->save(tables.front(), DataFormat::Csv);
        }
    });
    connect(area, &DockArea::openWanted, this, &MainWindow::offerModels);
    if (m_settings != nullptr) {
        area->restoreLayout(m_settings->value(layoutSetting(mode)).toByteArray(),
                            m_settings->value(standardSetting(mode)).toBool());
    }
}

bool MainWindow::hasVectors(const std::shared_ptr<const Model>& model) {
    return model && model->hasVectors();
}

bool MainWindow::holdsTokenizersAlone() const {
    bool hasAny = false;
    for (int i = 0; i < m_context.session.slotCount(); ++i) {
        const std::shared_ptr<const Model>& model = m_context.session.slot(i).model;
        if (model && model->hasVectors()) {
            return false;
        }
        hasAny = hasAny || model;
    }
    return hasAny;
}

MainWindow::Mode MainWindow::lastMode(bool isOfTokenizers) const {
    const QString last = m_settings->value(isOfTokenizers ? tokenizerModeKey() : modeKey()).toString();
    const auto* found =
        std::find_if(modes.begin(), modes.end(), [&last](Mode mode) { return settingOf(mode) == last; });
    if (found != modes.end()) {
        return *found;
    }
    return isOfTokenizers ? Mode::Tokenize : Mode::Explore;
}

void MainWindow::rememberMode() {
    if (!holdsTokenizersAlone()) {
        m_settings->setValue(modeKey(), settingOf(m_mode));
    } else if (m_hasChosenMode || m_mode != Mode::Explore) {
        // Explore that nobody has chosen is left from a model with vectors that stood there before.
        m_settings->setValue(tokenizerModeKey(), settingOf(m_mode));
    }
}

void MainWindow::beginWithTokenizers() {
    bool hasAny = false;
    for (int i = 0; m_awaitsModels && i < m_context.session.slotCount(); ++i) {
        const Slot& slot = m_context.session.slot(i);
        if (!slot.loadingSpec.isEmpty()) {
            return;
        }
        hasAny = hasAny || slot.model;
    }
    if (!hasAny) {
        return;
    }
    m_awaitsModels = false;
    if (holdsTokenizersAlone()) {
        showMode(lastMode(true));
        area().setFocus();
    }
}

void MainWindow::turnToTokenizer() {
    const std::shared_ptr<const Model> model = m_context.session.activeModel();
    const bool hadVectors = std::exchange(m_showsVectors, hasVectors(model));
    const bool wantsVectors = m_mode == Mode::Explore || m_mode == Mode::Order;
    if (model && hadVectors && !m_showsVectors && wantsVectors && m_settings != nullptr && !m_awaitsModels) {
        showMode(lastMode(true));
        area().setFocus();
    }
}

void MainWindow::setMode(Mode mode) {
    m_hasChosenMode = true;
    m_awaitsModels = false;
    showMode(mode);
}

void MainWindow::showMode(Mode mode) {
    buildArea(mode);
    m_mode = mode;
    showArea();
    m_header->setMode(static_cast<int>(mode));
    refreshNote();
}

void MainWindow::showArea() {
    const bool lacksModel = m_mode == Mode::Compare && CompareInvitation::emptySlot(m_context.session) >= 0;
    if (lacksModel && m_invitation == nullptr) {
        m_invitation = new CompareInvitation(m_theme, m_context.session,
                                             [this](QMenu& menu, int slot) { fillOpenMenu(menu, slot); });
        m_stack->addWidget(m_invitation);
    }
    const bool wasInvited =
        m_invitation != nullptr && m_invitation->isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentWidget(lacksModel ? static_cast<QWidget*>(m_invitation) : &area());
    if (wasInvited && !lacksModel) {
        area().setFocus();
    }
}

}  // namespace lexiscope
