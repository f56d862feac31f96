// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/slot_pill.h"

#include <vector>

#include <QMenuBar>
#include <QPushButton>
#include <QWidget>

namespace lexiscope {

/// The line at the top of the window: name, menus, a pill per model slot, search, modes, export.
class Header : public QWidget {
    Q_OBJECT
  public:
    Header(const ThemeSource& theme, const Session& session, const JobRunner& runner,
           QWidget* parent = nullptr);

    QMenuBar& menuBar() { return *m_menuBar; }
    SearchField& search() { return *m_search; }
    /// Marks the mode as chosen: 0 explore, 1 compare, 2 learn, 3 order, 4 tokenize. Emits nothing.
    void setMode(int mode);
    SlotPill& pill(int slot) { return *m_pills[static_cast<std::size_t>(slot)]; }

  Q_SIGNALS:
    void pillClicked(int slot);
    void exportClicked();
    void modeChosen(int mode);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void offerModes();
    void layOut();
    void listen();
    void refreshPill(int slot);
    void refreshProgress();
    void restyle();
    /// Where there is little width the program's name gives way, for the frame of the window has it too, and
    /// then the row of modes to a button with a menu of them.
    void fit();
    int widthWith(bool brand, bool rowOfModes) const;

    const ThemeSource& m_theme;
    const Session& m_session;
    const JobRunner& m_runner;
    ElidedLabel* m_brand;
    QMenuBar* m_menuBar;
    std::vector<SlotPill*> m_pills;
    SearchField* m_search;
    Segmented* m_modes;
    ChoiceButton* m_modeMenu;
    QPushButton* m_export;
};

}  // namespace lexiscope
