// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/step_layout.h"

#include "core/base/utf8.h"
#include "ui/plots/color_scale.h"
#include "ui/plots/text_widths.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>

namespace lexiscope {
namespace {

// Pixels, at a font scale of 1 where they hold text.
constexpr double stepEdge = 3;     // for the frame around the window and the ring of the focus
constexpr double wordPadding = 9;  // left and right of a word
constexpr double chipGap = 7;
constexpr double chipRowGap = 9;
constexpr double partGap = 10;
constexpr double headerGap = 6;
constexpr double lineGap = 3;
constexpr double stepColumnGap = 8;
constexpr double markWidth = 8;  // before names, of the line that is chosen
constexpr double leastName = 40;
constexpr double mostName = 104;
constexpr double leastStepStrip = 60;

double columnWidthOf(const Theme& theme) {
    return std::ceil(
               QFontMetricsF(StepLayout::numberFont(theme)).horizontalAdvance(QStringLiteral("−0.000"))) +
           stepColumnGap;
}

double nameWidthOf(const StepFrame& frame, const Theme& theme) {
    TextWidths widths(StepLayout::nameFont(theme, true));
    double width = 0;
    for (const auto& [row, name] : frame.walk->names) {
        width = std::max(width, widths.of(QString::fromStdString(displayText(name))));
    }
    width = std::ceil(width) + 2;
    return std::clamp(width, leastName * theme.fontScale, mostName * theme.fontScale);
}

}  // namespace

QFont StepLayout::nameFont(const Theme& theme, bool isChosen) {
    return theme.textFont(12.5, isChosen ? QFont::DemiBold : QFont::Normal);
}

QFont StepLayout::numberFont(const Theme& theme) {
    return theme.monoFont(11.5);
}

QFont StepLayout::headerFont(const Theme& theme) {
    return theme.textFont(11.5);
}

double StepLayout::leastWidth(const Theme& theme) {
    return 2 * stepEdge + markWidth + leastName * theme.fontScale + 2 * stepColumnGap + leastStepStrip +
           static_cast<double>(columns) * columnWidthOf(theme);
}

StepLayout::StepLayout(const StepFrame& frame, const Theme& theme, double width) {
    width = std::max(width, leastWidth(theme));
    placeChips(frame, theme, width);
    placeColumns(frame, theme, width);
    placeLines(frame, theme, width);
}

void StepLayout::placeChips(const StepFrame& frame, const Theme& theme, double width) {
    const StepWalk& walk = *frame.walk;
    TextWidths widths(theme.textFont(13, QFont::DemiBold));
    const double tall = std::ceil(widths.height()) + 8;
    double x = stepEdge;
    double y = stepEdge;
    for (const StepWord& word : walk.words) {
        const double text = widths.of(QString::fromStdString(displayText(word.text)));
        const double wide = std::min(std::ceil(text) + 2 * wordPadding, width - 2 * stepEdge);
        if (x > stepEdge && x + wide > width - stepEdge) {
            x = stepEdge;
            y += tall + chipRowGap;
        }
        m_chips.emplace_back(x, y, wide, tall);
        x += wide + chipGap;
    }
    m_height = m_chips.empty() ? 0 : m_chips.back().bottom() + stepEdge + partGap;
    // The window counts words that are in the vocabulary; others between them stand in its frame.
    const WordWindow& window = frame.trace().plan.window;
    for (std::size_t place = walk.places[window.begin]; place <= walk.places[window.end - 1]; ++place) {
        const QRectF around = m_chips[place].adjusted(-stepEdge, -stepEdge, stepEdge, stepEdge);
        const bool isSameRow = !m_window.empty() && m_window.back().top() == around.top();
        if (isSameRow) {
            m_window.back() = m_window.back().united(around);
        } else {
            m_window.push_back(around);
        }
    }
}

void StepLayout::placeColumns(const StepFrame& frame, const Theme& theme, double width) {
    m_columnWidth = columnWidthOf(theme);
    m_nameWidth = nameWidthOf(frame, theme);
    const double numbers = static_cast<double>(columns) * m_columnWidth;
    // Where room is short, names give way before strips do.
    const double room = width - 2 * stepEdge - markWidth - 2 * stepColumnGap - numbers;
    m_nameWidth = std::clamp(m_nameWidth, leastName * theme.fontScale,
                             std::max(leastName * theme.fontScale, room - leastStepStrip));
    m_stripLeft = stepEdge + markWidth + m_nameWidth + stepColumnGap;
    m_stripRight = width - stepEdge - numbers - stepColumnGap;
}

void StepLayout::placeLines(const StepFrame& frame, const Theme& theme, double width) {
    const double tall = std::ceil(QFontMetricsF(nameFont(theme)).height());
    const double header = std::ceil(QFontMetricsF(headerFont(theme)).height()) + headerGap;
    double y = m_height;
    const auto place = [&](QRectF& above, std::vector<QRectF>& lines, std::size_t count) {
        above = QRectF(stepEdge, y, width - 2 * stepEdge, header - headerGap);
        y += header;
        for (std::size_t i = 0; i < count; ++i) {
            lines.emplace_back(stepEdge, y, width - 2 * stepEdge, tall);
            y += tall + lineGap;
        }
        y += partGap - lineGap;
    };
    const StepTrace& trace = frame.trace();
    place(m_headers[0], m_outputs, trace.outputs.size());
    place(m_headers[1], m_inputs, trace.inputs.size() + (trace.mean ? 1 : 0));
    m_legendTop = y;
    m_height = y + colorLegendHeight(theme) + 1;
}

QRectF StepLayout::nameIn(const QRectF& line) const {
    return {line.left() + markWidth, line.top(), m_nameWidth, line.height()};
}

QRectF StepLayout::stripIn(const QRectF& line) const {
    return {m_stripLeft, line.top() + 2, m_stripRight - m_stripLeft, line.height() - 4};
}

QRectF StepLayout::numberIn(const QRectF& line, std::size_t column) const {
    const double right = line.right() - static_cast<double>(columns - 1 - column) * m_columnWidth;
    return {right - m_columnWidth, line.top(), m_columnWidth, line.height()};
}

}  // namespace lexiscope
