// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/figure.h"

#include "ui/plots/space_plot.h"

#include <cmath>

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QSaveFile>
#include <QWidget>

namespace lexiscope {
namespace {

Error cannotWrite(const QFileDevice& file, const std::string& where) {
    return {ErrorCode::Unreadable, where, "cannot be written: " + file.errorString().toStdString(),
            "choose a folder you may write to, with room on its disk"};
}

Result<Done> writeAll(QFileDevice& file, const QByteArray& bytes, const std::string& where) {
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
        return cannotWrite(file, where);
    }
    return Done{};
}

}  // namespace

QImage paintFigure(QWidget& widget, double scale) {
    const QSize pixels(static_cast<int>(std::lround(widget.width() * scale)),
                       static_cast<int>(std::lround(widget.height() * scale)));
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return image;
    }
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
    if (image.isNull()) {
        return Error{ErrorCode::InvalidArgument, where, "a picture of that size does not fit into memory",
                     "choose a smaller size or scale"};
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG")) {
        return Error{ErrorCode::InvalidArgument, where, "the picture cannot be written as PNG",
                     "choose a smaller size or scale"};
    }
    // What is there but is no regular file, a pipe or a device, is written to; a file is replaced once the
    // new one is whole.
    const QFileInfo target(path);
    if (target.exists() && !target.isFile()) {
        QFile file(path);
        return writeAll(file, bytes, where);
    }
    QSaveFile file(path);
    if (const Result<Done> written = writeAll(file, bytes, where); !written.ok()) {
        return written;
    }
    if (!file.commit()) {
        return cannotWrite(file, where);
    }
    return Done{};
}

}  // namespace lexiscope
