// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parts/position_part.h"

#include <algorithm>

#include <QFontMetrics>
#include <QHBoxLayout>

namespace lexiscope {

TitledPlot::TitledPlot(QWidget* plot, const QString& again, QWidget* parent)
    : QWidget(parent), m_title(new ElidedLabel(this)), m_again(new AgainButton(again, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(plot, 1);
    m_again->standIn(plot, [plot] { return QRectF(plot->rect()); });
}

PositionPart::PositionPart(const ThemeSource& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {}

int PositionPart::leastWidth(const PositionScene& scene) const {
    int least = leastOfPlot(scene);
    // In the type that it will have: the theme may have changed since the title was set in its own.
    const QFontMetrics metrics(theme().textFont(13, QFont::DemiBold));
    for (TitledPlot* box : boxes()) {
        // Also while a switch stands there in its place, or it would decide whether that stays.
        least = std::max(least, metrics.horizontalAdvance(box->title().text()) + 1);
    }
    const int plots = plotCount(scene);
    return plots * least + (plots - 1) * spacing;
}

QBoxLayout* PositionPart::row() {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

void PositionPart::arrange(const std::vector<TitledPlot*>& boxes, const QStringList& titles,
                           const QString& explanation) {
    const QFont bold = theme().textFont(13, QFont::DemiBold);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const auto at = static_cast<qsizetype>(i);
        boxes[i]->setVisible(at < titles.size());
        ElidedLabel& title = boxes[i]->title();
        title.setFont(bold);
        title.setColor(theme().text);
        title.setExplanation(explanation);
        title.setText(at < titles.size() ? titles[at] : QString());
        title.setVisible(!title.text().isEmpty() && (m_isTitled || titles.size() > 1));
    }
}

bool wasCancelled(const PositionScene& scene, PositionKind kind, PositionAnalysis::Part part) {
    const std::optional<Error>& failure = scene.analysis.failure(kind, part);
    return failure && failure->code == ErrorCode::Cancelled;
}

QString positionMessage(const PositionScene& scene, PositionKind kind, PositionAnalysis::Part part) {
    const std::optional<Error>& failure = scene.analysis.failure(kind, part);
    if (wasCancelled(scene, kind, part)) {
        return part == PositionAnalysis::Matrix ? PositionPart::tr("Computing the positions was cancelled.")
                                                : PositionPart::tr("Comparing the positions was cancelled.");
    }
    return failure ? QString::fromStdString(toString(*failure)) : QString();
}

QString noVectors(PositionKind kind) {
    switch (kind) {
        case PositionKind::Alibi:
            return PositionPart::tr(
                "ALiBi has no vectors of positions: it lowers each score of attention by "
                "the distance.");
        case PositionKind::T5:
            return PositionPart::tr(
                "T5 has no vectors of positions: each bucket of distances adds one learned "
                "number to the score.");
        default:
            return {};
    }
}

}  // namespace lexiscope
