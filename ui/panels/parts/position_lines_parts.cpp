// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parts/position_lines_parts.h"

#include "ui/session/grouped_text.h"

#include <algorithm>

#include <QBoxLayout>
#include <QPushButton>

namespace lexiscope {
namespace {

constexpr int leastLines = 190;  // pixels of width
constexpr int leastCurve = 170;

/// The first kind that the part has something to show of.
std::optional<PositionKind> firstShown(const PositionPart& part, const PositionScene& scene) {
    const auto found = std::find_if(scene.kinds.begin(), scene.kinds.end(),
                                    [&](PositionKind kind) { return part.whyNot(kind).isEmpty(); });
    return found == scene.kinds.end() ? std::nullopt : std::optional(*found);
}

QString withKind(const QString& title, const PositionScene& scene, PositionKind kind) {
    return scene.hasPair() ? QStringLiteral("%1, %2").arg(title, positionKindName(kind).toLower()) : title;
}

QString withStep(const QString& title, std::size_t step) {
    return step <= 1 ? title : PositionPart::tr("%1 · one in %2").arg(title, groupedText(step));
}

}  // namespace

PositionWavesPart::PositionWavesPart(const ThemeSource& theme, QWidget* parent)
    : PositionPart(theme, parent), m_plot(new WavePlot(theme, this)) {
    m_plot->setObjectName(QStringLiteral("waves"));
    m_boxes.push_back(new TitledPlot(m_plot, QString(), this));
    row()->addWidget(m_boxes.front(), 1);
    connect(m_plot, &WavePlot::positionHovered, this, &PositionPart::pointed);
    connect(m_plot, &WavePlot::positionClicked, this, &PositionPart::chosen);
}

int PositionWavesPart::leastOfPlot(const PositionScene& /*scene*/) const {
    return leastLines;
}

void PositionWavesPart::refresh(const PositionScene& scene) {
    const std::optional<PositionKind> kind = firstShown(*this, scene);
    WaveFigure figure;
    figure.message =
        kind ? positionMessage(scene, *kind, PositionAnalysis::Matrix) : whyNot(scene.kinds.front());
    const std::shared_ptr<const PositionMatrix> matrix = kind ? scene.analysis.matrix(*kind) : nullptr;
    if (matrix && figure.message.isEmpty()) {
        figure = positionWaves(*matrix, scene.view, tellingColumns(*matrix, scene.view.count),
                               scene.pointedDimension);
        figure.dimmed = !scene.analysis.isCurrent(*kind, PositionAnalysis::Matrix);
        figure.selectedPosition = scene.framed ? static_cast<long long>(*scene.framed) : -1;
        figure.hoveredPosition = scene.hovered;
    }
    m_plot->setFigure(std::move(figure));
    const QString title = tr("Waves per dimension");
    arrange(m_boxes, {kind ? withKind(title, scene, *kind) : title},
            tr("Each pair of dimensions is a sine and a cosine of one wavelength, short ones first. Together "
               "they number the positions as the hands of a clock number the minutes. Point at the matrix to "
               "see the dimension under the pointer."));
}

PositionDecayPart::PositionDecayPart(const ThemeSource& theme, QWidget* parent)
    : PositionPart(theme, parent) {
    QBoxLayout* layout = row();
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots.at(i) = new LinePlot(theme, this);
        m_plots.at(i)->setObjectName(i == 0 ? QStringLiteral("decay") : QStringLiteral("besideDecay"));
        m_plots.at(i)->setAccessibleName(tr("Decay with distance"));
        m_boxes.push_back(new TitledPlot(m_plots.at(i), tr("Compare again"), this));
        layout->addWidget(m_boxes.back(), 1);
        connect(&m_boxes.back()->again(), &QPushButton::clicked, this,
                [this, i] { Q_EMIT againWanted(m_kinds.at(i), PositionAnalysis::Decay); });
    }
}

int PositionDecayPart::leastOfPlot(const PositionScene& /*scene*/) const {
    return leastLines;
}

int PositionDecayPart::plotCount(const PositionScene& scene) const {
    const bool isShared = std::all_of(scene.kinds.begin(), scene.kinds.end(), hasVectors);
    return scene.hasPair() && !isShared ? 2 : 1;
}

LineFigure PositionDecayPart::figureOf(const PositionScene& scene, PositionKind kind, bool isShared) const {
    const PositionInputs& inputs = scene.analysis.inputs();
    if (kind == PositionKind::Alibi && validate(inputs.alibi).ok() && inputs.head < inputs.alibi.heads) {
        return alibiDecayFigure(inputs.alibi, inputs.head);
    }
    if (kind == PositionKind::T5) {
        return bucketFigure(std::max<std::size_t>(inputs.bucketLength, 1));
    }
    const std::shared_ptr<const PositionDecayResult> result = scene.analysis.decay(kind);
    LineFigure figure;
    figure.message = positionMessage(scene, kind, PositionAnalysis::Decay);
    if (result && figure.message.isEmpty()) {
        figure = decayFigure(*result, isShared);
        figure.dimmed = !scene.analysis.isCurrent(kind, PositionAnalysis::Decay);
    }
    return figure;
}

