// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/neighbor_sets.h"

#include "core/embedding/distances.h"
#include "tests/support/sanitized.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <numeric>
#include <random>

#include <QTest>

using namespace lexiscope;

namespace {

SharedVectors vectorsFrom(std::size_t dimension, std::vector<float> values) {
    SharedVectors vectors;
    vectors.dimension = dimension;
    vectors.count = values.size() / dimension;
    vectors.values = std::move(values);
    for (std::size_t word = 0; word < vectors.count; ++word) {
        vectors.norms.push_back(norm(vectors.at(word)));
    }
    return vectors;
}

SharedVectors randomVectors(std::size_t count, std::size_t dimension, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(count * dimension);
    std::generate(values.begin(), values.end(), [&] { return normal(random); });
    return vectorsFrom(dimension, std::move(values));
}

/// The plain way: all cosines in double precision, all sorted.
std::vector<std::uint32_t> reference(const SharedVectors& vectors, std::uint32_t word) {
    std::vector<double> cosines(vectors.count);
    for (std::size_t other = 0; other < vectors.count; ++other) {
        cosines[other] = cosineOf(vectors, word, other);
    }
    std::vector<std::uint32_t> order(vectors.count);
    std::iota(order.begin(), order.end(), 0U);
    order.erase(order.begin() + word);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return cosines[a] > cosines[b]; });
    return order;
}

std::vector<std::uint32_t> sorted(std::span<const std::uint32_t> words) {
    std::vector<std::uint32_t> copy(words.begin(), words.end());
    std::sort(copy.begin(), copy.end());
    return copy;
}

}  // namespace

class NeighborSetsTest : public QObject {
    Q_OBJECT

  private:
    NeighborSets setsOf(const SharedVectors& vectors, unsigned threads = 3) {
        NoProgress silent;
        SharedProgress progress(silent, 1, {});
        WorkerPool pool(threads);
        return neighborSets(vectors, pool, progress).value();
    }

    void compareWithReference(const SharedVectors& vectors) {
        const NeighborSets sets = setsOf(vectors);
        QCOMPARE(sets.count, vectors.count);
        QCOMPARE(sets.kept, std::min<std::size_t>(100, vectors.count - 1));
        for (std::uint32_t word = 0; word < vectors.count; word += test::isSanitized ? 7 : 1) {
            const std::vector<std::uint32_t> expected = reference(vectors, word);
            for (const std::size_t size : overlapSizes) {
                const std::size_t kept = std::min(size, sets.kept);
                QCOMPARE(sorted(sets.of(word).first(kept)), sorted(std::span(expected).first(kept)));
            }
        }
    }

  private slots:
    void equalsTheReference_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("dimension");
        QTest::newRow("two words") << 2 << 3;
        QTest::newRow("eleven words") << 11 << 5;
        QTest::newRow("as many as are kept") << 101 << 7;
        QTest::newRow("one dimension: cosines are 1 and -1") << 300 << 1;
        QTest::newRow("two dimensions: cosines lie close") << 1500 << 2;
        QTest::newRow("more than one block") << 700 << 40;
        QTest::newRow("wide") << 300 << 768;
    }

    void equalsTheReference() {
        QFETCH(int, count);
        QFETCH(int, dimension);
        compareWithReference(
            randomVectors(static_cast<std::size_t>(count), static_cast<std::size_t>(dimension), 5));
    }

    void equalRowsComeInOrder() {
        // Far more equal words than candidates are kept, and some others between them.
        std::vector<float> values;
        for (int word = 0; word < 1700; ++word) {
            const float other = word % 17 == 3 ? 0.25F : 0.0F;
            values.insert(values.end(), {0.3F, 0.1F + other, -0.7F});
        }
        const SharedVectors vectors = vectorsFrom(3, std::move(values));
        compareWithReference(vectors);
        const NeighborSets sets = setsOf(vectors);
        std::vector<std::uint32_t> others;
        for (std::uint32_t word = 3; others.size() < 99; word += 17) {
            others.push_back(word);
        }
        QCOMPARE(sets.of(4)[0], 0U);
        QCOMPARE(sets.of(3)[0], 20U);
        QCOMPARE(sorted(sets.of(3 + 17 * 99).first(99)), others);
    }

    void whatFloatCannotTellApartIsToldInDouble() {
        // Each word turns a little further from the first; the steps are below what float products resolve.
        constexpr std::size_t dimension = 300;
        std::vector<float> values;
        for (int word = 0; word < 600; ++word) {
            values.insert(values.end(), dimension, 1.0F);
            values.back() = 1.0F + static_cast<float>(word) * 2e-6F;
        }
        const SharedVectors vectors = vectorsFrom(dimension, std::move(values));
        compareWithReference(vectors);
        QCOMPARE(sorted(setsOf(vectors).of(0).first(10)),
                 (std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    }

    void lengthsDoNotCount() {
        SharedVectors vectors = randomVectors(200, 8, 9);
        const NeighborSets before = setsOf(vectors);
        for (std::size_t word = 0; word < vectors.count; ++word) {
            const float factor = std::ldexp(1.0F, static_cast<int>(word % 120) - 60);
            for (std::size_t i = 0; i < vectors.dimension; ++i) {
                vectors.values[word * vectors.dimension + i] *= factor;
            }
            vectors.norms[word] = norm(vectors.at(word));
        }
        QCOMPARE(setsOf(vectors).nearest, before.nearest);
    }

    void doesNotDependOnThreads() {
        const SharedVectors vectors = randomVectors(900, 6, 11);
        QCOMPARE(setsOf(vectors, 1).nearest, setsOf(vectors, 8).nearest);
    }

    void oneWordHasNoNeighbors() {
        QCOMPARE(setsOf(randomVectors(1, 4, 1)).kept, std::size_t(0));
        QCOMPARE(setsOf(vectorsFrom(4, {})).kept, std::size_t(0));
    }

    void countsWhatIsInCommon() {
        const NeighborSets first = {2, 3, {1, 2, 3, 0, 5, 4}};
        const NeighborSets second = {2, 3, {2, 1, 9, 0, 4, 7}};
        QCOMPARE(commonNeighbors(first, second, 0, 1), 0U);
        QCOMPARE(commonNeighbors(first, second, 0, 2), 2U);
        QCOMPARE(commonNeighbors(first, second, 0, 100), 2U);
        QCOMPARE(commonNeighbors(first, second, 1, 1), 1U);
        QCOMPARE(commonNeighbors(first, second, 1, 3), 2U);
    }

    void reportsAndStops() {
        const SharedVectors vectors = randomVectors(1100, 10, 3);
        WorkerPool pool(2);
        test::StoppingProgress all(1000000);
        const std::uint64_t total = 1100 * 1100 / 2 * 10;
        SharedProgress progress(all, total, {});
        QVERIFY(neighborSets(vectors, pool, progress).ok());
        QVERIFY(all.reports.size() >= 15);
        QVERIFY(all.reports.back().done <= total);
        QVERIFY(all.reports.back().done > total * 99 / 100);
        test::StoppingProgress some(3);
        SharedProgress stopped(some, total, {});
        const Result<NeighborSets> result = neighborSets(vectors, pool, stopped);
        QVERIFY(!result.ok() && result.error().code == ErrorCode::Cancelled);
        QVERIFY(some.reports.size() < 8);
    }
};

QTEST_GUILESS_MAIN(NeighborSetsTest)
#include "neighbor_sets_test.moc"
