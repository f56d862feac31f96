// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/order_figures.h"

#include "core/tokenize/word_level.h"
#include "tests/support/await.h"
#include "tests/support/vocabulary_of.h"

#include <limits>

#include <QTest>

using namespace lexiscope;

class OrderFiguresTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool;
    JobRunner m_runner{m_pool};
    std::shared_ptr<const Model> m_model;

    [[nodiscard]] std::shared_ptr<const OrderResult> read(const QString& first, const QString& second) {
        OrderAnalysis analysis(m_runner);
        analysis.setInputs(m_model, {first, second}, 1);
        return test::await([this] { return m_runner.isIdle(); }) ? analysis.result() : nullptr;
    }

  private Q_SLOTS:
    void initTestCase() {
        auto model = std::make_shared<Model>();
        model->vocabulary = test::sharedVocabulary({"dog", "bites", "man", "the"});
        model->table = EmbeddingTable::owned({1, 0, 0, 2, 0.5F, 0.5F, -1, 3}, 4, 2);
        model->tokenizer = makeWordLevelTokenizer(model->vocabulary);
        m_model = model;
    }

    void bothSentencesAreShown() {
        const auto result = read(QStringLiteral("dog bites man"), QStringLiteral("man bites dog"));
        QVERIFY(result);
        const TokenRowFigure figure = sameWordsFigure(result, Row{1});
        QCOMPARE(figure.blocks.size(), std::size_t(2));
        const TokenRowBlock& first = figure.blocks[0];
        const TokenRowBlock& second = figure.blocks[1];
        QCOMPARE(first.lines.size(), std::size_t(4));
        QCOMPARE(first.lines[3].name, QStringLiteral("mean"));
        QCOMPARE(second.lines[0].name, QStringLiteral("man"));
        QCOMPARE(second.lines[0].id, QStringLiteral("2"));
        // One word has one colour, wherever it stands.
        QCOMPARE(second.lines[0].chip, first.lines[2].chip);
        QVERIFY(first.lines[0].chip != first.lines[1].chip);
        QVERIFY(first.lines[1].isMarked && second.lines[1].isMarked && !first.lines[0].isMarked);
        QCOMPARE(first.lines[1].strips[0][1], 2.0F);
        QCOMPARE(second.lines[0].strips[1][1], 1.5F);  // 0.5 + cos 0
        QCOMPARE(figure.numbers[0].values[0], QStringLiteral("yes"));
        QCOMPARE(figure.numbers[0].values[1], QStringLiteral("no"));
        QVERIFY(!figure.numbers[0].standsOut[0] && figure.numbers[0].standsOut[1]);
        QCOMPARE(figure.numbers[1].values[0], QStringLiteral("0 · the same"));
        QVERIFY(figure.numbers[1].standsOut[1]);
        QVERIFY(!figure.numbers[2].standsOut[1]);  // the mean, whatever is added
        QVERIFY(figure.note.contains(QStringLiteral("the row of dog")));
        QVERIFY(!figure.note.contains(QStringLiteral("space before")));
    }

    void verdicts() {
        const auto said = [this](const char* first, const char* second) {
            const auto result = read(QString::fromLatin1(first), QString::fromLatin1(second));
            return result ? sameWordsVerdict(*result) : QString();
        };
        QVERIFY(said("dog bites man", "man bites dog").startsWith(QStringLiteral("The same 3 tokens")));
        QVERIFY(said("dog bites", "dog bites").contains(QStringLiteral("are the same")));
        QCOMPARE(said("dog bites man", "the dog bites the"),
                 QStringLiteral("Not the same bag of tokens; only in the first: man; only in the second: "
                                "the, the."));
        QCOMPARE(said("dog dog", "dog"),
                 QStringLiteral("Not the same bag of tokens; only in the first: dog."));
        QVERIFY(
            said("dog runs", "dog").contains(QStringLiteral("Not in the vocabulary, and left out: runs.")));
        QVERIFY(said("", "dog").startsWith(QStringLiteral("Two sentences")));
    }

    void statesComeStepByStep() {
        const auto result = read(QStringLiteral("dog bites man"), QString());
        QVERIFY(result);
        for (std::size_t step = 0; step < 3; ++step) {
            const TokenRowFigure figure = parallelFigure(result, step);
            QCOMPARE(figure.columns[0], QStringLiteral("word by word: %1 of 3").arg(step + 1));
            for (const TokenRowBlock& block : figure.blocks) {
                QCOMPARE(block.lines.size(), std::size_t(3));
                for (std::size_t i = 0; i < 3; ++i) {
                    QCOMPARE(block.lines[i].strips[0].empty(), i > step);
                    QVERIFY(!block.lines[i].strips[1].empty());
                    QCOMPARE(block.lines[i].isMarked, i == step);
                }
            }
        }
        const TokenRowFigure last = parallelFigure(result, 2);
        QCOMPARE(last.blocks[0].lines[1].strips[0][0], 0.5F);
        QCOMPARE(last.blocks[0].lines[2].strips[0][0], 0.75F);
        QVERIFY(last.numbers.back().standsOut[0]);
    }

    void numbersAreReadOutWithWhatTheyWereAddedFrom() {
        const auto result = read(QStringLiteral("dog bites man"), QStringLiteral("man bites dog"));
        QVERIFY(result);
        QCOMPARE(sameWordsReadOut(*result, {0, 1, 0, 1}), QStringLiteral("bites · dimension 1 · 2.0000"));
        QCOMPARE(sameWordsReadOut(*result, {1, 0, 1, 1}),
                 QStringLiteral("man at position 0 · dimension 1 · 0.5000 + 1.0000 = 1.5000"));
        QCOMPARE(sameWordsReadOut(*result, {0, 3, 0, 0}), QStringLiteral("mean · dimension 0 · 0.5000"));
        QCOMPARE(parallelReadOut(*result, {0, 0, 0, 0}),
                 QStringLiteral("state after dog · dimension 0 · 1.0000"));
        QCOMPARE(parallelReadOut(*result, {0, 2, 0, 0}),
                 QStringLiteral("state after man · dimension 0 · 0.2500 + 0.5000 = 0.7500"));
        QCOMPARE(parallelReadOut(*result, {0, 2, 1, 0}), QStringLiteral("man · dimension 0 · 0.5000"));
    }

    void distancesForPeople() {
        QCOMPARE(distanceText(0), QStringLiteral("0"));
        QCOMPARE(distanceText(0.5319), QStringLiteral("0.532"));
        QCOMPARE(distanceText(12.345), QStringLiteral("12.3"));
        QCOMPARE(distanceText(1234.5), QStringLiteral("1235"));
        QCOMPARE(distanceText(0.00123), QStringLiteral("0.00123"));
        QCOMPARE(distanceText(3.18e-8), QStringLiteral("3.2e\u22128"));
        QCOMPARE(distanceText(1.4e-17), QStringLiteral("1.4e\u221217"));
        QCOMPARE(distanceText(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("NaN"));
    }
};

QTEST_MAIN(OrderFiguresTest)
#include "order_figures_test.moc"
