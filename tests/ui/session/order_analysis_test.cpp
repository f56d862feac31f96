// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/order_analysis.h"

#include "core/io/model_loader.h"
#include "core/tokenize/word_level.h"
#include "tests/support/await.h"
#include "tests/support/data_folder.h"
#include "tests/support/held_pool.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <QTest>

using namespace lexiscope;

namespace {

const SentencePair dogs{QStringLiteral("dog bites man"), QStringLiteral("man bites dog")};

std::shared_ptr<const Model> builtin(const char* name) {
    NoProgress progress;
    return loadModel(test::builtinModels() / name, progress).value();
}

/// Some words and a vector of two numbers for each, without positions.
std::shared_ptr<Model> modelOf(const std::vector<std::string>& words) {
    auto model = std::make_shared<Model>();
    Vocabulary::Builder builder;
    std::vector<float> values;
    for (std::size_t i = 0; i < words.size(); ++i) {
        builder.add(words[i]);
        values.push_back(static_cast<float>(i));
        values.push_back(1);
    }
    model->vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    model->table = EmbeddingTable::owned(std::move(values), words.size(), 2);
    return model;
}

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

QString spelled(const OrderResult& result, const OrderedText& text) {
    QString all;
    for (const TokenId id : text.ids) {
        const std::string word = textOf(*result.model->vocabulary, rowOf(id));
        all += (all.isEmpty() ? QString() : QStringLiteral("|")) + QString::fromStdString(word);
    }
    return all;
}

}  // namespace

class OrderAnalysisTest : public QObject {
    Q_OBJECT

  private:
    WorkerPool m_pool;
    JobRunner m_runner{m_pool};

    [[nodiscard]] std::shared_ptr<const OrderResult> read(const std::shared_ptr<const Model>& model,
                                                          const SentencePair& sentences,
                                                          std::uint64_t shuffle = 1) {
        OrderAnalysis analysis(m_runner);
        analysis.setInputs(model, sentences, shuffle);
        const bool isDone = test::await([this] { return m_runner.isIdle(); });
        return isDone && analysis.isCurrent() ? analysis.result() : nullptr;
    }

  private Q_SLOTS:
    void rowsAreThoseOfTheModelBitForBit() {
        const std::shared_ptr<const Model> model = builtin("tiny-gpt2");
        const auto result = read(model, dogs);
        QVERIFY(result && result->hasLearned);
        QCOMPARE(spelled(*result, result->first), QStringLiteral(" dog| b|ites| man"));
        QCOMPARE(result->first.words, (std::vector<std::size_t>{0, 1, 1, 2}));
        QVERIFY(isSameBag(result->first.ids, result->second.ids));
        for (const OrderedText* text : {&result->first, &result->second, &result->shuffled}) {
            for (std::size_t i = 0; i < text->size(); ++i) {
                const std::vector<float> token = model->table->row(rowOf(text->ids[i]));
                const std::vector<float> position = model->positions->row(positionRowAt(*model, i));
                std::vector<float> sum(token.size());
                for (std::size_t d = 0; d < sum.size(); ++d) {
                    sum[d] = token[d] + position[d];
                }
                QVERIFY(sameBits(std::span(text->rows).subspan(i * 128, 128), token));
                QVERIFY(sameBits(std::span(text->sums).subspan(i * 128, 128), sum));
            }
        }
    }

    void onlyPositionsTellThemApart() {
        const auto result = read(builtin("tiny-gpt2"), dogs);
        QVERIFY(result && result->ofSentences && result->ofShuffle);
        for (const auto& distances : {*result->ofSentences, *result->ofShuffle}) {
            QVERIFY(distances[0].areSameRows && !distances[1].areSameRows);
            QCOMPARE(distances[0].sets, 0.0);
            QCOMPARE(distances[0].means, 0.0);
            QCOMPARE(distances[0].attentions, 0.0);
            QVERIFY(distances[0].states > 0.01);
            QVERIFY(distances[1].sets > 0.01);
            QVERIFY(distances[1].attentions > 1e-5);
            QVERIFY(distances[1].means < 1e-7);  // the rounding of float32
        }
    }

    void wordsOfOtherModels() {
        const auto result =
            read(builtin("wiki-words"), {QStringLiteral("dog eats man"), QStringLiteral("man eats dog")});
        QVERIFY(result && !result->hasLearned);
        QCOMPARE(spelled(*result, result->second), QStringLiteral("man|eats|dog"));
        QCOMPARE(result->positions.size(), std::size_t(300));
        QVERIFY(result->positions[0] == 0 && result->positions[1] == 1);  // sin 0, cos 0
        QCOMPARE(result->positions[100], static_cast<float>(std::sin(1.0)));
        const auto unknown = read(builtin("wiki-words"), {QStringLiteral("dog qqqqx Man"), QString()});
        QVERIFY(unknown);
        QCOMPARE(spelled(*unknown, unknown->first), QStringLiteral("dog|man"));
        QCOMPARE(unknown->first.unknown, std::vector<std::string>{"qqqqx"});
        QVERIFY(unknown->second.size() == 0 && !unknown->ofSentences && unknown->ofShuffle);
    }

