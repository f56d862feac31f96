// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/sanitized.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/order_panel.h"
#include "ui/plots/space_plot.h"

#include <array>

#include <QApplication>
#include <QPointer>
#include <QProcess>
#include <QTest>

using namespace lexiscope;

namespace {

constexpr double leastContrast = 4.5;  // WCAG 2.1, AA

}  // namespace

/// Walks the window through sizes, themes and scales and measures what an eye would stumble over. The scale
/// of the screen is fixed when a program starts, so that this one runs itself a second time at 200 %.
class WindowLookTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void everySizeAndTheme_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("theme");
        QTest::addColumn<QString>("shown");
        const std::array sizes = {QSize(1280, 720), QSize(1680, 1050), QSize(2560, 1440)};
        const std::array themes = {ThemeName::Light, ThemeName::Dark, ThemeName::Print};
        const std::array contents = {"explore",
                                     "compare",
                                     "learn",
                                     "learning",
                                     "learned",
                                     "explore features",
                                     "compare features",
                                     "learn features",
                                     "learn step",
                                     "learn layer",
                                     "order",
                                     "order parallel",
                                     "order rotary",
                                     "tokenize",
                                     "tokenize tokenizers",
                                     "tokenize vocabulary",
                                     "tokenize tokenizer-training"};
        for (std::size_t i = 0; i < sizes.size() * themes.size() * contents.size(); ++i) {
            const QSize size = sizes[i % 3];
            const ThemeName theme = themes[i / 3 % 3];
            const char* shown = contents[i / 9];
            if (!test::isSanitized || i % 9 == i / 9 % 9) {
                QTest::addRow("%dx%d %s %s", size.width(), size.height(), qPrintable(nameOf(theme)), shown)
                    << size << static_cast<int>(theme) << QString::fromLatin1(shown);
            }
        }
    }

    void everySizeAndTheme() {
        QFETCH(const QSize, size);
        QFETCH(const int, theme);
        QFETCH(const QString, shown);
        test::Workspace w;
        MainWindow window(w.context(), w.themes, w.runner, nullptr);
        w.session.setText("The king and the queen of France walked along the river.");
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        QVERIFY(w.load(1, QStringLiteral("builtin:wiki-words")));
        if (shown == QLatin1String("tokenize tokenizers")) {
            QVERIFY(w.load(2, QStringLiteral("builtin:features")));
            QVERIFY(w.load(3, QStringLiteral("builtin:wiki-words")));
        }
        w.selection.select({0, findToken(*w.session.slot(0).model, "queen").value().row, std::nullopt});
        window.resize(size);
        window.setMode(modeOf(shown));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        w.themes.set(static_cast<ThemeName>(theme));
        QVERIFY(w.settle());
        QVERIFY(learn(w, shown));
        if (const qsizetype space = shown.indexOf(u' '); space > 0) {
            shown.startsWith(QLatin1String("order")) ? chooseView(window, shown.mid(space + 1))
                                                     : demand(window, shown.mid(space + 1));
            QVERIFY(w.settle());
        }
        if (qEnvironmentVariableIsSet("LEXISCOPE_LOOK_FOLDER")) {
            const QString name = QStringLiteral("%1x%2-%3-%4%5.png")
                                     .arg(size.width())
                                     .arg(size.height())
                                     .arg(nameOf(static_cast<ThemeName>(theme)))
                                     .arg(window.devicePixelRatio())
                                     .arg(u'-' + shown);
            QVERIFY(window.grab().save(qEnvironmentVariable("LEXISCOPE_LOOK_FOLDER") + u'/' + name));
        }

        QCOMPARE(test::clippedTexts(window).join(u'\n'), QString());
        QCOMPARE(test::overlaps(window).join(u'\n'), QString());
        checkContrast(window);
        for (const SpacePlot* plot : window.findChildren<SpacePlot*>()) {
            if (plot->isVisible()) {
                checkLabels(*plot);
            }
        }
        for (const CardDock* dock : window.docks()) {
            if (dock->isHidden() || dock->visibleRegion().isEmpty()) {
                continue;  // shown on demand, or behind another one
            }
            QVERIFY2(window.rect().contains(QRect(dock->mapTo(&window, QPoint()), dock->size())),
                     qPrintable(dock->objectName()));
        }
    }

    void atTwiceTheScale() {
        if (test::isSanitized || qEnvironmentVariableIsSet("QT_SCALE_FACTOR")) {
            return;  // this is the second run
        }
        QProcess again;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
        again.setProcessEnvironment(environment);
        again.setProcessChannelMode(QProcess::MergedChannels);
        again.start(QCoreApplication::applicationFilePath(), {QStringLiteral("everySizeAndTheme")});
        QVERIFY(again.waitForFinished(-1));
        QVERIFY2(again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0,
                 again.readAllStandardOutput().constData());
    }

  private:
    static MainWindow::Mode modeOf(const QString& shown) {
        return shown.startsWith(QLatin1String("explore"))    ? MainWindow::Mode::Explore
               : shown.startsWith(QLatin1String("compare"))  ? MainWindow::Mode::Compare
               : shown.startsWith(QLatin1String("order"))    ? MainWindow::Mode::Order
               : shown.startsWith(QLatin1String("tokenize")) ? MainWindow::Mode::Tokenize
                                                             : MainWindow::Mode::Learn;
    }

    /// Brings a panel to the front that is hidden until it is asked for, or behind another one.
    static void demand(MainWindow& window, const QString& panel) {
        for (CardDock* dock : window.docks()) {
            if (dock->objectName() == panel + QStringLiteral("Dock")) {
                if (dock->isHidden()) {
                    dock->toggleViewAction()->trigger();
                }
                dock->raise();
            }
        }
    }

    /// One of the views of the order of words.
    static void chooseView(MainWindow& window, const QString& view) {
        window.findChild<OrderPanel*>()->restoreView({{QStringLiteral("view"), view}});
    }

    /// Learns from the sample: to a pause, or to the end.
    static bool learn(test::Workspace& w, const QString& shown) {
        TrainingSettings settings{QString(), suggestedOptions({})};
        settings.options.dimension = 10;
        settings.options.threads = 1;
        settings.options.epochs = 1;
        if (shown == QLatin1String("learning")) {
            settings.options.epochs = 100;  // minutes of learning
            w.training.run().start(settings);
            const bool isSeen =
                test::await([&w] { return w.training.model() && w.training.run().losses().size() > 1; });
            w.training.run().pause();
            return isSeen && w.settle() && w.training.run().state() == TrainingRun::State::Paused;
        }
        if (shown == QLatin1String("learned")) {
            w.training.run().start(settings);
            return w.settle() && w.training.model() != nullptr;
        }
        if (shown.endsWith(QLatin1String("tokenizer-training"))) {
            w.tokenizerRun.start({QString(), suggestedTokenizer({}, TokenizerKind::Bpe)});
            return w.settle() && w.tokenizerRun.result() != nullptr;
        }
        return true;
    }

    static void checkContrast(QWidget& window) {
        QList<QPointer<QWidget>> widgets;
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            widgets << widget;
        }
        for (const QPointer<QWidget>& widget : widgets) {
            // To take a picture of one lays out all, also what is hidden, where buttons may make way for
            // others.
            if (widget == nullptr) {
                continue;
            }
            const auto* elided = qobject_cast<ElidedLabel*>(widget);
            const auto* label = qobject_cast<QLabel*>(widget);
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool hasText = (elided != nullptr && !elided->text().isEmpty()) ||
                                 (label != nullptr && !label->text().isEmpty()) ||
                                 (button != nullptr && !button->text().isEmpty());
            if (hasText && widget->isVisible() && !widget->size().isEmpty()) {
                const double found = test::contrastOnScreen(*widget);
                QVERIFY2(found >= leastContrast,
                         qPrintable(QStringLiteral("%1 %2 has %3")
                                        .arg(widget->objectName(), widget->accessibleName())
                                        .arg(found)));
            }
        }
    }

    static void checkLabels(const SpacePlot& plot) {
        const std::vector<QRectF> labels = plot.labelRects();
        // One for every so many pixels, wherever the points lie densest.
        QVERIFY(static_cast<double>(labels.size()) > 4 + plot.width() * plot.height() / 30000.0);
        for (std::size_t a = 0; a < labels.size(); ++a) {
            QVERIFY(QRectF(plot.rect()).contains(labels[a]));
            for (std::size_t b = a + 1; b < labels.size(); ++b) {
                QVERIFY(!labels[a].intersects(labels[b]));
            }
        }
    }
};

QTEST_MAIN(WindowLookTest)
#include "window_look_test.moc"
