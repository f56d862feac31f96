// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/positions_panel.h"

#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <cmath>

#include <QSignalBlocker>
#include <QSpinBox>

namespace lexiscope {
namespace {

constexpr std::size_t longestUnasked = 512;
constexpr double rowPixels = 4;  // height of a row until somebody zooms
constexpr double fewestRows = 16;
constexpr int bothKinds = 2;  // in the switch, after the kinds themselves

/// What the model calls a table, where that is short enough to stand beside a strip.
QString shortName(const std::string& name, const QString& instead) {
    constexpr std::size_t longest = 4;
    return name.empty() || name.size() > longest ? instead : QString::fromStdString(name);
}

}  // namespace

void PositionsPanel::listen() {
    connect(m_kind, &Segmented::chosen, this, [this](int index) {
        m_kindChosen = index;
        scheduleRefresh();
    });
    connect(m_length, &QSpinBox::valueChanged, this, [this] {
        m_lengthChosen = true;
        scheduleRefresh();
    });
    connect(m_dimension, &QSpinBox::valueChanged, this, [this] {
        m_dimensionChosen = true;
        scheduleRefresh();
    });
    connect(m_base, &QSpinBox::valueChanged, this, &PositionsPanel::scheduleRefresh);
    connect(m_analysis, &PositionAnalysis::changed, this, &PositionsPanel::scheduleRefresh);
    connect(&m_context.selection, &Selection::hoveredChanged, this, &PositionsPanel::scheduleRefresh);
    connect(&m_context.selection, &Selection::selectedChanged, this, [this] { m_marked.reset(); });
    for (const Map& map : m_maps) {
        listenTo(map);
    }
    connect(m_waves, &WavePlot::positionHovered, this, &PositionsPanel::pointAt);
    connect(m_waves, &WavePlot::positionClicked, this, &PositionsPanel::choose);
}

void PositionsPanel::listenTo(const Map& map) {
    connect(map.matrixAgain, &QPushButton::clicked, this,
            [this, kind = map.kind] { m_analysis->retry(kind, PositionAnalysis::Matrix); });
    connect(map.similarityAgain, &QPushButton::clicked, this,
            [this, kind = map.kind] { m_analysis->retry(kind, PositionAnalysis::Similarity); });
    const auto move = [this](int rows) {
        const long long from = static_cast<long long>(framedPosition().value_or(0));
        const long long last = static_cast<long long>(rowsShown()) - 1;
        if (last >= 0) {
            choose(static_cast<std::size_t>(std::clamp(from + rows, 0LL, last)));
        }
    };
    const auto stepOf = [this, kind = map.kind] {
        const std::shared_ptr<const PositionSimilarityResult> result = m_analysis->similarity(kind);
        return result ? result->similarity.step : std::size_t(1);
    };
    connect(map.matrix, &HeatMapView::rowClicked, this, [this](Row row) { choose(row.value); });
    connect(map.matrix, &HeatMapView::rowHovered, this,
            [this](bool any, Row row) { pointAt(any ? static_cast<long long>(row.value) : -1); });
    connect(map.matrix, &HeatMapView::columnHovered, this, [this](long long column) {
        m_pointedDimension = column;
        scheduleRefresh();
    });
    connect(map.matrix, &HeatMapView::moveSelection, this, move);
    connect(map.matrix, &HeatMapView::viewRequested, this, [this](double first, double count) {
        m_view = {first, count};
        m_viewChosen = true;
        scheduleRefresh();
    });
    map.matrix->setReadOut([this, kind = map.kind](const HeatMapCell& cell) {
        const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(kind);
        return matrix ? positionReadOut(*matrix, cell) : QString();
    });
    connect(map.similarity, &HeatMapView::rowClicked, this,
            [this, stepOf](Row row) { choose(row.value * stepOf()); });
    connect(map.similarity, &HeatMapView::rowHovered, this, [this, stepOf](bool any, Row row) {
        pointAt(any ? static_cast<long long>(row.value * stepOf()) : -1);
    });
    connect(map.similarity, &HeatMapView::moveSelection, this,
            [move, stepOf](int rows) { move(rows * static_cast<int>(stepOf())); });
    map.similarity->setReadOut([this, kind = map.kind](const HeatMapCell& cell) {
        const std::shared_ptr<const PositionSimilarityResult> result = m_analysis->similarity(kind);
        return result ? similarityReadOut(result->similarity, cell) : QString();
    });
}

void PositionsPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    followModel();
    wantResults(true);
}

void PositionsPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    wantResults(false);
}

void PositionsPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    scheduleRefresh();
}

bool PositionsPanel::isShown(PositionKind kind) const {
    const int chosen = m_kind->current();
    return chosen == bothKinds || chosen == static_cast<int>(kind);
}

SinusoidalOptions PositionsPanel::options() const {
    return {static_cast<std::size_t>(m_length->value()), static_cast<std::size_t>(m_dimension->value()),
            static_cast<double>(m_base->value())};
}

void PositionsPanel::followModel() {
    const int kinds = hasLearned() ? 3 : 1;
    if (m_kind->count() != kinds) {
        m_kind->setItems(kinds == 1 ? QStringList{tr("Sinusoidal")}
                                    : QStringList{tr("Sinusoidal"), tr("Learned"), tr("Both")});
        m_kind->setToolTipOf(0,
                             tr("Computed: sines and cosines of growing wavelength (Vaswani et al. 2017)"));
        m_kind->setToolTipOf(1, tr("The model's own table, learned in training"));
        m_kind->setToolTipOf(2, tr("Both beside each other"));
        m_kind->setCurrent(m_kindChosen);
    }
    m_kind->setVisible(kinds > 1);
    for (QWidget* field : {m_length, m_dimension, m_base}) {
        field->setVisible(isShown(PositionKind::Sinusoidal));
    }
    if (model() == m_followed) {
        return;
    }
    m_followed = model();
    m_viewChosen = false;
    const QSignalBlocker lengthSilence(m_length);
    const QSignalBlocker dimensionSilence(m_dimension);
    if (!m_lengthChosen) {
        const std::size_t own = hasLearned() ? placeCount(*model()) : static_cast<std::size_t>(usualLength);
        m_length->setValue(static_cast<int>(std::min(own, longestUnasked)));
    }
    if (!m_dimensionChosen) {
        const std::size_t own = model() ? model()->table->dimension() : static_cast<std::size_t>(usualLength);
        m_dimension->setValue(static_cast<int>(std::min<std::size_t>(own, 1U << 16U)));
    }
}

void PositionsPanel::wantResults(bool visible) {
    m_analysis->setInputs(hasLearned() ? model() : nullptr, options());
    for (const Map& map : m_maps) {
        const bool shown = visible && isShown(map.kind);
        // The sum reads the learned ones whatever is shown.
        const bool needed = visible && map.kind == PositionKind::Learned && hasLearned();
        m_analysis->want(map.kind, PositionAnalysis::Matrix, shown || needed);
        m_analysis->want(map.kind, PositionAnalysis::Similarity, shown && m_parts->isShown(SimilarityPart));
    }
}

std::optional<Selected> PositionsPanel::tokenAt(std::size_t position) const {
    const std::shared_ptr<const EncodedText> text = m_context.analyses.encoding(slot());
    if (!text || !isCurrent(Analyses::Encoding) || position >= text->encoding.tokens.size() ||
        !text->encoding.tokens[position].id) {
        return std::nullopt;
    }
    return Selected{slot(), rowOf(*text->encoding.tokens[position].id),
                    Position{static_cast<std::uint32_t>(position)}};
}

std::optional<std::size_t> PositionsPanel::framedPosition() const {
    const std::optional<Selected>& selected = m_context.selection.selected();
    if (m_marked || !selected || selected->slot != slot() || !selected->position) {
        return m_marked;
    }
    return selected->position->value;
}

long long PositionsPanel::hoveredPosition() const {
    const std::optional<Selected>& hovered = m_context.selection.hovered();
    if (m_pointed >= 0 || !hovered || hovered->slot != slot() || !hovered->position) {
        return m_pointed;
    }
    return static_cast<long long>(hovered->position->value);
}

void PositionsPanel::choose(std::size_t position) {
    const std::optional<Selected> token = tokenAt(position);
    m_marked = token ? std::nullopt : std::optional(position);
    if (token) {
        m_context.selection.select(*token);
    }
    scheduleRefresh();
}

void PositionsPanel::pointAt(long long position) {
    m_pointed = position;
    m_context.selection.hover(position >= 0 ? tokenAt(static_cast<std::size_t>(position)) : std::nullopt);
    scheduleRefresh();
}

