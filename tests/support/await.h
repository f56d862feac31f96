// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

#include <QSignalSpy>
#include <QTest>

namespace lexiscope::test {

/// How long a test waits for what must come. Generous, for slow machines and sanitizers: only a failure takes
/// that long.
inline constexpr std::chrono::milliseconds patience{60000};

/// Runs the event loop until `condition()` holds; false if it does not within `patience`.
template <typename Condition>
[[nodiscard]] bool await(Condition condition) {
    return QTest::qWaitFor(condition, static_cast<int>(patience.count()));
}

/// Runs the event loop until `spy` has seen `count` signals since it was made or cleared.
[[nodiscard]] inline bool awaitSignals(const QSignalSpy& spy, int count = 1) {
    return await([&spy, count] { return spy.count() >= count; });
}

}  // namespace lexiscope::test
