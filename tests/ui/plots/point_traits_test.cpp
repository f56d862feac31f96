// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_traits.h"

#include "ui/plots/point_tint.h"

#include <limits>

#include <QTest>

using namespace lexiscope;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

TokenTraits tokens() {
    TokenTraits traits;
    traits.lengths = {5, 1, 3, 4};
    traits.lengthScale = {1, 5, false, false};
    traits.scripts = {Script::Latin, Script::Digits, Script::Latin, Script::Greek};
    traits.starts = {1, 0, 0, 1};
    return traits;
}

/// Four rows, of which the third has no point.
PcaResult projection() {
    PcaResult result;
    result.rows = 4;
    result.components = 2;
    result.coordinates = {0, 0, 1, 0, notANumber, notANumber, 0, 1};
    return result;
}

/// Points in a line.
PcaResult pointsOf(std::size_t rows) {
    PcaResult result;
    result.rows = rows;
    result.components = 2;
    for (std::size_t row = 0; row < rows; ++row) {
        result.coordinates.insert(result.coordinates.end(), {static_cast<float>(row), 0});
    }
    return result;
}

}  // namespace

class PointTraitsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void classesCountPoints() {
        const auto scripts = scriptTraits(tokens(), projection());
        QVERIFY((scripts->classOf == std::vector<std::uint8_t>{0, 6, 0, 2}));
        QCOMPARE(scripts->classes.size(), scriptGroupCount);
        QCOMPARE(scripts->classes[0].points, std::size_t{1});  // the other Latin one has no point
        QCOMPARE(scripts->classes[6].points, std::size_t{1});
        QCOMPARE(scripts->classes[1].points, std::size_t{0});
        QCOMPARE(countHidden(*scripts, {}), std::size_t{0});
        QCOMPARE(countHidden(*scripts, {0b1000001}), std::size_t{2});
        QVERIFY(isHidden(*scripts, {0b100}, Row{3}));
        QVERIFY(!isHidden(*scripts, {0b100}, Row{0}));
        QVERIFY(!isHidden(*scripts, {0b100}, Row{99}));
        const auto starts = wordStartTraits(tokens(), projection());
        QVERIFY((starts->classOf == std::vector<std::uint8_t>{0, 1, 1, 0}));
        QCOMPARE(starts->classes[0].points, std::size_t{2});
        QCOMPARE(starts->classes[1].points, std::size_t{1});
        TokenTraits unmarked = tokens();
        unmarked.starts.clear();
        QVERIFY(!wordStartTraits(unmarked, projection()));
    }

    void numbersHaveScales() {
        const auto rows = rowOrderTraits(pointsOf(5));
        QCOMPARE(rows->numbers.back(), 4.0F);
        QCOMPARE(rows->scale.high, 4.0);
        const auto norms =
            normTraits(std::vector<float>({0.5F, notANumber, 2}), {0.5, 2, false, true}, pointsOf(3));
        QVERIFY((norms->numbers == std::vector<float>{0.5F, 0, 2}));
        QCOMPARE(norms->decimals, 2);
        const auto lengths = lengthTraits(tokens(), projection());
        QVERIFY((lengths->numbers == std::vector<float>{5, 1, 3, 4}));
        QCOMPARE(lengths->scale.high, 5.0);
        QVERIFY(!isHidden(*lengths, {~0U}, Row{0}));
        TokenTraits alike = tokens();
        alike.lengthScale = {3, 3, true, true};
        QCOMPARE(lengthTraits(alike, projection())->scale.high, 4.0);
    }

    void aRangeKeepsWhatLiesInIt() {
        // 5, 1, 3 and 4 characters; the third row has no point.
        const auto lengths = lengthTraits(tokens(), projection());
        QCOMPARE(lengths->placeOf(1), std::uint16_t{0});
        QCOMPARE(lengths->placeOf(5), PointTraits::lastPlace);
        QCOMPARE(lengths->placeOf(-7), std::uint16_t{0});
        QCOMPARE(lengths->placeOf(70), PointTraits::lastPlace);
        QVERIFY(HiddenPoints().keepsAllPlaces());
        QCOMPARE(countHidden(*lengths, {}), std::size_t{0});
        QVERIFY(keptNumbers(*lengths, {}) == std::pair(1.0F, 5.0F));
        const HiddenPoints shorter{0, 0, lengths->placeOf(4)};
        QCOMPARE(countHidden(*lengths, shorter), std::size_t{1});
        QVERIFY(keptNumbers(*lengths, shorter) == std::pair(1.0F, 4.0F));
        QVERIFY(isHidden(*lengths, shorter, Row{0}));
        for (const std::uint32_t row : {1U, 2U, 3U, 99U}) {
            QVERIFY(!isHidden(*lengths, shorter, Row{row}));
        }
        const HiddenPoints three{0, lengths->placeOf(3), lengths->placeOf(3)};
        QCOMPARE(countHidden(*lengths, three), std::size_t{3});  // no point is left
        QVERIFY(!keptNumbers(*lengths, three));
        // What lies beyond the scale goes with its end.
        const auto norms = normTraits(std::vector<float>{0, 1, 2, 9}, {1, 2, true, true}, pointsOf(4));
        QVERIFY(keptNumbers(*norms, {0, 512, 0xFFFF}) == std::pair(2.0F, 9.0F));
        QVERIFY(keptNumbers(*norms, {0, 0, 512}) == std::pair(0.0F, 1.0F));
        // And the index leaves out what the traits do.
        const PcaResult points = pointsOf(4);
        const auto index = PointIndex::build(points.coordinates, 2, 0, 1);
        const auto tint = PointTint::of(*index, norms);
        QVERIFY(index->inside(QRectF(-1, -1, 9, 2), tint->filter({0, 512, 0xFFFF})) ==
                (std::vector{Row{2}, Row{3}}));
    }

    void shadesFollowTheOrderOfTheIndex() {
        const PcaResult points = projection();
        const auto index = PointIndex::build(points.coordinates, 2, 0, 1);
        const auto classes = PointTint::of(*index, scriptTraits(tokens(), points));
        const auto places = PointTint::of(*index, lengthTraits(tokens(), projection()));
        for (std::size_t i = 0; i < index->size(); ++i) {
            const std::uint32_t row = index->rows()[i];
            QCOMPARE(classes->shades[i], classes->traits->classOf[row]);
            QCOMPARE(places->shades[i],
                     static_cast<std::uint16_t>(std::lround((places->traits->numbers[row] - 1) / 4 * 1023)));
        }
        QVERIFY(!PointTint::of(*index, rowOrderTraits(pointsOf(3))));  // fewer rows: of another model
        const auto same =
            PointTint::of(*index, normTraits(std::vector<float>(4, 1), {1, 1, false, false}, points));
        QCOMPARE(same->shades.front(), std::uint16_t{0});
    }

    void palettesHaveAColorForEveryShade() {
        const Theme theme = themeOf(ThemeName::Light);
        QCOMPARE(paletteOf(*scriptTraits(tokens(), projection()), theme).size(), scriptGroupCount);
        const std::vector<QRgb> scale = paletteOf(*rowOrderTraits(pointsOf(3)), theme);
        QCOMPARE(scale.size(), std::size_t{PointTraits::lastPlace} + 1);
        QCOMPARE(scale.front(), theme.number(0).rgb());
        QCOMPARE(scale.back(), theme.number(1).rgb());
    }

    void namesGoBothWays() {
        for (std::size_t i = 0; i < colorByCount; ++i) {
            const auto by = static_cast<ColorBy>(i);
            QVERIFY(colorByFromName(nameOf(by)) == by);
        }
        QVERIFY(!colorByFromName(QStringLiteral("colour")));
    }
};

QTEST_GUILESS_MAIN(PointTraitsTest)
#include "point_traits_test.moc"
