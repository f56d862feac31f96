// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_file.h"

#include <cmath>

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageWriter>
#include <QSaveFile>

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

Result<QByteArray> pngOf(const QImage& image) {
    const Error tooLarge{ErrorCode::InvalidArgument,
                         {},
                         "a picture of that size does not fit into memory",
                         "choose a smaller size or scale"};
    if (image.isNull()) {
        return tooLarge;
    }
    constexpr double inchesPerMetre = 1 / 0.0254;
    QImage sized = image;
    const int perMetre = static_cast<int>(std::lround(96 * image.devicePixelRatio() * inchesPerMetre));
    sized.setDotsPerMeterX(perMetre);
    sized.setDotsPerMeterY(perMetre);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "png");
    // Level 3 of 9: a little larger than the usual 6, and twice as fast.
    writer.setCompression(30);
    if (!buffer.open(QIODevice::WriteOnly) || !writer.write(sized)) {
        return tooLarge;
    }
    return bytes;
}

Result<Done> writeWhole(const QByteArray& bytes, const QString& path) {
    const std::string where = path.toStdString();
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
