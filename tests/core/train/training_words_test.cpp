// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_words.h"

#include "tests/support/stopping_progress.h"

#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

Corpus corpusOf(std::string text, WordSplit split = WordSplit::Letters) {
    return Corpus::ofFile(MappedFile::ofBytes(std::move(text), "text.txt"), split).value();
}

/// "the 3, a 2"
std::string listOf(const TrainingWords& words) {
    std::ostringstream list;
    for (std::uint32_t i = 0; i < words.counts.size(); ++i) {
        list << (i == 0 ? "" : ", ") << words.vocabulary.spelling(Row{i}) << ' ' << words.counts[i];
    }
    return list.str();
}

/// Some words far more often than others.
std::string manyWords(std::size_t count) {
    std::mt19937 random(7);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t number = random() % (1 + random() % (1 + random() % 5000));
        text += "w" + std::to_string(number) + (i % 17 == 0 ? "\n" : " ");
    }
    return text;
}

}  // namespace

class TrainingWordsTest : public QObject {
    Q_OBJECT

  private:
    Result<TrainingWords> count(const Corpus& corpus, const WordChoice& choice, unsigned threads = 2) {
        WorkerPool pool(threads);
        NoProgress progress;
        return countWords(corpus, choice, pool, progress);
    }
    void refused(const std::string& text, const WordChoice& choice, const char* says) {
        const Result<TrainingWords> words = count(corpusOf(text), choice);
        QVERIFY(!words.ok());
        QCOMPARE(words.error().code, ErrorCode::Broken);
        QVERIFY2(toString(words.error()).find(says) != std::string::npos, toString(words.error()).c_str());
    }

  private slots:
    void theMostFrequentFirst() {
        const Result<TrainingWords> words = count(corpusOf("b a c a B d\nc a e\xFF"), {2, 0});
        QVERIFY(words.ok());
        QCOMPARE(listOf(words.value()), std::string("a 3, b 2, c 2"));
        QCOMPARE(words.value().total, std::uint64_t(7));
        QCOMPARE(words.value().distinct, std::uint64_t(5));
        QCOMPARE(words.value().words, std::uint64_t(9));
        QCOMPARE(words.value().brokenBytes, std::uint64_t(1));
    }

    void equallyFrequentOnesByTheirBytes() {
        const Result<TrainingWords> words = count(corpusOf("é z B a aa Z", WordSplit::Spaces), {1, 0});
        QCOMPARE(listOf(words.value()), std::string("B 1, Z 1, a 1, aa 1, z 1, é 1"));
    }

    void onlySoMany() {
        const Corpus corpus = corpusOf("a a a b b c c d");
        QCOMPARE(listOf(count(corpus, {1, 2}).value()), std::string("a 3, b 2"));
        QCOMPARE(count(corpus, {1, 2}).value().total, std::uint64_t(5));
        QCOMPARE(listOf(count(corpus, {1, 99}).value()), std::string("a 3, b 2, c 2, d 1"));
    }

    void tooFewWordsSayWhatToDo() {
        refused(" .,; \n", {1, 0}, "text.txt: there is no word in it (training needs a text");
        refused("one", {1, 0}, "it holds one word alone");
        refused("One one ONE", {1, 0}, "it holds one word alone");
        refused("a a a b b c", {4, 0}, "of its 3 different words none stands in it 4 times or more");
        refused("a a a b b c", {3, 0}, "one alone stands in it 3 times or more (take a longer text");
    }

    void equalsASimpleCountWhateverTheThreads() {
        const std::string text = manyWords(300'000);
        std::map<std::string, std::uint64_t> counts;
        std::istringstream stream(text);
        for (std::string word; stream >> word;) {
            ++counts[word];
        }
        const Corpus corpus = corpusOf(text);
        QVERIFY(corpus.blockCount() > 10);
        const TrainingWords one = count(corpus, {1, 0}, 1).value();
        const TrainingWords four = count(corpus, {1, 0}, 4).value();
        QCOMPARE(listOf(one), listOf(four));
        QCOMPARE(one.counts.size(), counts.size());
        QCOMPARE(one.total, std::uint64_t(300'000));
        for (std::uint32_t i = 0; i < one.counts.size(); ++i) {
            QCOMPARE(one.counts[i], counts[std::string(one.vocabulary.spelling(Row{i}))]);
            QVERIFY(i == 0 || one.counts[i] <= one.counts[i - 1]);
        }
    }

    void reportsAndStops() {
        const Corpus corpus = corpusOf(manyWords(200'000));
        WorkerPool pool(2);
        StoppingProgress all(1'000'000);
        QVERIFY(countWords(corpus, {}, pool, all).ok());
        QCOMPARE(all.reports.size(), corpus.blockCount());
        QCOMPARE(all.reports.back().done, corpus.size());
        QCOMPARE(all.reports.back().total, corpus.size());
        QCOMPARE(all.reports.back().unit, std::string("bytes"));
        StoppingProgress stopping(2);
        QCOMPARE(countWords(corpus, {}, pool, stopping).error().code, ErrorCode::Cancelled);
        QVERIFY(stopping.reports.size() < corpus.blockCount());
    }
};

QTEST_GUILESS_MAIN(TrainingWordsTest)
#include "training_words_test.moc"
