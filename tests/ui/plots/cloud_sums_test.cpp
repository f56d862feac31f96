// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/cloud_sums.h"

#include <cmath>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

const QRectF view(-2, -1, 4, 2);
const QSize size(400, 200);  // several pieces of lines

struct Cloud {
    explicit Cloud(std::size_t count) : coordinates(2 * count) {
        std::mt19937 random(3);
        std::normal_distribution<float> normal;
        for (float& value : coordinates) {
            value = normal(random);
        }
        index = PointIndex::build(coordinates, 2, 0, 1);
        for (const std::uint32_t row : index->rows()) {
            shades.push_back(static_cast<std::uint16_t>(row % 3));
        }
    }
    std::vector<float> coordinates;
    std::shared_ptr<const PointIndex> index;
    std::vector<std::uint16_t> shades;
};

/// One pixel from the definition: every point looked at.
double slowSum(const Cloud& cloud, int x, int y, double radius, int places,
               const std::vector<double>& weights) {
    double sum = 0;
    for (std::size_t i = 0; i < cloud.coordinates.size() / 2; ++i) {
        const auto middle = [places](double at) { return (std::floor(at * places) + 0.5) / places; };
        const double px = middle((static_cast<double>(cloud.coordinates[2 * i]) - view.left()) * 100);
        const double py = middle((view.bottom() - static_cast<double>(cloud.coordinates[2 * i + 1])) * 100);
        const double distance = std::hypot(x + 0.5 - px, y + 0.5 - py);
        sum += weights[i % 3] * std::round(256 * std::clamp(radius + 0.5 - distance, 0.0, 1.0)) / 256;
    }
    return sum;
}

/// All lines in one place.
struct Sums {
    Sums(const PointIndex& index, const QRectF& shown, QSize pixels, double radius, DotPlaces places,
         const CloudParts& parts)
        : width(static_cast<std::size_t>(pixels.width())),
          channels(parts.width + 1),
          values(width * static_cast<std::size_t>(pixels.height()) * channels, -1.0F) {
        cloudSums(index, shown, pixels, radius, places, parts, [this](int y, std::span<const float> line) {
            std::copy(
                line.begin(), line.end(),
                values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(y) * width * channels));
        });
    }
    const float* pixel(int x, int y) const {
        return &values[(static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)) * channels];
    }
    std::size_t width;
    std::size_t channels;
    std::vector<float> values;
};

}  // namespace

class CloudSumsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void sumsAreThoseOfTheDefinition_data() {
        QTest::addColumn<bool>("whole");
        QTest::addColumn<double>("radius");
        for (const double radius : {0.75, 1.15, 2.3, 4.6}) {
            QTest::addRow("quarter places, radius %g", radius) << false << radius;
            QTest::addRow("whole places, radius %g", radius) << true << radius;
        }
    }
    void sumsAreThoseOfTheDefinition() {
        QFETCH(bool, whole);
        QFETCH(double, radius);
        const Cloud cloud(2000);
        const DotPlaces places = whole ? DotPlaces::Whole : DotPlaces::Quarter;
        // Three numbers of each shade, then one, then none, and one class left out.
        const std::vector<float> three = {0.5F, 0, 1, 0.25F, 0.75F, 0, 1, 1, 0.125F};
        const std::vector<float> one = {3, 5, 7};
        const Sums colors(*cloud.index, view, size, radius, places, {three, 3, cloud.shades, {}});
        const Sums numbers(*cloud.index, view, size, radius, places, {one, 1, cloud.shades, {}});
        const Sums counts(*cloud.index, view, size, radius, places, {});
        const Sums filtered(*cloud.index, view, size, radius, places,
                            {one, 1, cloud.shades, {cloud.shades, 0b010}});
        QCOMPARE(colors.channels, std::size_t{4});
        QCOMPARE(counts.channels, std::size_t{1});
        for (int y = 0; y < size.height(); y += 7) {
            for (int x = 0; x < size.width(); x += 9) {
                const auto slow = [&](const std::vector<double>& weights) {
                    return static_cast<float>(slowSum(cloud, x, y, radius, whole ? 1 : 4, weights));
                };
                const float count = slow({1, 1, 1});
                QCOMPARE(counts.pixel(x, y)[0], count);
                QCOMPARE(colors.pixel(x, y)[0], count);
                QCOMPARE(colors.pixel(x, y)[2], slow({0, 0.75, 1}));
                QCOMPARE(numbers.pixel(x, y)[1], slow({3, 5, 7}));
                QCOMPARE(filtered.pixel(x, y)[0], slow({1, 0, 1}));
                QCOMPARE(filtered.pixel(x, y)[1], slow({3, 0, 7}));
            }
        }
    }

    void manyEqualPointsAreCounted() {
        const std::vector<float> coordinates(2 * 100'000, 0.5F);
        const auto index = PointIndex::build(coordinates, 2, 0, 1);
        const Sums sums(*index, QRectF(0, 0, 10, 10), QSize(10, 10), 1.15, DotPlaces::Whole, {});
        QCOMPARE(sums.pixel(0, 9)[0], 100'000.0F);
        QCOMPARE(sums.pixel(1, 9)[0], 64'843.75F);  // 166 parts of 256
        QCOMPARE(sums.pixel(3, 9)[0], 0.0F);
    }
};

QTEST_GUILESS_MAIN(CloudSumsTest)
#include "cloud_sums_test.moc"