std::size_t PositionsPanel::rowsShown() const {
    std::size_t rows = 0;
    for (const Map& map : m_maps) {
        const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(map.kind);
        rows = isShown(map.kind) && matrix ? std::max(rows, matrix->levels->rows()) : rows;
    }
    return rows;
}

void PositionsPanel::placeView() {
    const Map& map = m_maps[isShown(PositionKind::Sinusoidal) ? 0 : 1];
    const std::optional<std::size_t> framed = framedPosition();
    if (!m_viewChosen) {
        // Without the matrix, as many as it would show there.
        const double height = m_parts->isShown(MatrixPart) ? map.matrix->mapRect().height()
                                                           : static_cast<double>(m_parts->height());
        m_view = {0, std::max(fewestRows, std::floor(height / rowPixels))};
    }
    const double place = static_cast<double>(framed.value_or(0));
    const bool isNew = framed && (framed != m_framed || !m_viewChosen);
    if (isNew && (place < m_view.first || place + 1 > m_view.first + m_view.count)) {
        m_view.first = place - std::floor(m_view.count / 2);
    }
    m_framed = framed;
    // What is only on its way may have more rows than what is there.
    const bool all = std::all_of(m_maps.begin(), m_maps.end(), [this](const Map& each) {
        return !isShown(each.kind) || m_analysis->isCurrent(each.kind, PositionAnalysis::Matrix);
    });
    if (all) {
        boundRows(m_view.first, m_view.count, rowsShown());
    }
}

void PositionsPanel::refresh() {
    followModel();
    refreshTitles();
    arrange();
    wantResults(true);
    placeView();
    for (const Map& map : m_maps) {
        if (isShown(map.kind)) {
            refreshMap(map);
            refreshSimilarity(map);
        }
    }
    refreshWaves();
    refreshSum();
    refreshFact();
}

bool PositionsPanel::wasCancelled(PositionKind kind, PositionAnalysis::Part part) const {
    const std::optional<Error>& failure = m_analysis->failure(kind, part);
    return failure && failure->code == ErrorCode::Cancelled;
}

QString PositionsPanel::messageOf(PositionKind kind, PositionAnalysis::Part part) const {
    const std::optional<Error>& failure = m_analysis->failure(kind, part);
    if (wasCancelled(kind, part)) {
        return part == PositionAnalysis::Matrix ? tr("Computing the positions was cancelled.")
                                                : tr("Comparing the positions was cancelled.");
    }
    return failure ? QString::fromStdString(toString(*failure)) : QString();
}

void PositionsPanel::refreshMap(const Map& map) {
    const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(map.kind);
    HeatMapFigure figure;
    figure.message = messageOf(map.kind, PositionAnalysis::Matrix);
    if (matrix && figure.message.isEmpty()) {
        figure = positionMap(matrix, m_view, map.matrix->mapHeight());
        figure.dimmed = !m_analysis->isCurrent(map.kind, PositionAnalysis::Matrix);
        const std::optional<std::size_t> framed = framedPosition();
        figure.selectedRow = framed ? static_cast<long long>(*framed) : -1;
        figure.hoveredRow = hoveredPosition();
    }
    map.matrix->setFigure(std::move(figure));
    map.matrixAgain->offer(wasCancelled(map.kind, PositionAnalysis::Matrix));
    // They are those of the map that saveView() asks.
    const bool isAsked = &map == &m_maps[isShown(PositionKind::Sinusoidal) ? 0 : 1];
    if (isAsked && m_columns && m_analysis->isCurrent(map.kind, PositionAnalysis::Matrix)) {
        map.matrix->setColumns(m_columns->first, m_columns->count);
        m_columns.reset();
    }
}

