// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layer_panel.h"

#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr double tableRows = 40;  // in view of a large table
constexpr double fewestTableRows = 12;
constexpr double readableTableRow = 12;  // pixels
constexpr std::size_t fewestLines = 9;   // of the look-up
constexpr std::size_t mostLines = 14;
constexpr std::size_t wordsLookedAt = 64;  // for a goal

/// The first row with exactly that word, with or without the mark of a word's start.
std::optional<Row> findWord(const Vocabulary& vocabulary, const std::string& word) {
    const std::string_view mark = markOf(vocabulary.wordMark());
    const std::optional<Row> marked = mark.empty() ? std::nullopt : vocabulary.find(std::string(mark) + word);
    return marked ? marked : vocabulary.find(word);
}

bool isLongWord(const std::string& word) {
    constexpr std::size_t longWord = 4;
    return word.size() >= longWord;
}

}  // namespace

void LayerPanel::listen() {
    connect(m_analysis, &LayerAnalysis::changed, this, &LayerPanel::scheduleRefresh);
    connect(&m_context.session, &Session::textChanged, this, &LayerPanel::scheduleRefresh);
    for (const int slot : {0, 1}) {
        connect(m_use[static_cast<std::size_t>(slot)], &QPushButton::clicked, this,
                [this, slot] { putInto(slot); });
    }
    connect(m_sources, &Segmented::chosen, this, [this](int index) { setSource(index == 0 ? Own : Front); });
    connect(m_form, &LayerForm::edited, this, &LayerPanel::followForm);
    connect(m_row, &QSpinBox::valueChanged, this,
            [this](int value) { choose(static_cast<std::size_t>(value)); });
    connect(m_map, &HeatMapView::rowClicked, this, [this](Row row) {
        m_shownRow = row;  // in view where it was clicked: the view stays
        choose(row.value);
    });
    connect(m_map, &HeatMapView::viewRequested, this, &LayerPanel::setView);
    const auto move = [this](int rows) {
        const std::shared_ptr<const Model> model = shown();
        if (const std::optional<Row> from = row(); model && from) {
            const qint64 last = static_cast<qint64>(model->table->rows()) - 1;
            choose(static_cast<std::size_t>(std::clamp<qint64>(qint64{from->value} + rows, 0, last)));
        }
    };
    connect(m_map, &HeatMapView::moveSelection, this, move);
    connect(m_lookup, &LookupPlot::moveSelection, this, move);
    connect(m_lookup, &LookupPlot::rowClicked, this, &LayerPanel::choose);
    connect(m_lookup, &LookupPlot::linesThatFitChanged, this, &LayerPanel::scheduleRefresh);
    m_map->setRowLabel([this](Row row) { return wordOf(row); });
    connect(m_again, &QPushButton::clicked, this, [this] {
        const bool isMade = m_source == Front || !m_analysis->failure(LayerAnalysis::Make);
        m_analysis->retry(isMade ? LayerAnalysis::Matrix : LayerAnalysis::Make);
    });
    connect(m_player, &StepPlayer::stepChanged, this, &LayerPanel::refreshLookup);
    connect(m_goal, &QSpinBox::valueChanged, this, [this](int value) {
        place().goal = Row{static_cast<std::uint32_t>(value)};
        scheduleRefresh();
    });
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &LayerPanel::scheduleRefresh);
    connect(m_times, &QSpinBox::valueChanged, this, &LayerPanel::scheduleRefresh);
    connect(m_take, &QPushButton::clicked, this, &LayerPanel::takeStep);
    connect(m_back, &QPushButton::clicked, this, &LayerPanel::takeBack);
}

void LayerPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    scheduleRefresh();
}

void LayerPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    m_player->pause();
}

std::shared_ptr<const Model> LayerPanel::shown() const {
    if (m_source == Front) {
        return vectorModel();
    }
    return m_analysis->made() ? m_analysis->made()->model : nullptr;
}

std::optional<std::size_t> LayerPanel::paddingRow() const {
    return m_source == Own && m_analysis->made() ? m_analysis->made()->layer.options.paddingRow
                                                 : std::nullopt;
}

std::optional<Row> LayerPanel::row() const {
    const std::shared_ptr<const Model> model = shown();
    if (!model) {
        return std::nullopt;
    }
    const std::optional<Row> chosen = m_source == Front ? selectedRow() : place().row;
    if (chosen && chosen->value < model->table->rows()) {
        return chosen;
    }
    // The first that stands for something.
    return Row{paddingRow() == 0U && model->table->rows() > 1 ? 1U : 0U};
}

