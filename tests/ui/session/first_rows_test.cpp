// SPDX-License-Identifier: GPL-3.0-or-later
// A file that takes long: its first rows stand in until all of it has been read.
#include "core/io/model_loader.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/show_active.h"
#include "tests/support/workspace.h"
#include "ui/main_window/header.h"
#include "ui/main_window/token_search.h"
#include "ui/panels/neighbor_panel.h"

#include <atomic>
#include <thread>

#include <QSignalSpy>
#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

const QString longFile = QStringLiteral("/long.vec");
constexpr std::uint32_t allRows = 90;
constexpr std::uint32_t firstRows = 20;

/// "queen" is row 5, "king" the last.
std::string wordOf(std::uint32_t row) {
    return row == 5 ? "queen" : row == allRows - 1 ? "king" : "word" + std::to_string(row);
}

std::shared_ptr<Model> modelOf(std::uint32_t rows) {
    Vocabulary::Builder words;
    std::vector<float> values;
    for (std::uint32_t row = 0; row < rows; ++row) {
        words.add(wordOf(row));
        values.push_back(1);
        values.push_back(static_cast<float>(row));
    }
    auto model = std::make_shared<Model>();
    model->name = "long";
    model->vocabulary = std::make_shared<const Vocabulary>(std::move(words).build(WordMark::None));
    model->table = EmbeddingTable::owned(std::move(values), rows, 2);
    return model;
}

/// Reads longFile in two parts: the first rows, and once the gate is open, all.
struct SlowReader {
    bool isEstimate = false;
    bool isBroken = false;
    std::shared_ptr<std::atomic<bool>> gate = std::make_shared<std::atomic<bool>>(false);

    Result<std::shared_ptr<const Model>> operator()(const std::filesystem::path& path, Progress& progress,
                                                    const LoadAids& aids) const {
        if (path != longFile.toStdString()) {
            return loadModel(path, progress, aids);
        }
        const std::shared_ptr<Model> first = modelOf(firstRows);
        first->partOf = WholeModel{isEstimate ? 90217U : allRows, isEstimate};
        aids.publishFirst(first);
        while (!gate->load()) {
            if (progress.stopRequested()) {
                return cancelled();
            }
            std::this_thread::yield();
        }
        if (isBroken) {
            return Error{ErrorCode::Broken, "long.vec, line 77", "is no row", {}};
        }
        return std::shared_ptr<const Model>(modelOf(allRows));
    }
};

/// With builtin:wiki-words in slot A, and the long file being read into it.
struct Loading {
    Workspace workspace;
    SlowReader reader;

    Session& session() { return workspace.session; }
    const Slot& slot() { return workspace.session.slot(0); }
    Row rowOf(const char* word) { return slot().model->vocabulary->find(word).value_or(Row{0}); }

    [[nodiscard]] bool loadOld() {
        session().setReader(reader);
        return workspace.load(0, QStringLiteral("builtin:wiki-words"));
    }
    /// Runs the event loop until the first rows stand and everything they set off is done.
    [[nodiscard]] bool awaitFirstRows() {
        session().load(0, longFile);
        const auto channels = [this] { return workspace.runner.isRunning(QStringLiteral("follow")); };
        return await([&] { return slot().holdsFirstRows() && !channels(); });
    }
    [[nodiscard]] bool finish() {
        reader.gate->store(true);
        return workspace.settle();
    }
};

}  // namespace

class FirstRowsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { failOnQtWarnings(); }

    void theSearchSaysThatThereIsMoreToCome() {
        Loading loading;
        QWidget window;
        SearchField field(loading.workspace.themes, &window);
        const TokenSearch search(field, loading.session(), loading.workspace.selection,
                                 loading.workspace.runner);
        window.resize(400, 500);
        QVERIFY(showActive(window));
        field.setFocus();
        QVERIFY(loading.loadOld());
        QVERIFY(loading.awaitFirstRows());
        QTest::keyClicks(&field, QStringLiteral("word"));
        QVERIFY(await([&] { return field.isListOpen(); }));
        QCOMPARE(field.popup()->accessibleDescription(), QStringLiteral("12 tokens · 20 of 90 rows so far"));
        // The open list becomes that of all rows.
        QTest::keyClicks(&field, QStringLiteral("7"));
        QVERIFY(await([&] {
            return field.popup()->accessibleDescription() == QStringLiteral("1 token · 20 of 90 rows so far");
        }));
        QVERIFY(loading.finish());
        QVERIFY(field.isListOpen());
        QCOMPARE(field.popup()->accessibleDescription(), QStringLiteral("11 tokens"));
    }

    void theyStandInUntilTheWholeFileStands_data() {
        QTest::addColumn<bool>("isEstimate");
        QTest::addColumn<QString>("saying");
        QTest::newRow("counted by the file") << false << "20 of 90 rows so far";
        QTest::newRow("estimated") << true << "20 of about 90,000 rows so far";
    }
    void theyStandInUntilTheWholeFileStands() {
        QFETCH(bool, isEstimate);
        QFETCH(QString, saying);
        Loading loading;
        loading.reader.isEstimate = isEstimate;
        Header header(loading.workspace.themes, loading.session(), loading.workspace.runner);
        NeighborPanel panel(loading.workspace.context());
        panel.show();
        QVERIFY(loading.loadOld());
        QVERIFY(loading.awaitFirstRows());
        QVERIFY(await([&] { return panel.fact() == saying + QStringLiteral(" · exact over 20 rows"); }));
        QCOMPARE(loading.slot().model->table->rows(), std::size_t(firstRows));
        QCOMPARE(loading.slot().loadingSpec, longFile);
        QCOMPARE(rowsSoFar(*loading.slot().model), saying);
        QVERIFY(header.pill(0).isLoading());
        QVERIFY2(header.pill(0).accessibleDescription().contains(QStringLiteral("first 20 rows")),
                 qPrintable(header.pill(0).accessibleDescription()));

        QVERIFY(loading.finish());
        QVERIFY(!loading.slot().holdsFirstRows() && loading.slot().loadingSpec.isEmpty());
        QCOMPARE(loading.slot().model->table->rows(), std::size_t(allRows));
        QCOMPARE(loading.slot().spec, longFile);
        QVERIFY(rowsSoFar(*loading.slot().model).isEmpty());
        QVERIFY(header.pill(0).accessibleDescription().contains(QStringLiteral("90 × 2")));
        QVERIFY(await([&] { return panel.fact() == QStringLiteral("exact over 90 rows"); }));
    }

    void cancellingBringsTheOldModelBack() {
        Loading loading;
        QVERIFY(loading.loadOld());
        const std::shared_ptr<const Model> old = loading.slot().model;
        const Row king = loading.rowOf("king");
        loading.workspace.selection.select({0, king, std::nullopt});
        loading.workspace.selection.setPinned({king});
        QSignalSpy failures(&loading.session(), &Session::failed);
        QVERIFY(loading.awaitFirstRows());
        QVERIFY(!loading.workspace.selection.selected());
        loading.session().cancelLoad(0);
        QVERIFY(loading.workspace.settle());
        QVERIFY(loading.slot().model == old);
        QCOMPARE(loading.slot().spec, QStringLiteral("builtin:wiki-words"));
        QVERIFY(loading.slot().loadingSpec.isEmpty());
        QCOMPARE(failures.count(), 0);
        QVERIFY(loading.workspace.selection.selected() == (Selected{0, king, std::nullopt}));
        QCOMPARE(loading.workspace.selection.pinned(), std::vector<Row>{king});
    }

    void cancellingLeavesAnEmptySlotEmpty() {
        Loading loading;
        loading.session().setReader(loading.reader);
        QVERIFY(loading.workspace.load(1, QStringLiteral("builtin:wiki-words")));
        QVERIFY(loading.awaitFirstRows());
        QCOMPARE(loading.session().activeSlot(), 0);
        loading.workspace.selection.select({0, loading.rowOf("queen"), std::nullopt});
        loading.session().cancelLoad(0);
        QVERIFY(loading.workspace.settle());
        QVERIFY(loading.slot().model == nullptr);
        QVERIFY(loading.slot().spec.isEmpty());
        // The slot that has a model comes to the front.
        QCOMPARE(loading.session().activeSlot(), 1);
        QVERIFY(!loading.workspace.selection.selected() || loading.workspace.selection.selected()->slot == 1);
        QVERIFY(loading.workspace.selection.rowsInHistory(0).empty());
    }

    void aTokenThatComesLaterInTheFileIsSelectedAgain() {
        Loading loading;
        QVERIFY(loading.loadOld());
        loading.workspace.selection.select({0, loading.rowOf("king"), std::nullopt});
        loading.workspace.selection.setPinned({loading.rowOf("king"), loading.rowOf("queen")});
        QVERIFY(loading.awaitFirstRows());
        QVERIFY(!loading.workspace.selection.selected());
        QCOMPARE(loading.workspace.selection.pinned(), std::vector<Row>{Row{5}});
        QVERIFY(loading.finish());
        QVERIFY(loading.workspace.selection.selected() == (Selected{0, Row{allRows - 1}, std::nullopt}));
        QCOMPARE(loading.workspace.selection.pinned(), (std::vector<Row>{Row{allRows - 1}, Row{5}}));
    }

    void whatIsChosenAmongFirstRowsIsKept() {
        Loading loading;
        QVERIFY(loading.loadOld());
        loading.workspace.selection.select({0, loading.rowOf("king"), std::nullopt});
        QVERIFY(loading.awaitFirstRows());
        loading.workspace.selection.select({0, Row{7}, std::nullopt});
        QVERIFY(loading.finish());
        QVERIFY(loading.workspace.selection.selected() == (Selected{0, Row{7}, std::nullopt}));
    }

    void anotherLoadBringsTheOldModelBackAtOnce() {
        Loading loading;
        QVERIFY(loading.loadOld());
        const std::shared_ptr<const Model> old = loading.slot().model;
        QVERIFY(loading.awaitFirstRows());
        loading.session().load(0, longFile);  // joins
        QVERIFY(loading.slot().holdsFirstRows());
        loading.session().load(0, QStringLiteral("builtin:tiny-gpt2"));
        QVERIFY(loading.slot().model == old);
        QVERIFY(loading.workspace.settle());
        QCOMPARE(loading.slot().spec, QStringLiteral("builtin:tiny-gpt2"));
    }

    void aFileThatTurnsOutBrokenBringsTheOldModelBack() {
        Loading loading;
        loading.reader.isBroken = true;
        QVERIFY(loading.loadOld());
        const std::shared_ptr<const Model> old = loading.slot().model;
        QSignalSpy failures(&loading.session(), &Session::failed);
        QVERIFY(loading.awaitFirstRows());
        QVERIFY(loading.finish());
        QVERIFY(loading.slot().model == old);
        QCOMPARE(failures.count(), 1);
    }
};

QTEST_MAIN(FirstRowsTest)
#include "first_rows_test.moc"
