// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/export_dialog.h"

#include "core/search/token_lookup.h"
#include "tests/support/look.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/figure_export.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/render_line.h"
#include "ui/plots/space_plot.h"

#include <functional>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;

namespace {

/// The window on tiny-gpt2 with "queen" selected, and a dialog on one of its panels.
struct Exporting : test::Workspace {
    explicit Exporting(const QString& panel = QStringLiteral("neighbors"))
        : window(context(), themes, runner, nullptr) {
        session.setText("The king and the queen of France walked along the river.");
        window.resize(1440, 900);
        window.show();
        ready = QTest::qWaitForWindowExposed(&window) && load(0, QStringLiteral("builtin:tiny-gpt2"));
        selection.select({0, findToken(*session.slot(0).model, "queen").value().row, std::nullopt});
        ready = ready && settle();
        open(panel);
    }

    void open(const QString& panel) {
        dialog = exporting().makeDialog(panel);
        dialog->show();
        ready = ready && settled();
    }
    FigureExport& exporting() { return *window.findChild<FigureExport*>(); }
    [[nodiscard]] bool settled() {
        return test::await([this] { return dialog->isSettled(); });
    }
    template <typename T>
    T& find(const char* name) {
        return *dialog->findChild<T*>(QString::fromLatin1(name));
    }
    void choose(const char* row, int index) {
        QTest::mouseClick(find<Segmented>(row).button(index), Qt::LeftButton);
    }
    QImage preview() { return find<FigurePreview>("preview").image(); }
    QString said() { return dialog->messages().text(); }

    bool ready = false;
    MainWindow window;
    std::unique_ptr<ExportDialog> dialog;
};

QByteArray read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class ExportDialogTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void nothingIsCutInLargeType() {
        Exporting w;
        QVERIFY(w.ready);
        w.dialog->close();
        w.themes.set(ThemeName::Print);
        w.themes.setTextScale(1.3);
        QVERIFY(w.settle());
        w.open(QStringLiteral("neighbors"));
        QVERIFY(w.ready);
        QCOMPARE(test::clippedTexts(*w.dialog).join(u'\n'), QString());
    }

