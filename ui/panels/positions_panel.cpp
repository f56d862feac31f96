// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/positions_panel.h"

#include "ui/panels/parts/position_maps.h"
#include "ui/session/selection_keeper.h"

#include <algorithm>
#include <cmath>

namespace lexiscope {
namespace {

constexpr double rowPixels = 4;  // height of a row until somebody zooms
constexpr double fewestRows = 16;

}  // namespace

void PositionsPanel::listen() {
    connect(m_controls, &PositionControls::changed, this, &PositionsPanel::scheduleRefresh);
    connect(m_controls, &PositionControls::kindsChanged, this, &PositionsPanel::placeSettings);
    connect(m_analysis, &PositionAnalysis::changed, this, &PositionsPanel::scheduleRefresh);
    connect(m_row, &PartRow::arranged, this, &PositionsPanel::scheduleRefresh);
    connect(&m_context.selection, &Selection::hoveredChanged, this, &PositionsPanel::scheduleRefresh);
    connect(&m_context.selection, &Selection::selectedChanged, this, [this] { m_marked.reset(); });
    for (PositionPart* part : m_parts) {
        listenTo(part);
    }
    listenToSum();
}

void PositionsPanel::listenTo(PositionPart* part) {
    connect(part, &PositionPart::chosen, this, &PositionsPanel::choose);
    connect(part, &PositionPart::pointed, this, &PositionsPanel::pointAt);
    connect(part, &PositionPart::stepped, this, &PositionsPanel::step);
    connect(part, &PositionPart::againWanted, m_analysis, &PositionAnalysis::retry);
    connect(part, &PositionPart::dimensionPointed, this, [this](long long dimension) {
        m_pointedDimension = dimension;
        scheduleRefresh();
    });
    connect(part, &PositionPart::viewRequested, this, [this](double first, double count) {
        m_view = {first, count};
        m_viewChosen = true;
        scheduleRefresh();
    });
}

void PositionsPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    m_controls->follow(vectorModel());
    wantResults(true);
}

void PositionsPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    wantResults(false);
}

void PositionsPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    placeSettings();
    scheduleRefresh();
}

PositionScene PositionsPanel::scene() const {
    return {*m_analysis,      m_controls->kinds(), m_view,
            framedPosition(), hoveredPosition(),   m_pointedDimension};
}

void PositionsPanel::wantResults(bool visible) {
    wantInput(visible);
    m_analysis->setInputs(m_controls->inputs());
    for (const PositionKind kind : positionKinds) {
        const bool shown = m_controls->shows(kind);
        // The sum reads the learned ones whatever is shown.
        const bool needed = kind == PositionKind::Learned && hasLearned();
        m_analysis->want(kind, PositionAnalysis::Matrix, visible && (shown || needed));
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            if (const std::optional<PositionAnalysis::Part> need = m_parts[i]->need()) {
                m_analysis->want(kind, *need, visible && shown && m_row->isShown(static_cast<int>(i)));
            }
        }
        if (visible && !shown && !needed) {
            m_analysis->forget(kind);
        }
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

void PositionsPanel::step(int positions) {
    const auto from = static_cast<long long>(framedPosition().value_or(0));
    const long long last = static_cast<long long>(rowsShown()) - 1;
    if (last >= 0) {
        choose(static_cast<std::size_t>(std::clamp(from + positions, 0LL, last)));
    }
}

void PositionsPanel::pointAt(long long position) {
    m_pointed = position;
    m_context.selection.hover(position >= 0 ? tokenAt(static_cast<std::size_t>(position)) : std::nullopt);
    scheduleRefresh();
}

std::size_t PositionsPanel::rowsShown() const {
    std::size_t rows = 0;
    for (const PositionKind kind : m_controls->kinds()) {
        const std::shared_ptr<const PositionMatrix> matrix = m_analysis->matrix(kind);
        rows = matrix ? std::max(rows, matrix->levels->rows()) : rows;
    }
    return rows;
}

void PositionsPanel::placeView() {
    const std::optional<std::size_t> framed = framedPosition();
    if (!m_viewChosen) {
        // Without the matrix, as many as it would show there.
        const double height = m_row->isShown(MatrixPart) ? m_matrix->map().mapRect().height()
                                                         : static_cast<double>(m_row->height());
        m_view = {0, std::max(fewestRows, std::floor(height / rowPixels))};
    }
    const double place = static_cast<double>(framed.value_or(0));
    const bool isNew = framed && (framed != m_framed || !m_viewChosen);
    if (isNew && (place < m_view.first || place + 1 > m_view.first + m_view.count)) {
        m_view.first = place - std::floor(m_view.count / 2);
    }
    m_framed = framed;
    // What is only on its way may have more rows than what is there.
    const std::vector<PositionKind> kinds = m_controls->kinds();
    const bool all = std::all_of(kinds.begin(), kinds.end(), [this](PositionKind kind) {
        return m_analysis->isCurrent(kind, PositionAnalysis::Matrix);
    });
    if (all) {
        boundRows(m_view.first, m_view.count, rowsShown());
    }
}

void PositionsPanel::refresh() {
    if (vectorModel() != m_followed) {
        m_followed = vectorModel();
        m_viewChosen = false;
        m_controls->follow(m_followed);
    }
    refreshParts(scene());
    wantResults(true);
    placeView();
    const PositionScene now = scene();
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        if (m_row->isShown(static_cast<int>(i))) {
            m_parts[i]->refresh(now);
        }
    }
    refreshSum();
    refreshFact();
}

}  // namespace lexiscope
