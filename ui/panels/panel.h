// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/data_table.h"
#include "ui/plots/theme.h"
#include "ui/session/analyses.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/session/tokenizer_run.h"
#include "ui/session/training_view.h"

#include <memory>
#include <optional>
#include <vector>

#include <QJsonObject>
#include <QList>
#include <QMenu>
#include <QStringList>
#include <QWidget>

namespace lexiscope {

class ViewKeys;

/// What every panel is given: what is loaded, what is selected, what has been computed, and how it looks.
struct PanelContext {
    Session& session;
    Selection& selection;
    Analyses& analyses;
    TrainingView& training;
    TokenizerRun& tokenizerRun;
    const ThemeSource& theme;
    /// Figures made from the same inputs are the same, so those leave out what differs from run to run: times
    /// taken.
    bool showTimes = true;
    /// A panel that stands as a figure by itself has neither buttons nor scroll bars: there is nothing to
    /// press.
    bool controls = true;
    /// The slot that a panel shows; none: whichever is in front.
    std::optional<int> slot = std::nullopt;
};

/// One topic of the window. Knows nothing of docks, of the window or of other panels; its host shows title,
/// tools and fact.
class Panel : public QWidget {
    Q_OBJECT
  public:
    Panel(const PanelContext& context, const QString& name, const QString& title,
          std::vector<Analyses::Need> needs, QWidget* parent = nullptr);
    ~Panel() override;

    const QString& title() const { return m_title; }
    /// The title where there is no room for it; nothing where it has none.
    virtual QString shortTitle() const { return {}; }
    /// One line on what the panel's numbers were computed from.
    const QString& fact() const { return m_fact; }
    /// The slot it always shows, where it shows one only.
    std::optional<int> tiedSlot() const { return m_context.slot; }
    bool shows(int slot) const;
    /// Small widgets for the title line, left to right; the host takes them.
    virtual QList<QWidget*> tools() { return {}; }

    /// So many pixels wide, before the theme's scale of type, is all the room that its host shares with
    /// others: with little of it, tools have short names.
    virtual void setRoom(double /*width*/) {}

    /// What of its content is in view, so that a figure shows the same; empty for what it begins with.
    virtual QJsonObject saveView() const { return {}; }
    /// All that its view can say; a panel that has one says so by its own.
    static const ViewKeys& viewKeys();
    /// Called while it is shown, once what it shows has been loaded. What is missing or makes no sense in a
    /// view is left as it is.
    virtual void restoreView(const QJsonObject&) {}
    /// Something of its own is being computed, beside what Analyses computes.
    virtual bool isBusy() const { return false; }
    /// Why what it is there for cannot be shown, though the model has what that takes: computing it failed or
    /// was stopped. None where there is nothing to compute, as of an empty text.
    virtual std::optional<Error> failure() const;
    /// The width that its content fills, for a figure that is not asked for a size; 0: whatever there is.
    virtual int contentWidth() const { return 0; }
    /// What it shows comes from model, text and selection; else its parameters are all that a caption names.
    virtual bool showsModel() const { return true; }
    /// What a caption says of how it was made, beyond its fact: "cosine, 12 nearest".
    virtual QStringList parameters() const { return {}; }
    /// What it shows now, for files; none while there is nothing.
    virtual std::vector<DataTable> data() const { return {}; }
    /// What was made in it, lies in no file and would be lost with it.
    virtual MadeWorks unsettledWorks() const { return {}; }
    /// Adds what the menu of its card, which opens on all of it, offers for it alone.
    virtual void addToMenu(QMenu&) {}

  Q_SIGNALS:
    void factChanged(const QString& fact);
    /// It shows what it has been told of.
    void refreshed();
    /// The first table of data() is to be saved as CSV.
    void saveWanted();
    /// Something is to be opened in that empty slot; what can be is offered at that place of the screen.
    void openWanted(int slot, QPoint at);
    /// The panel's content has become higher or lower.
    void heightWanted();

  protected:
    /// Called after anything the panel shows may have changed, once per pass of the event loop, while it is
    /// visible.
    virtual void refresh() = 0;
    void scheduleRefresh();
    /// While the model is one of first rows, the fact says so.
    void setFact(const QString& fact);
    /// Other results than before are looked at.
    void setNeeds(std::vector<Analyses::Need> needs);
    /// In place of one slot the panel shows these. For constructors.
    void setShownSlots(const std::vector<int>& shown);

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

    int slot() const { return m_context.slot.value_or(m_context.session.activeSlot()); }
    std::shared_ptr<const Model> model() const { return m_context.session.slot(slot()).model; }
    /// The model if it has vectors, else null.
    std::shared_ptr<const Model> vectorModel() const { return vectorModel(slot()); }
    std::shared_ptr<const Model> vectorModel(int slot) const;
    std::optional<Row> selectedRow() const { return m_context.analyses.selectedRow(slot()); }
    bool isCurrent(Analyses::Need need) const { return m_context.analyses.isCurrent(slot(), need); }
    /// Why no row is selected here, when none is.
    QString nothingSelected() const { return nothingSelected(slot()); }
    QString nothingSelected(int slot) const;
    /// Why there is no result of that kind: its error, or `cancelled` where somebody has stopped it. Empty
    /// while there is one, or one on its way.
    QString failureText(int slot, Analyses::Need need, const QString& cancelled) const;
    /// Why the text of that slot is not cut into tokens: no model, no tokenizer, failed or stopped. Empty
    /// while it is, or is on its way.
    QString noTokens(int slot) const;
    /// What is said where there is no model.
    QString noModel(int slot) const;
    /// What is said where there is no model with vectors.
    QString noVectors(int slot) const;
    const Theme& theme() const { return m_context.theme.theme(); }

    const PanelContext m_context;

  private:
    void want(bool wanted);
    void putControlsAside();

    QString m_title;
    QString m_fact;
    std::vector<Analyses::Need> m_needs;
    std::vector<std::optional<int>> m_slots;  // as Analyses::want() takes them
    QWidget* m_aside = nullptr;               // holds the controls of a panel that is to have none
    bool m_refreshScheduled = false;
};

}  // namespace lexiscope
