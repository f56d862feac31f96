// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/analyses.h"

#include "core/search/token_lookup.h"
#include "tests/support/held_pool.h"
#include "tests/support/qt_warnings.h"
#include "tests/support/workspace.h"

#include <fstream>

#include <QTemporaryDir>
#include <QTest>

using namespace lexiscope;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");
const QByteArray sentence = "The king and the queen of France walked along the river.";

/// A workspace in which all kinds of results are wanted.
struct Watched : test::Workspace {
    Watched() {
        for (int need = 0; need < Analyses::NeedCount; ++need) {
            analyses.want(static_cast<Analyses::Need>(need), &runner, true);
        }
    }
    Row rowOfWord(int slot, const char* word) {
        return findToken(*session.slot(slot).model, word).value().row;
    }
    QString selectedToken() {
        const std::optional<Selected>& selected = selection.selected();
        return selected ? shownToken(*session.slot(selected->slot).model, selected->row) : QString();
    }
};

}  // namespace

class AnalysesTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init() { test::failOnQtWarnings(); }

    void aCopyHoldsWhatIsThereAndGoesItsOwnWay() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        w.selection.select({0, w.rowOfWord(0, "queen"), std::nullopt});
        w.analyses.setMatrixView(0, 12940, 40, 40);
        QVERIFY(w.settle());

        Selection selection;
        selection.copy(w.selection);
        Analyses copy(w.analyses, selection);
        QCOMPARE(copy.projection(0), w.analyses.projection(0));
        QVERIFY(copy.isCurrent(0, Analyses::Encoding));
        QVERIFY(!copy.isBusy());
        QObject who;
        for (const Analyses::Need need : {Analyses::Neighbors, Analyses::Matrix}) {
            copy.want(need, &who, true);
        }
        QVERIFY(!copy.isBusy());  // all of it is there

        copy.setMatrixView(0, 0, 10, 10);
        copy.setNeighborOptions({Metric::Dot, 3});
        selection.select({0, w.rowOfWord(0, "king"), std::nullopt});
        QVERIFY(copy.isBusy());
        QVERIFY(w.settle());
        QVERIFY(!copy.isBusy());
        QCOMPARE(copy.matrix(0)->window.rowCount, std::size_t{10});
        QCOMPARE(copy.neighbors(0)->neighbors.size(), std::size_t{3});
        QCOMPARE(copy.neighbors(0)->row, w.rowOfWord(0, "king"));
        QCOMPARE(w.analyses.matrix(0)->window.rowCount, std::size_t{40});
        QCOMPARE(w.analyses.neighbors(0)->row, w.rowOfWord(0, "queen"));
        QCOMPARE(w.analyses.neighborOptions().metric, Metric::Cosine);
    }

    void everythingFollowsTheSelectedToken() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        w.selection.select({0, w.rowOfWord(0, "queen"), std::nullopt});
        w.analyses.setMatrixView(0, 12940, 40, 40);
        QVERIFY(w.settle());

        QCOMPARE(w.analyses.encoding(0)->encoding.tokens.size(), std::size_t{13});
        // The keeper finds the place of the selected token in the text.
        QCOMPARE(w.selection.selected()->position, std::optional(Position{4}));
        const auto row = w.analyses.rowValues(0);
        QCOMPARE(row->values.size(), std::size_t{128});
        QCOMPARE(row->values, w.session.slot(0).model->table->row(w.selection.selected()->row));
        const auto near = w.analyses.neighbors(0);
        QCOMPARE(near->neighbors.size(), std::size_t{12});
        QCOMPARE(shownToken(*near->model, near->neighbors.front().row), QStringLiteral("·prince"));
        QCOMPARE(w.analyses.projection(0)->rows, std::size_t{16384});
        QCOMPARE(w.analyses.matrix(0)->window.rowCount, std::size_t{40});
        QVERIFY(w.analyses.matrix(0)->ofWhole);
        QCOMPARE(w.analyses.norms(0)->norms->values().size(), std::size_t{16384});
        QVERIFY(w.analyses.norms(0)->scale.low < w.analyses.norms(0)->scale.high);
        QCOMPARE(w.analyses.traits(0)->scripts.size(), std::size_t{16384});
        for (int need = 0; need < Analyses::NeedCount; ++need) {
            QVERIFY(w.analyses.isCurrent(0, static_cast<Analyses::Need>(need)));
        }
    }

    void whatWasCancelledWaitsToBeAskedAgain() {
        test::Workspace w;
        QVERIFY(w.load(0, gpt2));
        {
            const test::HeldPool held(w.pool);
            w.analyses.want(Analyses::Projection, &w.runner, true);
            w.runner.cancel(w.analyses.channelOf(0, Analyses::Projection));
        }
        QVERIFY(w.settle());
        QVERIFY(w.analyses.wasCancelled(0, Analyses::Projection) && !w.analyses.projection(0));
        // Neither another one that looks nor a click elsewhere begins it anew.
        QObject who;
        w.analyses.want(Analyses::Projection, &who, true);
        w.session.setActiveSlot(1);
        w.session.setActiveSlot(0);
        QVERIFY(w.runner.isIdle() && w.analyses.wasCancelled(0, Analyses::Projection));
        w.analyses.retry(0, Analyses::Projection);
        QVERIFY(!w.analyses.failure(0, Analyses::Projection));
        QVERIFY(w.settle());
        QVERIFY(w.analyses.projection(0) && w.analyses.isCurrent(0, Analyses::Projection));
        // Another model is another matter.
        {
            const test::HeldPool held(w.pool);
            w.analyses.want(Analyses::Norms, &who, true);
            w.runner.cancel(w.analyses.channelOf(0, Analyses::Norms));
        }
        QVERIFY(w.settle());
        QVERIFY(w.analyses.wasCancelled(0, Analyses::Norms));
        QVERIFY(w.load(0, words));
        QVERIFY(!w.analyses.wasCancelled(0, Analyses::Norms) && w.analyses.norms(0));
        for (const Analyses::Need need : {Analyses::Projection, Analyses::Norms}) {
            w.analyses.want(need, &who, false);
        }
    }

    void theResultOfBeforeIsNoCancelledOne() {
        test::Workspace w;
        QVERIFY(w.load(0, gpt2));
        w.analyses.want(Analyses::Neighbors, &w.runner, true);
        const Row queen = findToken(*w.session.slot(0).model, "queen").value().row;
        const Row king = findToken(*w.session.slot(0).model, "king").value().row;
        w.selection.select({0, queen, std::nullopt});
        QVERIFY(w.settle());
        {
            const test::HeldPool held(w.pool);
            w.selection.select({0, king, std::nullopt});
            w.runner.cancel(w.analyses.channelOf(0, Analyses::Neighbors));
        }
        QVERIFY(w.settle());
        QVERIFY(w.analyses.wasCancelled(0, Analyses::Neighbors));
        QCOMPARE(w.analyses.neighbors(0)->row, queen);
        w.selection.select({0, queen, std::nullopt});
        QVERIFY(w.runner.isIdle() && w.analyses.isCurrent(0, Analyses::Neighbors));
        QVERIFY(!w.analyses.failure(0, Analyses::Neighbors));
        // Selected again, its neighbours are looked for again.
        w.selection.select({0, king, std::nullopt});
        QVERIFY(w.settle());
        QCOMPARE(w.analyses.neighbors(0)->row, king);
        QVERIFY(w.analyses.isCurrent(0, Analyses::Neighbors));
    }

    void whatNobodyLooksAtIsNotComputed() {
        test::Workspace w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        QVERIFY(w.settle());
        QVERIFY(!w.analyses.encoding(0));
        QVERIFY(!w.analyses.projection(0));
        w.analyses.want(Analyses::Encoding, &w.runner, true);
        QVERIFY(w.settle());
        QVERIFY(w.analyses.encoding(0));
        QVERIFY(!w.analyses.projection(0));
    }

    void whoLooksAtOneSlotIsGivenTheCounterpartOfTheSelection() {
        test::Workspace w;
        QVERIFY(w.load(0, gpt2));
        QVERIFY(w.load(1, words));
        w.analyses.want(Analyses::Neighbors, &w.runner, true, 1);
        w.selection.select({0, findToken(*w.session.slot(0).model, "queen").value().row, std::nullopt});
        QVERIFY(w.settle());
        QCOMPARE(w.session.activeSlot(), 0);
        const Row queen = findToken(*w.session.slot(1).model, "queen").value().row;
        QCOMPARE(w.analyses.selectedRow(1), std::optional(queen));
        const auto near = w.analyses.neighbors(1);
        QVERIFY(near && w.analyses.isCurrent(1, Analyses::Neighbors));
        QCOMPARE(near->row, queen);
        QVERIFY(!w.analyses.neighbors(0));
        // A piece of a word that the other vocabulary does not have.
        w.selection.select(
            {0, findToken(*w.session.slot(0).model, "<|endoftext|>").value().row, std::nullopt});
        QVERIFY(w.settle());
        QVERIFY(!w.analyses.selectedRow(1));
        QVERIFY(w.analyses.counterpart(1) && !w.analyses.counterpart(1)->row);
        w.analyses.want(Analyses::Neighbors, &w.runner, false);
    }

    void theOldResultStaysUntilTheNewOneStands() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        QVERIFY(w.settle());
        const auto before = w.analyses.encoding(0);
        w.session.setText("Another text");
        QCOMPARE(w.analyses.encoding(0), before);
        QVERIFY(!w.analyses.isCurrent(0, Analyses::Encoding));
        QVERIFY(w.settle());
        QCOMPARE(w.analyses.encoding(0)->text, std::string("Another text"));
        QVERIFY(w.analyses.isCurrent(0, Analyses::Encoding));
    }

    void theFirstTokenIsSelectedWhereNothingWas() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        QCOMPARE(w.selectedToken(), QStringLiteral("The"));
        QCOMPARE(w.selection.selected()->position, std::optional(Position{0}));
    }

    void theSelectionKeepsItsTokenWhenTheTextChanges() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        w.selection.select({0, w.rowOfWord(0, "river"), std::nullopt});
        QVERIFY(w.settle());
        QCOMPARE(w.selection.selected()->position, std::optional(Position{11}));
        w.session.setText("Along the river.");
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("·river"));
        const Position place = *w.selection.selected()->position;
        QVERIFY(*w.analyses.encoding(0)->encoding.tokens[place.value].id ==
                tokenIdOf(w.selection.selected()->row));
        w.session.setText("Nothing of it");
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("·river"));
        QVERIFY(!w.selection.selected()->position);
    }

    void theSelectionKeepsItsTokenWhenTheModelChanges() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        w.selection.select({0, w.rowOfWord(0, "queen"), std::nullopt});
        QVERIFY(w.load(0, words));
        QCOMPARE(w.selectedToken(), QStringLiteral("queen"));
        QCOMPARE(w.selection.selected()->row, Row{1326});
        QCOMPARE(w.analyses.neighbors(0)->row, Row{1326});
    }

    void aTokenWithoutMatchIsSaid() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        w.selection.select({0, *w.session.slot(0).model->vocabulary->find("<|endoftext|>"), std::nullopt});
        QVERIFY(w.load(0, words));
        QVERIFY(w.selection.missing().contains(QStringLiteral("<|endoftext|>")));
        QVERIFY(!w.selection.selected());
    }

    void theSelectionFollowsToTheOtherSlotAndBack() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        QVERIFY(w.load(1, words));
        w.selection.select({0, w.rowOfWord(0, "queen"), std::nullopt});
        w.session.setActiveSlot(1);
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("queen"));
        QCOMPARE(w.selection.selected()->slot, 1);
        QCOMPARE(w.analyses.encoding(1)->encoding.tokens.size(), std::size_t{12});
        w.selection.back();
        QVERIFY(w.settle());
        QCOMPARE(w.session.activeSlot(), 0);
        QCOMPARE(w.selectedToken(), QStringLiteral("·queen"));
    }

    void comingBackFindsWhatWasSelectedThere() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        QVERIFY(w.load(1, words));
        // "The" and "·the" are both "the" for the word model: only the way back tells them apart.
        w.selection.select({0, Row{437}, Position{0}});
        w.session.setActiveSlot(1);
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("the"));
        w.session.setActiveSlot(0);
        QVERIFY(w.settle());
        QCOMPARE(*w.selection.selected(), (Selected{0, Row{437}, Position{0}}));
        // A token that the other model does not have comes back, too.
        w.selection.select({0, *w.session.slot(0).model->vocabulary->find("<|endoftext|>"), std::nullopt});
        w.session.setActiveSlot(1);
        QVERIFY(w.settle());
        QVERIFY(!w.selection.selected());
        w.session.setActiveSlot(0);
        QVERIFY(w.settle());
        QCOMPARE(w.selectedToken(), QStringLiteral("<|endoftext|>"));
        QVERIFY(w.selection.missing().isEmpty());
    }

    void aModelThatCannotBeReadLeavesTheOldOne() {
        Watched w;
        w.session.setText(sentence);
        QVERIFY(w.load(0, gpt2));
        const auto before = w.session.slot(0).model;
        QSignalSpy failed(&w.session, &Session::failed);
        w.session.load(0, QStringLiteral("/nowhere/at/all.bin"));
        QVERIFY(w.settle());
        QCOMPARE(failed.count(), 1);
        const auto error = failed.front().front().value<Error>();
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(QString::fromStdString(toString(error)).contains("/nowhere/at/all.bin"));
        QCOMPARE(w.session.slot(0).model, before);
        QVERIFY(w.session.slot(0).loadingSpec.isEmpty());
    }

    void aFileCutShortInUseIsSaidAndTheWindowGoesOn() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("cut.bin").toStdString();
        constexpr int rows = 4000;
        constexpr int dimension = 50;
        {
            std::ofstream file(path, std::ios::binary);
            file << rows << ' ' << dimension << '\n';
            const std::vector<float> values(dimension, 0.5F);
            for (int row = 0; row < rows; ++row) {
                file << 'w' << row << ' ';
                file.write(reinterpret_cast<const char*>(values.data()), dimension * sizeof(float));
            }
        }
        Watched w;
        QVERIFY(w.load(0, QString::fromStdString(path)));
        std::filesystem::resize_file(path, 8192);
        w.selection.select({0, Row{rows - 1}, std::nullopt});
        QVERIFY(w.settle());
        QVERIFY(w.analyses.failure(0, Analyses::RowValues));
        QCOMPARE(w.analyses.failure(0, Analyses::RowValues)->code, ErrorCode::Unreadable);
        QVERIFY(w.load(0, gpt2));
        w.selection.select({0, Row{260}, std::nullopt});
        QVERIFY(w.settle());
        QVERIFY(w.analyses.isCurrent(0, Analyses::RowValues));
    }

    void severalLoadsRunAtOnce() {
        Watched w;
        w.session.load(0, gpt2);
        w.session.load(1, words);
        QVERIFY(!w.session.slot(0).loadingSpec.isEmpty());
        QVERIFY(!w.session.slot(1).loadingSpec.isEmpty());
        QVERIFY(w.settle());
        QVERIFY(w.session.slot(0).model);
        QVERIFY(w.session.slot(1).model);
    }
};

QTEST_MAIN(AnalysesTest)
#include "analyses_test.moc"
