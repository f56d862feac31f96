// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/matrix_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;

class MatrixPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void twoOnOneSlotComeToRest() {
        test::Workspace w;
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        w.selection.select({0, findToken(*w.session.slot(0).model, "queen").value().row, std::nullopt});
        QVERIFY(w.settle());
        MatrixPanel high(w.context());
        MatrixPanel low(w.context());
        high.resize(400, 700);
        low.resize(400, 420);
        high.show();
        low.show();
        QVERIFY(QTest::qWaitForWindowExposed(&high) && QTest::qWaitForWindowExposed(&low));
        const QSignalSpy changes(&w.analyses, &Analyses::changed);
        QTest::qWait(300);
        const auto before = changes.count();
        QTest::qWait(300);
        QCOMPARE(changes.count(), before);
        QVERIFY(w.analyses.isCurrent(0, Analyses::Matrix));
    }
};

QTEST_MAIN(MatrixPanelTest)
#include "matrix_panel_test.moc"
