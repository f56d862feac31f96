// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_bytes.h"

#include "core/base/utf8.h"

namespace lexiscope {
namespace {

constexpr char16_t escaped = 0xDC00;
constexpr char16_t firstEscape = escaped + 0x80;
constexpr char16_t lastEscape = escaped + 0xFF;

}  // namespace

QString textOfBytes(const QByteArray& bytes) {
    if (isUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}) &&
        !bytes.startsWith("\xEF\xBB\xBF")) {
        return QString::fromUtf8(bytes);  // faster; it would drop a byte order mark
    }
    QString text;
    text.reserve(bytes.size());
    const std::string_view all(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    for (std::size_t at = 0; at < all.size();) {
        const CodePoint point = codePointAt(all, at);
        if (point.valid) {
            text += QStringView(QChar::fromUcs4(point.value));
        } else {
            text += QChar(static_cast<char16_t>(escaped + static_cast<unsigned char>(all[at])));
        }
        at += point.size;
    }
    return text;
}

QByteArray bytesOfText(QStringView text) {
    QByteArray bytes;
    qsizetype from = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char16_t unit = text[at].unicode();
        const bool isPair =
            text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        if (isPair) {
            ++at;
        } else if (unit >= firstEscape && unit <= lastEscape) {
            bytes += text.sliced(from, at - from).toUtf8();
            bytes += static_cast<char>(unit - escaped);
            from = at + 1;
        }
    }
    return from == 0 ? text.toUtf8() : bytes + text.sliced(from).toUtf8();
}

}  // namespace lexiscope
