// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QTest>

namespace lexiscope::test {

/// Drops what the offscreen platform says of itself ("This plugin does not support raise()") and of fonts
/// that lack a script before one is found that has it: neither is a fault of the window. Everything else goes
/// on to the handler that was there, that of Qt Test.
inline void quietOffscreen() {
    static QtMessageHandler below = nullptr;
    if (below == nullptr) {
        below = qInstallMessageHandler(
            [](QtMsgType type, const QMessageLogContext& context, const QString& text) {
                if (!text.startsWith(QStringLiteral("This plugin does not support ")) &&
                    !text.contains(QStringLiteral("OpenType support missing for "))) {
                    below(type, context, text);
                }
            });
    }
}

/// For the init() of a test of the window: any warning of Qt from then on fails the running test function,
/// and says which. A warning that a test provokes on purpose is announced with QTest::ignoreMessage.
inline void failOnQtWarnings() {
    quietOffscreen();
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

}  // namespace lexiscope::test
