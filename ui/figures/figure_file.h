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

/// Writes a file in one piece: it appears whole or not at all, and what was there before stays until it does.
/// What is there but is no regular file, a pipe or a device, is written to. Unreadable when it cannot be
/// written.
Result<Done> writeWhole(const QByteArray& bytes, const QString& path);

}  // namespace lexiscope
