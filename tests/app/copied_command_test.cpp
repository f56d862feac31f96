// SPDX-License-Identifier: GPL-3.0-or-later
// The command that the export dialog copies makes the file that the dialog saves, byte for byte.
#include "core/search/token_lookup.h"
#include "tests/support/byte_ranks.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/sanitized.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/workspace.h"
#include "ui/main_window/export_dialog.h"
#include "ui/main_window/figure_export.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/space_panel.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace lexiscope;

namespace {

QByteArray read(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "0.1.0"
QString versionOfProgram() {
    QProcess program;
    program.start(QStringLiteral(LEXISCOPE_PROGRAM), {QStringLiteral("--version")});
    program.waitForFinished();
    return QString::fromUtf8(program.readAllStandardOutput()).section(u' ', 1).trimmed();
}

/// Runs a line in the folder, where `lexiscope` is the program under test. What it says if it fails.
QString run(const QString& line, const std::filesystem::path& folder) {
    std::filesystem::create_symlink(LEXISCOPE_PROGRAM, folder / "lexiscope");
    QProcess shell;
    shell.setWorkingDirectory(QString::fromStdString(folder.string()));
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("PATH=.:$PATH ") + line});
    if (!shell.waitForFinished(120000) || shell.exitCode() != 0) {
        return QStringLiteral("failed: ") + QString::fromUtf8(shell.readAllStandardError());
    }
    return {};
}

}  // namespace

class CopiedCommandTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() {
        test::quietOffscreen();
        QCoreApplication::setApplicationName(QStringLiteral("lexiscope"));
        QCoreApplication::setApplicationVersion(versionOfProgram());
        applyTheme(*qApp, themeOf(ThemeName::Light));
        qputenv("SOURCE_DATE_EPOCH", "1700000000");
    }

    void itMakesTheSameFile_data() {
        QTest::addColumn<QString>("panel");
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("front");
        int rows = 0;
        for (const char* panel : {"window", "tokens", "space", "neighbors", "matrix"}) {
            for (const FigureFormat format : {FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf}) {
                if (!test::isSanitized || rows++ % 4 == 0) {
                    QTest::addRow("%s %s", panel, qPrintable(nameOf(format)))
                        << QString::fromLatin1(panel) << static_cast<int>(format) << 0;
                }
            }
        }
        QTest::addRow("a part") << "positions" << static_cast<int>(FigureFormat::Svg) << 0;
        QTest::addRow("space of model B") << "space" << static_cast<int>(FigureFormat::Svg) << 1;
        QTest::addRow("window on model B") << "window" << static_cast<int>(FigureFormat::Png) << 1;
        QTest::addRow("four tokenizers") << "tokenizers" << static_cast<int>(FigureFormat::Svg) << 0;
        QTest::addRow("two models") << "compare" << static_cast<int>(FigureFormat::Svg) << 0;
    }
    void itMakesTheSameFile() {
        QFETCH(const QString, panel);
        QFETCH(const int, format);
        QFETCH(const int, front);
        test::Workspace w;
        MainWindow window(w.context(), w.themes, w.runner, nullptr);
        w.session.setText("The king's \"queen\"\nand <the> $river of the 日本 `x`");
        window.resize(1500, 900);
        window.show();
        QVERIFY(w.load(0, QStringLiteral("builtin:tiny-gpt2")));
        QVERIFY(w.load(1, QStringLiteral("builtin:wiki-words")));
        if (panel == QStringLiteral("compare")) {
            window.setMode(MainWindow::Mode::Compare);
        }
        const test::ScratchFolder files;
        if (panel == QStringLiteral("tokenizers")) {
            window.setMode(MainWindow::Mode::Tokenize);
            QVERIFY(w.load(2, QStringLiteral("builtin:features")));
            const auto ranks = files.write("some ranks.tiktoken", test::byteRanks());
            QVERIFY(w.load(3, QString::fromStdString(ranks.string())));
            w.session.setSplit(w.session.slot(3).spec, SplitScheme::Qwen2);
            w.session.setEncodeOptions({true, true});
        }
        w.session.setActiveSlot(front);
        QVERIFY(w.settle());
        lookAround(w, window, front);

        const std::unique_ptr<ExportDialog> dialog = window.findChild<FigureExport*>()->makeDialog(panel);
        FigureSpec choices;
        choices.scale = 2;
        choices.theme = ThemeName::Dark;
        choices.fontSize = 1.2;
        choices.caption = true;
        choices.transparent = panel == QStringLiteral("space");
        dialog->setChoices(choices, static_cast<FigureFormat>(format));
        if (panel == QStringLiteral("positions")) {
            auto* subject = dialog->findChild<QComboBox*>(QStringLiteral("subject"));
            subject->setCurrentText(QStringLiteral("Positions: the matrix alone"));
        }
        const QString name = fileNameOf(dialog->spec(), dialog->format());
        const test::ScratchFolder mine;
        QVERIFY2(dialog->saveAs(QString::fromStdString((mine.path() / name.toStdString()).string())),
                 qPrintable(dialog->messages().text()));
        dialog->copyCommand();
        const QString line = QApplication::clipboard()->text();
        const test::ScratchFolder theirs;
        QCOMPARE(run(line, theirs.path()), QString());
        const QByteArray expected = read(mine.path() / name.toStdString());
        QVERIFY(!expected.isEmpty());
        QVERIFY2(read(theirs.path() / name.toStdString()) == expected, qPrintable(line));
    }

  private:
    /// Selects the second "the", pins a token, asks for other neighbours and moves into the map.
    static void lookAround(test::Workspace& w, MainWindow& window, int front) {
        const Model& model = *w.session.slot(front).model;
        const auto text = w.analyses.encoding(front);
        std::optional<Selected> last;
        for (std::uint32_t i = 0; text && i < text->encoding.tokens.size(); ++i) {
            const auto& id = text->encoding.tokens[i].id;
            if (id && bareText(*model.vocabulary, rowOf(*id)) == "the") {
                last = Selected{front, rowOf(*id), Position{i}};
            }
        }
        QVERIFY(last);
        w.selection.select(*last);
        w.selection.togglePinned(Row{1000});
        w.analyses.setNeighborOptions({Metric::Dot, 8});
        if (auto* space = window.findChild<SpacePanel*>(QStringLiteral("space"))) {
            space->plot().zoom(1.7);
        }
        QVERIFY(w.settle());
    }
};

QTEST_MAIN(CopiedCommandTest)
#include "copied_command_test.moc"
