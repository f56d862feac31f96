// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace lexiscope {

/// The image as a PNG file, its size in print being that of 96 logical pixels an inch. InvalidArgument for an
/// image that did not fit into memory.
Result<QByteArray> pngOf(const QImage& image);

/// writeFileSafely() of these bytes.
Result<Done> writeWhole(const QByteArray& bytes, const QString& path);

}  // namespace lexiscope
