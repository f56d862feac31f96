// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/lookup_plot.h"
#include "ui/plots/sum_strips.h"
#include "ui/session/layer_analysis.h"
#include "ui/widgets/again_button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/layer_form.h"
#include "ui/widgets/part_row.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/step_player.h"

#include <array>
#include <utility>

class QLabel;
class QPushButton;

namespace lexiscope {

/// The embedding layer: a new one, V × D weights by chance, or the table of the model in front; a row looked
/// up, as a choice and as one-hot vector times table, step by step; and a gradient step on that row. A new
/// layer becomes a model in a slot, and stays the one that is shown there while it is changed here.
class LayerPanel : public Panel {
    Q_OBJECT
  public:
    explicit LayerPanel(const PanelContext& context, QWidget* parent = nullptr);

    QList<QWidget*> tools() override;
    bool isBusy() const override { return m_analysis->isBusy(); }
    static const ViewKeys& viewKeys();
    QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    bool showsModel() const override { return m_source == Front; }
    QStringList parameters() const override;
    std::vector<DataTable> data() const override;
    MadeWorks unsettledWorks() const override;
    void addToMenu(QMenu& menu) override;

  protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    enum Source { Own, Front };
    enum Part { TablePart, LookupPart, StepPart };
    static constexpr std::size_t sources = 2;
    /// What is looked at of one source.
    struct Place {
        std::optional<Row> row;   ///< of an own layer; that of a model follows the selection
        std::optional<Row> goal;  ///< chosen by somebody
        double first = 0;         ///< rows in view
        double count = 0;
    };
    /// A row of a model with steps taken on it that the model knows nothing of.
    struct Trial {
        std::shared_ptr<const Model> model;
        Row row;
        std::vector<float> values;
        std::size_t steps = 0;
    };
    /// The table that was last saved, for PyTorch.
    struct Saved {
        QString path;
        std::optional<std::size_t> paddingRow;
    };

    QWidget* makeHead();
    QWidget* makeTable();
    QWidget* makeLookup();
    QWidget* makeStep();
    void listen();

    std::shared_ptr<const Model> shown() const;
    const Place& place() const { return m_places[m_source]; }
    Place& place() { return m_places[m_source]; }
    std::optional<std::size_t> paddingRow() const;
    std::optional<Row> row() const;
    Row goal(Row row) const;
    Row usualGoal(Row row) const;
    /// "queen"; empty where IDs stand for nothing but themselves.
    QString wordOf(Row row) const;
    /// "row 5 (queen)"
    QString nameOf(Row row) const;
    void choose(std::size_t row);

    void setSource(Source source);
    LayerWords wordsFor(const LayerOptions& options) const;
    bool isPlacedIn(int slot) const;
    void makeOwn(const LayerOptions& options, std::vector<LayerSteps> steps);
    /// The words of a layer on which nothing depends yet are those of the text.
    void followForm();
    void followText();
    void followSelection();
    /// Makes the layer the model in that slot.
    void putInto(int slot);
    /// The slots that show the layer show it as it is now.
    void placeChanged();
    void setView(double first, double count);
    void keepInView(Row row);
    void look();

    void takeStep();
    void takeBack();
    std::size_t stepsTaken() const;
    std::optional<RowStep> step() const;

    QString failureOf(LayerAnalysis::Part part) const;
    void refreshHead();
    void refreshTable();
    void refreshLookup();
    QString lookupText() const;
    QString sumText() const;
    void refreshStep();
    QString stepText(const RowStep& step, Row row) const;
    void refreshFact();
    QString meaningOfIds() const;
    QString memoryOf(const Model& model) const;
    QString optionsText() const;

    LayerAnalysis* m_analysis;
    Source m_source = Own;
    std::array<Place, sources> m_places;
    std::shared_ptr<const Model> m_viewOf;  // the rows in view are of its table
    std::optional<Row> m_shownRow;          // last brought into view
    std::optional<Selected> m_followed;     // what was selected when the own row followed
    std::optional<OwnLayer> m_followedIn;   // and among which words
    std::array<std::shared_ptr<const Model>, Session::mostSlots> m_placed;  // last, by slot
    std::optional<Trial> m_trial;
    mutable std::optional<Saved> m_saved;                   // by whoever was given the tables
    bool m_wordsHeld = false;                               // those of a view, whatever the text says
    std::optional<int> m_stepToShow;                        // of the look-up, once it is there
    std::optional<std::pair<double, double>> m_rowsToShow;  // likewise of the table, first and how many

    std::array<QPushButton*, 2> m_use{};
    PartRow* m_parts;
    QWidget* m_head = nullptr;
    Segmented* m_sources = nullptr;
    QSpinBox* m_row = nullptr;
    LayerForm* m_form = nullptr;
    QLabel* m_note = nullptr;
    HeatMapView* m_map = nullptr;
    AgainButton* m_again = nullptr;
    QLabel* m_lookupText = nullptr;
    LookupPlot* m_lookup = nullptr;
    StepPlayer* m_player = nullptr;
    QWidget* m_stepFields = nullptr;
    QSpinBox* m_goal = nullptr;
    PlainNumberField* m_rate = nullptr;
    QSpinBox* m_times = nullptr;
    QPushButton* m_take = nullptr;
    QPushButton* m_back = nullptr;
    QLabel* m_stepTitle = nullptr;
    SumStrips* m_strips = nullptr;
    QLabel* m_stepText = nullptr;
};

}  // namespace lexiscope
