// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/step_view.h"

#include "ui/plots/heat_map_image.h"
#include "ui/session/scale_limit.h"

#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace lexiscope {
namespace {

constexpr int farWords = 1000;  // more than a sentence has
constexpr int usualStepHeight = 330;
constexpr int leastStepHeight = 120;

QString shortOf(float value) {
    return shortNumber(static_cast<double>(value));
}

}  // namespace

StepView::StepView(const ThemeSource& theme, QWidget* parent) : ScenePlot(theme, parent) {
    setAccessibleName(tr("One step of learning"));
}

void StepView::restyle() {
    m_measured.reset();
    ScenePlot::restyle();
}

void StepView::setMoment(const StepFrame& frame, bool dimmed) {
    m_frame = frame;
    m_scale = ColorScale::symmetric(frame.stage == StepStage::Change ? changeLimit() : frame.walk->limit);
    setAccessibleDescription(stageTitle(frame.stage) + QStringLiteral(". ") + stageText(frame));
    showScene(dimmed);
}

double StepView::tallestStep() const {
    double tallest = 0;
    StepFrame frame = *m_frame;
    for (frame.step = 0; frame.step < frame.walk->traces.size(); ++frame.step) {
        tallest = std::max(tallest, StepLayout(frame, m_theme.theme(), m_measuredWidth).height());
    }
    return tallest;
}

void StepView::relayout() {
    const double before = m_tallest;
    const double width = viewport()->width();
    m_layout = m_frame ? StepLayout(*m_frame, m_theme.theme(), width) : StepLayout();
    if (!m_frame) {
        m_tallest = usualStepHeight;
        m_measured.reset();
    } else if (m_measured != m_frame->walk || m_measuredWidth != width) {
        m_measured = m_frame->walk;
        m_measuredWidth = width;
        m_tallest = tallestStep();
    }
    const int content = static_cast<int>(std::ceil(m_layout.height()));
    const int step = m_layout.outputs() > 0 ? static_cast<int>(m_layout.output(0).height()) : 1;
    setBar(*verticalScrollBar(), content, viewport()->height(), step);
    if (before != m_tallest) {
        setMaximumHeight(std::max(leastStepHeight, static_cast<int>(std::ceil(m_tallest))));
        updateGeometry();
    }
    viewport()->update();
}

QRectF StepView::chipRect(std::size_t word) const {
    return word < m_layout.chips() ? toView(m_layout.chip(word)) : QRectF();
}

QRectF StepView::inputStrip(std::size_t line) const {
    return line < m_layout.inputs() ? toView(m_layout.stripIn(m_layout.input(line))) : QRectF();
}

StepView::Line StepView::outputLine(std::size_t line) const {
    const StepTrace& trace = m_frame->trace();
    return {&trace.outputs[line], outputName(*m_frame, line), line == 0 ? StepStage::Row : StepStage::Drawn,
            false, false};
}

StepView::Line StepView::inputLine(std::size_t line) const {
    const StepTrace& trace = m_frame->trace();
    const bool isMean = line == trace.inputs.size();
    const bool isX = isMean || !trace.mean;
    const bool isChosen = isX && isAt(StepStage::Product) && (isMean || line == m_frame->chosen);
    return {isMean ? &*trace.mean : &trace.inputs[line],
            isMean ? xName(*m_frame, 0) : inputName(*m_frame, line), StepStage::Context, true, isChosen};
}

std::vector<float> StepView::shownValues(const TracedRow& row) const {
    if (m_frame->stage != StepStage::Change) {
        return m_frame->stage == StepStage::After ? row.after : row.before;
    }
    std::vector<float> change(row.before.size());
    for (std::size_t d = 0; d < change.size(); ++d) {
        change[d] = row.after[d] - row.before[d];
    }
    return change;
}

double StepView::changeLimit() const {
    double count = 0;
    double squares = 0;
    for (const auto* rows : {&m_frame->trace().inputs, &m_frame->trace().outputs}) {
        for (const TracedRow& row : *rows) {
            squares += sumOfSquares(shownValues(row), count);
        }
    }
    return scaleLimit(squares, count);
}