Row LayerPanel::usualGoal(Row row) const {
    const std::shared_ptr<const Model> model = shown();
    const auto rows = static_cast<std::uint32_t>(model->table->rows());
    const auto suits = [&](Row goal) {
        return goal != row && goal.value != paddingRow() && goal.value < rows &&
               isLongWord(bareText(*model->vocabulary, goal));
    };
    // A word of the text tells more than a row by chance.
    if (m_source == Front) {
        const std::shared_ptr<const EncodedText> text = m_context.analyses.encoding(slot());
        for (std::size_t i = 0; text && i < std::min(text->encoding.tokens.size(), wordsLookedAt); ++i) {
            const std::optional<TokenId> id = text->encoding.tokens[i].id;
            if (id && suits(rowOf(*id))) {
                return rowOf(*id);
            }
        }
    } else {
        for (std::uint32_t at = 0; at < std::min<std::uint32_t>(rows, wordsLookedAt); ++at) {
            if (suits(Row{at})) {
                return Row{at};
            }
        }
    }
    return Row{(row.value + 1) % rows};
}

Row LayerPanel::goal(Row row) const {
    const std::optional<Row>& chosen = place().goal;
    return chosen && chosen->value < shown()->table->rows() ? *chosen : usualGoal(row);
}

void LayerPanel::choose(std::size_t index) {
    const Row chosen{static_cast<std::uint32_t>(index)};
    if (m_source == Front) {
        m_context.selection.select({slot(), chosen, std::nullopt});
        return;
    }
    place().row = chosen;
    scheduleRefresh();
    if (!m_analysis->made()) {
        return;
    }
    const std::shared_ptr<const Model>& own = m_analysis->made()->model;
    std::optional<Row> there;
    if (model()) {
        there = haveSameWords(model(), own)
                    ? std::optional(chosen)
                    : findWord(*model()->vocabulary, bareText(*own->vocabulary, chosen));
    }
    if (there) {
        m_followed = Selected{slot(), *there, std::nullopt};  // which is this row
        m_context.selection.select(*m_followed);
    }
}

void LayerPanel::followSelection() {
    const std::optional<Selected>& selected = m_context.selection.selected();
    if (m_source != Own || !m_analysis->made() || !selected ||
        !m_context.session.slot(selected->slot).model) {
        return;
    }
    // Where in the text it stands does not matter here.
    const OwnLayer& layer = m_analysis->made()->layer;
    const bool hasOtherWords = !m_followedIn || m_followedIn->words != layer.words ||
                               m_followedIn->options.rows != layer.options.rows ||
                               m_followedIn->options.paddingRow != layer.options.paddingRow;
    const bool isNew = hasOtherWords || !m_followed || m_followed->slot != selected->slot ||
                       m_followed->row != selected->row;
    m_followed = selected;
    m_followedIn = layer;
    const Model& there = *m_context.session.slot(selected->slot).model;
    if (!isNew || selected->row.value >= there.vocabulary->size()) {
        return;
    }
    const Model& own = *m_analysis->made()->model;
    const std::optional<Row> row =
        there.vocabulary == own.vocabulary
            ? std::optional(selected->row)
            : findWord(*own.vocabulary, bareText(*there.vocabulary, selected->row));
    if (row) {
        place().row = row;
    }
}

void LayerPanel::setSource(Source source) {
    m_source = source;
    m_sources->setCurrent(source);
    m_viewOf.reset();
    scheduleRefresh();
}

bool LayerPanel::isPlacedIn(int slot) const {
    const std::shared_ptr<const Model>& placed = m_placed[static_cast<std::size_t>(slot)];
    return placed && m_context.session.slot(slot).model == placed;
}

LayerWords LayerPanel::wordsFor(const LayerOptions& options) const {
    const Session& session = m_context.session;
    LayerWords words;
    for (int step = 0; step < session.slotCount(); ++step) {
        const int slot = (session.activeSlot() + step) % session.slotCount();
        const std::shared_ptr<const Model>& model = session.slot(slot).model;
        if (model && !isPlacedIn(slot) && !model->partOf && model->vocabulary->size() == options.rows) {
            return {model->vocabulary, model->tokenizer, model->name, {}};
        }
    }
    if (options.rows <= mostNamedRows) {
        words.words = wordsOfText(session.text(), options.rows - (options.paddingRow ? 1 : 0));
    }
    return words;
}

