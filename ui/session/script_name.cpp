// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/script_name.h"

#include <array>
#include <cstddef>

#include <QObject>

namespace lexiscope {

QString scriptName(Script script) {
    const std::array<QString, scriptCount> names = {
        QObject::tr("Latin"),  QObject::tr("Cyrillic"),    QObject::tr("Greek"),
        QObject::tr("Arabic"), QObject::tr("CJK"),         QObject::tr("other letters"),
        QObject::tr("digits"), QObject::tr("punctuation"), QObject::tr("other")};
    return names.at(static_cast<std::size_t>(script));
}

QString scriptKey(Script script) {
    const std::array<const char*, scriptCount> keys = {
        "latin", "cyrillic", "greek", "arabic", "cjk", "other-letters", "digits", "punctuation", "other"};
    return QString::fromLatin1(keys.at(static_cast<std::size_t>(script)));
}

}  // namespace lexiscope
