// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_picture.h"

#include <memory>

#include <QPaintDevice>
#include <QSize>

namespace lexiscope {

/// A target for painters that keeps what is painted as a FigurePicture. What is painted is cut to the
/// painter's clip as it is, so that no program that reads the figure needs to know of clips: outlines are cut
/// at the edge, pixels outside are left out, and a text that is partly outside has its own clip. Composition
/// modes are taken for the usual one.
class FigureRecorder : public QPaintDevice {
  public:
    explicit FigureRecorder(QSize size);
    ~FigureRecorder() override;

    /// What has been painted; the recorder is empty afterwards.
    FigurePicture take();

    QPaintEngine* paintEngine() const override;

  protected:
    int metric(PaintDeviceMetric metric) const override;

  private:
    class Engine;
    QSize m_size;
    std::unique_ptr<Engine> m_engine;
};

}  // namespace lexiscope
