// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_sheet.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>

using namespace lexiscope;

namespace {

/// One of each control that the style draws.
struct Controls {
    QWidget window;
    QPushButton* button = new QPushButton(QStringLiteral("Button"));
    QPushButton* filled = new QPushButton(QStringLiteral("Export…"));
    QComboBox* combo = new QComboBox;
    QSpinBox* spin = new QSpinBox;
    QLineEdit* line = new QLineEdit(QStringLiteral("words"));
    QCheckBox* check = new QCheckBox(QStringLiteral("check"));
    QRadioButton* radio = new QRadioButton(QStringLiteral("radio"));

    Controls() {
        filled->setProperty("primary", true);
        combo->addItems({QStringLiteral("one"), QStringLiteral("two")});
        auto* column = new QVBoxLayout(&window);
        for (QWidget* control : all()) {
            column->addWidget(control);
        }
        window.ensurePolished();
        column->activate();
        window.resize(window.sizeHint());
    }
    QList<QWidget*> all() const { return {button, filled, combo, spin, line, check, radio}; }
};

}  // namespace

class StyleSheetTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void everyNameIsFilledIn();
    void lengthsScaleWithThePrintTheme();
    void themesRepaintEveryControl();
    void theKeyboardIsSeen();
    void aButtonIsFilledWheneverItIsToldTo();
};

void StyleSheetTest::aButtonIsFilledWheneverItIsToldTo() {
    applyTheme(*qApp, themeOf(ThemeName::Light));
    QDialog dialog;
    auto* box = new QDialogButtonBox(&dialog);
    QPushButton* save = box->addButton(QStringLiteral("Save"), QDialogButtonBox::AcceptRole);
    QPushButton* cancel = box->addButton(QDialogButtonBox::Cancel);
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(box);
    dialog.ensurePolished();
    const auto filled = [save] {
        return save->grab().toImage().pixelColor(8, save->height() / 2) == themeOf(ThemeName::Light).primary;
    };
    if (!test::showActive(dialog)) {
        qFatal("no window");
    }
    QVERIFY(!filled());
    save->setProperty("primary", true);
    QVERIFY(filled());
    save->setProperty("primary", false);
    QVERIFY(!filled());
    QVERIFY(cancel->icon().isNull());
}

void StyleSheetTest::everyNameIsFilledIn() {
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
        const QString sheet = styleSheet(themeOf(name));
        QVERIFY(!sheet.contains(u'@'));
        QVERIFY(sheet.contains(themeOf(name).accent.name()));
        QVERIFY(!sheet.contains(QStringLiteral("font-family")));
        QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
    }
}

void StyleSheetTest::lengthsScaleWithThePrintTheme() {
    applyTheme(*qApp, themeOf(ThemeName::Light));
    const int light = Controls().button->sizeHint().height();
    applyTheme(*qApp, themeOf(ThemeName::Print));
    QVERIFY(Controls().button->sizeHint().height() > light);
}

void StyleSheetTest::themesRepaintEveryControl() {
    Controls controls;
    for (QWidget* control : controls.all()) {
        if (control == controls.filled) {
            continue;  // the one that is the same in both
        }
        QImage before;
        for (const ThemeName name : {ThemeName::Light, ThemeName::Dark}) {
            applyTheme(*qApp, themeOf(name));
            const QImage now = control->grab().toImage();
            QVERIFY2(now != before, control->metaObject()->className());
            before = now;
        }
    }
    QCOMPARE(controls.window.palette().color(QPalette::WindowText), themeOf(ThemeName::Dark).text);
}

void StyleSheetTest::theKeyboardIsSeen() {
    applyTheme(*qApp, themeOf(ThemeName::Light));
    Controls controls;
    if (!test::showActive(controls.window)) {
        qFatal("no window");
    }
    for (QWidget* control : controls.all()) {
        controls.window.setFocus();
        const QImage without = control->grab().toImage();
        control->setFocus(Qt::TabFocusReason);
        QVERIFY(control->hasFocus());
        const QImage with = control->grab().toImage();
        const Theme theme = themeOf(ThemeName::Light);
        const QColor wanted = control == controls.filled ? theme.text : theme.accent;
        int ring = 0;
        for (int y = 0; y < with.height(); ++y) {
            for (int x = 0; x < with.width(); ++x) {
                const bool changed = with.pixel(x, y) != without.pixel(x, y);
                ring += changed && with.pixelColor(x, y) == wanted ? 1 : 0;
            }
        }
        QVERIFY2(ring > 20, control->metaObject()->className());
    }
}

QTEST_MAIN(StyleSheetTest)
#include "style_sheet_test.moc"
