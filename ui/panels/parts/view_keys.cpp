// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parts/view_keys.h"

#include "ui/session/grouped_text.h"

#include <algorithm>
#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>

namespace lexiscope {
namespace {

bool isWithin(const QJsonValue& value, double least, double most) {
    return value.isDouble() && value.toDouble() >= least && value.toDouble() <= most;
}

/// The value as a person has written it.
QString written(const QJsonValue& value) {
    const QString list = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    return list.mid(1, list.size() - 2);
}

QString boundText(double bound) {
    return std::abs(bound) >= 1000 && std::trunc(bound) == bound && bound > 0
               ? groupedText(static_cast<std::uint64_t>(bound))
               : QString::number(bound, 'g', 12);
}

QString withBounds(const QString& what, double least, double most, double unbounded) {
    return most >= unbounded
               ? QStringLiteral("%1 from %2 on").arg(what, boundText(least))
               : QStringLiteral("%1 from %2 to %3").arg(what, boundText(least), boundText(most));
}

}  // namespace

bool isWhole(const QJsonValue& value, double least, double most) {
    return isWithin(value, least, most) && std::trunc(value.toDouble()) == value.toDouble();
}

bool isListOf(const QJsonValue& value, const std::function<bool(const QJsonValue&)>& isSuch) {
    const QJsonArray list = value.toArray();
    return value.isArray() && std::all_of(list.begin(), list.end(), isSuch);
}

Result<Done> ViewKeys::check(const QJsonObject& view) const {
    for (auto entry = view.begin(); entry != view.end(); ++entry) {
        const QString name = entry.key();
        const auto key = std::find_if(m_all.begin(), m_all.end(),
                                      [&name](const ViewKey& known) { return name == known.name; });
        if (key == m_all.end()) {
            QStringList known;
            for (const ViewKey& each : m_all) {
                known << each.name;
            }
            return Error{ErrorCode::InvalidArgument,
                         {},
                         "has no \"" + name.toStdString() + "\"",
                         known.join(QStringLiteral(", ")).toStdString()};
        }
        if (!key->takes(entry.value())) {
            return Error{ErrorCode::InvalidArgument, name.toStdString(),
                         "cannot be " + written(entry.value()).toStdString(), key->form.toStdString()};
        }
    }
    return Done{};
}

ViewKey ViewKeys::add(const char* name, const QString& form, std::function<bool(const QJsonValue&)> takes) {
    return m_all.emplace_back(ViewKey{QString::fromLatin1(name), form, std::move(takes)});
}

ViewKey ViewKeys::whole(const char* name, double least, double most) {
    return add(name, withBounds(QStringLiteral("a whole number"), least, most, largest),
               [least, most](const QJsonValue& value) { return isWhole(value, least, most); });
}

ViewKey ViewKeys::number(const char* name, double least, double most) {
    const bool isAny = least == std::numeric_limits<double>::lowest();
    const QString what = QStringLiteral("a number");
    return add(name, isAny ? what : withBounds(what, least, most, std::numeric_limits<double>::max()),
               [least, most](const QJsonValue& value) { return isWithin(value, least, most); });
}

ViewKey ViewKeys::flag(const char* name) {
    return add(name, QStringLiteral("true or false"), [](const QJsonValue& value) { return value.isBool(); });
}

ViewKey ViewKeys::text(const char* name) {
    return add(name, QStringLiteral("a text"), [](const QJsonValue& value) { return value.isString(); });
}

ViewKey ViewKeys::oneOf(const char* name, const QStringList& choices) {
    return oneOfMany(name, choices, QStringLiteral("one of: ") + choices.join(QStringLiteral(", ")));
}

ViewKey ViewKeys::oneOfMany(const char* name, const QStringList& choices, const QString& form) {
    return add(name, form, [choices](const QJsonValue& value) {
        return value.isString() && choices.contains(value.toString());
    });
}

ViewKey ViewKeys::numbers(const char* name, const QString& form, int fewest, int most, double least) {
    return add(name, form, [fewest, most, least](const QJsonValue& value) {
        const qsizetype count = value.toArray().size();
        return count >= fewest && count <= most && isListOf(value, [least](const QJsonValue& entry) {
                   return isWithin(entry, least, std::numeric_limits<double>::max());
               });
    });
}

ViewKey ViewKeys::stretch(const char* name) {
    return add(name, QStringLiteral("[first, how many]"), [](const QJsonValue& value) {
        const QJsonArray ends = value.toArray();
        return ends.size() == 2 && isWithin(ends[0], 0, largest) && ends[1].isDouble() &&
               ends[1].toDouble() > 0;
    });
}

void ViewKeys::include(const ViewKeys& part) {
    m_all.insert(m_all.end(), part.m_all.begin(), part.m_all.end());
}

}  // namespace lexiscope
