// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

namespace lexiscope {

// Any bytes as a text that can be edited, and back: what is UTF-8 becomes its characters, a byte b that is no
// part of one becomes the lone surrogate U+DC00 + b, which no sound text holds. (Python calls this
// surrogateescape, PEP 383.)

QString textOfBytes(const QByteArray& bytes);

/// The inverse: textOfBytes(bytes) gives the same bytes back. Other lone surrogates become "?".
QByteArray bytesOfText(QStringView text);

}  // namespace lexiscope
