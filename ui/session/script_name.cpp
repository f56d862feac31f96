// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/script_name.h"

#include <array>
#include <cstddef>
#include <string_view>

#include <QObject>

namespace lexiscope {

namespace {

/// Of a script by its place; empty for the other kinds.
QString ofUnicode(Script script) {
    const auto place = static_cast<std::size_t>(script);
    if (place >= scriptNames().size()) {
        return {};
    }
    const std::string_view name = scriptNames()[place];
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

}  // namespace

QString scriptName(Script script) {
    switch (script) {
        case Script::Han:
            return QObject::tr("Chinese characters");
        case Script::Kana:
            return QObject::tr("kana");
        case Script::OtherLetters:
        case Script::Digits:
        case Script::Punctuation:
        case Script::Other:
            return groupName(groupOf(script));
        default:
            return ofUnicode(script).replace(u'_', u' ');
    }
}

QString scriptKey(Script script) {
    switch (script) {
        case Script::Kana:
            return QStringLiteral("kana");
        case Script::OtherLetters:
            return QStringLiteral("other-letters");
        case Script::Digits:
            return QStringLiteral("digits");
        case Script::Punctuation:
            return QStringLiteral("punctuation");
        case Script::Other:
            return QStringLiteral("other");
        default:
            return ofUnicode(script).toLower().replace(u'_', u'-');
    }
}

QString groupName(ScriptGroup group) {
    const std::array<QString, scriptGroupCount> names = {
        QObject::tr("Latin"),  QObject::tr("Cyrillic"),    QObject::tr("Greek"),
        QObject::tr("Arabic"), QObject::tr("CJK"),         QObject::tr("other letters"),
        QObject::tr("digits"), QObject::tr("punctuation"), QObject::tr("other")};
    return names.at(static_cast<std::size_t>(group));
}

}  // namespace lexiscope
