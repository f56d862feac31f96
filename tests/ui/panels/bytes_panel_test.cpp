// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/bytes_panel.h"

#include "tests/support/look.h"
#include "tests/support/panel_stage.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>

using namespace lexiscope;

namespace {

struct Stage : test::PanelStage<BytesPanel> {
    explicit Stage(QSize size = {900, 210}) : PanelStage(size) {}
    [[nodiscard]] bool open(const QByteArray& text) {
        w.session.setText(text);
        return PanelStage::open(QStringLiteral("builtin:tiny-gpt2"));
    }
    ByteStrip& strip() { return find<ByteStrip>("byteStrip"); }
    QString detail() { return find<ElidedLabel>("byteDetail").text(); }
};

}  // namespace

class BytesPanelTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() {
        test::failOnQtWarnings();
        applyTheme(*qApp, themeOf(ThemeName::Light));
    }

    void aTokenInsideACharacterIsSaid() {
        Stage stage;
        QVERIFY(stage.open("The queen pays 5 😀"));
        QVERIFY2(stage.panel->fact().startsWith(QStringLiteral("21 bytes · 18 characters · ")),
                 qPrintable(stage.panel->fact()));
        QVERIFY2(stage.panel->fact().contains(QStringLiteral("inside a character")),
                 qPrintable(stage.panel->fact()));
        const std::size_t last = stage.strip().encodedText()->text.size() - 1;
        QTest::mouseClick(stage.strip().viewport(), Qt::LeftButton, {},
                          stage.strip().cellRect(last).center().toPoint());
        QVERIFY(stage.w.settle());
        const auto& tokens = stage.strip().encodedText()->encoding.tokens;
        QCOMPARE(stage.w.selection.selected()->position->value, tokens.size() - 1);
        QCOMPARE(stage.w.selection.selected()->row.value, tokens.back().id->value);
        QVERIFY2(stage.detail().contains(QStringLiteral("begins inside the character 😀")),
                 qPrintable(stage.detail()));
    }

    void theSelectionIsFollowed() {
        Stage stage({900, 150});
        QByteArray text;
        for (int i = 0; i < 200; ++i) {
            text += "The king and the queen. ";
        }
        QVERIFY(stage.open(text));
        const std::size_t count = stage.strip().encodedText()->encoding.tokens.size();
        const Token& token = stage.strip().encodedText()->encoding.tokens[count - 4];
        stage.w.selection.select({0, rowOf(*token.id), Position{static_cast<std::uint32_t>(count - 4)}});
        QVERIFY(stage.w.settle());
        QVERIFY(
            QRectF(stage.strip().viewport()->rect()).contains(stage.strip().cellRect(token.source.begin)));
        const QJsonObject view = stage.panel->saveView();
        QVERIFY(view[QStringLiteral("byte")].toInteger() > 3000);
        stage.strip().verticalScrollBar()->setValue(0);
        QVERIFY(stage.panel->saveView().isEmpty());
        stage.panel->restoreView(view);
        QCOMPARE(stage.panel->saveView(), view);
    }

    void nothingToShowIsSaid() {
        Stage stage;
        QVERIFY(test::showActive(stage.card));
        QVERIFY(stage.w.settle());
        const auto says = [&](const QString& text) {
            const QList<ElidedLabel*> labels = stage.card.findChildren<ElidedLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const ElidedLabel* label) {
                return label->isVisible() && label->text() == text;
            });
        };
        QVERIFY(says(QStringLiteral("No model is open.")));
        QVERIFY(stage.open(""));
        QVERIFY(says(QStringLiteral("The text is empty.")));
        QVERIFY(stage.panel->data().size() == 1);
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1400, 190);
        QTest::newRow("in a dock") << QSize(700, 160);
    }
    void nothingIsClipped() {
        QFETCH(QSize, size);
        for (const ThemeName theme : {ThemeName::Light, ThemeName::Print}) {
            Stage stage(size);
            stage.w.themes.set(theme);
            applyTheme(*qApp, themeOf(theme));
            QVERIFY(stage.open("The king and the queen of France paid 5 €."));
            QCOMPARE(test::clippedTexts(*stage.panel).join(u'\n'), QString());
            QCOMPARE(test::overlaps(stage.card).join(u'\n'), QString());
        }
    }
};

QTEST_MAIN(BytesPanelTest)
#include "bytes_panel_test.moc"
