// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/word_grid.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/models/neighbor_roles.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace lexiscope;

namespace {

struct Open {
    ThemeSource theme;
    QWidget window;
    WordGrid grid{theme, &window};
    QStandardItemModel model;

    Open() {
        for (int i = 0; i < 40; ++i) {
            auto* item = new QStandardItem(QStringLiteral("word%1").arg(i));
            item->setData(QString::number(i % 11), NumberRole);
            model.appendRow(item);
        }
        grid.setModel(&model);
        grid.resize(340, 95);
        window.resize(360, 120);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    QRect at(int row) const { return grid.visualRect(model.index(row, 0)); }
};

}  // namespace

class WordGridTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void wordsStandRowByRowInColumns() {
        Open w;
        QCOMPARE(w.at(1).top(), w.at(0).top());
        QVERIFY(w.at(1).left() >= w.at(0).right());
        QCOMPARE(w.at(2).top(), w.at(0).top());
        QVERIFY(w.at(3).top() >= w.at(0).bottom());
        QCOMPARE(w.at(3).left(), w.at(0).left());
        // Whole rows fill the height.
        const int rows = w.grid.viewport()->height() / w.at(0).height();
        QVERIFY(w.grid.viewport()->height() - rows * w.at(0).height() < rows);
        w.grid.resize(150, 95);
        QTest::qWait(0);
        QVERIFY(w.at(1).top() >= w.at(0).bottom());
    }

    void clicksAndEnterTellTheWord() {
        Open w;
        const QSignalSpy activated(&w.grid, &WordGrid::wordActivated);
        QTest::mouseClick(w.grid.viewport(), Qt::LeftButton, {}, w.at(4).center());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 4);
        w.grid.setFocus();
        QTest::keyClick(&w.grid, Qt::Key_Right);
        QTest::keyClick(&w.grid, Qt::Key_Return);
        QCOMPARE(activated.count(), 2);
        QCOMPARE(activated[1][0].toInt(), 5);
    }

    void whatDoesNotFitScrolls() {
        Open w;
        QVERIFY(w.grid.verticalScrollBar()->maximum() > 0);
        QVERIFY(!w.grid.viewport()->rect().contains(w.at(39)));
        w.grid.scrollTo(w.model.index(39, 0));
        QVERIFY(w.grid.viewport()->rect().intersects(w.at(39)));
    }
};

QTEST_MAIN(WordGridTest)
#include "word_grid_test.moc"
