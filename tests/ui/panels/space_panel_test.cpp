// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/space_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/held_pool.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/session/grouped_text.h"

#include <QAction>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

using namespace lexiscope;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

/// The panel with its tools above it, as a card has them, on tiny-gpt2 with "queen" selected.
struct Open : test::Workspace {
    QWidget window;
    SpacePanel* panel = new SpacePanel(context(), &window);
    bool ready = false;

    Open() {
        auto* layout = new QVBoxLayout(&window);
        for (QWidget* tool : panel->tools()) {
            layout->addWidget(tool);
        }
        layout->addWidget(panel, 1);
        window.resize(760, 560);
        session.setText("The king and the queen of France walked along the river.");
        ready = test::showActive(window) && load(0, gpt2);
        selection.select({0, rowOfWord(0, "queen"), std::nullopt});
        ready = ready && settle();
    }
    Row rowOfWord(int slot, const char* word) {
        return findToken(*session.slot(slot).model, word).value().row;
    }
    QAction& choice(const QString& name) { return *window.findChild<QAction*>(name); }
    /// Chosen as a person does: from the button's menu.
    [[nodiscard]] bool choose(const QString& name) {
        choice(name).trigger();
        return settle();
    }
    ColorLegend& legend() { return *panel->findChild<ColorLegend*>(); }
    ScaleLegend& scale() { return *panel->findChild<ScaleLegend*>(); }
    const SpaceFigure& figure() { return panel->plot().figure(); }
    /// Where the legend names that class; -1 where it does not.
    int entryOf(std::size_t kind) {
        int entry = -1;
        for (std::size_t i = 0; i <= kind; ++i) {
            entry += figure().traits->classes[i].points > 0 ? 1 : 0;
        }
        return figure().traits->classes[kind].points > 0 ? entry : -1;
    }
    void clickLegend(std::size_t kind) {
        const int entry = entryOf(kind);
        QTest::mouseClick(&legend(), Qt::LeftButton, {},
                          legend().entryRect(static_cast<std::size_t>(entry)).center().toPoint());
    }
};

}  // namespace

class SpacePanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theLegendFilters() {
        Open o;
        QVERIFY(o.ready && o.legend().isHidden());
        QVERIFY(o.choose(QStringLiteral("script")));
        QVERIFY(o.legend().isVisible());
        QVERIFY(!o.panel->fact().contains(QStringLiteral("hidden")));
        const PointTraits& traits = *o.figure().traits;
        std::size_t points = 0;
        for (const PointClass& one : traits.classes) {
            points += one.points;
        }
        QCOMPARE(points, std::size_t{16384});
        QVERIFY(traits.classes[0].points > 10'000);

        const auto digits = static_cast<std::size_t>(ScriptGroup::Digits);
        o.clickLegend(digits);
        QVERIFY(o.settle());
        QCOMPARE(o.figure().hidden.classes, 1U << digits);
        QVERIFY(o.panel->fact().startsWith(
            QStringLiteral("%1 of 16,384 points hidden by the legend").arg(traits.classes[digits].points)));
        const Row year = o.rowOfWord(0, "1990");
        QCOMPARE(traits.classOf[year.value], std::uint8_t{6});
        // Neither a click nor a box reaches it any more.
        o.panel->plot().centerOn(year);
        o.panel->plot().zoom(200);
        o.panel->plot().centerOn(year);
        const Row before = o.selection.selected()->row;
        QTest::mouseClick(&o.panel->plot(), Qt::LeftButton, {},
                          o.panel->plot().pointPosition(year).toPoint());
        QVERIFY(o.selection.selected()->row == before || o.selection.selected()->row != year);
        o.clickLegend(digits);
        QVERIFY(o.settle());
        QCOMPARE(o.figure().hidden.classes, 0U);
        QTest::mouseClick(&o.panel->plot(), Qt::LeftButton, {},
                          o.panel->plot().pointPosition(year).toPoint());
        QCOMPARE(o.selection.selected()->row, year);
    }

    void aCancelledProjectionCanBeBegunAgain() {
        Open o;
        QVERIFY(o.ready);
        auto& again = *o.panel->plot().findChild<AgainButton*>();
        QVERIFY(!again.isVisible());
        QVERIFY(o.load(1, words));
        {
            const test::HeldPool held(o.pool);
            o.session.setActiveSlot(1);
            o.runner.cancel(o.analyses.channelOf(1, Analyses::Projection));
        }
        QVERIFY(o.settle());
        QCOMPARE(o.figure().message, QStringLiteral("The projection was cancelled."));
        QVERIFY(again.isVisible());
        // Below the message, in the middle, also after the plot has another size.
        for (const int width : {760, 500}) {
            o.window.resize(width, 560);
            QVERIFY(o.settle());
            const QPointF middle = o.panel->plot().fieldRect().center();
            QVERIFY(std::abs(again.geometry().center().x() - middle.x()) < 2);
            QVERIFY(again.y() > middle.y() + 10 && again.y() < middle.y() + 60);
        }
        QTest::mouseClick(&again, Qt::LeftButton);
        QVERIFY(o.settle());
        QVERIFY(!again.isVisible());
        QVERIFY(o.figure().message.isEmpty() && o.figure().projection->rows == 20000);
    }

