// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/positions_panel.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/line_plot.h"
#include "ui/widgets/style_sheet.h"

#include <cmath>
#include <cstring>

#include <QAction>
#include <QApplication>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QSpinBox>
#include <QTest>

using namespace lexiscope;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

struct Stage : test::PanelStage<PositionsPanel> {
    explicit Stage(QSize size = {1300, 300}, bool withTools = true) : PanelStage(size, true, withTools) {
        w.session.setText("The king and the queen walked.");
    }

    [[nodiscard]] bool selectWord(const char* word) {
        const Result<FoundToken> found = findToken(*w.session.slot(0).model, word);
        if (!found.ok()) {
            return false;
        }
        w.selection.select({0, found.value().row, std::nullopt});
        return w.settle();
    }
    [[nodiscard]] bool choose(const char* segmented, int index) {
        QTest::mouseClick(find<Segmented>(segmented).button(index), Qt::LeftButton);
        return w.settle();
    }
    /// As a person does in the button's menu.
    [[nodiscard]] bool pick(const char* button, const char* name) {
        for (QAction* action : find<ChoiceButton>(button).menu()->actions()) {
            if (action->text() == QString::fromUtf8(name) && action->isVisible()) {
                action->trigger();
                return w.settle();
            }
        }
        return false;
    }
    [[nodiscard]] QString picked(const char* button) { return find<ChoiceButton>(button).text(); }
    /// The middle of that row of the matrix.
    static QPoint rowCenter(const HeatMapView& map, std::size_t row) {
        const QRectF rect = map.mapRect();
        const double offset = static_cast<double>(row - map.figure().firstRow) + 0.5;
        return QPointF(rect.center().x(),
                       rect.top() + offset / static_cast<double>(map.figure().rowCount) * rect.height())
            .toPoint();
    }
};

bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

class PositionsPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void sinusoidalPositionsNeedNoModel() {
        Stage stage;
        QVERIFY(test::showActive(stage.card));
        QVERIFY(stage.w.settle());
        const HeatMapFigure& figure = stage.find<HeatMapView>("positionMatrix").figure();
        QCOMPARE(figure.totalRows, std::size_t(128));
        QCOMPARE(figure.columns, std::size_t(128));
        QVERIFY(figure.values);
        QVERIFY(stage.find<SumStrips>("sum").figure().sum.empty());
        QCOMPARE(stage.find<SumStrips>("sum").figure().message, QStringLiteral("No model is open."));
        QVERIFY(!stage.find<ChoiceButton>("kind").isOffered(1));
        QVERIFY(!stage.pick("kind", "Learned"));
    }

    void allPartsShowTheSelectedPosition() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        const HeatMapFigure& map = stage.find<HeatMapView>("positionMatrix").figure();
        const HeatMapFigure& similarity = stage.find<HeatMapView>("similarity").figure();
        const WaveFigure& waves = stage.find<WavePlot>("waves").figure();
        QCOMPARE(map.selectedRow, 4LL);
        QCOMPARE(similarity.selectedRow, 4LL);
        QCOMPARE(waves.selectedPosition, 4LL);
        QCOMPARE(waves.waves.size(), std::size_t(4));
        QCOMPARE(similarity.rowCount, map.rowCount);
        QCOMPARE(waves.waves[0].values.size(), map.rowCount);
        QCOMPARE(stage.find<HeatMapView>("similarity").columnCount(), map.rowCount);
        QVERIFY(stage.panel->fact().startsWith(
            QStringLiteral("sinusoidal · base 10,000 · length 128 · dimension 128 · 0 … ")));
    }

    void theSumIsThatOfTheModelBitForBit() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        const Model& model = *stage.w.session.slot(0).model;
        const Row row = stage.w.selection.selected()->row;
        const std::vector<float> token = model.table->row(row);
        const std::vector<float> position = model.positions->row(Row{4});
        std::vector<float> sum(token.size());
        for (std::size_t i = 0; i < sum.size(); ++i) {
            sum[i] = token[i] + position[i];
        }
        const SumFigure& figure = stage.find<SumStrips>("sum").figure();
        QVERIFY(sameBits(figure.token, token));
        QVERIFY(sameBits(figure.position, position));
        QVERIFY(sameBits(figure.sum, sum));
        QCOMPARE(figure.tokenName, QStringLiteral("wte[%1]").arg(row.value));
        QCOMPARE(figure.positionName, QStringLiteral("wpe[4]"));
    }

    void clickingARowSelectsItsToken() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        auto& map = stage.find<HeatMapView>("positionMatrix");
        QTest::mouseClick(&map, Qt::LeftButton, {}, Stage::rowCenter(map, 1));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->position, std::optional(Position{1}));
        QCOMPARE(stage.w.selection.selected()->row,
                 findToken(*stage.w.session.slot(0).model, "Ġking").value().row);
        QCOMPARE(map.figure().selectedRow, 1LL);
        // Beyond the text there is no token: the selected one is shown as if it stood there.
        const SumFigure before = stage.find<SumStrips>("sum").figure();
        QTest::mouseClick(&map, Qt::LeftButton, {}, Stage::rowCenter(map, 20));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->position, std::optional(Position{1}));
        QCOMPARE(map.figure().selectedRow, 20LL);
        const SumFigure& after = stage.find<SumStrips>("sum").figure();
        QVERIFY(sameBits(after.token, before.token));
        QCOMPARE(after.positionName, QStringLiteral("wpe[20]"));
        QTest::keyClick(&map, Qt::Key_Up);
        QVERIFY(stage.w.settle());
        QCOMPARE(map.figure().selectedRow, 19LL);
        // A token chosen elsewhere takes the frame back.
        QVERIFY(stage.selectWord("queen"));
        QCOMPARE(map.figure().selectedRow, 4LL);
        QTest::keyClick(&map, Qt::Key_Up);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->position, std::optional(Position{3}));
    }

    void pointingIsSharedByTheParts() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        auto& similarity = stage.find<HeatMapView>("similarity");
        QTest::mouseMove(&similarity, Stage::rowCenter(similarity, 2));
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.find<HeatMapView>("positionMatrix").figure().hoveredRow, 2LL);
        QCOMPARE(stage.find<WavePlot>("waves").figure().hoveredPosition, 2LL);
        QCOMPARE(stage.w.selection.hovered()->position, std::optional(Position{2}));
        // The dimension under the pointer is drawn too.
        auto& map = stage.find<HeatMapView>("positionMatrix");
        QTest::mouseMove(&map, Stage::rowCenter(map, 3));
        QVERIFY(stage.w.settle());
        const std::vector<Wave>& waves = stage.find<WavePlot>("waves").figure().waves;
        QCOMPARE(waves.size(), std::size_t(5));
        QVERIFY(waves.back().isPointedAt);
        // Another panel points at a place in the text.
        const Selected token = *stage.w.selection.hovered();
        QTest::mouseMove(&stage.card, QPoint(2, 2));
        QVERIFY(stage.w.settle());
        QVERIFY(!stage.w.selection.hovered());
        stage.w.selection.hover(Selected{0, token.row, Position{1}});
        QVERIFY(stage.w.settle());
        QCOMPARE(map.figure().hoveredRow, 1LL);
    }

    void learnedPositionsAreTheModelsOwn() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        QVERIFY(stage.pick("kind", "Learned"));
        QCOMPARE(stage.picked("kind"), QStringLiteral("Learned ▾"));
        auto& map = stage.find<HeatMapView>("positionMatrix");
        QVERIFY(map.isVisible());
        QCOMPARE(map.accessibleName(), QStringLiteral("Learned positions"));
        QVERIFY(!stage.find<HeatMapView>("besideMatrix").isVisible());
        QVERIFY(!stage.find<QSpinBox>("length").isVisible());
        const Model& model = *stage.w.session.slot(0).model;
        const std::vector<float> row = model.positions->row(Row{4});
        QVERIFY(std::equal(row.begin(), row.end(), map.figure().values->begin() + std::ptrdiff_t(4 * 128)));
        QCOMPARE(map.figure().selectedRow, 4LL);
        QVERIFY(stage.panel->fact().startsWith(QStringLiteral("learned · length 128 · dimension 128")));
        QVERIFY(stage.find<HeatMapView>("similarity").figure().values);
        QVERIFY(stage.pick("beside", "Sinusoidal"));
        const auto& beside = stage.find<HeatMapView>("besideMatrix");
        QVERIFY(map.isVisible() && beside.isVisible());
        QCOMPARE(beside.figure().rowCount, map.figure().rowCount);
        QVERIFY(stage.find<QSpinBox>("length").isVisible());
        // Nothing stands beside itself.
        QVERIFY(!stage.pick("beside", "Learned"));
        QVERIFY(stage.pick("kind", "Sinusoidal"));
        QCOMPARE(stage.picked("beside"), QStringLiteral("beside: none ▾"));
    }

    void aModelWithoutPositionsIsOfferedSinusoidalOnes() {
        Stage stage;
        QVERIFY(stage.open(words));
        QVERIFY(stage.selectWord("queen"));
        QVERIFY(!stage.pick("kind", "Learned"));
        QCOMPARE(stage.find<HeatMapView>("positionMatrix").figure().columns, std::size_t(100));
        QVERIFY(stage.panel->fact().contains(QStringLiteral("the model itself has none")));
        const SumFigure& figure = stage.find<SumStrips>("sum").figure();
        QCOMPARE(figure.positionName, QStringLiteral("PE[4]"));
        QCOMPARE(figure.position[2], static_cast<float>(std::sin(4 / std::pow(10000, 0.02))));
        QCOMPARE(figure.sum[2], figure.token[2] + figure.position[2]);
    }

    void numbersAreAdjustable() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        auto& length = stage.find<QSpinBox>("length");
        length.setFocus();
        length.selectAll();
        QTest::keyClicks(&length, QStringLiteral("20"));
        QTest::keyClick(&length, Qt::Key_Return);
        QVERIFY(stage.w.settle());
        const HeatMapFigure& figure = stage.find<HeatMapView>("positionMatrix").figure();
        QCOMPARE(figure.totalRows, std::size_t(20));
        stage.find<QSpinBox>("dimension").setValue(7);
        stage.find<QSpinBox>("base").setValue(100);
        QVERIFY(stage.w.settle());
        QCOMPARE(figure.columns, std::size_t(7));
        QCOMPARE((*figure.values)[7 + 2], static_cast<float>(std::sin(1 / std::pow(100, 2.0 / 7))));
        QVERIFY(stage.panel->fact().startsWith(
            QStringLiteral("sinusoidal · base 100 · length 20 · dimension 7")));
        // What somebody has chosen stays when the model changes; the rest follows it.
        QVERIFY(stage.w.load(0, words));
        QCOMPARE(length.value(), 20);
        QCOMPARE(stage.find<QSpinBox>("dimension").value(), 7);
        length.setValue(1);
        QVERIFY(stage.w.settle());
        QCOMPARE(figure.totalRows, std::size_t(1));
        QCOMPARE(stage.find<WavePlot>("waves").figure().waves[0].values.size(), std::size_t(1));
    }

    void theSizeFollowsTheModel() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QCOMPARE(stage.find<QSpinBox>("dimension").value(), 128);
        QVERIFY(stage.w.load(0, words));
        QCOMPARE(stage.find<QSpinBox>("dimension").value(), 100);
        QCOMPARE(stage.find<QSpinBox>("length").value(), 128);
    }

    void zoomingLeavesAllPartsTogether() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        auto& map = stage.find<HeatMapView>("positionMatrix");
        const std::size_t before = map.figure().rowCount;
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Minus);
        QVERIFY(stage.w.settle());
        QVERIFY(map.figure().rowCount > before);
        QCOMPARE(stage.find<HeatMapView>("similarity").figure().rowCount, map.figure().rowCount);
        QTest::keyClick(&map, Qt::Key_End);
        QVERIFY(stage.w.settle());
        QCOMPARE(map.figure().firstRow + map.figure().rowCount, std::size_t(128));
        QCOMPARE(stage.find<WavePlot>("waves").figure().firstPosition, map.figure().firstRow);
        // A position chosen elsewhere comes into view.
        QVERIFY(stage.selectWord("Ġking"));
        QVERIFY(map.figure().firstRow <= 1);
    }

    void aPositionBeyondTheModelsIsSaid() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QByteArray text = "queen";
        for (int i = 0; i < 150; ++i) {
            text += " and";
        }
        stage.w.session.setText(text + " river");
        QVERIFY(stage.w.settle());
        QVERIFY(stage.selectWord("river"));
        QVERIFY(stage.w.selection.selected()->position->value >= 128);
        const SumFigure& figure = stage.find<SumStrips>("sum").figure();
        QVERIFY(figure.sum.empty());
        QVERIFY2(figure.message.contains(QStringLiteral("is beyond the 128 positions")),
                 qPrintable(figure.message));
    }

    void aTokenOutsideOfTheTextIsSaid() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("river"));
        const SumFigure& figure = stage.find<SumStrips>("sum").figure();
        QVERIFY2(figure.message.contains(QStringLiteral("·river does not stand in the text")),
                 qPrintable(figure.message));
        auto& map = stage.find<HeatMapView>("positionMatrix");
        QTest::mouseClick(&map, Qt::LeftButton, {}, Stage::rowCenter(map, 20));
        QVERIFY(stage.w.settle());
        QCOMPARE(figure.positionName, QStringLiteral("wpe[20]"));
    }

    void fieldsAreThoseOfTheKind_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("fields");
        QTest::newRow("sinusoidal") << "Sinusoidal" << QStringList{"length", "dimension", "base", "layout"};
        QTest::newRow("learned") << "Learned" << QStringList{};
        QTest::newRow("rotary") << "Rotary"
                                << QStringList{"length", "dimension", "base", "layout", "scaling"};
        QTest::newRow("ALiBi") << "ALiBi" << QStringList{"length", "heads", "head"};
        QTest::newRow("T5") << "T5 buckets" << QStringList{"length"};
    }
    void fieldsAreThoseOfTheKind() {
        QFETCH(QString, kind);
        QFETCH(QStringList, fields);
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(kind == u"Sinusoidal" || stage.pick("kind", kind.toUtf8().constData()));
        QStringList visible;
        for (const char* name :
             {"length", "dimension", "base", "layout", "heads", "head", "scaling", "factor", "original"}) {
            if (stage.find<QWidget>(name).isVisible()) {
                visible << QString::fromLatin1(name);
            }
        }
        QCOMPARE(visible, fields);
        if (kind == u"Rotary") {
            QVERIFY(stage.pick("scaling", "linear"));
            QVERIFY(stage.find<QWidget>("factor").isVisible() &&
                    !stage.find<QWidget>("original").isVisible());
            QVERIFY(stage.pick("scaling", "dynamic"));
            QVERIFY(stage.find<QWidget>("original").isVisible());
        }
    }

    void everyKindShowsItsMatrix() {
        Stage stage({800, 700});
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        const HeatMapFigure& map = stage.find<HeatMapView>("positionMatrix").figure();
        QVERIFY(stage.pick("kind", "Rotary"));
        QVERIFY(stage.choose("layout", 1));
        QCOMPARE((*map.values)[128 + 64], static_cast<float>(std::sin(1)));
        QVERIFY(stage.pick("scaling", "linear"));
        stage.find<QDoubleSpinBox>("factor").setValue(4);
        QVERIFY(stage.w.settle());
        QCOMPARE((*map.values)[128 + 64], static_cast<float>(std::sin(0.25)));
        QVERIFY2(stage.panel->fact().contains(QStringLiteral("linear scaling × 4")),
                 qPrintable(stage.panel->fact()));
        QCOMPARE(stage.find<LinePlot>("wavelengths").figure().lines.size(), std::size_t(2));
        QCOMPARE(stage.find<LinePlot>("decay").figure().lines[0].points[0].y(), 1.0);
        QCOMPARE(stage.find<CurvePlot>("curve").figure().points.size(), std::size_t(128));
        QCOMPARE(stage.find<CurvePlot>("curve").figure().selectedPosition, 4LL);
        QVERIFY(stage.pick("kind", "ALiBi"));
        stage.find<QSpinBox>("head").setValue(3);
        QVERIFY(stage.w.settle());
        QCOMPARE((*map.values)[128 * 2], -0.125F);
        QCOMPARE(map.rowTitle, QStringLiteral("query"));
        QVERIFY(stage.pick("kind", "T5 buckets"));
        QCOMPARE((*map.values)[2], 18.0F);
    }

    void whatMeansNothingIsSaid() {
        Stage stage({800, 700});
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.find<CurvePlot>("curve").isVisible());
        QVERIFY(!stage.find<ElidedLabel>("why").isVisible());
        QVERIFY(stage.pick("kind", "ALiBi"));
        QVERIFY(!stage.find<CurvePlot>("curve").isVisible());
        QVERIFY(stage.find<LinePlot>("decay").isVisible());
        QVERIFY(stage.find<ElidedLabel>("why").isVisible());
        QVERIFY(stage.find<ElidedLabel>("why").text().startsWith(QStringLiteral("ALiBi has no vectors")));
        QVERIFY(stage.pick("beside", "Learned"));
        QVERIFY(stage.find<CurvePlot>("besideCurve").isVisible());
        QVERIFY(stage.find<ElidedLabel>("why").text().startsWith(
                    QStringLiteral("Learned positions have no wave")) ||
                stage.find<ElidedLabel>("why").text().contains(QStringLiteral("ALiBi")));
    }

    void onePositionIsNoCurve() {
        Stage stage({800, 700});
        QVERIFY(stage.open(gpt2));
        stage.find<QSpinBox>("length").setValue(1);
        QVERIFY(stage.w.settle());
        const CurveFigure& curve = stage.find<CurvePlot>("curve").figure();
        QVERIFY(curve.points.empty());
        QCOMPARE(curve.message, QStringLiteral("One position is a point, and no curve."));
    }

    void aViewOfBeforeShowsBothKinds() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        stage.panel->restoreView({{QStringLiteral("kind"), QStringLiteral("both")}});
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.picked("kind"), QStringLiteral("Sinusoidal ▾"));
        QCOMPARE(stage.picked("beside"), QStringLiteral("beside: Learned ▾"));
        QVERIFY(stage.find<HeatMapView>("besideMatrix").isVisible());
    }

    void pointsOfTheCurveAreChosen() {
        Stage stage({800, 700});
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        auto& curve = stage.find<CurvePlot>("curve");
        QTest::mouseClick(&curve, Qt::LeftButton, {}, curve.placeOf(100).toPoint());
        QVERIFY(stage.w.settle());
        const long long chosen = stage.find<HeatMapView>("positionMatrix").figure().selectedRow;
        QVERIFY2(std::abs(chosen - 100) <= 3, qPrintable(QString::number(chosen)));
    }

    void aModelOfRotaryPositionsShowsItsOwn() {
        Stage stage;
        QVERIFY(stage.open(words));
        auto model = std::make_shared<Model>(*stage.w.session.slot(0).model);
        RotarySettings settings;
        settings.headDimension = settings.dimension = 16;
        settings.base = 500000;
        settings.scaling.kind = RotaryScalingKind::Llama3;
        settings.scaling.factor = 8;
        settings.scaling.originalLength = 8192;
        model->rotary = settings;
        stage.w.session.place(0, model);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.picked("kind"), QStringLiteral("Rotary ▾"));
        QCOMPARE(stage.find<QSpinBox>("base").value(), 500000);
        QCOMPARE(stage.find<QSpinBox>("dimension").value(), 16);
        QCOMPARE(stage.picked("scaling"), QStringLiteral("scaling: Llama 3 ▾"));
        QVERIFY(stage.panel->saveView().isEmpty());
    }

    void narrowPanelsHaveASwitch_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("offered");
        QTest::newRow("all") << QSize(1900, 240) << 0;
        QTest::newRow("four and three") << QSize(1300, 460) << 0;
        QTest::newRow("one of four beside three") << QSize(1300, 240) << 4;
        QTest::newRow("a grid") << QSize(800, 700) << 0;
        QTest::newRow("one of six beside the matrix") << QSize(860, 240) << 6;
        QTest::newRow("one of all") << QSize(600, 300) << 7;
    }
    void narrowPanelsHaveASwitch() {
        QFETCH(QSize, size);
        QFETCH(int, offered);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Print}) {
            Stage stage(size, false);
            stage.w.themes.set(theme);
            applyTheme(*qApp, themeOf(theme));
            QVERIFY(stage.open(gpt2));
            QVERIFY(stage.selectWord("queen"));
            QCOMPARE(stage.card.size(), size);
            auto& choice = stage.find<Segmented>("part");
            QCOMPARE(choice.isVisible() ? choice.count() : 0, offered);
            for (int i = 0; i < std::max(1, offered); ++i) {
                if (offered > 0) {
                    QVERIFY(stage.choose("part", i));
                    QCOMPARE(choice.current(), i);
                }
                QCOMPARE(test::clippedTexts(*stage.panel).join(u'\n'), QString());
                QCOMPARE(test::overlaps(*stage.panel).join(u'\n'), QString());
            }
            QVERIFY(stage.find<SumStrips>("sum").isVisible() ||
                    stage.find<SumMatrices>("sumOfText").isVisible());
        }
    }

    void allOfTheTextIsAddedUpWhereThereIsRoom() {
        Stage stage({1500, 900});
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        auto& matrices = stage.find<SumMatrices>("sumOfText");
        QVERIFY(matrices.isVisible() && !stage.find<SumStrips>("sum").isVisible());
        const SumMatricesFigure& figure = matrices.figure();
        const std::size_t tokens = stage.w.analyses.encoding(0)->encoding.tokens.size();
        QCOMPARE(figure.input->rows, tokens);
        QCOMPARE(figure.names[0], QStringLiteral("wte[ID]"));
        const std::shared_ptr<const Model> model = stage.w.session.slot(0).model;
        for (std::size_t place = 0; place < tokens; ++place) {
            const TokenId id = *stage.w.analyses.encoding(0)->encoding.tokens[place].id;
            const std::vector<float> token = model->table->row(rowOf(id));
            const std::vector<float> position = model->positions->row(Row{static_cast<std::uint32_t>(place)});
            std::vector<float> sum(token.size());
            for (std::size_t d = 0; d < sum.size(); ++d) {
                sum[d] = token[d] + position[d];
            }
            const std::span<const float> shown = figure.input->sums->row(place);
            QVERIFY(sameBits({shown.begin(), shown.end()}, sum));
        }
        // It is saved as what it is, and a click on a row selects its token.
        const std::vector<DataTable> tables = stage.panel->data();
        QVERIFY(std::any_of(tables.begin(), tables.end(), [](const DataTable& table) {
            return table.title.startsWith(QStringLiteral("Input, "));
        }));
        QTest::mouseClick(&matrices, Qt::LeftButton, {}, matrices.cellRect(2, 1, 9).center().toPoint());
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->position, Position{1});
        QCOMPARE(matrices.figure().selectedRow, 1LL);
        matrices.setFocus();
        QTest::keyClick(&matrices, Qt::Key_Down);
        QVERIFY(stage.w.settle());
        QCOMPARE(stage.w.selection.selected()->position, Position{2});
        stage.card.resize(1300, 260);
        QVERIFY(stage.w.settle());
        QVERIFY(!matrices.isVisible() && stage.find<SumStrips>("sum").isVisible());
    }

    void whatHasNoPositionIsLeftOutAndSaid() {
        Stage stage({1500, 900});
        QVERIFY(stage.open(words));
        stage.w.session.setText("the king and the qqqq queen of france");
        QVERIFY(stage.w.settle());
        auto& matrices = stage.find<SumMatrices>("sumOfText");
        QCOMPARE(matrices.figure().input->rows, std::size_t(8));
        stage.find<QSpinBox>("length").setValue(5);
        QVERIFY(stage.w.settle());
        QCOMPARE(matrices.figure().input->rows, std::size_t(5));
        QVERIFY(stage.find<ElidedLabel>("sumNote").text().endsWith(
            QStringLiteral("3 more tokens are left out: there are no more positions at this length.")));
        stage.w.session.setText("");
        QVERIFY(stage.w.settle());
        QVERIFY(!matrices.isVisible());
    }

    void largeMatricesAreComputedInTheBackground() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        stage.find<QSpinBox>("length").setValue(8192);
        stage.find<QSpinBox>("dimension").setValue(512);
        QCoreApplication::processEvents();
        QVERIFY(!stage.w.runner.isIdle());
        QVERIFY(stage.find<HeatMapView>("positionMatrix").figure().values);  // that of before stays meanwhile
        QVERIFY(stage.w.settle());
        auto& map = stage.find<HeatMapView>("positionMatrix");
        QCOMPARE(map.figure().totalRows, std::size_t(8192));
        for (int i = 0; i < 30; ++i) {
            QTest::keyClick(&map, Qt::Key_Minus);
        }
        QVERIFY(stage.w.settle());
        QCOMPARE(map.figure().rowCount, std::size_t(8192));
        QVERIFY(map.figure().rowsPerLine > 1);
        QVERIFY2(stage.panel->fact().contains(QStringLiteral("rows in a line")),
                 qPrintable(stage.panel->fact()));
    }

    void aFigureShowsTheSame() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        QVERIFY(stage.selectWord("queen"));
        QVERIFY(stage.panel->saveView().isEmpty());
        stage.find<QSpinBox>("length").setValue(300);
        stage.find<QSpinBox>("base").setValue(500);
        QVERIFY(stage.pick("kind", "Rotary"));
        QVERIFY(stage.pick("beside", "Learned"));
        QVERIFY(stage.pick("scaling", "YaRN"));
        stage.find<QDoubleSpinBox>("factor").setValue(4);
        QVERIFY(stage.choose("layout", 1));
        auto& map = stage.find<HeatMapView>("positionMatrix");
        QTest::keyClick(&map, Qt::Key_Minus);
        QTest::keyClick(&map, Qt::Key_PageDown);
        QTest::keyClick(&map, Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(stage.w.settle());
        const QJsonObject view = stage.panel->saveView();
        QCOMPARE(view[QStringLiteral("kind")].toString(), QStringLiteral("rotary"));
        QCOMPARE(view[QStringLiteral("beside")].toString(), QStringLiteral("learned"));

        PanelContext context = stage.w.context();
        context.controls = false;
        PositionsPanel figure(context);
        figure.resize(stage.panel->size());
        figure.show();
        figure.restoreView(view);
        QVERIFY(stage.w.settle());
        QVERIFY(!figure.isBusy());
        const auto& copy = *figure.findChild<HeatMapView*>(QStringLiteral("positionMatrix"));
        QCOMPARE(copy.figure().scale, map.figure().scale);
        QCOMPARE(copy.figure().totalRows, std::size_t(300));
        QCOMPARE(copy.figure().firstRow, map.figure().firstRow);
        QCOMPARE(copy.figure().rowCount, map.figure().rowCount);
        QCOMPARE(copy.firstColumn(), map.firstColumn());
        QCOMPARE(copy.columnCount(), map.columnCount());
        QVERIFY(figure.findChild<HeatMapView*>(QStringLiteral("besideMatrix"))->isVisible());
        QCOMPARE(figure.saveView(), view);
        QVERIFY(!figure.parameters().isEmpty());
        figure.restoreView({{QStringLiteral("kind"), 7},
                            {QStringLiteral("length"), -1},
                            {QStringLiteral("rows"), QStringLiteral("all")}});
        QVERIFY(stage.w.settle());
        QCOMPARE(figure.saveView(), view);
    }

    void everyControlHasANameAndAnExplanation() {
        Stage stage;
        QVERIFY(stage.open(gpt2));
        for (const char* name : {"length", "dimension", "base"}) {
            QVERIFY(!stage.find<QSpinBox>(name).accessibleName().isEmpty());
            QVERIFY(!stage.find<QSpinBox>(name).toolTip().isEmpty());
        }
        for (const char* name : {"heads", "head", "original", "factor", "scaling", "kind", "beside"}) {
            QVERIFY(!stage.find<QWidget>(name).accessibleName().isEmpty());
            QVERIFY(!stage.find<QWidget>(name).toolTip().isEmpty());
        }
        for (const char* name :
             {"positionMatrix", "similarity", "waves", "decay", "wavelengths", "curve", "sum"}) {
            QVERIFY2(!stage.find<QWidget>(name).accessibleName().isEmpty(), name);
        }
    }
};

QTEST_MAIN(PositionsPanelTest)
#include "positions_panel_test.moc"
