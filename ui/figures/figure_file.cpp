// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_file.h"

#include "core/base/safe_file.h"

#include <cmath>

#include <QBuffer>
#include <QFile>
#include <QImageWriter>

namespace lexiscope {

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
    return writeFileSafely(QFile::encodeName(path).toStdString(), [&bytes](const WriteBytes& write) {
        return write({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    });
}

}  // namespace lexiscope
