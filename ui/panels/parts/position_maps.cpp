// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parts/position_maps.h"

#include "ui/plots/position_lines.h"
#include "ui/session/grouped_text.h"

#include <algorithm>

#include <QBoxLayout>
#include <QPushButton>

namespace lexiscope {
namespace {

constexpr int leastMap = 240;     // pixels of width
constexpr int leastOfPair = 200;  // of one of two
constexpr int leastSquare = 150;

QString explanationOf(PositionKind kind) {
    switch (kind) {
        case PositionKind::Sinusoidal:
            return PositionPart::tr(
                "Computed: sines and cosines of growing wavelength (Vaswani et al. 2017).");
        case PositionKind::Learned:
            return PositionPart::tr("The model's own table, learned in training.");
        case PositionKind::Rotary:
            return PositionPart::tr(
                "Cosine and sine of the angles by which pairs of a query or key are turned "
                "(Su et al. 2021). Nothing is added to the token's row.");
        case PositionKind::Alibi:
            return PositionPart::tr(
                "What is added to the score of a query and a key: less, the farther they are "
                "apart, by another slope in each head (Press et al. 2022).");
        case PositionKind::T5:
            break;
    }
    return PositionPart::tr(
        "Which of 32 learned numbers is added to the score of a query and a key: near "
        "distances have their own, far ones share one (Raffel et al. 2020).");
}

}  // namespace

PositionMatrixPart::PositionMatrixPart(const ThemeSource& theme, QWidget* parent)
    : PositionPart(theme, parent) {
    QBoxLayout* layout = row();
    for (std::size_t i = 0; i < m_maps.size(); ++i) {
        m_maps.at(i) = new HeatMapView(theme, this);
        m_maps.at(i)->setObjectName(i == 0 ? QStringLiteral("positionMatrix")
                                           : QStringLiteral("besideMatrix"));
        m_maps.at(i)->setAccessibleDescription(
            tr("One row per position. Up and Down choose a position, Page Up and Page Down scroll, plus and "
               "minus zoom; Left and Right scroll the columns, Ctrl with plus and minus zooms them."));
        m_boxes.push_back(new TitledPlot(m_maps.at(i), tr("Compute again"), this));
        layout->addWidget(m_boxes.back(), 1);
        connectMap(i);
    }
}

void PositionMatrixPart::connectMap(std::size_t index) {
    HeatMapView* map = m_maps.at(index);
    connect(map, &HeatMapView::rowClicked, this, [this](Row row) { Q_EMIT chosen(row.value); });
    connect(map, &HeatMapView::rowHovered, this,
            [this](bool any, Row row) { Q_EMIT pointed(any ? static_cast<long long>(row.value) : -1); });
    connect(map, &HeatMapView::columnHovered, this, &PositionPart::dimensionPointed);
    connect(map, &HeatMapView::moveSelection, this, &PositionPart::stepped);
    connect(map, &HeatMapView::viewRequested, this, &PositionPart::viewRequested);
    connect(&m_boxes.at(index)->again(), &QPushButton::clicked, this,
            [this, index] { Q_EMIT againWanted(m_kinds.at(index), PositionAnalysis::Matrix); });
    map->setReadOut([this, index](const HeatMapCell& cell) {
        return m_matrices.at(index) ? positionReadOut(*m_matrices.at(index), cell) : QString();
    });
}

int PositionMatrixPart::leastOfPlot(const PositionScene& scene) const {
    return scene.hasPair() ? leastOfPair : leastMap;
}

void PositionMatrixPart::refresh(const PositionScene& scene) {
    QStringList titles;
    for (const PositionKind kind : scene.kinds) {
        titles << (scene.hasPair() ? positionKindName(kind) : tr("%1 positions").arg(positionKindName(kind)));
    }
    arrange(m_boxes, titles, explanationOf(scene.kinds.front()));
    for (std::size_t i = 0; i < scene.kinds.size(); ++i) {
        const PositionKind kind = scene.kinds[i];
        HeatMapView* map = m_maps.at(i);
        m_kinds.at(i) = kind;
        m_matrices.at(i) = scene.analysis.matrix(kind);
        m_boxes[i]->title().setExplanation(explanationOf(kind));
        map->setAccessibleName(tr("%1 positions").arg(positionKindName(kind)));
        const bool isCurrent = scene.analysis.isCurrent(kind, PositionAnalysis::Matrix);
        HeatMapFigure figure;
        figure.message = positionMessage(scene, kind, PositionAnalysis::Matrix);
        if (m_matrices.at(i) && figure.message.isEmpty()) {
            figure = positionMap(m_matrices.at(i), scene.view, map->mapHeight());
            figure.dimmed = !isCurrent;
            figure.selectedRow = scene.framed ? static_cast<long long>(*scene.framed) : -1;
            figure.hoveredRow = scene.hovered;
        }
        map->setFigure(std::move(figure));
        m_boxes[i]->again().offer(wasCancelled(scene, kind, PositionAnalysis::Matrix));
        if (i == 0 && m_columns && isCurrent) {
            map->setColumns(m_columns->first, m_columns->count);
            m_columns.reset();
        }
    }
}

PositionSimilarityPart::PositionSimilarityPart(const ThemeSource& theme, QWidget* parent)
    : PositionPart(theme, parent) {
    QBoxLayout* layout = row();
    for (std::size_t i = 0; i < m_maps.size(); ++i) {
        HeatMapView* map = m_maps.at(i) = new HeatMapView(theme, this);
        map->setObjectName(i == 0 ? QStringLiteral("similarity") : QStringLiteral("besideSimilarity"));
        map->setAccessibleName(tr("Similarity of positions"));
        map->setAccessibleDescription(tr("Cosines as colours. Up and Down choose a position."));
        map->setFixed(true);
        map->setSquare(true);
        map->setMinimumWidth(leastSquare);
        m_boxes.push_back(new TitledPlot(map, tr("Compare again"), this));
        layout->addWidget(m_boxes.back(), 1);
        connectMap(i);
    }
}

std::size_t PositionSimilarityPart::step(std::size_t index) const {
    return m_results.at(index) ? m_results.at(index)->similarity.step : 1;
}

void PositionSimilarityPart::connectMap(std::size_t index) {
    HeatMapView* map = m_maps.at(index);
    connect(map, &HeatMapView::rowClicked, this,
            [this, index](Row row) { Q_EMIT chosen(row.value * step(index)); });
    connect(map, &HeatMapView::rowHovered, this, [this, index](bool any, Row row) {
        Q_EMIT pointed(any ? static_cast<long long>(row.value * step(index)) : -1);
    });
    connect(map, &HeatMapView::moveSelection, this,
            [this, index](int rows) { Q_EMIT stepped(rows * static_cast<int>(step(index))); });
    connect(&m_boxes.at(index)->again(), &QPushButton::clicked, this,
            [this, index] { Q_EMIT againWanted(m_kinds.at(index), PositionAnalysis::Similarity); });
    map->setReadOut([this, index](const HeatMapCell& cell) {
        return m_results.at(index) ? similarityReadOut(m_results.at(index)->similarity, cell) : QString();
    });
}

int PositionSimilarityPart::leastOfPlot(const PositionScene& /*scene*/) const {
    return leastSquare;
}

void PositionSimilarityPart::refreshMap(const PositionScene& scene, std::size_t index) {
    const PositionKind kind = scene.kinds[index];
    HeatMapView* map = m_maps.at(index);
    HeatMapFigure figure;
    figure.message = whyNot(kind);
    if (figure.message.isEmpty()) {
        figure.message = positionMessage(scene, kind, PositionAnalysis::Similarity);
    }
    if (m_results.at(index) && figure.message.isEmpty()) {
        figure = similarityMap(m_results.at(index), scene.view);
        figure.dimmed = !scene.analysis.isCurrent(kind, PositionAnalysis::Similarity);
        const auto every = static_cast<long long>(step(index));
        const auto rowOfPosition = [every](long long position) {
            return position >= 0 && position % every == 0 ? position / every : -1;
        };
        figure.selectedRow = scene.framed ? rowOfPosition(static_cast<long long>(*scene.framed)) : -1;
        figure.hoveredRow = rowOfPosition(scene.hovered);
    }
    const double first = static_cast<double>(figure.firstRow);
    const double count = static_cast<double>(figure.rowCount);
    map->setFigure(std::move(figure));
    map->setColumns(first, count);
    m_boxes[index]->again().offer(wasCancelled(scene, kind, PositionAnalysis::Similarity));
}

void PositionSimilarityPart::refresh(const PositionScene& scene) {
    QStringList titles;
    for (std::size_t i = 0; i < scene.kinds.size(); ++i) {
        m_kinds.at(i) = scene.kinds[i];
        m_results.at(i) = scene.analysis.similarity(scene.kinds[i]);
        const QString base = scene.hasPair()
                                 ? tr("Similarity, %1").arg(positionKindName(scene.kinds[i]).toLower())
                                 : tr("Similarity of positions");
        titles << (step(i) == 1 ? base : tr("%1 · one in %2").arg(base, groupedText(step(i))));
    }
    arrange(m_boxes, titles,
            tr("The cosine of each position's vector with each other's. Positions that are near each other "
               "are alike, wherever they are: so a model can tell what stands near."));
    for (std::size_t i = 0; i < scene.kinds.size(); ++i) {
        refreshMap(scene, i);
        // A square map needs no more width than height; what it leaves is the others'.
        const int narrowest = std::max(leastSquare, m_boxes[i]->title().sizeHint().width());
        m_boxes[i]->setMaximumWidth(std::max(narrowest, m_maps.at(i)->squareWidth()));
    }
}

}  // namespace lexiscope
