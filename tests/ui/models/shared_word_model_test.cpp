// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/shared_word_model.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/vocabulary_of.h"
#include "ui/models/neighbor_roles.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace lexiscope;

namespace {

std::shared_ptr<const PairResult> threeWords() {
    auto model = std::make_shared<Model>();
    model->vocabulary = test::sharedVocabulary({"a b", "\u0120", "c"});
    auto numbers = std::make_shared<PairNumbers>();
    numbers->words = {{Row{0}, Row{2}}, {Row{1}, Row{1}}, {Row{2}, Row{0}}};
    numbers->commonOfTen = {0, 1, 2};
    numbers->commonOfHundred = {0, 1, 2};
    auto result = std::make_shared<PairResult>();
    result->first = model;
    result->second = model;
    result->numbers = numbers;
    result->all = endsOf(*numbers, allWords(*numbers));
    result->common = endsOf(*numbers, {1});
    return result;
}

}  // namespace

class SharedWordModelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void isAProperItemModel() {
        SharedWordModel model(SharedWordModel::End::LeastAlike);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setResult(threeWords());
        QCOMPARE(model.rowCount(), 3);
        model.setResult(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void theCommonOnesStandAlone() {
        SharedWordModel model(SharedWordModel::End::LeastAlike);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto result = threeWords();
        model.setResult(result, true);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.wordAt(0).first, Row{1});
        model.setResult(result, false);
        QCOMPARE(model.rowCount(), 3);
    }

    void wordsComeFromTheirEnd() {
        SharedWordModel least(SharedWordModel::End::LeastAlike);
        SharedWordModel most(SharedWordModel::End::MostAlike);
        least.setResult(threeWords());
        most.setResult(threeWords());
        QCOMPARE(least.index(0).data().toString(), QStringLiteral("a·b"));
        QCOMPARE(most.index(0).data().toString(), QStringLiteral("c"));
        QCOMPARE(most.index(0).data(NumberRole).toString(), QStringLiteral("2"));
        QCOMPARE(most.wordAt(0).second, Row{0});
        // There are only two other words.
        QCOMPARE(most.index(0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("c: 2 of its 2 nearest words are the same in both models"));
    }
};

QTEST_GUILESS_MAIN(SharedWordModelTest)
#include "shared_word_model_test.moc"
