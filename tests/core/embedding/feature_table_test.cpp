// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/feature_table.h"

#include <cmath>
#include <limits>

#include <QTest>

using namespace lexiscope;

namespace {

FeatureTable animals() {
    return FeatureTable::make({"cat", "dog", "car"}, {"has fur", "barks"}, {10, 0, 9, 10, 0, 1}).value();
}

}  // namespace

class FeatureTableTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void whatIsMadeIsKept() {
        const FeatureTable table = animals();
        QCOMPARE(table.things(), std::vector<std::string>({"cat", "dog", "car"}));
        QCOMPARE(table.questions(), std::vector<std::string>({"has fur", "barks"}));
        QCOMPARE(table.rating(1, 0), 9.F);
        QCOMPARE(table.rating(2, 1), 1.F);
        QCOMPARE(FeatureTable().things().size(), std::size_t(1));
        QCOMPARE(FeatureTable().ratings(), std::vector<float>({0}));
    }

    void thingsAndQuestionsComeAndGo() {
        const FeatureTable more = animals().withThing(" horse ").value().withQuestion("runs").value();
        QCOMPARE(more.things().back(), std::string("horse"));
        QCOMPARE(more.ratings(), std::vector<float>({10, 0, 0, 9, 10, 0, 0, 1, 0, 0, 0, 0}));
        const FeatureTable rated = more.withRating(1, 2, 7.5F).value();
        QCOMPARE(rated.rating(1, 2), 7.5F);
        QCOMPARE(rated.withoutQuestion(0).value().ratings(),
                 std::vector<float>({0, 0, 10, 7.5F, 1, 0, 0, 0}));
        QCOMPARE(rated.withoutThing(0).value().ratings(),
                 std::vector<float>({9, 10, 7.5F, 0, 1, 0, 0, 0, 0}));
        QCOMPARE(rated.withoutThing(3).value().withoutQuestion(2).value(), animals());
        QCOMPARE(rated.withThingNamed(0, "tiger").value().things().front(), std::string("tiger"));
        QCOMPARE(rated.withQuestionNamed(1, "says woof").value().questions()[1], std::string("says woof"));
    }

    void aNameMayStayButNotBeThereTwice() {
        QVERIFY(animals().withThingNamed(0, "cat").ok());
        QCOMPARE(animals().withThingNamed(0, "dog").error().where, std::string("dog"));
        QCOMPARE(animals().withThing("dog").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(animals().withQuestion("barks").error().where, std::string("barks"));
        QVERIFY(animals().withQuestion("dog").ok());  // a thing may be called as a question is
        QVERIFY(!FeatureTable::make({"a", " a"}, {"q"}, {1, 2}).ok());
        QCOMPARE(unusedName("thing", {"thing", "thing 2"}), std::string("thing 3"));
        QCOMPARE(unusedName("thing", {}), std::string("thing"));
    }

    void whatCanBeNoNameIsRefused_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("spaces") << QByteArray("  ");
        QTest::newRow("newline") << QByteArray("a\nb");
        QTest::newRow("zero byte") << QByteArray("a\0b", 3);
        QTest::newRow("next line, U+0085") << QByteArray("a\xC2\x85");
        QTest::newRow("half a character") << QByteArray("a\xC3");
        QTest::newRow("long") << QByteArray(201, 'a');
    }
    void whatCanBeNoNameIsRefused() {
        QFETCH(const QByteArray, name);
        QVERIFY(!featureName(name.toStdString()).ok());
        QVERIFY(!animals().withThing(name.toStdString()).ok());
        QVERIFY(!FeatureTable::make({name.toStdString()}, {"q"}, {1}).ok());
    }

    void whatIsNoRatingIsRefused() {
        for (const float wrong : {-0.5F, 10.01F, std::numeric_limits<float>::quiet_NaN(),
                                  std::numeric_limits<float>::infinity()}) {
            QVERIFY(!animals().withRating(0, 0, wrong).ok());
            QVERIFY(!FeatureTable::make({"a"}, {"q"}, {wrong}).ok());
        }
        QVERIFY(animals().withRating(0, 0, 10).ok());
    }

    void theLastOneStays() {
        const FeatureTable one = FeatureTable::make({"cat"}, {"has fur"}, {10}).value();
        QCOMPARE(one.withoutThing(0).error().where, std::string("cat"));
        QCOMPARE(one.withoutQuestion(0).error().where, std::string("has fur"));
        QVERIFY(!FeatureTable::make({}, {"q"}, {}).ok());
        QVERIFY(!FeatureTable::make({"a"}, {}, {}).ok());
    }

    void thereIsAnEndToItsSize() {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < FeatureTable::mostThings; ++i) {
            names.push_back(std::to_string(i));
        }
        const auto full = FeatureTable::make(names, {"q"}, std::vector<float>(names.size()));
        QVERIFY(full.ok());
        QVERIFY(!full.value().withThing("one more").ok());
        names.resize(FeatureTable::mostRatings / FeatureTable::mostQuestions);
        std::vector<std::string> questions(names.begin(), names.begin() + FeatureTable::mostQuestions);
        const auto wide = FeatureTable::make(names, questions, std::vector<float>(FeatureTable::mostRatings));
        QVERIFY(wide.ok());
        QVERIFY(!wide.value().withThing("x").ok());
        QVERIFY(!wide.value().withQuestion("x").ok());
    }

    void distancesAreEuclidean() {
        const std::vector<ThingDistance> others = distancesFrom(animals(), 0);
        QCOMPARE(others.size(), std::size_t(2));
        // From (10, 0) to (9, 10) and to (0, 1): equally far, so that the earlier one comes first.
        QCOMPARE(others[0].thing, std::size_t(1));
        QCOMPARE(others[0].distance, std::sqrt(101.0));
        QCOMPARE(others[1].thing, std::size_t(2));
        const FeatureTable moved = animals().withRating(2, 1, 0).value();
        QCOMPARE(distancesFrom(moved, 0).front().thing, std::size_t(2));
        QCOMPARE(distancesFrom(moved, 0).front().distance, 10.0);
        QVERIFY(distancesFrom(FeatureTable(), 0).empty());
    }
};

QTEST_APPLESS_MAIN(FeatureTableTest)
#include "feature_table_test.moc"
