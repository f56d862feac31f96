// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/product_sums.h"

#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

/// Whole numbers, small enough for every sum of products to be exact in whatever order it is taken.
double number(std::size_t row, std::size_t column) {
    return static_cast<double>((row * 7919 + column * 104729) % 201) - 100.0;
}

std::vector<double> striped(std::size_t capacity, std::size_t count, std::size_t width) {
    std::vector<double> strips(capacity * width, 1e300);  // what lies behind the rows that count is not read
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < width; ++column) {
            strips[(column / stripWidth * capacity + row) * stripWidth + column % stripWidth] =
                number(row, column);
        }
    }
    return strips;
}

double product(std::size_t count, std::size_t i, std::size_t j) {
    double sum = 0;
    for (std::size_t row = 0; row < count; ++row) {
        sum += number(row, i) * number(row, j);
    }
    return sum;
}

}  // namespace

class ProductSumsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void sumsAreThoseOfTheDefinition_data() {
        QTest::addColumn<std::size_t>("count");
        for (const std::size_t count : {0, 1, 2, 255, 256, 257, 1000}) {
            QTest::addRow("%zu rows", count) << count;
        }
    }
    void sumsAreThoseOfTheDefinition() {
        QFETCH(std::size_t, count);
        constexpr std::size_t width = 40;
        const std::vector<double> strips = striped(1003, count, width);
        std::vector<double> sums(width * width, 5.0);
        const Columns left = {8, 32};
        const Columns right = {16, 40};
        addProducts({strips.data(), 1003, count}, left, right, sums.data(), width);
        for (std::size_t i = 0; i < width; ++i) {
            for (std::size_t j = 0; j < width; ++j) {
                const bool isAsked = i >= left.begin && i < left.end && j >= right.begin && j < right.end &&
                                     j / stripWidth >= i / stripWidth;
                QCOMPARE(sums[i * width + j], 5.0 + (isAsked ? product(count, i, j) : 0.0));
            }
        }
    }
};

QTEST_APPLESS_MAIN(ProductSumsTest)
#include "product_sums_test.moc"
