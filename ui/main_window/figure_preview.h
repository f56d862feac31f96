// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QImage>
#include <QWidget>

namespace lexiscope {

/// A figure as large as there is room, but never larger than it is, in the middle of a quiet ground. Where it
/// has no ground of its own, a chequered one shows that.
class FigurePreview : public QWidget {
    Q_OBJECT
  public:
    explicit FigurePreview(const ThemeSource& theme, QWidget* parent = nullptr);

    /// Of the figure's `size`, in logical pixels; the image may have fewer or more.
    void setFigure(const QImage& image, QSize size);
    /// What is shown is not what will be saved: faint until the next setFigure().
    void setStale();
    const QImage& image() const { return m_image; }
    /// Device pixels for each logical pixel of a figure of that size, so that the preview is sharp.
    double scaleFor(QSize size) const;
    /// Where the figure is.
    QRectF figureRect() const { return rectFor(m_size); }

    QSize sizeHint() const override { return {560, 420}; }
    QSize minimumSizeHint() const override { return {280, 220}; }

  Q_SIGNALS:
    void resized();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QRectF rectFor(QSize size) const;

    const ThemeSource& m_theme;
    QImage m_image;
    QSize m_size;
    bool m_stale = false;
};

}  // namespace lexiscope
