// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/scene_plot.h"
#include "ui/plots/stage_scene.h"

#include <memory>
#include <optional>

namespace lexiscope {

/// The stages of a text, painted, with what changed marked: what was inserted is underlined, what was
/// replaced stands on a tint with dots below it, what was removed is struck out. It scrolls where there is
/// less room.
///
/// A click on a piece asks for the first token that came of it; Left and Right ask for the token before and
/// the next one. Pointing reads out the bytes of the source, or how a stage is set.
class StagePlot : public ScenePlot {
    Q_OBJECT
  public:
    explicit StagePlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setStages(const std::shared_ptr<const TracedText>& traced, const StageWindow& window, bool dimmed);
    const StageScene& scene() const { return m_scene; }

    /// In pixels of the viewport; null for what is not there.
    QRectF boxRect(std::size_t box) const;
    /// In which no line has to be broken, where there is room for that; 0: nothing to show.
    int contentWidth() const;
    QString readOutAt(QPointF at) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void tokenClicked(int token);
    void tokenWanted(int by);

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void relayout() override;
    bool hasScene() const override { return m_traced != nullptr; }
    void dropScene() override { m_traced.reset(); }
    void paintScene(QPainter& painter, const QRectF& seen) const override;
    bool isThingAt(QPointF at) const override { return boxAt(at) != nullptr; }
    double legendHeight() const;
    const StageBox* boxAt(QPointF at) const;
    const StagePiece& pieceOf(const StageBox& box) const;
    void paintHeadings(QPainter& painter) const;
    void paintBox(QPainter& painter, const StageBox& box) const;
    void paintFragment(QPainter& painter, const StageFragment& fragment) const;
    void paintLegend(QPainter& painter) const;

    std::shared_ptr<const TracedText> m_traced;
    StageWindow m_window;
    StageScene m_scene;
};

}  // namespace lexiscope
