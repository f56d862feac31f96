// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding_table.h"

#include "tests/support/scratch_folder.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <unistd.h>

#include <QTest>

using namespace lexiscope;
using lexiscope::test::ScratchFolder;

namespace {

std::string bytesOf(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

std::string allHalves() {
    std::string bytes;
    for (unsigned half = 0; half < 0x10000; ++half) {
        bytes += static_cast<char>(half & 0xFFU);
        bytes += static_cast<char>(half >> 8U);
    }
    return bytes;
}

/// IEEE 754 binary16 by its definition.
double halfByDefinition(unsigned half) {
    const int exponent = static_cast<int>((half >> 10U) & 0x1FU);
    const double fraction = (half & 0x3FFU) / 1024.0;
    const double sign = (half & 0x8000U) != 0 ? -1 : 1;
    if (exponent == 31) {
        return fraction == 0 ? sign * std::numeric_limits<double>::infinity() : std::nan("");
    }
    return exponent == 0 ? sign * std::ldexp(fraction, -14) : sign * std::ldexp(1 + fraction, exponent - 15);
}

std::shared_ptr<const EmbeddingTable> rowsIn(const std::string& bytes, DType dtype, std::size_t rows,
                                             std::size_t dimension, std::uint64_t offset,
                                             std::uint64_t stride) {
    auto table =
        EmbeddingTable::mapped(MappedFile::ofBytes(bytes, "f"), dtype, rows, dimension, offset, stride);
    return table.ok() ? std::move(table).value() : nullptr;
}

std::vector<float> visited(const EmbeddingTable& table, Row first, Row last, std::size_t blockRows) {
    std::vector<float> all;
    std::uint32_t next = first.value;
    table.visitBlocks(first, last, blockRows, [&](Row begin, std::span<const float> values) {
        if (begin.value != next || values.size() > blockRows * table.dimension()) {
            return false;
        }
        next += static_cast<std::uint32_t>(values.size() / table.dimension());
        all.insert(all.end(), values.begin(), values.end());
        return true;
    });
    return all;
}

const std::vector<float> numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

class EmbeddingTableTest : public QObject {
    Q_OBJECT

  private slots:
    void everyF16IsWidenedExactly() {
        const auto table = rowsIn(allHalves(), DType::F16, 1, 0x10000, 0, 0x20000);
        QVERIFY(table != nullptr);
        const std::vector<float> wide = table->row(Row{0});
        for (unsigned half = 0; half < 0x10000; ++half) {
            const double right = halfByDefinition(half);
            if (std::isnan(right)) {
                QVERIFY(std::isnan(wide[half]));
            } else {
                QCOMPARE(static_cast<double>(wide[half]), right);
            }
            QCOMPARE(std::signbit(wide[half]), (half & 0x8000U) != 0);
        }
    }

    void everyBF16IsTheUpperHalfOfAFloat() {
        const auto table = rowsIn(allHalves(), DType::BF16, 1, 0x10000, 0, 0x20000);
        QVERIFY(table != nullptr);
        const std::vector<float> wide = table->row(Row{0});
        for (std::uint32_t half = 0; half < 0x10000; ++half) {
            QCOMPARE(std::bit_cast<std::uint32_t>(wide[half]), half << 16U);
        }
    }

    void f32KeepsEveryBit() {
        const std::vector<std::uint32_t> bits = {0x00000001, 0x80000000, 0x7F800000,
                                                 0xFF800000, 0x7FA00001, 0x3F800001};
        std::string bytes(reinterpret_cast<const char*>(bits.data()), bits.size() * 4);
        const auto table = rowsIn(bytes, DType::F32, 2, 3, 0, 12);
        QVERIFY(table != nullptr);
        std::vector<float> wide(6);
        table->widen(Row{0}, 2, wide);
        QCOMPARE(std::memcmp(wide.data(), bits.data(), 24), 0);
    }

    void readsRowsWhereverTheyLie_data() {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("gap");
        QTest::newRow("aligned, no gaps") << 0 << 0;
        QTest::newRow("odd offset, no gaps") << 3 << 0;
        QTest::newRow("aligned, gaps") << 8 << 4;
        QTest::newRow("odd offset, odd gaps") << 1 << 5;
    }
    void readsRowsWhereverTheyLie() {
        QFETCH(int, offset);
        QFETCH(int, gap);
        std::string bytes(static_cast<std::size_t>(offset), 'x');
        std::vector<std::uint64_t> offsets;
        for (std::size_t row = 0; row < 4; ++row) {
            offsets.push_back(bytes.size());
            bytes += bytesOf({numbers.begin() + row * 3, numbers.begin() + row * 3 + 3});
            bytes += row == 3 ? "" : std::string(static_cast<std::size_t>(gap), 'x');
        }
        const auto strided =
            rowsIn(bytes, DType::F32, 4, 3, offsets[0], 12 + static_cast<std::uint64_t>(gap));
        const auto scattered =
            EmbeddingTable::mapped(MappedFile::ofBytes(bytes, "f"), DType::F32, 3, offsets);
        QVERIFY(strided != nullptr && scattered.ok());
        for (const auto& table : {strided, scattered.value()}) {
            QCOMPARE(table->rows(), std::size_t(4));
            QCOMPARE(table->dimension(), std::size_t(3));
            QVERIFY(table->isMapped());
            QVERIFY(table->row(Row{2}) == std::vector<float>({7, 8, 9}));
            for (const std::size_t blockRows : {1U, 2U, 3U, 100U}) {
                QVERIFY(visited(*table, Row{0}, Row{4}, blockRows) == numbers);
                QVERIFY(visited(*table, Row{1}, Row{3}, blockRows) == std::vector<float>({4, 5, 6, 7, 8, 9}));
                QVERIFY(visited(*table, Row{2}, Row{2}, blockRows).empty());
            }
            table->willRead(Row{0}, Row{4});
            QVERIFY(table->check().ok());
        }
    }

    void ownedNumbersAreVisitedInPlace() {
        const auto table = EmbeddingTable::owned(numbers, 4, 3);
        QVERIFY(!table->isMapped());
        QVERIFY(table->check().ok());
        const float* previousEnd = nullptr;
        table->visitBlocks(Row{0}, Row{4}, 2, [&](Row, std::span<const float> values) {
            const bool follows = previousEnd == nullptr || values.data() == previousEnd;
            previousEnd = values.data() + values.size();
            return follows;
        });
        QVERIFY(visited(*table, Row{0}, Row{4}, 3) == numbers);
        table->willRead(Row{0}, Row{4});
    }

    void visitingStopsWhenAsked() {
        const auto table = EmbeddingTable::owned(numbers, 4, 3);
        int calls = 0;
        table->visitBlocks(Row{0}, Row{4}, 1, [&](Row, std::span<const float>) { return ++calls < 2; });
        QCOMPARE(calls, 2);
    }

    void refusesRowsOutsideTheFile_data() {
        QTest::addColumn<qulonglong>("rows");
        QTest::addColumn<qulonglong>("dimension");
        QTest::addColumn<qulonglong>("offset");
        QTest::addColumn<qulonglong>("stride");
        QTest::addColumn<bool>("fits");
        const qulonglong huge = std::numeric_limits<qulonglong>::max();
        QTest::newRow("exactly") << 4ULL << 3ULL << 0ULL << 12ULL << true;
        QTest::newRow("one byte late") << 4ULL << 3ULL << 1ULL << 12ULL << false;
        QTest::newRow("one row too many") << 5ULL << 3ULL << 0ULL << 12ULL << false;
        QTest::newRow("offset past the end") << 1ULL << 1ULL << 49ULL << 4ULL << false;
        QTest::newRow("huge offset") << 1ULL << 1ULL << huge << 4ULL << false;
        QTest::newRow("huge stride") << 3ULL << 1ULL << 0ULL << (huge / 2 + 1) << false;
        QTest::newRow("huge dimension") << 1ULL << huge << 0ULL << 0ULL << false;
        QTest::newRow("huge number of rows") << huge << 3ULL << 0ULL << 12ULL << false;
        QTest::newRow("no rows") << 0ULL << 3ULL << huge << 12ULL << true;
    }
    void refusesRowsOutsideTheFile() {
        QFETCH(qulonglong, rows);
        QFETCH(qulonglong, dimension);
        QFETCH(qulonglong, offset);
        QFETCH(qulonglong, stride);
        QFETCH(bool, fits);
        const auto file = MappedFile::ofBytes(bytesOf(numbers), "numbers.bin");
        const auto table = EmbeddingTable::mapped(file, DType::F32, rows, dimension, offset, stride);
        QCOMPARE(table.ok(), fits);
        if (!fits) {
            QCOMPARE(table.error().code, ErrorCode::Broken);
            QCOMPARE(table.error().where, std::string("numbers.bin"));
        }
    }

    void refusesAScatteredRowOutsideTheFile() {
        const auto file = MappedFile::ofBytes(bytesOf(numbers), "numbers.bin");
        QVERIFY(EmbeddingTable::mapped(file, DType::F32, 3, {0, 36, 12}).ok());
        const auto table = EmbeddingTable::mapped(file, DType::F32, 3, {0, 37, 12});
        QVERIFY(!table.ok());
        QCOMPARE(table.error().what, std::string("row 1 does not lie in the file"));
    }

    void aFileCutShortIsSaid() {
        const ScratchFolder folder;
        const std::vector<float> ones(8192, 1.0F);
        const auto path = folder.write("ones", bytesOf(ones));
        auto file = MappedFile::open(path);
        QVERIFY(file.ok());
        const auto table = EmbeddingTable::mapped(file.value(), DType::F32, 8, 1024, 0, 4096);
        QVERIFY(table.ok());
        QCOMPARE(::truncate(path.c_str(), 4096), 0);
        QVERIFY(table.value()->row(Row{7}) == std::vector<float>(1024, 0.0F));
        const auto check = table.value()->check();
        QVERIFY(!check.ok());
        QCOMPARE(check.error().code, ErrorCode::Unreadable);
    }
};

QTEST_APPLESS_MAIN(EmbeddingTableTest)
#include "embedding_table_test.moc"
