// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/scrolled_paint.h"

#include <QBrush>
#include <QPen>
#include <QRectF>
#include <QString>

namespace lexiscope {

/// A painted scene, or a message in its place. It may be drawn smaller than it is, and scrolls where there is
/// less room still. Pointing reads out what is there.
class ScenePlot : public ScrolledPaint {
    Q_OBJECT
  public:
    /// In place of a scene.
    void setMessage(const QString& message);
    const QString& message() const { return m_message; }
    /// All of it is to be seen, as in a figure: nothing scrolls.
    void setWhole(bool whole);
    /// What is read out at that point of the viewport; empty for none.
    virtual QString readOutAt(QPointF at) const = 0;

  protected:
    static constexpr int scrollStep = 20;  ///< pixels, of a line

    ScenePlot(const ThemeSource& theme, QWidget* parent);

    /// The scene that is there now is shown in place of the message; dimmed, it is not of the present text or
    /// model.
    void showScene(bool dimmed);
    virtual bool hasScene() const = 0;
    virtual void dropScene() = 0;
    /// Pixels of the viewport for each of the scene.
    virtual double scale() const { return 1; }
    /// `seen` is what has to be painted of it, in its own pixels.
    virtual void paintScene(QPainter& painter, const QRectF& seen) const = 0;
    /// A click there does something.
    virtual bool isThingAt(QPointF at) const = 0;

    bool isDimmed() const { return m_dimmed; }
    bool isWhole() const { return m_whole; }
    QPointF toScene(QPointF at) const { return (at + scrolled()) / scale(); }
    QRectF toView(const QRectF& rect) const;
    /// A rounded rectangle whose border lies inside `rect`.
    static void paintBox(QPainter& painter, const QRectF& rect, double radius, const QBrush& fill,
                         const QPen& pen);

    void followPointer() override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QString m_message;
    bool m_dimmed = false;
    bool m_whole = false;
};

}  // namespace lexiscope