    void thePreviewFollowsWhatIsChosen() {
        Exporting w;
        QVERIFY(w.ready);
        QVERIFY(!w.preview().isNull());
        const QSize size = w.dialog->spec().size.pixels();
        QCOMPARE(size, w.window.docks()[2]->size());
        QCOMPARE(w.preview().pixelColor(3, 3), themeOf(ThemeName::Light).surface);
        w.choose("look", 1);
        QVERIFY(!w.dialog->isSettled());
        QVERIFY(w.settled());
        QCOMPARE(w.preview().pixelColor(3, 3), themeOf(ThemeName::Dark).surface);
        QTest::mouseClick(&w.find<QCheckBox>("transparent"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(w.settled());
        QCOMPARE(w.preview().pixelColor(3, 3).alpha(), 0);
        w.find<QDoubleSpinBox>("width").setValue(900);
        w.find<QDoubleSpinBox>("height").setValue(300);
        QVERIFY(w.settled());
        QCOMPARE(w.preview().width() / w.preview().height(), 3);
        // The window itself keeps its look.
        QCOMPARE(w.themes.theme().name, ThemeName::Light);
        QCOMPARE(w.window.grab().toImage().pixelColor(3, 400), themeOf(ThemeName::Light).window);
    }

    void theNoteAndTheScaleBelongToTheFormat() {
        Exporting w;
        QVERIFY(w.ready);
        auto& note = w.find<QLabel>("note");
        w.find<QDoubleSpinBox>("width").setValue(400);
        w.find<QDoubleSpinBox>("height").setValue(520);
        w.choose("scale", 2);
        QCOMPARE(note.text(), QStringLiteral("1200 × 1560 pixels, 288 dpi"));
        w.choose("format", 1);
        QVERIFY(!w.find<Segmented>("scale").isVisible());
        QVERIFY(note.text().startsWith(QStringLiteral("Text stays text")));
        QCOMPARE(w.find<QPushButton>("save").text(), QStringLiteral("Save as SVG…"));
        w.choose("format", 0);
        QVERIFY(w.find<Segmented>("scale").isVisible());
    }

    void millimetresAndPixelsAreTheSameSize() {
        Exporting w;
        QVERIFY(w.ready);
        w.find<QDoubleSpinBox>("width").setValue(480);
        w.choose("unit", 1);
        QCOMPARE(w.find<QDoubleSpinBox>("width").value(), 127.0);
        QCOMPARE(w.dialog->spec().size.pixels().width(), 480);
        w.find<QDoubleSpinBox>("width").setValue(100);
        QCOMPARE(w.dialog->spec().size.pixels().width(), 378);
        w.choose("unit", 0);
        QCOMPARE(w.find<QDoubleSpinBox>("width").value(), 378.0);
    }

    void aPartIsExportedAlone() {
        Exporting w(QStringLiteral("positions"));
        QVERIFY(w.ready);
        auto& subject = w.find<QComboBox>("subject");
        QCOMPARE(subject.currentText(), QStringLiteral("Positions"));
        QCOMPARE(w.dialog->spec().part, QString());
        subject.setCurrentIndex(subject.findText(QStringLiteral("Positions: the matrix alone")));
        QCOMPARE(w.dialog->spec().part, QStringLiteral("matrix"));
        QCOMPARE(w.dialog->spec().size.pixels(), QSize(920, 520));
        QVERIFY(w.settled());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("figure.svg"));
        QVERIFY(w.dialog->saveAs(path));
        QVERIFY(read(path).contains("dimension 0 … 127"));
        QVERIFY(!read(path).contains("Waves per dimension"));
        QTest::mouseClick(&w.find<QPushButton>("copyCommand"), Qt::LeftButton);
        const QString line = QApplication::clipboard()->text();
        QVERIFY2(line.startsWith(QStringLiteral(
                     "lexiscope render positions --out positions-matrix.png --part matrix --model ")),
                 qPrintable(line));
    }

    void theProposedSizeGrowsWithTheType() {
        Exporting w;
        QVERIFY(w.ready);
        const QSize proposed = w.dialog->spec().size.pixels();
        auto& note = w.find<QLabel>("note");
        QVERIFY(!note.text().contains(QStringLiteral("Larger than")));
        auto& type = w.find<QSpinBox>("type");
        type.setValue(300);
        QVERIFY(w.settled());
        const QSize grown = w.dialog->spec().size.pixels();
        QVERIFY2(grown.width() >= proposed.width() && grown.height() > proposed.height(),
                 qPrintable(QStringLiteral("%1x%2").arg(grown.width()).arg(grown.height())));
        QVERIFY(w.find<QPushButton>("save").isEnabled());
        QCOMPARE(w.said(), QString());
        QVERIFY2(note.text().contains(
                     QStringLiteral("Larger than %1 × %2 px").arg(proposed.width()).arg(proposed.height())),
                 qPrintable(note.text()));
        // What was asked for is refused where it holds too little.
        w.find<QDoubleSpinBox>("height").setValue(150);
        QVERIFY(test::await([&w] { return !w.find<QPushButton>("save").isEnabled(); }));
        QVERIFY2(w.said().contains(QStringLiteral("needs more room")), qPrintable(w.said()));
        QVERIFY(!note.text().contains(QStringLiteral("Larger than")));
        // A size that was typed is kept, one that is proposed comes back.
        w.find<QDoubleSpinBox>("height").setValue(grown.height() + 50);
        type.setValue(100);
        QVERIFY(w.settled());
        QCOMPARE(w.dialog->spec().size.pixels(), QSize(grown.width(), grown.height() + 50));
        auto& subject = w.find<QComboBox>("subject");
        const int index = subject.currentIndex();
        subject.setCurrentIndex(0);
        subject.setCurrentIndex(index);
        QCOMPARE(w.dialog->spec().size.pixels(), proposed);
        // In millimetres too, and before the dialog had time to show it.
        w.choose("unit", 1);
        type.setValue(300);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("figure.png"));
        QVERIFY2(w.dialog->saveAs(path), qPrintable(w.said()));
        QCOMPARE(QImage(path).size(), grown * 2);
    }

