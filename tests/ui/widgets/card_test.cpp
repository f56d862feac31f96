// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/text_field.h"

#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace lexiscope;

namespace {

struct Open {
    ThemeSource theme;
    QMainWindow window;
    CardDock* card = new CardDock(theme, QStringLiteral("space"), QStringLiteral("Embedding space"), &window);
    QLineEdit* content = new QLineEdit;

    Open() {
        card->setContent(content);
        window.addDockWidget(Qt::LeftDockWidgetArea, card);
        window.setCentralWidget(new QWidget);
        window.resize(900, 500);
        if (!test::showActive(window)) {
            qFatal("no window");
        }
    }
    ElidedLabel* fact() const { return card->findChild<ElidedLabel*>(QStringLiteral("fact")); }
};

}  // namespace

class CardTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }
    void aCutTextIsWholeInTheToolTip();
    void markupIsShownAsItIs();
    void theFactGivesWayToTitleAndTools();
    void theFactGivesWayToAToolThatGrows();
    void theMenuFloatsAndCloses();
    void shortcutsFloatAndClose();
    void theTitleDragsTheDock();
    void aCardStandsAlone();
    void fontsFollowTheTheme();
};

void CardTest::fontsFollowTheTheme() {
    ThemeSource theme;
    applyTheme(*qApp, theme.theme());
    Card card(theme, QStringLiteral("Embedding space"));
    card.setFact(QStringLiteral("16,384 rows"));
    MessageBar messages(theme);
    TextField text(theme);
    SearchField search(theme);
    for (QWidget* widget : QList<QWidget*>{&card, &text, &search}) {
        widget->show();
    }
    messages.add(MessageBar::Severity::Warning, QStringLiteral("two words occur twice"));
    const auto* title = card.findChild<ElidedLabel*>(QStringLiteral("titleText"));
    const auto* message = messages.findChild<QLabel*>(QStringLiteral("messageText"));
    const int light = title->sizeHint().width();
    for (const ThemeName name : {ThemeName::Print, ThemeName::Light, ThemeName::Print, ThemeName::Light}) {
        theme.set(name);
        applyTheme(*qApp, theme.theme());  // after the signal, as the main window does
        QCoreApplication::processEvents();
        const Theme& now = theme.theme();
        QCOMPARE(title->font().pixelSize(), qRound(14 * now.fontScale));
        QCOMPARE(title->sizeHint().width() > light, name == ThemeName::Print);
        QCOMPARE(message->font().pixelSize(), now.textFont(12.5).pixelSize());
        QCOMPARE(text.font().pixelSize(), now.textFont(14).pixelSize());
        QCOMPARE(search.font().pixelSize(), now.textFont(13).pixelSize());
    }
}

/// The pointer rests on the widget.
static void askForToolTip(QWidget& widget) {
    QHelpEvent event(QEvent::ToolTip, QPoint(2, 2), widget.mapToGlobal(QPoint(2, 2)));
    QCoreApplication::sendEvent(&widget, &event);
}

void CardTest::aCutTextIsWholeInTheToolTip() {
    ElidedLabel label;
    label.setText(QStringLiteral("all 16,384 rows, centred"));
    label.resize(label.sizeHint());
    QCOMPARE(label.shownText(), label.text());
    askForToolTip(label);
    QVERIFY(label.toolTip().isEmpty());
    label.resize(60, 20);
    QVERIFY(label.shownText() != label.text());
    askForToolTip(label);
    QCOMPARE(label.toolTip(), label.text());
    QCOMPARE(label.accessibleName(), label.text());
    QCOMPARE(label.minimumSizeHint().width(), 0);
}

void CardTest::markupIsShownAsItIs() {
    ElidedLabel label;
    label.setText(QStringLiteral("<b>a token that looks like markup</b>"));
    label.resize(30, 20);
    askForToolTip(label);
    QVERIFY(label.toolTip().startsWith(QStringLiteral("&lt;b&gt;")));
}

void CardTest::theFactGivesWayToAToolThatGrows() {
    ThemeSource theme;
    Card card(theme, QStringLiteral("Positions"));
    auto* tool = new QPushButton(QStringLiteral("L 128"));
    card.addTool(tool);
    card.setFact(QStringLiteral("length 128 · dimension 128"));
    const auto* fact = card.findChild<ElidedLabel*>(QStringLiteral("fact"));
    card.resize(420, 200);
    card.show();
    QVERIFY(QTest::qWaitForWindowExposed(&card));
    QVERIFY(fact->y() < tool->geometry().bottom());
    tool->setText(QStringLiteral("a length of 128 positions, and no more"));
    QTRY_VERIFY(fact->y() > tool->geometry().bottom());
    QCOMPARE(fact->shownText(), fact->text());
    tool->hide();
    QTRY_VERIFY(fact->y() < tool->geometry().bottom());
}