    void everyChoiceColorsByWhatItSays() {
        Open o;
        QVERIFY(o.ready);
        const std::shared_ptr<const Model> model = o.session.slot(0).model;
        const Row queen = o.rowOfWord(0, "queen");
        QVERIFY(o.choose(QStringLiteral("norm")));
        const std::vector<float> row = model->table->row(queen);
        double squares = 0;
        for (const float value : row) {
            squares += static_cast<double>(value) * static_cast<double>(value);
        }
        QVERIFY(std::abs(o.figure().traits->numbers[queen.value] - std::sqrt(squares)) < 1e-5);
        QVERIFY(o.figure().traits->scale.low < o.figure().traits->scale.high);
        QVERIFY(o.choose(QStringLiteral("length")));
        QCOMPARE(o.figure().traits->numbers[queen.value], 5.0F);
        QVERIFY(o.choose(QStringLiteral("row")));
        QCOMPARE(o.figure().traits->numbers[queen.value], static_cast<float>(queen.value));
        QVERIFY(o.scale().isVisible() && !o.legend().isVisible());
        QVERIFY(o.scale().accessibleName().contains(QStringLiteral("order of the vocabulary")));
        QVERIFY(o.choose(QStringLiteral("start")));
        QCOMPARE(o.figure().traits->classOf[queen.value], std::uint8_t{0});
        QCOMPARE(o.figure().traits->classOf[o.rowOfWord(0, "ed").value], std::uint8_t{1});
        QVERIFY(o.choose(QStringLiteral("density")));
        QVERIFY(!o.figure().traits);
        QVERIFY(!o.legend().isVisible() && !o.scale().isVisible());
    }

    void aRangeOfNumbersFilters() {
        Open o;
        QVERIFY(o.ready);
        QVERIFY(o.choose(QStringLiteral("row")));
        const QRectF bar = o.scale().barRect();
        const auto on = [&bar](double share) {
            return QPointF(bar.left() + bar.width() * share, bar.center().y()).toPoint();
        };
        QTest::mousePress(&o.scale(), Qt::LeftButton, {}, on(0));
        QMouseEvent move(QEvent::MouseMove, QPointF(on(0.5)), o.scale().mapToGlobal(QPointF(on(0.5))),
                         Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&o.scale(), &move);
        QTest::mouseRelease(&o.scale(), Qt::LeftButton, {}, on(0.5));
        QVERIFY(o.settle());
        std::size_t kept = 0;
        const Row last{static_cast<std::uint32_t>(16383)};
        for (std::uint32_t row = 0; row < 16384; ++row) {
            kept += isHidden(*o.figure().traits, o.figure().hidden, Row{row}) ? 0 : 1;
        }
        QVERIFY(kept > 7900 && kept < 8500);
        QVERIFY(!isHidden(*o.figure().traits, o.figure().hidden, Row{0}));
        QVERIFY(isHidden(*o.figure().traits, o.figure().hidden, last));
        const QString count = groupedText(kept);
        QVERIFY(o.panel->fact().startsWith(QStringLiteral("%1 of 16,384 points shown").arg(count)));
        QVERIFY(o.scale().accessibleDescription().contains(
            QStringLiteral("kept: rows 0 to %1").arg(groupedText(kept - 1))));
        // It is a part of the view.
        const QJsonObject saved = o.panel->saveView();
        QTest::mouseDClick(&o.scale(), Qt::LeftButton, {}, on(0.9));
        QVERIFY(o.settle());
        QVERIFY(o.figure().hidden == HiddenPoints());
        QVERIFY(!o.panel->fact().contains(QStringLiteral("points shown")));
        o.panel->restoreView(saved);
        QVERIFY(o.settle());
        QVERIFY(o.panel->fact().startsWith(QStringLiteral("%1 of 16,384 points shown").arg(count)));
        o.panel->restoreView({{QStringLiteral("color"), QStringLiteral("row")},
                              {QStringLiteral("range"), QJsonArray{900, 20}}});
        QVERIFY(o.figure().hidden.keepsAllPlaces() || o.settle());
        QVERIFY(o.settle() && o.figure().hidden == HiddenPoints());
    }

