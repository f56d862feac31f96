// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/other_programs.h"
#include "tests/support/program.h"
#include "tests/support/sanitized.h"
#include "tests/support/scratch_folder.h"

#include <filesystem>
#include <unistd.h>

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace lexiscope::test;

namespace {

const QString words = QStringLiteral("builtin:wiki-words");

struct Rendered {
    Outcome outcome;
    QByteArray file;
};

Rendered rendered(const QString& what, const QString& ending, const QStringList& options = {}) {
    const ScratchFolder folder;
    const QString path =
        QString::fromStdString((folder.path() / ("figure." + ending.toStdString())).string());
    Rendered result;
    result.outcome =
        runProgram(QStringList{QStringLiteral("render"), what, QStringLiteral("--out"), path} + options);
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        result.file = file.readAll();
    }
    return result;
}

QByteArray withoutDates(QByteArray pdf) {
    const qsizetype from = pdf.indexOf("/CreationDate");
    const qsizetype end = pdf.indexOf('\n', from);
    return from < 0 ? pdf : pdf.replace(from, end - from, "");
}

}  // namespace

class RenderCommandTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theEndingTellsTheKind() {
        const Rendered png = rendered("space", "png", {"--model", words, "--select", "queen"});
        QVERIFY2(png.outcome.status == 0, png.outcome.errors.c_str());
        QVERIFY(png.outcome.output.empty() && png.outcome.errors.empty());
        QCOMPARE(QImage::fromData(png.file).size(), QSize(920, 620));
        const Rendered svg = rendered("space", "svg", {"--model", words, "--select", "queen"});
        QVERIFY(svg.file.startsWith("<?xml"));
        QVERIFY(svg.file.contains(">queen</text>"));
        QCOMPARE(paintedSvg(svg.file).size(), QSize(920, 620));
        const Rendered pdf = rendered("space", "pdf", {"--model", words, "--select", "queen"});
        QVERIFY(pdf.file.startsWith("%PDF-"));
        QVERIFY(textOfPdf(pdf.file).contains(QStringLiteral("queen")));
        QVERIFY(std::abs(paintedPdf(pdf.file).width() - 920) <= 1);
    }

    void theSameInputsGiveTheSameFile_data() {
        QTest::addColumn<QString>("ending");
        for (const char* ending : {"png", "svg", "pdf"}) {
            QTest::newRow(ending) << ending;
        }
    }
    void theSameInputsGiveTheSameFile() {
        QFETCH(const QString, ending);
        const QStringList options{"--text", "Dog bites man.", "--theme", "dark", "--size", "1200x760"};
        const QByteArray first = rendered("window", ending, options).file;
        QVERIFY(!first.isEmpty());
        QVERIFY(withoutDates(first) == withoutDates(rendered("window", ending, options).file));
    }

    void optionsShape() {
        const Rendered large = rendered(
            "neighbors", "svg",
            {"--size", "120x160mm", "--font-size", "1.5", "--caption", "--theme", "print", "--transparent"});
        QVERIFY2(large.outcome.status == 0, large.outcome.errors.c_str());
        QVERIFY(large.file.contains("width=\"120mm\" height=\"160mm\""));
        QVERIFY(large.file.contains("tiny-gpt2 (16,384 × 128) · “The king"));
        const QImage painted = paintedSvg(large.file);
        QCOMPARE(painted.pixelColor(3, 3).alpha(), 0);
        const QImage png = QImage::fromData(rendered("neighbors", "png", {"--scale", "3"}).file);
        QCOMPARE(png.size(), QSize(1200, 1560));
    }

    void aViewIsShown() {
        const auto withView = [](const char* view) { return QStringList{"--view", view}; };
        const QString matrix = textOfPdf(rendered("matrix", "pdf", withView(R"({"rows":[300,16]})")).file);
        QVERIFY2(matrix.contains(QStringLiteral("300")) && matrix.contains(QStringLiteral("315")),
                 qPrintable(matrix));
        const QString neighbors =
            textOfPdf(rendered("neighbors", "pdf", withView(R"({"metric":"dot","k":7})")).file);
        QVERIFY(neighbors.contains(QStringLiteral("dot · exact over 16,384 rows")));
    }

    void aPartStandsAlone() {
        const Rendered matrix = rendered("positions", "svg", {"--part", "matrix"});
        QVERIFY2(matrix.outcome.status == 0, matrix.outcome.errors.c_str());
        QCOMPARE(paintedSvg(matrix.file).size(), QSize(920, 520));
        QVERIFY(matrix.file.contains("sinusoidal") && !matrix.file.contains("Waves per dimension"));
        const Rendered learned =
            rendered("positions", "svg", {"--part", "matrix", "--view", R"({"kind":"learned"})"});
        QVERIFY(learned.file.contains("learned") && !learned.file.contains("sinusoidal"));
    }

    // All that can be rendered, and that it can be.
    void helpNamesEveryFigure() {
        const Outcome help = runProgram({"render", "--help"});
        QCOMPARE(help.status, 0);
        const QString text = QString::fromStdString(help.output);
        const QRegularExpressionMatch what =
            QRegularExpression(QStringLiteral("WHAT is one of: (.*)\\.\n")).match(text);
        QVERIFY2(what.hasMatch(), qPrintable(text));
        const QStringList names = what.captured(1).split(QStringLiteral(", "));
        QVERIFY(names.contains(QStringLiteral("spaceB")) && names.contains(QStringLiteral("pair")));
        for (const QString& name : isSanitized ? names.mid(3, 3) : names) {
            const Rendered figure = rendered(name, "png");
            QVERIFY2(figure.outcome.status == 0, figure.outcome.errors.c_str());
            QVERIFY(QImage::fromData(figure.file).width() > 300);
        }
        // And names no more than there is.
        const Outcome wrong = runProgram({"render", "nothing", "--out", "f.svg"});
        QVERIFY2(QString::fromStdString(wrong.errors).contains(what.captured(1)), wrong.errors.c_str());
        const QRegularExpressionMatch part =
            QRegularExpression(QStringLiteral("PART, .*of positions: (.*?)[;.]")).match(text);
        QVERIFY2(part.hasMatch(), qPrintable(text));
        for (const QString& name : part.captured(1).split(QStringLiteral(", "))) {
            QCOMPARE(rendered("positions", "svg", {"--part", name}).outcome.status, 0);
        }
    }

    void aTextThatIsGivenIsShown() {
        const Rendered tokens = rendered("tokens", "svg", {"--text", "Man bites <dog> & 'cat'"});
        QVERIFY(tokens.file.contains("&lt;dog"));
        QVERIFY(!paintedSvg(tokens.file).isNull());
        const Rendered neighbors = rendered("neighbors", "svg", {"--text", "Paris is large"});
        // Nothing is asked for: the first token of the text is the one that is selected.
        QVERIFY(neighbors.file.contains("selected: P"));
    }

    void wrongUseIsSaid_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, int status, const QString& says) {
            QTest::newRow(name) << QStringList{"render"} + arguments << status << says;
        };
        row("another ending", {"window", "--out", "f.jpg"}, 2, "ends in .png, .svg or .pdf");
        row("no ending", {"window", "--out", "png"}, 2, "ends in .png, .svg or .pdf");
        row("a figure of nothing", {"nothing", "--out", "f.svg"}, 2, "space");
        row("too large a size", {"space", "--out", "f.svg", "--size", "5000x5000mm"}, 2, "--size: ");
        row("type of no size", {"space", "--out", "f.svg", "--font-size", "0"}, 2, "--font-size: ");
        row("type of what size", {"space", "--out", "f.svg", "--font-size", "large"}, 2, "--font-size: ");
        row("a view that is none", {"space", "--out", "f.svg", "--view", "[1]"}, 2, "--view: ");
        row("a view with a misspelt key", {"space", "--out", "f.svg", "--view", R"({"colour":"script"})"}, 2,
            "--view: has no \"colour\" (x, y, color");
        row("too little room", {"matrix", "--out", "f.svg", "--size", "60x40"}, 1, "needs more room");
        row("nowhere", {"neighbors", "--out", "/nowhere/f.pdf"}, 1, "/nowhere/f.pdf: could not be created");
        row("no such part", {"positions", "--part", "wave", "--out", "f.svg"}, 2,
            "matrix, similarity, waves, decay, wavelengths, curve, sum");
        row("a part of what has none", {"space", "--part", "map", "--out", "f.svg"}, 2,
            "a figure as a whole");
        row("no such token", {"neighbors", "--out", "f.svg", "--select", "qqqqzzzz"}, 1, "qqqqzzzz");
    }
    void wrongUseIsSaid() {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, status);
        QFETCH(const QString, says);
        const ScratchFolder folder;
        const auto before = std::filesystem::current_path();
        std::filesystem::current_path(folder.path());
        const Outcome outcome = runProgram(arguments);
        std::filesystem::current_path(before);
        QVERIFY2(outcome.status == status, outcome.errors.c_str());
        QVERIFY2(outcome.errors.find(says.toStdString()) != std::string::npos, outcome.errors.c_str());
        QCOMPARE(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1);
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void anOldFileStaysWhereTheNewOneFails() {
        const ScratchFolder folder;
        const std::filesystem::path path = folder.write("figure.svg", "old");
        const Outcome outcome = runProgram({"render", "matrix", "--size", "60x40", "--out", path.c_str()});
        QCOMPARE(outcome.status, 1);
        QFile file(path.c_str());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("old"));
    }
};

QTEST_GUILESS_MAIN(RenderCommandTest)
#include "render_command_test.moc"
