// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/data_export.h"

#include "core/search/token_lookup.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/neighbor_panel.h"

#include <functional>

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QMenuBar>
#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;

namespace {

/// The window on tiny-gpt2 with "queen" selected.
struct Stage : test::Workspace {
    Stage() : window(context(), themes, runner, nullptr) {
        session.setText("The king and the queen.");
        window.show();
        ready = QTest::qWaitForWindowExposed(&window) && load(0, QStringLiteral("builtin:tiny-gpt2"));
        selection.select({0, findToken(*session.slot(0).model, "queen").value().row, std::nullopt});
        ready = ready && settle();
    }
    CardDock& dock(const QString& title) {
        for (CardDock* dock : window.docks()) {
            if (dock->windowTitle() == title) {
                return *dock;
            }
        }
        qFatal("no such card");
    }
    DataExport& exporting() { return *window.findChild<DataExport*>(); }
    QString said() { return window.messages().text(); }

    bool ready = false;
    MainWindow window;
};

/// The texts below the entry of that name; empty if there is none.
QStringList entries(const QMenu& menu, const QString& name) {
    QStringList texts;
    for (const QAction* action : menu.actions()) {
        if (action->text() == name && action->menu() != nullptr) {
            for (const QAction* entry : action->menu()->actions()) {
                texts << entry->text();
            }
        }
    }
    return texts;
}

QAction* entry(const QMenu& menu, const QString& name, const QString& text) {
    for (const QAction* action : menu.actions()) {
        if (action->text() == name && action->menu() != nullptr) {
            for (QAction* each : action->menu()->actions()) {
                if (each->text() == text) {
                    return each;
                }
            }
        }
    }
    return nullptr;
}

QByteArray read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A table whose writing does what it is told.
DataTable tableOf(std::function<Result<Done>(const WriteBytes&, Progress&)> content) {
    return {QStringLiteral("Table"), QStringLiteral("table"),
            [content = std::move(content)](const WriteBytes& write, WorkerPool&, Progress& progress) {
                return content(write, progress);
            },
            nullptr};
}

}  // namespace

class DataExportTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void eachCardOffersItsTables_data() {
        QTest::addColumn<QString>("card");
        QTest::addColumn<QStringList>("offered");
        QTest::newRow("tokens") << "Text → tokens" << QStringList{"6 tokens: CSV…"};
        QTest::newRow("space") << "Embedding space"
                               << QStringList{"2 coordinates of 16,384 tokens: CSV…",
                                              "2 coordinates of 16,384 tokens: NumPy array…"};
        QTest::newRow("neighbors") << "Nearest neighbours" << QStringList{"12 neighbours: CSV…"};
        QTest::newRow("positions") << "Positions"
                                   << QStringList{"Sinusoidal positions, 128 × 128: CSV…",
                                                  "Sinusoidal positions, 128 × 128: NumPy array…",
                                                  "How alike they are, 128 × 128: CSV…",
                                                  "How alike they are, 128 × 128: NumPy array…"};
    }
    void eachCardOffersItsTables() {
        QFETCH(const QString, card);
        QFETCH(const QStringList, offered);
        Stage w;
        QVERIFY(w.ready);
        QMenu menu;
        w.dock(card).fillMenu(menu);
        QCOMPARE(entries(menu, QStringLiteral("Save the data")), offered);
    }

    void theMatrixOffersWhatIsInView() {
        Stage w;
        QVERIFY(w.ready);
        QMenu menu;
        w.dock(QStringLiteral("Embedding matrix")).fillMenu(menu);
        const QStringList offered = entries(menu, QStringLiteral("Save the data"));
        QCOMPARE(offered.size(), 6);
        QVERIFY(QRegularExpression(QStringLiteral("^Rows 12,9\\d\\d to 12,9\\d\\d, \\d+ × 128: CSV…$"))
                    .match(offered[0])
                    .hasMatch());
        QCOMPARE(offered[3], QStringLiteral("All rows, 16,384 × 128: NumPy array…"));
        QCOMPARE(offered[4], QStringLiteral("Row 12960, 128 values: CSV…"));
    }

    void nothingIsOfferedOfNothing() {
        test::Workspace w;
        MainWindow window(w.context(), w.themes, w.runner, nullptr);
        QVERIFY(test::showActive(window) && w.settle());
        for (CardDock* dock : window.docks()) {
            QMenu menu;
            dock->fillMenu(menu);
            // Sinusoidal positions and rated features need no model.
            const bool needsModel = dock->windowTitle() != QStringLiteral("Positions") &&
                                    dock->windowTitle() != QStringLiteral("Feature table");
            QCOMPARE(entries(menu, QStringLiteral("Save the data")).isEmpty(), needsModel);
            QVERIFY(entries(menu, QStringLiteral("Copy the table as")).isEmpty());
        }
    }

    void aTableIsSavedThroughTheDialog() {
        Stage w;
        QVERIFY(w.ready);
        const QTemporaryDir folder;
        QString offered;
        QTimer::singleShot(0, &w.window, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog != nullptr);
            offered = QFileInfo(dialog->selectedFiles().value(0)).fileName();
            dialog->setDirectory(folder.path());
            dialog->selectFile(QStringLiteral("near"));
            static_cast<QDialog*>(dialog)->accept();
        });
        QMenu menu;
        w.dock(QStringLiteral("Nearest neighbours")).fillMenu(menu);
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        entry(menu, QStringLiteral("Save the data"), QStringLiteral("12 neighbours: CSV…"))->trigger();
        QVERIFY(w.settle());
        QCOMPARE(offered, QStringLiteral("tiny-gpt2 neighbors of 12960.csv"));
        const QByteArray saved = read(folder.filePath(QStringLiteral("near.csv")));
        QVERIFY(saved.startsWith("rank,id,token,cosine\r\n1,10861,Ġprince,0."));
        QCOMPARE(saved.count('\n'), 13);
        QVERIFY(w.said().contains(QStringLiteral("near.csv")));
    }

    void theFileMenuListsTheCards() {
        Stage w;
        QVERIFY(w.ready);
        QMenu* data = nullptr;
        for (QMenu* menu : w.window.findChildren<QMenu*>()) {
            data = menu->title() == QStringLiteral("Save the &data of a panel") ? menu : data;
        }
        QVERIFY(data != nullptr);
        for (int times = 0; times < 2; ++times) {
            Q_EMIT data->aboutToShow();
            QStringList cards;
            for (const QAction* action : data->actions()) {
                cards << action->text();
            }
            QCOMPARE(cards, (QStringList{"Text → tokens", "Embedding space", "Nearest neighbours",
                                         "Embedding matrix", "Positions"}));
        }
        QVERIFY(entries(*data, QStringLiteral("Embedding matrix")).size() == 6);
    }

    void neighboursAreCopied_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("begins");
        QTest::addColumn<QString>("holds");
        QTest::newRow("Markdown") << "&Markdown"
                                  << "| # | ID | token |"
                                  << "| 1 | 10861 | `·prince` | 0.";
        QTest::newRow("LaTeX") << "&LaTeX"
                               << "\\begin{tabular}"
                               << "1 & 10861 & \\texttt{\\textperiodcentered{}prince}";
        QTest::newRow("CSV") << "&CSV"
                             << "rank,id,token"
                             << "1,10861,Ġprince,0.";
        QTest::newRow("Python") << "&Python"
                                << "# 12 nearest to ·queen (ID 12960) in tiny-gpt2"
                                << "(10861, \"Ġprince\", 0.";
    }
    void neighboursAreCopied() {
        QFETCH(const QString, form);
        QFETCH(const QString, begins);
        QFETCH(const QString, holds);
        Stage w;
        QVERIFY(w.ready);
        QMenu menu;
        w.dock(QStringLiteral("Nearest neighbours")).fillMenu(menu);
        QApplication::clipboard()->clear();
        entry(menu, QStringLiteral("Copy the table as"), form)->trigger();
        const QString copied = QApplication::clipboard()->text();
        QVERIFY(copied.startsWith(begins));
        QVERIFY(copied.contains(holds));
        // And from the list itself.
        QApplication::clipboard()->clear();
        auto* list = w.window.findChild<NeighborPanel*>()->findChild<NeighborList*>();
        QTimer::singleShot(0, list, [&] {
            auto* shown = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(shown != nullptr);
            entry(*shown, QStringLiteral("Copy the table as"), form)->trigger();
            shown->close();
        });
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(20, 20), list->mapToGlobal(QPoint(20, 20)));
        QApplication::sendEvent(list->viewport(), &event);
        QCOMPARE(QApplication::clipboard()->text(), copied);
    }

    void bothListsOfIdsAreOffered() {
        Stage w;
        QVERIFY(w.ready);
        CardDock& card = w.dock(QStringLiteral("IDs mean nothing, vectors do"));
        card.show();
        QVERIFY(w.settle());
        QMenu menu;
        card.fillMenu(menu);
        QCOMPARE(entries(menu, QStringLiteral("Save the data")),
                 (QStringList{"Neighbours by ID: CSV…", "Neighbours by vector: CSV…"}));
        QCOMPARE(entries(menu, QStringLiteral("Copy the neighbours by ID as")).size(), 4);
        entry(menu, QStringLiteral("Copy the neighbours by ID as"), QStringLiteral("&CSV"))->trigger();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\r\n6,12960,Ġqueen,1\r\n")));
    }

    void comparedPanelsOfferBothSides() {
        Stage w;
        QVERIFY(w.ready && w.load(1, QStringLiteral("builtin:wiki-words")));
        w.window.setMode(MainWindow::Mode::Compare);
        QVERIFY(w.settle());
        QMenu tokens;
        w.dock(QStringLiteral("Text → tokens")).fillMenu(tokens);
        QCOMPARE(entries(tokens, QStringLiteral("Save the data")),
                 (QStringList{"A 6 tokens: CSV…", "B 6 tokens, 1 not in the vocabulary: CSV…"}));
        QMenu neighbors;
        w.dock(QStringLiteral("Nearest neighbours")).fillMenu(neighbors);
        QCOMPARE(entries(neighbors, QStringLiteral("Save the data")),
                 (QStringList{"A 12 neighbours: CSV…", "B 12 neighbours: CSV…"}));
        entry(neighbors, QStringLiteral("Copy the table of B as"), QStringLiteral("&Python"))->trigger();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral(" in wiki-words: ")));
        QMenu pair;
        w.dock(QStringLiteral("The pair in numbers")).fillMenu(pair);
        const QStringList offered = entries(pair, QStringLiteral("Save the data"));
        QCOMPARE(offered.size(), 1);
        QVERIFY(offered[0].endsWith(QStringLiteral(" words in both: CSV…")));
    }

    void anErrorLeavesTheOldFileWhole_data() {
        QTest::addColumn<bool>("missing");
        QTest::newRow("no such folder") << true;
        QTest::newRow("the disk is full") << false;
    }
    void anErrorLeavesTheOldFileWhole() {
        QFETCH(const bool, missing);
        Stage w;
        QVERIFY(w.ready);
        const QTemporaryDir folder;
        const QString path = folder.filePath(missing ? "gone/table.csv" : "table.csv");
        if (!missing) {
            QFile old(path);
            QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        }
        const DataTable table = tableOf([](const WriteBytes& write, Progress&) -> Result<Done> {
            const Result<Done> begun = write("new");
            return begun.ok() ? Error{ErrorCode::Unreadable, "table.csv", "no space left on the device", {}}
                              : begun;
        });
        w.exporting().write(table, DataFormat::Csv, path);
        QVERIFY(w.settle());
        QVERIFY(w.said().contains(missing ? QStringLiteral("gone") : QStringLiteral("no space left")));
        QCOMPARE(read(path), QByteArray(missing ? "" : "old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), missing ? 0 : 1);
    }

    void aLongOneShowsItsProgressAndIsCancelled() {
        Stage w;
        QVERIFY(w.ready);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("table.csv"));
        const DataTable table = tableOf([](const WriteBytes& write, Progress& progress) -> Result<Done> {
            for (;;) {
                const Result<Done> written = write("line\r\n");
                progress.report(1, 10, "rows");
                if (!written.ok() || progress.stopRequested()) {
                    return written.ok() ? cancelled() : written;
                }
                QThread::msleep(5);
            }
        });
        w.exporting().write(table, DataFormat::Csv, path);
        QVERIFY(test::await([&w] {
            const QVector<JobState> jobs = w.runner.longJobs();
            return !jobs.isEmpty() && jobs[0].label == QStringLiteral("Saving table.csv") &&
                   jobs[0].done == 1;
        }));
        w.runner.cancel(w.runner.longJobs()[0].channel);
        QVERIFY(w.settle());
        QVERIFY(QDir(folder.path()).isEmpty(QDir::Files | QDir::Hidden));
        QCOMPARE(w.said(), QString());
    }

    void theLaterOfTwoStands() {
        Stage w;
        QVERIFY(w.ready);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("table.csv"));
        for (const char* text : {"first", "second"}) {
            const DataTable table =
                tableOf([text](const WriteBytes& write, Progress& progress) -> Result<Done> {
                    return progress.stopRequested() ? cancelled() : write(text);
                });
            w.exporting().write(table, DataFormat::Csv, path);
        }
        QVERIFY(w.settle());
        QCOMPARE(read(path), QByteArray("second"));
    }
};

QTEST_MAIN(DataExportTest)
#include "data_export_test.moc"