    void everyFormatIsSaved_data() {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("png") << "png" << QByteArray("\x89PNG");
        QTest::newRow("svg") << "svg" << QByteArray("<?xml");
        QTest::newRow("pdf") << "pdf" << QByteArray("%PDF");
    }
    void everyFormatIsSaved() {
        QFETCH(const QString, ending);
        QFETCH(const QByteArray, begin);
        Exporting w;
        QVERIFY(w.ready);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("figure.") + ending);
        QVERIFY(w.dialog->saveAs(path));
        QVERIFY(read(path).startsWith(begin));
        QCOMPARE(w.said(), QString());
    }

    void theWindowIsSavedAtFourTimesItsSize() {
        Exporting w(QStringLiteral("window"));
        QVERIFY(w.ready);
        QCOMPARE(w.dialog->spec().what, QStringLiteral("window"));
        w.choose("scale", 3);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("window.png"));
        QVERIFY(w.dialog->saveAs(path));
        QCOMPARE(QImage(path).size(), QSize(5760, 3600));
    }

    void whatCannotBeWrittenIsSaidAndTheOldFileStays() {
        Exporting w;
        QVERIFY(w.ready);
        QVERIFY(!w.dialog->saveAs(QStringLiteral("/nowhere/figure.png")));
        QVERIFY2(w.said().contains(QStringLiteral("/nowhere/figure.png")), qPrintable(w.said()));
        QVERIFY(w.dialog->isVisible());
        if (QFile::exists(QStringLiteral("/dev/full"))) {
            QVERIFY(!w.dialog->saveAs(QStringLiteral("/dev/full")));
            QVERIFY2(w.said().contains(QStringLiteral("could not be written")), qPrintable(w.said()));
        }
        // The next choice wipes what was said.
        w.choose("look", 2);
        QCOMPARE(w.said(), QString());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("figure.png"));
        QVERIFY(w.dialog->saveAs(path));
        const QByteArray before = read(path);
        w.find<QDoubleSpinBox>("width").setValue(20);
        QVERIFY(!w.dialog->saveAs(path));
        QVERIFY2(w.said().contains(QStringLiteral("needs more room")), qPrintable(w.said()));
        QCOMPARE(read(path), before);
        QVERIFY(test::await([&w] { return !w.find<QPushButton>("save").isEnabled(); }));
    }

    void aPictureIsCopiedAsImageAndSvg() {
        Exporting w;
        QVERIFY(w.ready);
        w.choose("scale", 1);
        QTest::mouseClick(&w.find<QPushButton>("copyPicture"), Qt::LeftButton);
        const QMimeData* copied = QApplication::clipboard()->mimeData();
        QVERIFY(copied->hasImage());
        QCOMPARE(qvariant_cast<QImage>(copied->imageData()).size(), w.dialog->spec().size.pixels() * 2);
        QVERIFY(copied->data(QStringLiteral("image/svg+xml")).contains(">·prince</text>"));
        QVERIFY(!w.said().isEmpty());
    }

    void theFigureStaysAsItWasWhenTheDialogOpened() {
        Exporting w;
        QVERIFY(w.ready);
        w.selection.select({0, findToken(*w.session.slot(0).model, "river").value().row, std::nullopt});
        w.analyses.setNeighborOptions({Metric::Dot, 3});
        QVERIFY(w.settle());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("figure.svg"));
        QVERIFY(w.dialog->saveAs(path));
        QVERIFY(read(path).contains(">·prince</text>"));
        // And what is chosen in the dialog does not reach the window.
        QCOMPARE(w.analyses.neighborOptions().metric, Metric::Dot);
        QCOMPARE(shownToken(*w.session.slot(0).model, w.selection.selected()->row), QStringLiteral("·river"));
    }

    void cardsAndTheHeaderLeadHere() {
        Exporting w;
        QVERIFY(w.ready);
        w.dialog->close();
        const auto openedBy = [&w](const std::function<void()>& action) {
            QString opened;
            QTimer::singleShot(0, &w.window, [&] {
                auto* dialog = qobject_cast<ExportDialog*>(QApplication::activeModalWidget());
                if (dialog != nullptr) {
                    opened = dialog->spec().what;
                    dialog->reject();
                }
            });
            action();
            return opened;
        };
        QCOMPARE(openedBy([&w] {
                     QTest::mouseClick(w.window.findChild<QPushButton*>(QStringLiteral("export")),
                                       Qt::LeftButton);
                 }),
                 QStringLiteral("window"));
        QVERIFY(test::showActive(w.window));
        QCOMPARE(openedBy([&w] { QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier); }),
                 QStringLiteral("window"));
        QAction* exporting = nullptr;
        QAction* copying = nullptr;
        for (QAction* action : w.window.docks()[1]->findChildren<QAction*>()) {
            exporting = action->text() == QStringLiteral("Export this panel…") ? action : exporting;
            copying = action->text() == QStringLiteral("Copy as picture") ? action : copying;
        }
        QCOMPARE(openedBy([&] { exporting->trigger(); }), QStringLiteral("space"));
        QApplication::clipboard()->clear();
        copying->trigger();
        QVERIFY(
            QApplication::clipboard()->mimeData()->data(QStringLiteral("image/svg+xml")).contains("PC 1"));
        QVERIFY(!w.window.messages().text().isEmpty());
    }

    void whatWasChosenIsOfferedAgain() {
        Exporting w;
        QVERIFY(w.ready);
        w.dialog.reset();
        QTimer::singleShot(0, &w.window, [] {
            auto* dialog = qobject_cast<ExportDialog*>(QApplication::activeModalWidget());
            FigureSpec spec;
            spec.scale = 4;
            spec.caption = true;
            spec.size.inMillimetres = true;
            dialog->setChoices(spec, FigureFormat::Pdf);
            dialog->accept();
        });
        w.exporting().open(QStringLiteral("matrix"));
        w.open(QStringLiteral("space"));
        QCOMPARE(w.dialog->format(), FigureFormat::Pdf);
        QCOMPARE(w.dialog->spec().scale, 4.0);
        QVERIFY(w.dialog->spec().caption);
        QVERIFY(w.dialog->spec().size.inMillimetres);
        QCOMPARE(w.dialog->spec().what, QStringLiteral("space"));
    }

    void wordsAreQuotedForShells_data() {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << QByteArray("builtin:tiny-gpt2") << "builtin:tiny-gpt2";
        QTest::newRow("empty") << QByteArray("") << "''";
        QTest::newRow("spaces") << QByteArray("a b") << "'a b'";
        QTest::newRow("a quote") << QByteArray("it's") << "'it'\\''s'";
        QTest::newRow("signs") << QByteArray("$HOME `x` \"!\"") << "'$HOME `x` \"!\"'";
        QTest::newRow("a newline") << QByteArray("a\nb") << "'a\nb'";
        QTest::newRow("no UTF-8") << QByteArray("\xff\x01'7") << "$'\\377\\001\\'7'";
        QTest::newRow("another script") << QByteArray("日本") << "'日本'";
    }
    void wordsAreQuotedForShells() {
        QFETCH(const QByteArray, word);
        QFETCH(const QString, line);
        QCOMPARE(shellWord(word), line);
        // As a shell reads it.
        QProcess bash;
        bash.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("printf %s ") + line});
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.readAllStandardOutput(), word);
    }

    void theCommandIsCopied() {
        Exporting w;
        QVERIFY(w.ready);
        w.choose("look", 1);
        QTest::mouseClick(&w.find<QPushButton>("copyCommand"), Qt::LeftButton);
        const QString line = QApplication::clipboard()->text();
        const QSize size = w.dialog->spec().size.pixels();
        QCOMPARE(line,
                 QStringLiteral("lexiscope render neighbors --out neighbors.png --model builtin:tiny-gpt2 "
                                "--text 'The king and the queen of France walked along the river.' "
                                "--select 'Ġqueen' --size %1x%2 --scale 2 --theme dark")
                     .arg(size.width())
                     .arg(size.height()));
        w.session.setText(QByteArray(200'000, 'x'));
        QTest::mouseClick(&w.find<QPushButton>("copyCommand"), Qt::LeftButton);
        QVERIFY2(w.said().contains(QStringLiteral("no command line can hold this text")),
                 qPrintable(w.said()));
    }
};

QTEST_MAIN(ExportDialogTest)
#include "export_dialog_test.moc"