void LayerPanel::makeOwn(const LayerOptions& options, std::vector<LayerSteps> steps) {
    m_wordsHeld = false;
    m_analysis->setOwn({options, wordsFor(options), std::move(steps)});
    scheduleRefresh();
}

void LayerPanel::followForm() {
    // Another table has none of the steps.
    if (m_context.session.mayLose(unsettledWorks(), LossBy::MakingAnew)) {
        makeOwn(m_form->options(), {});
    } else {
        m_form->setOptions(m_analysis->own().options);
    }
}

void LayerPanel::followText() {
    const OwnLayer& own = m_analysis->own();
    const bool isHeld = m_wordsHeld || !own.steps.empty() || isPlacedIn(0) || isPlacedIn(1);
    if (m_source == Own && !isHeld) {
        const LayerOptions options = m_form->options();
        m_analysis->setOwn({options, wordsFor(options), {}});
    }
}

void LayerPanel::putInto(int slot) {
    scheduleRefresh();  // a click turns the button by itself
    if (m_analysis->made() && m_context.session.mayReplace(slot)) {
        const std::shared_ptr<const MadeLayer> made = m_analysis->made();
        m_placed[static_cast<std::size_t>(slot)] = made->model;
        m_context.session.place(slot, made->model);
        m_context.analyses.adopt(slot, {made->model, nullptr, made->norms, nullptr});
        m_context.session.setActiveSlot(slot);
    }
}

void LayerPanel::placeChanged() {
    for (int slot = 0; slot < static_cast<int>(m_placed.size()); ++slot) {
        std::shared_ptr<const Model>& placed = m_placed[static_cast<std::size_t>(slot)];
        const std::shared_ptr<const MadeLayer>& made = m_analysis->made();
        const bool isLeaving = !m_context.session.slot(slot).loadingSpec.isEmpty();
        if (made && isPlacedIn(slot) && placed != made->model && !isLeaving) {
            placed = made->model;
            m_context.session.place(slot, made->model);
            m_context.analyses.adopt(slot, {made->model, nullptr, made->norms, nullptr});
        }
    }
}

void LayerPanel::setView(double first, double count) {
    if (const std::shared_ptr<const Model> model = shown()) {
        boundRows(first, count, model->table->rows());
        place().first = first;
        place().count = count;
        scheduleRefresh();
    }
}

void LayerPanel::keepInView(Row row) {
    const std::shared_ptr<const Model> model = shown();
    const bool isOther = !m_viewOf || model->table->rows() != m_viewOf->table->rows();
    Place& view = place();
    const auto isInView = [&] {
        return row.value >= view.first && row.value + 1.0 <= view.first + view.count;
    };
    if (m_rowsToShow) {
        std::tie(view.first, view.count) = *std::exchange(m_rowsToShow, std::nullopt);
    } else if (isOther || (row != m_shownRow && !isInView())) {
        const double fitting = std::floor(m_map->mapRect().height() / readableTableRow);
        view.count =
            isOther || view.count == 0 ? std::clamp(fitting, fewestTableRows, tableRows) : view.count;
        view.first = row.value - std::floor(view.count / 2) + 1;
    }
    m_viewOf = model;
    m_shownRow = row;
    boundRows(view.first, view.count, model->table->rows());
}

void LayerPanel::look() {
    LayerView view;
    view.model = shown();
    if (const std::optional<Row> row = this->row(); view.model && row) {
        keepInView(*row);
        const double first = std::floor(place().first);
        const double last = std::ceil(place().first + place().count);
        view.stretch = {static_cast<std::size_t>(first), static_cast<std::size_t>(last - first),
                        static_cast<std::size_t>(std::max(1, m_map->mapHeight()))};
        if (m_source == Own) {
            view.norms = m_analysis->made()->norms;
        } else if (isCurrent(Analyses::Norms)) {
            view.norms = m_context.analyses.norms(slot());
        }
        view.row = *row;
        view.goal = goal(*row);
        view.mostLines = static_cast<std::size_t>(
            std::clamp(m_lookup->linesThatFit(), static_cast<int>(fewestLines), static_cast<int>(mostLines)));
    }
    m_analysis->look(std::move(view));
}

void LayerPanel::refresh() {
    followText();
    placeChanged();
    followSelection();
    look();
    refreshHead();
    refreshTable();
    refreshLookup();
    refreshStep();
    refreshFact();
}

}  // namespace lexiscope