void PositionsPanel::refreshSimilarity(const Map& map) {
    const std::shared_ptr<const PositionSimilarityResult> result = m_analysis->similarity(map.kind);
    HeatMapFigure figure;
    figure.message = messageOf(map.kind, PositionAnalysis::Similarity);
    if (result && figure.message.isEmpty()) {
        figure = similarityMap(result, m_view);
        figure.dimmed = !m_analysis->isCurrent(map.kind, PositionAnalysis::Similarity);
        const auto step = static_cast<long long>(result->similarity.step);
        const auto rowOfPosition = [step](long long position) {
            return position >= 0 && position % step == 0 ? position / step : -1;
        };
        const std::optional<std::size_t> framed = framedPosition();
        figure.selectedRow = framed ? rowOfPosition(static_cast<long long>(*framed)) : -1;
        figure.hoveredRow = rowOfPosition(hoveredPosition());
    }
    const double first = static_cast<double>(figure.firstRow);
    const double count = static_cast<double>(figure.rowCount);
    map.similarity->setFigure(std::move(figure));
    map.similarityAgain->offer(wasCancelled(map.kind, PositionAnalysis::Similarity));
    map.similarity->setColumns(first, count);
}

void PositionsPanel::refreshWaves() {
    const PositionKind kind =
        isShown(PositionKind::Sinusoidal) ? PositionKind::Sinusoidal : PositionKind::Learned;
    const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(kind);
    WaveFigure figure;
    if (matrix) {
        const std::vector<std::size_t> dimensions =
            tellingDimensions(m_view.count, matrix->levels->columns(), options().base);
        figure = positionWaves(*matrix, m_view, dimensions, m_pointedDimension);
        figure.dimmed = !m_analysis->isCurrent(kind, PositionAnalysis::Matrix);
        const std::optional<std::size_t> framed = framedPosition();
        figure.selectedPosition = framed ? static_cast<long long>(*framed) : -1;
        figure.hoveredPosition = hoveredPosition();
    }
    m_waves->setFigure(std::move(figure));
}

Result<std::vector<float>> PositionsPanel::positionRow(std::size_t position) const {
    const std::size_t dimension = model()->table->dimension();
    if (!hasLearned()) {
        SinusoidalOptions row = options();
        row.length = 1;
        row.dimension = dimension;
        if (const Result<Done> sound = validate(row); !sound.ok()) {
            return sound.error();
        }
        std::vector<float> values(dimension);
        sinusoidalRow(row, position, values);
        return values;
    }
    const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(PositionKind::Learned);
    if (!matrix || matrix->model != model()) {
        const QString message = messageOf(PositionKind::Learned, PositionAnalysis::Matrix);
        return Error{ErrorCode::NotFound, {}, message.toStdString(), {}};
    }
    if (position >= matrix->levels->rows()) {
        const QString text = tr("Position %1 is beyond the %2 positions of this model.")
                                 .arg(grouped(position), grouped(matrix->levels->rows()));
        return Error{ErrorCode::InvalidArgument, {}, text.toStdString(), {}};
    }
    const std::span<const float> row = matrix->levels->row(position);
    return std::vector<float>(row.begin(), row.end());
}

QString PositionsPanel::fillSum(SumFigure& figure) const {
    if (!model()) {
        return tr("No model is open.");
    }
    const std::optional<Row> row = selectedRow();
    if (!row) {
        return nothingSelected();
    }
    const std::optional<std::size_t> position = framedPosition();
    if (!position) {
        return tr("%1 does not stand in the text. Click a row of the matrix to choose a position for it.")
            .arg(shownToken(*model(), *row));
    }
    const std::shared_ptr<const RowResult> token = m_context.analyses.rowValues(slot());
    if (!token || token->model != model() || token->row != *row) {
        const std::optional<Error>& failure = m_context.analyses.failure(slot(), Analyses::RowValues);
        return failure ? QString::fromStdString(toString(*failure)) : QString();
    }
    Result<std::vector<float>> values = positionRow(*position);
    if (!values.ok()) {
        return QString::fromStdString(values.error().what);
    }
    if (values.value().size() != token->values.size()) {
        return tr("The rows of positions and of tokens have different lengths.");
    }
    figure = positionSum(token->values, std::move(values).value());
    figure.tokenName =
        QStringLiteral("%1[%2]").arg(shortName(model()->tableName, tr("row")), QString::number(row->value));
    figure.positionName =
        hasLearned() ? QStringLiteral("%1[%2]").arg(shortName(model()->positionsName, tr("pos")),
                                                    QString::number(positionRowAt(*model(), *position).value))
                     : tr("PE[%1]").arg(*position);
    figure.sumName = hasLearned() ? tr("input") : tr("sum");
    return {};
}

void PositionsPanel::refreshSum() {
    SumFigure figure;
    figure.message = fillSum(figure);
    m_sum->setFigure(std::move(figure));
}

}  // namespace lexiscope
