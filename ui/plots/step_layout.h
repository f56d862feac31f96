// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/step_text.h"
#include "ui/plots/theme.h"

#include <array>
#include <vector>

#include <QRectF>

namespace lexiscope {

/// Where the parts of a StepView stand, from the top: the words of the sentence as chips, with a frame around
/// those in the window; a line for each output row, one for each input row, under CBOW one for their mean;
/// the legend. A line is a name, a strip, and three numbers at the right. Names, strips and numbers have one
/// place in all stages and steps of a walk.
class StepLayout {
  public:
    static constexpr std::size_t columns = 3;

    StepLayout() = default;
    StepLayout(const StepFrame& frame, const Theme& theme, double width);

    double height() const { return m_height; }
    const QRectF& chip(std::size_t word) const { return m_chips[word]; }
    std::size_t chips() const { return m_chips.size(); }
    /// One for each row of chips that it reaches into.
    const std::vector<QRectF>& window() const { return m_window; }

    /// Of the words above the lines of outputs, of inputs.
    const QRectF& outputHeader() const { return m_headers[0]; }
    const QRectF& inputHeader() const { return m_headers[1]; }
    /// Whole lines; the mean follows the last input.
    std::size_t outputs() const { return m_outputs.size(); }
    std::size_t inputs() const { return m_inputs.size(); }
    const QRectF& output(std::size_t line) const { return m_outputs[line]; }
    const QRectF& input(std::size_t line) const { return m_inputs[line]; }
    QRectF nameIn(const QRectF& line) const;
    QRectF stripIn(const QRectF& line) const;
    QRectF numberIn(const QRectF& line, std::size_t column) const;
    QPointF legendCorner() const { return {m_stripRight, m_legendTop}; }

    static double leastWidth(const Theme& theme);
    static QFont nameFont(const Theme& theme, bool isChosen = false);
    static QFont numberFont(const Theme& theme);
    static QFont headerFont(const Theme& theme);

  private:
    void placeChips(const StepFrame& frame, const Theme& theme, double width);
    void placeColumns(const StepFrame& frame, const Theme& theme, double width);
    void placeLines(const StepFrame& frame, const Theme& theme, double width);

    std::vector<QRectF> m_chips;
    std::vector<QRectF> m_window;
    std::array<QRectF, 2> m_headers;
    std::vector<QRectF> m_outputs;
    std::vector<QRectF> m_inputs;
    double m_nameWidth = 0;
    double m_stripLeft = 0;
    double m_stripRight = 0;
    double m_columnWidth = 0;
    double m_legendTop = 0;
    double m_height = 0;
};

}  // namespace lexiscope
