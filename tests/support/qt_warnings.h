// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QTest>

namespace lexiscope::test {

/// For the init() of a test of the window: any warning of Qt from then on fails the running test function,
/// and says which. A warning that a test provokes on purpose is announced with QTest::ignoreMessage.
inline void failOnQtWarnings() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

}  // namespace lexiscope::test
