// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include <QLocale>
#include <QString>

namespace lexiscope {

/// "1 token", "1,204 tokens": `many` has %1 for the number.
inline QString counted(std::size_t number, const QString& one, const QString& many) {
    return number == 1 ? one : many.arg(QLocale(QLocale::English).toString(static_cast<qulonglong>(number)));
}

}  // namespace lexiscope