    void rowsInViewAreNamedWhereThereIsRoom() {
        Open o;
        QVERIFY(o.ready);
        const std::size_t before = o.panel->plot().labelRects().size();
        // A row far beyond those that are named in any view.
        const Row rare{15000};
        const QPointF at = o.panel->plot().pointPosition(rare);
        const QRectF view = o.panel->plot().view();
        const QRectF field = o.panel->plot().fieldRect();
        const QPointF middle(view.left() + (at.x() - field.left()) / field.width() * view.width(),
                             view.bottom() - (at.y() - field.top()) / field.height() * view.height());
        const double side = view.width() / 400;
        o.panel->plot().setView(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side));
        const std::vector<QRectF> labels = o.panel->plot().labelRects();
        QVERIFY(before > 20 && !labels.empty());
        const QPointF place = o.panel->plot().pointPosition(rare);
        QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QRectF& label) {
            return label.adjusted(-8, -8, 8, 8).contains(place);
        }));
        o.panel->plot().resetView();
        QCOMPARE(o.panel->plot().labelRects().size(), before);
    }

    void wordStartsAreOfferedWhereTheyAreMarked() {
        Open o;
        QVERIFY(o.ready);
        QVERIFY(o.choice(QStringLiteral("start")).isVisible());
        QVERIFY(o.choose(QStringLiteral("start")));
        QVERIFY(o.load(1, words));
        o.session.setActiveSlot(1);
        QVERIFY(o.settle());
        QVERIFY(!o.choice(QStringLiteral("start")).isVisible());
        QVERIFY(o.choice(QStringLiteral("script")).isVisible());
        QVERIFY(!o.figure().traits && o.legend().isVisible());
        QVERIFY(o.legend().accessibleName().contains(QStringLiteral("marks no word starts")));
        o.session.setActiveSlot(0);
        QVERIFY(o.settle());
        QVERIFY(o.figure().traits);
    }

    void anotherModelHasColorsOfItsOwn() {
        Open o;
        QVERIFY(o.ready);
        QVERIFY(o.choose(QStringLiteral("script")));
        const auto before = o.figure().traits;
        QVERIFY(o.load(0, words));
        QVERIFY(o.settle());
        QVERIFY(o.figure().traits && o.figure().traits != before);
        QCOMPARE(o.figure().traits->classOf.size(), std::size_t{20000});
    }

    void colorsAreAPartOfTheView() {
        Open o;
        QVERIFY(o.ready);
        QVERIFY(o.choose(QStringLiteral("script")));
        o.clickLegend(static_cast<std::size_t>(ScriptGroup::Latin));
        QVERIFY(o.settle());
        const QJsonObject saved = o.panel->saveView();
        QVERIFY(o.choose(QStringLiteral("density")));
        QVERIFY(o.panel->saveView().isEmpty());
        o.panel->restoreView(saved);
        QVERIFY(o.settle());
        QCOMPARE(o.panel->colorBy(), ColorBy::Script);
        QCOMPARE(o.figure().hidden.classes, 1U);
        QVERIFY(o.choice(QStringLiteral("script")).isChecked());
        o.panel->restoreView({{QStringLiteral("color"), QStringLiteral("taste")}});
        QCOMPARE(o.panel->colorBy(), ColorBy::Script);
    }

    void aBoxAroundManyIsShownWhole() {
        Open o;
        QVERIFY(o.ready);
        std::vector<Row> rows;
        for (std::uint32_t row = 1000; row < 9000; ++row) {
            rows.push_back(Row{row});
        }
        o.selection.setBoxed(rows);
        QVERIFY(o.settle());
        QVERIFY(o.figure().boxed && *o.figure().boxed == rows);
        QVERIFY(o.panel->fact().startsWith(QStringLiteral("8,000 in the box")));
        o.selection.setBoxed({});
        QVERIFY(o.settle());
        QVERIFY(!o.figure().boxed);
    }

    void theButtonGoesToTheSelection() {
        Open o;
        QVERIFY(o.ready);
        auto& button = *o.window.findChild<QPushButton*>(QStringLiteral("toSelection"));
        QVERIFY(button.isVisible());
        QTest::mouseClick(&button, Qt::LeftButton);
        const Row queen = o.rowOfWord(0, "queen");
        QTRY_VERIFY(
            (o.panel->plot().pointPosition(queen) - o.panel->plot().fieldRect().center()).manhattanLength() <
            0.1);
        o.selection.clear();
        QVERIFY(o.settle());
        QVERIFY(!button.isVisible());
        auto& closer = *o.window.findChild<QPushButton*>(QStringLiteral("zoomIn"));
        const double before = o.panel->plot().view().width();
        QTest::mouseClick(&closer, Qt::LeftButton);
        QVERIFY(std::abs(before / o.panel->plot().view().width() - MapTools::zoomFactor) < 0.01);
        o.window.resize(360, 560);
        QVERIFY(o.settle());
        QVERIFY(!closer.isVisible());
    }
};

QTEST_MAIN(SpacePanelTest)
#include "space_panel_test.moc"
