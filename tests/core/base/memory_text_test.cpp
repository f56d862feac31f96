// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/memory_text.h"

#include <QTest>

using namespace lexiscope;

class MemoryTextTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void memoryIsInPowersOf1024() {
        QCOMPARE(memoryText(1), std::string("1 byte"));
        QCOMPARE(memoryText(384), std::string("384 bytes"));
        QCOMPARE(memoryText(1024), std::string("1.0 KiB"));
        QCOMPARE(memoryText(std::uint64_t{50'257} * 768 * 4), std::string("147.2 MiB"));
        QCOMPARE(memoryText(std::uint64_t{50'257} * 768 * 2), std::string("73.6 MiB"));
        QCOMPARE(memoryText(std::uint64_t{3'000'000} * 300 * 4), std::string("3.4 GiB"));
        // The next unit where this one would show 1,024 of it.
        QCOMPARE(memoryText(1024 * 1024 - 1), std::string("1.0 MiB"));
        QCOMPARE(memoryText(~std::uint64_t{0}), std::string("16,777,216.0 TiB"));
    }
};

QTEST_GUILESS_MAIN(MemoryTextTest)
#include "memory_text_test.moc"
