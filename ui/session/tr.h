// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace lexiscope {

/// For words that people read, in functions that belong to no QObject.
inline QString tr(const char* text) {
    return QCoreApplication::translate("Lexiscope", text);
}

}  // namespace lexiscope