void PositionDecayPart::refresh(const PositionScene& scene) {
    const bool isShared = scene.hasPair() && std::all_of(scene.kinds.begin(), scene.kinds.end(), hasVectors);
    QStringList titles;
    for (std::size_t i = 0; i < scene.kinds.size(); ++i) {
        const PositionKind kind = scene.kinds[i];
        m_kinds.at(i) = kind;
        LineFigure figure = figureOf(scene, kind, isShared);
        m_boxes[i]->again().offer(wasCancelled(scene, kind, PositionAnalysis::Decay));
        const std::shared_ptr<const PositionDecayResult> result = scene.analysis.decay(kind);
        const std::size_t step = !hasVectors(kind) || !result   ? 1
                                 : kind == PositionKind::Rotary ? result->rotary.step
                                                                : result->decay.step;
        const QString title = kind == PositionKind::T5 ? tr("Bucket by distance") : tr("Decay with distance");
        if (isShared && i == 1) {
            LineFigure both = m_plots[0]->figure();
            both.low = std::min(both.low, figure.low);
            both.high = std::max(both.high, figure.high);
            both.dimmed = both.dimmed || figure.dimmed;
            both.lines.insert(both.lines.end(), figure.lines.begin(), figure.lines.end());
            m_plots[0]->setFigure(std::move(both));
            break;
        }
        titles << (isShared ? tr("Cosine by distance") : withStep(withKind(title, scene, kind), step));
        m_plots.at(i)->setFigure(std::move(figure));
    }
    arrange(
        m_boxes, titles,
        tr("Over the distance of two places: of vectors how alike they are, on average; of rotary "
           "positions the score of equal rows; of ALiBi what is taken from the score; of T5 the number of "
           "the bucket."));
}

PositionWavelengthsPart::PositionWavelengthsPart(const ThemeSource& theme, QWidget* parent)
    : PositionPart(theme, parent), m_plot(new LinePlot(theme, this)) {
    m_plot->setObjectName(QStringLiteral("wavelengths"));
    m_plot->setAccessibleName(tr("Wavelengths"));
    m_boxes.push_back(new TitledPlot(m_plot, QString(), this));
    row()->addWidget(m_boxes.front(), 1);
}

int PositionWavelengthsPart::leastOfPlot(const PositionScene& /*scene*/) const {
    return leastLines;
}

QString PositionWavelengthsPart::whyNot(PositionKind kind) const {
    return kind == PositionKind::Learned
               ? tr("Learned positions have no wavelengths: training sets each number freely.")
               : noVectors(kind);
}

void PositionWavelengthsPart::refresh(const PositionScene& scene) {
    std::vector<std::shared_ptr<const PositionMatrix>> matrices;
    for (const PositionKind kind : scene.kinds) {
        if (whyNot(kind).isEmpty() && scene.analysis.matrix(kind)) {
            matrices.push_back(scene.analysis.matrix(kind));
        }
    }
    const std::optional<PositionKind> kind = firstShown(*this, scene);
    LineFigure figure;
    figure.message =
        kind ? positionMessage(scene, *kind, PositionAnalysis::Matrix) : whyNot(scene.kinds.front());
    if (figure.message.isEmpty() && !matrices.empty()) {
        figure = wavelengthFigure(matrices);
        figure.dimmed = !scene.analysis.isCurrent(*kind, PositionAnalysis::Matrix);
    }
    m_plot->setFigure(std::move(figure));
    arrange(
        m_boxes, {tr("Wavelengths")},
        tr("Positions for a whole turn of each pair, short waves first. A wave longer than the text never "
           "comes round: its pair says where in the text a place is, a short one only what is next to "
           "it."));
}

PositionCurvePart::PositionCurvePart(const ThemeSource& theme, QWidget* parent)
    : PositionPart(theme, parent) {
    QBoxLayout* layout = row();
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots.at(i) = new CurvePlot(theme, this);
        m_plots.at(i)->setObjectName(i == 0 ? QStringLiteral("curve") : QStringLiteral("besideCurve"));
        m_plots.at(i)->setAccessibleName(tr("Positions as a curve"));
        m_boxes.push_back(new TitledPlot(m_plots.at(i), tr("Project again"), this));
        layout->addWidget(m_boxes.back(), 1);
        connect(&m_boxes.back()->again(), &QPushButton::clicked, this,
                [this, i] { Q_EMIT againWanted(m_kinds.at(i), PositionAnalysis::Curve); });
        connect(m_plots.at(i), &CurvePlot::positionHovered, this, &PositionPart::pointed);
        connect(m_plots.at(i), &CurvePlot::positionClicked, this, &PositionPart::chosen);
    }
}

int PositionCurvePart::leastOfPlot(const PositionScene& /*scene*/) const {
    return leastCurve;
}

void PositionCurvePart::refresh(const PositionScene& scene) {
    QStringList titles;
    for (std::size_t i = 0; i < scene.kinds.size(); ++i) {
        const PositionKind kind = scene.kinds[i];
        m_kinds.at(i) = kind;
        const std::shared_ptr<const PositionCurveResult> result = scene.analysis.curve(kind);
        CurveFigure figure;
        figure.message = whyNot(kind);
        const std::shared_ptr<const PositionMatrix> matrix = scene.analysis.matrix(kind);
        if (figure.message.isEmpty() && matrix && matrix->levels->rows() < 2) {
            figure.message = tr("One position is a point, and no curve.");
        }
        if (figure.message.isEmpty()) {
            figure.message = positionMessage(scene, kind, PositionAnalysis::Curve);
        }
        if (result && figure.message.isEmpty()) {
            figure = curveFigure(*result);
            figure.dimmed = !scene.analysis.isCurrent(kind, PositionAnalysis::Curve);
            figure.selectedPosition = scene.framed ? static_cast<long long>(*scene.framed) : -1;
            figure.hoveredPosition = scene.hovered;
        }
        m_plots.at(i)->setFigure(std::move(figure));
        m_boxes[i]->again().offer(wasCancelled(scene, kind, PositionAnalysis::Curve));
        titles << withStep(withKind(tr("Curve"), scene, kind), result ? result->step : 1);
    }
    arrange(m_boxes, titles,
            tr("The rows of all positions, in the two directions in which they differ most (PCA), joined in "
               "their order."));
}

}  // namespace lexiscope
