// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window/dock_area.h"
#include "ui/main_window/header.h"
#include "ui/main_window/job_stack.h"
#include "ui/panels/panel.h"
#include "ui/widgets/message_bar.h"

#include <array>
#include <vector>

#include <QJsonObject>
#include <QMainWindow>
#include <QSettings>

class QStackedWidget;

namespace lexiscope {

class CompareInvitation;
class DataExport;
class FigureExport;

/// The window: header, messages, the panels as docks, and the foot. Knows where things stand, not what they
/// show.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    /// `settings` may be null: nothing is then remembered. Everything passed in outlives the window.
    MainWindow(const PanelContext& context, ThemeSource& theme, JobRunner& runner, QSettings* settings);
    ~MainWindow() override;

    /// One model, two beside each other, one in the making, the order of words, or how text is cut; each has
    /// panels and a layout of its own.
    enum class Mode { Explore, Compare, Learn, Order, Tokenize };
    static constexpr std::array modes = {Mode::Explore, Mode::Compare, Mode::Learn, Mode::Order,
                                         Mode::Tokenize};
    /// What the figure of the window in that mode is called: "window", "compare", "learn",
    /// "orderWindow", for "order" is a panel, "tokenize".
    static QString figureOf(Mode mode);
    Mode mode() const { return m_mode; }
    /// Somebody has chosen it. Before that, where there are settings, it is the last one, kept apart for
    /// models with vectors, at first Explore, and for tokenizers alone, at first Tokenize: which of the two
    /// is decided once when the first models have been read.
    void setMode(Mode mode);

    /// The cards of the mode that is shown.
    const std::vector<CardDock*>& docks();
    void restoreDefaultLayout();
    /// Opens a model in that slot; a file that is a text becomes the text.
    void open(const QString& spec, int slot);
    MessageBar& messages() { return *m_messages; }

    /// What the panels have in view and where they stand, for a figure of the window.
    static const ViewKeys& viewKeys();
    /// Those of the panels, by name, of a view of the window.
    static QJsonObject panelViews(const QJsonObject& view);
    QJsonObject saveView();
    void restoreView(const QJsonObject& view);
    /// Puts the cards where the view says, at the size the window has now.
    void placeCards(const QJsonObject& view);

  protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    friend class WindowActions;
    void listen();
    void listenToTraining();
    /// What the window would take with it when it closes.
    MadeWorks lostByClosing() const;
    /// Asks whether they may be lost. While that is being asked, nothing else may be.
    bool askToLose(const MadeWorks& works, LossBy by);
    DockArea& area();
    /// What settings call the mode, and where they keep the layout of its cards.
    static QString settingOf(Mode mode);
    static QString layoutSetting(Mode mode);
    /// And whether that is the standard one.
    static QString standardSetting(Mode mode);
    static bool hasVectors(const std::shared_ptr<const Model>& model);
    bool holdsTokenizersAlone() const;
    Mode lastMode(bool isOfTokenizers) const;
    void rememberMode();
    /// Goes to the mode of tokenizers if the first models are that alone.
    void beginWithTokenizers();
    /// Likewise when a tokenizer takes the place in front of a model with vectors, and the mode shows
    /// vectors.
    void turnToTokenizer();
    void showMode(Mode mode);
    void buildArea(Mode mode);
    /// Brings the area of the mode to the front, or what invites to open a second model.
    void showArea();
    void refreshNote();
    void refreshStyle();
    void openFile(int slot);
    void openFolder(int slot);
    void pillClicked(int slot);
    void fillOpenMenu(QMenu& menu, int slot);
    void offerModels(int slot, QPoint at);
    QStringList recentModels() const;
    void remember(const QString& spec);
    void sayTextOpened(const QString& path);
    void forgetRecent();

    const PanelContext m_context;
    ThemeSource& m_theme;
    QSettings* m_settings;
    Header* m_header;
    MessageBar* m_messages;
    QStackedWidget* m_stack;                        // of the areas, between header and foot
    std::array<DockArea*, modes.size()> m_areas{};  // by mode; each is made when it is first shown
    CompareInvitation* m_invitation = nullptr;
    Mode m_mode = Mode::Explore;
    bool m_hasChosenMode = false;
    bool m_awaitsModels;          // the first ones, to choose a mode for
    bool m_showsVectors = false;  // the model in front has some
    JobStack* m_jobs;
    FigureExport* m_export;
    DataExport* m_data;
    bool m_isAsking = false;
    QStringList m_recent;
};

}  // namespace lexiscope