QString StepView::readOutAt(QPointF at) const {
    const QPointF place = toScene(at);
    const auto readOut = [&](const QRectF& line, const Line& shown) -> QString {
        const QRectF strip = m_layout.stripIn(line);
        if (!strip.contains(place) || !isAt(shown.since)) {
            return {};
        }
        const double ratio = devicePixelRatioF();
        const auto pixels = static_cast<std::size_t>(std::max(1.0, std::floor(strip.width() * ratio)));
        const auto pixel = static_cast<std::size_t>((place.x() - strip.left()) * ratio);
        const std::vector<float> values = shownValues(*shown.row);
        const auto [begin, end] = coveredCells(std::min(pixel, pixels - 1), pixels, values.size());
        std::size_t d = begin;
        for (std::size_t i = begin + 1; i < end; ++i) {
            d = std::abs(values[i]) > std::abs(values[d]) ? i : d;
        }
        const float before = shown.row->before[d];
        const float after = shown.row->after[d];
        QString text = tr("%1 · number %2 · %3").arg(shown.name).arg(d).arg(shortOf(before));
        return isAt(StepStage::Change)
                   ? text + tr(" · change %1 · after %2").arg(shortOf(after - before), shortOf(after))
                   : text;
    };
    for (std::size_t i = 0; i < m_layout.outputs(); ++i) {
        if (const QString text = readOut(m_layout.output(i), outputLine(i)); !text.isEmpty()) {
            return text;
        }
    }
    for (std::size_t i = 0; i < m_layout.inputs(); ++i) {
        if (const QString text = readOut(m_layout.input(i), inputLine(i)); !text.isEmpty()) {
            return text;
        }
    }
    return {};
}

std::optional<std::size_t> StepView::inputAt(QPointF at) const {
    const QPointF place = toScene(at);
    for (std::size_t i = 0; m_frame && !m_frame->trace().mean && i < m_layout.inputs(); ++i) {
        if (m_layout.input(i).contains(place)) {
            return i;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> StepView::wordAt(QPointF at) const {
    const QPointF place = toScene(at);
    for (std::size_t i = 0; i < m_layout.chips(); ++i) {
        if (m_layout.chip(i).contains(place)) {
            return i;
        }
    }
    return std::nullopt;
}

QSize StepView::sizeHint() const {
    const int height = static_cast<int>(std::ceil(m_tallest));
    return {static_cast<int>(StepLayout::leastWidth(m_theme.theme())) + 60,
            std::max(leastStepHeight, height)};
}

QSize StepView::minimumSizeHint() const {
    const auto width = static_cast<int>(std::ceil(StepLayout::leastWidth(m_theme.theme())));
    const int height = static_cast<int>(std::ceil(m_tallest));
    return {width, isWhole() ? std::max(leastStepHeight, height) : leastStepHeight};
}

void StepView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    if (const std::optional<std::size_t> word = wordAt(event->position())) {
        Q_EMIT wordClicked(static_cast<int>(*word));
    } else if (const std::optional<std::size_t> input = inputAt(event->position())) {
        Q_EMIT inputChosen(static_cast<int>(*input));
    }
}

void StepView::keyPressEvent(QKeyEvent* event) {
    const int chosen = m_frame ? static_cast<int>(m_frame->chosen) : 0;
    const int last = m_frame ? static_cast<int>(m_frame->trace().xs()) - 1 : 0;
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down: {
            const int wanted = chosen + (event->key() == Qt::Key_Up ? -1 : 1);
            if (wanted >= 0 && wanted <= last) {
                Q_EMIT inputChosen(wanted);
            }
            return;
        }
        case Qt::Key_Left:
            Q_EMIT stageWanted(-1);
            return;
        case Qt::Key_Right:
            Q_EMIT stageWanted(1);
            return;
        case Qt::Key_PageUp:
            Q_EMIT wordWanted(-1);
            return;
        case Qt::Key_PageDown:
            Q_EMIT wordWanted(1);
            return;
        case Qt::Key_Home:
            Q_EMIT wordWanted(-farWords);
            return;
        case Qt::Key_End:
            Q_EMIT wordWanted(farWords);
            return;
        default:
            ScenePlot::keyPressEvent(event);
    }
}

}  // namespace lexiscope