void CardTest::theFactGivesWayToTitleAndTools() {
    ThemeSource theme;
    Card card(theme, QStringLiteral("Embedding space"));
    auto* tools = new Segmented(theme);
    tools->setItems({QStringLiteral("PCA"), QStringLiteral("Axes")});
    card.addTool(tools);
    card.setFact(QStringLiteral("all 16,384 rows, centred · PC 1 + PC 2 keep 9.0 % of the variance"));
    auto* title = card.findChild<ElidedLabel*>(QStringLiteral("titleText"));
    const auto* fact = card.findChild<ElidedLabel*>(QStringLiteral("fact"));
    card.resize(900, 200);
    card.grab();
    QCOMPARE(fact->shownText(), fact->text());
    card.resize(420, 200);
    card.grab();
    QVERIFY(fact->shownText() != fact->text());
    QCOMPARE(title->shownText(), title->text());
    QVERIFY(!tools->geometry().intersects(title->geometry()));
    QVERIFY(!tools->geometry().intersects(fact->geometry()));
    card.resize(220, 200);
    card.grab();
    QVERIFY(title->shownText().endsWith(QChar(0x2026)));
    title->setShorter(QStringLiteral("Space"));
    QCOMPARE(title->shownText(), QStringLiteral("Space"));
    QCOMPARE(title->accessibleName(), QStringLiteral("Embedding space"));
    card.resize(420, 200);
    card.grab();
    QCOMPARE(title->shownText(), title->text());
}

void CardTest::theMenuFloatsAndCloses() {
    Open open;
    CardTitle& title = open.card->titleLine();
    title.setFocus(Qt::TabFocusReason);
    const auto choose = [&open, &title](int entry) {
        QTimer::singleShot(0, &title, [&open, entry] {
            auto* menu = open.card->findChild<QMenu*>(QStringLiteral("cardMenu"));
            QVERIFY(menu != nullptr);
            menu->setActiveAction(menu->actions().at(entry));
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::keyClick(&title, Qt::Key_Space);
    };
    choose(1);
    QVERIFY(!open.card->isVisible());
}

void CardTest::shortcutsFloatAndClose() {
    Open open;
    open.content->setFocus();
    QTest::keyClick(open.content, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(open.card->isFloating());
    open.card->setFloating(false);
    open.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&open.window));
    open.content->setFocus();
    QTest::keyClick(open.content, Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!open.card->isVisible());
    open.card->show();
    open.card->setFeatures(QDockWidget::NoDockWidgetFeatures);
    open.content->setFocus();
    QTest::keyClick(open.content, Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(open.content, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(open.card->isVisible());
    QVERIFY(!open.card->isFloating());
}

void CardTest::theTitleDragsTheDock() {
    Open open;
    QSignalSpy moved(open.card, &QDockWidget::topLevelChanged);
    CardTitle& title = open.card->titleLine();
    const QPoint start(title.width() / 2, title.height() / 2);
    QTest::mousePress(&title, Qt::LeftButton, {}, start);
    QTest::mouseMove(&title, start + QPoint(60, 60));
    QTest::mouseMove(&title, start + QPoint(120, 120));
    QVERIFY(open.card->isFloating());
    QTest::mouseRelease(&title, Qt::LeftButton, {}, start);
    QVERIFY(moved.count() > 0);
}

void CardTest::aCardStandsAlone() {
    ThemeSource theme;
    Card card(theme, QStringLiteral("Text → tokens"));
    card.setContent(new QWidget);
    card.resize(300, 200);
    const QImage light = card.grab().toImage();
    QCOMPARE(light.pixelColor(0, 0), theme.theme().window);
    QCOMPARE(light.pixelColor(150, 100), theme.theme().surface);
    theme.set(ThemeName::Dark);
    const QImage dark = card.grab().toImage();
    QCOMPARE(dark.pixelColor(0, 0), theme.theme().window);
    QCOMPARE(dark.pixelColor(150, 100), theme.theme().surface);
}

QTEST_MAIN(CardTest)
#include "card_test.moc"
