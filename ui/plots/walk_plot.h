// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/scene_plot.h"
#include "ui/plots/walk_scene.h"

#include <memory>
#include <optional>

namespace lexiscope {

/// A moment of a walk, painted. Where there is less room it is drawn smaller, down to where its numbers can
/// still be read, and then scrolls, with what came last in view.
///
/// Left and Right ask for the step before and the next one, Home and End for the first and the last, Page Up
/// and Page Down for the piece before and the next one. A click on a chip that is an entry of the vocabulary
/// gives its ID; pointing at one reads out what it is.
class WalkPlot : public ScenePlot {
    Q_OBJECT
  public:
    explicit WalkPlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setMoment(const std::shared_ptr<const PieceWalk>& walk, WalkView view, std::size_t step,
                   bool dimmed);
    const std::shared_ptr<const PieceWalk>& walk() const { return m_walk; }
    const WalkScene& scene() const { return m_scene; }

    /// In pixels of the viewport; null for what is not there.
    QRectF cellRect(std::size_t cell) const;
    QString readOutAt(QPointF at) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void stepWanted(int by);  ///< large for the first and the last
    void pieceWanted(int by);
    void idClicked(lexiscope::TokenId id);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void relayout() override;
    bool hasScene() const override { return m_walk != nullptr; }
    void dropScene() override { m_walk.reset(); }
    double scale() const override;
    void paintScene(QPainter& painter, const QRectF& seen) const override;
    bool isThingAt(QPointF at) const override;
    void showFocus();
    const WalkCell* cellAt(QPointF at) const;
    void paintCell(QPainter& painter, const WalkCell& cell) const;
    void paintNote(QPainter& painter, const WalkNote& note) const;

    std::shared_ptr<const PieceWalk> m_walk;
    WalkView m_view = WalkView::Rows;
    std::size_t m_step = 0;
    WalkScene m_scene;
};

}  // namespace lexiscope
