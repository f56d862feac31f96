// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_warnings.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/render_line.h"
#include "ui/panels/training_panel.h"
#include "ui/plots/space_plot.h"

#include <QApplication>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;
using State = TrainingRun::State;

namespace {

struct OpenWindow : test::Workspace {
    explicit OpenWindow(QSettings* settings = nullptr) : window(context(), themes, runner, settings) {
        session.setText("The king and the queen.");
        ready = load(0, QStringLiteral("builtin:tiny-gpt2")) && test::showActive(window) && settle();
        window.setMode(MainWindow::Mode::Learn);
        ready = ready && settle();
    }
    void start(const QString& corpus, std::size_t epochs) {
        TrainingSettings settings{corpus, suggestedOptions({})};
        settings.options.dimension = 10;
        settings.options.threads = 1;
        settings.options.epochs = epochs;
        training.run().start(settings);
    }
    SpacePlot& map() { return *window.docks()[1]->findChild<SpacePlot*>(); }

    MainWindow window;
    bool ready = false;
};

}  // namespace

class LearnModeTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void theMapKeepsTheViewThatSomebodyChose() {
        OpenWindow w;
        QVERIFY(w.ready);
        w.start({}, 5000);
        QVERIFY(test::await([&] { return w.training.model() && w.map().figure().model; }));
        const auto nextPicture = [&w] {
            const std::shared_ptr<const PcaResult> before = w.map().figure().projection;
            return test::await([&] { return w.map().figure().projection != before; });
        };
        QVERIFY(nextPicture());
        QVERIFY(w.map().showsAll());
        w.map().zoom(2);
        QVERIFY(!w.map().showsAll());
        const QRectF view = w.map().view();
        QVERIFY(nextPicture() && nextPicture());
        QVERIFY(!w.map().showsAll());
        QCOMPARE(w.map().view(), view);
        w.map().resetView();
        QVERIFY(nextPicture());
        QVERIFY(w.map().showsAll());
        w.training.run().stop();
        QVERIFY(w.settle());
        // Another model is another map.
        w.map().zoom(2);
        QVERIFY(w.load(1, QStringLiteral("builtin:wiki-words")));
        QVERIFY(w.map().showsAll());
    }

    void otherWorkIsNotKeptWaiting() {
        OpenWindow w;
        QVERIFY(w.ready);
        w.start({}, mostTrainingEpochs);
        QVERIFY(test::await([&] { return w.training.model() != nullptr; }));
        w.window.open(QStringLiteral("builtin:wiki-words"), 0);
        w.session.setActiveSlot(0);
        QVERIFY(test::await([&] {
            return w.session.slot(0).spec == QStringLiteral("builtin:wiki-words") &&
                   w.analyses.isCurrent(0, Analyses::Projection);
        }));
        QCOMPARE(w.training.run().state(), State::Learning);
        w.training.run().stop();
        QVERIFY(w.settle());
    }

    void noCommandRepeatsWhatLiesInNoFile() {
        const test::ScratchFolder folder;
        OpenWindow w;
        QVERIFY(w.ready);
        FigureSpec spec;
        spec.what = QStringLiteral("space");
        QVERIFY(renderLine(spec, FigureFormat::Png, w.context()).ok());
        w.start({}, 1);
        QVERIFY(w.settle());
        const Result<QString> line = renderLine(spec, FigureFormat::Png, w.context());
        QVERIFY(!line.ok());
        QCOMPARE(line.error().hint, std::string("save it first"));
        w.training.save(QString::fromStdString((folder.path() / "words.bin").string()));
        QVERIFY(w.settle());
        QVERIFY(renderLine(spec, FigureFormat::Png, w.context()).ok());
        QCOMPARE(w.window.messages().text().contains(QStringLiteral("words.bin")), true);
        spec.what = QStringLiteral("training");
        QVERIFY(!renderLine(spec, FigureFormat::Png, w.context()).ok());
    }

    void whatFailsIsSaidInTheWindow() {
        OpenWindow w;
        QVERIFY(w.ready);
        w.start(QStringLiteral("/no/such/text.txt"), 1);
        QVERIFY(w.settle());
        QVERIFY(w.window.messages().text().contains(QStringLiteral("/no/such/text.txt")));
    }
};

QTEST_MAIN(LearnModeTest)
#include "learn_mode_test.moc"
