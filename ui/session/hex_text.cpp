// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/hex_text.h"

#include <QByteArray>

namespace lexiscope {

QString hexText(std::string_view bytes, std::size_t longest) {
    const std::string_view head = bytes.substr(0, longest);
    const QByteArray raw = QByteArray::fromRawData(head.data(), static_cast<qsizetype>(head.size()));
    const QString text = QString::fromLatin1(raw.toHex(' ').toUpper());
    return head.size() < bytes.size() ? text + QStringLiteral(" …") : text;
}

}  // namespace lexiscope
