// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layer_form.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage {
    Stage() { form.resize(394, 80); }
    template <typename Field>
    Field& find(const char* name) {
        return *form.findChild<Field*>(QLatin1String(name));
    }
    void type(const char* name, const QString& text) {
        auto& field = find<QAbstractSpinBox>(name);
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, text);
        QTest::keyClick(&field, Qt::Key_Return);
    }
    LayerForm form;
};

}  // namespace

class LayerFormTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void whatIsTypedIsWhatIsMeant() {
        Stage stage;
        QVERIFY(test::showActive(stage.form));
        QSignalSpy edited(&stage.form, &LayerForm::edited);
        stage.type("V", QStringLiteral("50257"));
        stage.type("D", QStringLiteral("768"));
        stage.type("padding", QStringLiteral("3"));
        stage.type("seed", QStringLiteral("42"));
        stage.type("spread", QStringLiteral("0.02"));
        QVERIFY(edited.count() >= 5);
        LayerOptions expected;
        expected.rows = 50257;
        expected.dimension = 768;
        expected.paddingRow = 3;
        expected.seed = 42;
        expected.spread = 0.02;
        QCOMPARE(stage.form.options(), expected);
        QCOMPARE(stage.find<QDoubleSpinBox>("spread").text(), QStringLiteral("σ 0.02"));
        stage.find<QComboBox>("distribution").setFocus();
        QTest::keyClick(&stage.find<QComboBox>("distribution"), Qt::Key_Down);
        QCOMPARE(stage.form.options().start, LayerStart::Uniform);
        QCOMPARE(stage.find<QDoubleSpinBox>("spread").text(), QStringLiteral("a 0.02"));
        QTest::keyClick(&stage.find<QComboBox>("distribution"), Qt::Key_Down);
        QCOMPARE(stage.find<QDoubleSpinBox>("spread").text(), QStringLiteral("σ 0.0063"));  // sqrt(2 / 51025)
        QVERIFY(!stage.find<QDoubleSpinBox>("spread").isEnabled());
        stage.type("padding", QStringLiteral("-1"));
        QVERIFY(!stage.form.options().paddingRow);
    }

    void noFieldTakesWhatALayerCannotBe() {
        Stage stage;
        QVERIFY(test::showActive(stage.form));
        for (const char* name : {"V", "D", "padding", "seed", "spread"}) {
            for (const char* text : {"0", "-5", "1000000", "99999999999", "x", ""}) {
                stage.type(name, QString::fromLatin1(text));
                QVERIFY2(validate(stage.form.options()).ok(), name);
            }
        }
        // V × D stays within what memory may take.
        stage.type("D", QStringLiteral("1"));
        stage.type("V", QStringLiteral("4000000"));
        QCOMPARE(stage.form.options().rows, std::size_t(4'000'000));
        QCOMPARE(stage.find<QSpinBox>("D").maximum(), 16);
        stage.type("V", QStringLiteral("8"));
        QCOMPARE(stage.find<QSpinBox>("D").maximum(), 16384);
        stage.type("padding", QStringLiteral("7"));
        stage.type("V", QStringLiteral("4"));
        QCOMPARE(stage.form.options().paddingRow, std::optional<std::size_t>(3));
    }

    void optionsAreSetWithoutASound() {
        Stage stage;
        QSignalSpy edited(&stage.form, &LayerForm::edited);
        LayerOptions options;
        options.rows = 4'000'000;
        options.dimension = 16;
        options.start = LayerStart::Ones;
        options.spread = 3;
        options.paddingRow = 3'999'999;
        options.seed = 9;
        stage.form.setOptions(options);
        QCOMPARE(stage.form.options(), options);
        options = {};
        stage.form.setOptions(options);
        QCOMPARE(stage.form.options(), options);
        QVERIFY(edited.isEmpty());
        QCOMPARE(stage.find<QDoubleSpinBox>("spread").text(), QStringLiteral("σ 1"));
    }
};

QTEST_MAIN(LayerFormTest)
#include "layer_form_test.moc"
