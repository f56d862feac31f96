// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/color_scale.h"
#include "ui/plots/scene_plot.h"
#include "ui/plots/step_layout.h"
#include "ui/plots/step_text.h"

#include <optional>
#include <vector>

namespace lexiscope {

/// A moment of a walk: the words of the sentence as chips, the one in the middle and those around it marked,
/// and the rows that meet as strips on one colour scale, with what is known of them at this stage in numbers
/// at the right. A row that has not come in yet is an empty strip. The changes of the rows have a scale of
/// their own. It is as high as the tallest step of the walk, and scrolls where there is less room; as a whole
/// it asks for all its height.
///
/// A click on a word asks for its step, one on an input row chooses it. Up and Down choose an input row, Left
/// and Right ask for the stage before and the next one, Page Up and Page Down for the word before and the
/// next one; Home and End for the first and the last word. Pointing at a strip reads out a number, before and
/// after the step.
class StepView : public ScenePlot {
    Q_OBJECT
  public:
    explicit StepView(const ThemeSource& theme, QWidget* parent = nullptr);

    void setMoment(const StepFrame& frame, bool dimmed);
    const std::optional<StepFrame>& moment() const { return m_frame; }

    /// In pixels of the viewport; null for what is not there.
    QRectF chipRect(std::size_t word) const;
    QRectF inputStrip(std::size_t line) const;
    /// What is read out at that point of the viewport: "queen · number 3 · 0.1234 · after 0.1240 · change
    /// 0.0006"; empty for none.
    QString readOutAt(QPointF at) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void wordClicked(int word);
    void inputChosen(int n);
    void stageWanted(int by);
    void wordWanted(int by);  ///< large for the first and the last

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    /// A line of the table: of which row, and since when it is known.
    struct Line {
        const TracedRow* row = nullptr;
        QString name;
        StepStage since = StepStage::Row;
        bool isInput = false;
        bool isChosen = false;
    };
    void relayout() override;
    void restyle() override;
    bool hasScene() const override { return m_frame.has_value(); }
    void dropScene() override { m_frame.reset(); }
    void paintScene(QPainter& painter, const QRectF& seen) const override;
    bool isThingAt(QPointF at) const override { return wordAt(at) || inputAt(at); }
    /// Of the tallest step of the walk, so that what stands below has one place in all of them.
    double tallestStep() const;
    Line outputLine(std::size_t line) const;
    Line inputLine(std::size_t line) const;
    bool isAt(StepStage stage) const { return m_frame->stage >= stage; }
    std::optional<std::size_t> inputAt(QPointF at) const;
    std::optional<std::size_t> wordAt(QPointF at) const;
    std::vector<float> shownValues(const TracedRow& row) const;
    double changeLimit() const;
    void paintChips(QPainter& painter) const;
    void paintLine(QPainter& painter, const QRectF& where, const Line& line) const;
    void paintHeaders(QPainter& painter) const;
    void paintOutputNumbers(QPainter& painter, std::size_t line) const;
    void paintInputNumber(QPainter& painter, std::size_t line) const;
    void paintNumber(QPainter& painter, const QRectF& where, const QString& text, bool isNew) const;
    void paintLegend(QPainter& painter) const;

    std::optional<StepFrame> m_frame;
    StepLayout m_layout;
    ColorScale m_scale;                          ///< of what is shown: rows, or their changes
    std::shared_ptr<const StepWalk> m_measured;  ///< whose tallest step is m_tallest
    double m_measuredWidth = 0;
    double m_tallest = 0;
};

}  // namespace lexiscope
