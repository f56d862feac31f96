// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/stage_scene.h"

#include <memory>
#include <optional>

#include <QAbstractScrollArea>

namespace lexiscope {

/// The stages of a text, painted, with what changed marked: what was inserted is underlined, what was
/// replaced stands on a tint with dots below it, what was removed is struck out. It scrolls where there is
/// less room.
///
/// A click on a piece asks for the first token that came of it; Left and Right ask for the token before and
/// the next one. Pointing reads out the bytes of the source, or how a stage is set.
class StagePlot : public QAbstractScrollArea {
    Q_OBJECT
  public:
    explicit StagePlot(const ThemeSource& theme, QWidget* parent = nullptr);

    void setStages(const std::shared_ptr<const TracedText>& traced, const StageWindow& window, bool dimmed);
    /// In place of stages.
    void setMessage(const QString& message);
    const QString& message() const { return m_message; }
    const StageScene& scene() const { return m_scene; }
    /// All of it is to be seen, as in a figure.
    void setWhole(bool whole);

    /// In pixels of the viewport; null for what is not there.
    QRectF boxRect(std::size_t box) const;
    QString readOutAt(QPointF at) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void tokenClicked(int token);
    void tokenWanted(int by);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    void relayout();
    double scale() const;
    double scrolled() const;
    double legendHeight() const;
    QPointF toScene(QPointF at) const { return (at + QPointF(0, scrolled())) / scale(); }
    const StageBox* boxAt(QPointF at) const;
    const StagePiece& pieceOf(const StageBox& box) const;
    void paintHeadings(QPainter& painter) const;
    void paintBox(QPainter& painter, const StageBox& box) const;
    void paintFragment(QPainter& painter, const StageFragment& fragment) const;
    void paintLegend(QPainter& painter) const;

    const ThemeSource& m_theme;
    std::shared_ptr<const TracedText> m_traced;
    StageWindow m_window;
    QString m_message;
    StageScene m_scene;
    std::optional<QPointF> m_pointer;
    bool m_dimmed = false;
    bool m_whole = false;
};

}  // namespace lexiscope
