// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/grouped_text.h"

#include "core/base/grouped.h"

namespace lexiscope {

QString groupedText(std::uint64_t number) {
    return QString::fromStdString(grouped(number));
}

QString counted(std::uint64_t number, const QString& one, const QString& many) {
    return number == 1 ? one : many.arg(groupedText(number));
}

}  // namespace lexiscope
