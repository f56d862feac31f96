// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/feature_model.h"

#include "tests/support/qt_warnings.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage {
    Stage() {
        document.begin(FeatureTable::make({"cat", "dog"}, {"has fur", "barks"}, {10, 0, 9.5F, 10}).value());
    }
    FeatureDocument document;
    FeatureModel model{document};
};

}  // namespace

class FeatureModelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theTableIsSeen() {
        Stage stage;
        QCOMPARE(stage.model.rowCount(), 2);
        QCOMPARE(stage.model.columnCount(), 2);
        const QModelIndex cell = stage.model.index(1, 0);
        QCOMPARE(cell.data().toString(), QStringLiteral("9.5"));
        QCOMPARE(cell.data(Qt::EditRole).toDouble(), 9.5);
        QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("dog, has fur: 9.5 of 10"));
        QCOMPARE(stage.model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("dog"));
        QCOMPARE(stage.model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("barks"));
        QVERIFY(!stage.model.headerData(2, Qt::Horizontal, Qt::DisplayRole).isValid());
        QCOMPARE(ratingText(10), QStringLiteral("10"));
        QCOMPARE(ratingText(1.0 / 3), QStringLiteral("0.333"));
    }

    void whatIsSetIsAStep() {
        Stage stage;
        const QAbstractItemModelTester tester(&stage.model,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy cells(&stage.model, &QAbstractItemModel::dataChanged);
        QSignalSpy names(&stage.model, &QAbstractItemModel::headerDataChanged);
        QSignalSpy resets(&stage.model, &QAbstractItemModel::modelReset);
        QVERIFY(stage.model.setData(stage.model.index(0, 1), 3));
        QCOMPARE(stage.document.table().rating(0, 1), 3.F);
        QVERIFY(stage.model.setHeaderData(0, Qt::Vertical, QStringLiteral("tiger")));
        QVERIFY(stage.model.setHeaderData(1, Qt::Horizontal, QStringLiteral("roars")));
        QCOMPARE(cells.size(), 1);
        QCOMPARE(names.size(), 2);
        stage.document.undo();
        stage.document.undo();
        stage.document.undo();
        QCOMPARE(stage.model.index(0, 1).data().toString(), QStringLiteral("0"));
        QCOMPARE(stage.model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("cat"));
        QVERIFY(resets.isEmpty());
        stage.document.apply({}, stage.document.table().withThing("car"));
        stage.document.apply({}, stage.document.table().withoutQuestion(0));
        QCOMPARE(resets.size(), 2);
        QCOMPARE(stage.model.rowCount(), 3);
        QCOMPARE(stage.model.columnCount(), 1);
    }

    void whatIsWrongChangesNothing() {
        Stage stage;
        QSignalSpy refusals(&stage.document, &FeatureDocument::refused);
        QVERIFY(!stage.model.setData(stage.model.index(0, 0), 11));
        QVERIFY(!stage.model.setData(stage.model.index(0, 0), QStringLiteral("much")));
        QVERIFY(!stage.model.setHeaderData(0, Qt::Vertical, QStringLiteral("dog")));
        QVERIFY(!stage.model.setHeaderData(0, Qt::Vertical, QString()));
        QVERIFY(!stage.model.setHeaderData(5, Qt::Vertical, QStringLiteral("x")));
        QCOMPARE(refusals.size(), 3);
        QVERIFY(!stage.document.undoText());
    }
};

QTEST_MAIN(FeatureModelTest)
#include "feature_model_test.moc"