    void withoutATokenizerWordsAreLookedUp() {
        const std::shared_ptr<Model> model = modelOf({"dog", "man", "bites"});
        const auto result = read(model, {QStringLiteral("  Dog\u2003bites cat man "), QStringLiteral("man")});
        QVERIFY(result);
        QCOMPARE(spelled(*result, result->first), QStringLiteral("dog|bites|man"));
        QCOMPARE(result->first.unknown, std::vector<std::string>{"cat"});
        QCOMPARE(result->first.rows, (std::vector<float>{0, 1, 2, 1, 1, 1}));
        // Half of what was, plus the row.
        QCOMPARE(result->first.states, (std::vector<float>{0, 1, 2, 1.5F, 2, 1.75F}));
        QCOMPARE(result->first.mean, (std::vector<float>{1, 1}));
        // sin 0, cos 0; sin 1, cos 1: added in float32.
        QCOMPARE(result->first.sums[0], 0.0F);
        QCOMPARE(result->first.sums[1], 2.0F);
        QCOMPARE(result->first.sums[2], 2 + static_cast<float>(std::sin(1.0)));
    }

    void shufflesKeepWordsTogether() {
        const std::shared_ptr<const Model> model = builtin("tiny-gpt2");
        const SentencePair sentences{QStringLiteral("only dog bites man today"), {}};
        QStringList orders;
        for (std::uint64_t shuffle = 0; shuffle < 12; ++shuffle) {
            const auto result = read(model, sentences, shuffle);
            QVERIFY(result);
            QVERIFY(result->shuffled.ids != result->first.ids);
            QVERIFY(isSameBag(result->shuffled.ids, result->first.ids));
            orders << spelled(*result, result->shuffled);
            QVERIFY2(orders.back().contains(QStringLiteral(" b|ites")), qPrintable(orders.back()));
            const auto again = read(model, sentences, shuffle);
            QVERIFY(again && again->shuffled.ids == result->shuffled.ids);
        }
        orders.removeDuplicates();
        QVERIFY(orders.size() > 8);
        const auto one = read(model, {QStringLiteral("man man man"), {}});
        QVERIFY(one && one->shuffled.ids == one->first.ids);
        QCOMPARE((*one->ofShuffle)[1].states, 0.0);
    }

    void longSentencesAreCutAndSaid() {
        const std::shared_ptr<Model> model = modelOf({"a"});
        QString many;
        for (int i = 0; i < 40; ++i) {
            many += QStringLiteral("a ");
        }
        const auto result = read(model, {many, QStringLiteral("a")});
        QVERIFY(result);
        QCOMPARE(result->first.size(), OrderAnalysis::mostTokens);
        QCOMPARE(result->first.beyond, 40 - OrderAnalysis::mostTokens);
        // A model with fewer positions reads no more than those.
        model->positions = EmbeddingTable::owned(std::vector<float>(12), 6, 2);
        model->firstPosition = 2;
        const auto positioned = read(model, {many, QStringLiteral("a")});
        QVERIFY(positioned);
        QCOMPARE(positioned->first.size(), std::size_t(4));
        QCOMPARE(positioned->first.beyond, std::size_t(36));
    }

    void nothingIsReadAtAll() {
        const std::shared_ptr<const Model> model = modelOf({"a"});
        const auto result = read(model, {});
        QVERIFY(result && !result->ofSentences && !result->ofShuffle);
        QVERIFY(result->first.rows.empty() && result->shuffled.ids.empty());
        OrderAnalysis analysis(m_runner);
        analysis.setInputs(nullptr, dogs, 1);
        QVERIFY(!analysis.isBusy() && !analysis.result());
    }

    void tablesOfOtherLengthsAreRefused() {
        const std::shared_ptr<Model> model = modelOf({"a"});
        model->positions = EmbeddingTable::owned(std::vector<float>(9), 3, 3);
        OrderAnalysis analysis(m_runner);
        analysis.setInputs(model, {QStringLiteral("a"), {}}, 1);
        QVERIFY(test::await([this] { return m_runner.isIdle(); }));
        QVERIFY(analysis.failure() && !analysis.isCurrent());
        QVERIFY(analysis.failure()->what.find("different lengths") != std::string::npos);
    }

    void cancelledAndReadAgain() {
        const std::shared_ptr<const Model> model = builtin("tiny-gpt2");
        OrderAnalysis analysis(m_runner);
        {
            const test::HeldPool held(m_pool);
            analysis.setInputs(model, dogs, 1);
            QVERIFY(analysis.isBusy());
            m_runner.cancel(QStringLiteral("order %1").arg(reinterpret_cast<quintptr>(&analysis), 0, 16));
        }
        QVERIFY(test::await([this] { return m_runner.isIdle(); }));
        QVERIFY(analysis.failure() && analysis.failure()->code == ErrorCode::Cancelled);
        analysis.retry();
        QVERIFY(test::await([this] { return m_runner.isIdle(); }));
        QVERIFY(analysis.isCurrent() && !analysis.failure());
    }

    void sentencesThatTheModelKnows() {
        QCOMPARE(firstSentences(*builtin("tiny-gpt2")), dogs);
        QCOMPARE(firstSentences(*builtin("wiki-words")).first, QStringLiteral("the cat followed the mouse"));
        const SentencePair own = firstSentences(*modelOf({"<s>", "cat", "7", "car", "cat", "tree"}));
        QCOMPARE(own, (SentencePair{QStringLiteral("cat car tree"), QStringLiteral("tree car cat")}));
        QVERIFY(firstSentences(*modelOf({"</s>"})).first.isEmpty());
        for (const SentencePair& pair : sentencePairs()) {
            QVERIFY(read(builtin("tiny-gpt2"), pair)->first.unknown.empty());
        }
    }
};

QTEST_GUILESS_MAIN(OrderAnalysisTest)
#include "order_analysis_test.moc"
