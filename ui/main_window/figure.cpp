// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure.h"

#include "ui/plots/space_plot.h"

#include <cmath>

#include <QCoreApplication>
#include <QPainter>
#include <QSaveFile>
#include <QWidget>

namespace lexiscope {

QImage paintFigure(QWidget& widget, double scale) {
    const QSize pixels(static_cast<int>(std::lround(widget.width() * scale)),
                       static_cast<int>(std::lround(widget.height() * scale)));
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    // What a plot on screen may leave for its next frame, a figure waits for.
    const QList<SpacePlot*> plots = widget.findChildren<SpacePlot*>();
    for (SpacePlot* plot : plots) {
        plot->setWhole(true);
    }
    widget.render(&image);
    for (SpacePlot* plot : plots) {
        plot->setWhole(false);
    }
    return image;
}

Result<Done> savePng(const QImage& image, const QString& path) {
    const std::string where = path.toStdString();
    if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        return Error{ErrorCode::Unsupported, where, "figures are written as PNG",
                     "choose a name that ends in .png"};
    }
    QSaveFile file(path);
    const auto failure = [&] {
        return Error{ErrorCode::Unreadable, where, "cannot be written: " + file.errorString().toStdString(),
                     "choose a folder you may write to, with room on its disk"};
    };
    if (!file.open(QIODevice::WriteOnly)) {
        return failure();
    }
    if (!image.save(&file, "PNG") || !file.commit()) {
        return failure();
    }
    return Done{};
}

}  // namespace lexiscope
