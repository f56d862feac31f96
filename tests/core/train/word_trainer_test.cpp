// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_trainer.h"

#include "core/embedding/distances.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr int topics = 2;
constexpr int wordsOfTopic = 10;

Corpus corpusOf(std::string text) {
    return Corpus::ofFile(MappedFile::ofBytes(std::move(text), "text.txt"), WordSplit::Letters).value();
}

/// Lines of 12 words of one topic or the other: t0w0 … t1w9.
std::string topicText(int lines, unsigned seed) {
    std::mt19937 random(seed);
    std::string text;
    for (int line = 0; line < lines; ++line) {
        const std::string topic = "t" + std::to_string(random() % topics);
        for (int i = 0; i < 12; ++i) {
            text += topic + "w" + std::to_string(random() % wordsOfTopic) + " ";
        }
        text += '\n';
    }
    return text;
}

/// Words that tell nothing of each other.
std::string randomText(std::size_t words, std::size_t distinct) {
    std::mt19937 random(2);
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        text += "w" + std::to_string(random() % distinct) + (i % 40 == 39 ? "\n" : " ");
    }
    return text;
}

WordTrainingOptions smallOptions() {
    WordTrainingOptions options;
    options.dimension = 13;
    options.threads = 1;
    options.sample = 0;
    options.epochs = 3;
    return options;
}

struct Learned {
    std::vector<float> vectors;
    std::vector<TrainingLoss> losses;
    std::size_t stops = 0;
};

/// Stops after each `reports` reports, and goes on, to the end.
Learned learn(const std::string& text, const WordTrainingOptions& options, std::size_t reports = 1'000'000) {
    WorkerPool pool(4);
    NoProgress counting;
    const std::unique_ptr<WordTrainer> trainer =
        WordTrainer::create(corpusOf(text), options, pool, counting).value();
    Learned learned;
    for (;;) {
        StoppingProgress progress(reports);
        const Result<Done> done = trainer->run(pool, progress);
        if (done.ok()) {
            break;
        }
        if (done.error().code != ErrorCode::Cancelled || ++learned.stops > 100'000) {
            return {};
        }
    }
    if (trainer->wordsDone() != trainer->wordsInAll()) {
        return {};
    }
    learned.losses = trainer->losses();
    const std::vector<float> copy = trainer->vectors();
    learned.vectors = trainer->takeVectors();
    if (copy != learned.vectors) {
        return {};
    }
    return learned;
}

/// Mean cosine of words of one topic less that of words of two.
double apartness(const std::string& text, const WordTrainingOptions& options) {
    WorkerPool pool(4);
    NoProgress progress;
    const std::unique_ptr<WordTrainer> trainer =
        WordTrainer::create(corpusOf(text), options, pool, progress).value();
    if (!trainer->run(pool, progress).ok()) {
        return notANumber;
    }
    const std::vector<float> vectors = trainer->vectors();
    const auto vectorOf = [&](std::uint32_t row) {
        return std::span(vectors).subspan(row * options.dimension, options.dimension);
    };
    double sums[2] = {};
    double counts[2] = {};
    const auto words = static_cast<std::uint32_t>(trainer->words().counts.size());
    for (std::uint32_t a = 0; a < words; ++a) {
        for (std::uint32_t b = 0; b < a; ++b) {
            const Vocabulary& vocabulary = trainer->words().vocabulary;
            const bool isOne = vocabulary.spelling(Row{a})[1] == vocabulary.spelling(Row{b})[1];
            sums[isOne] += cosine(vectorOf(a), vectorOf(b));
            counts[isOne] += 1;
        }
    }
    return sums[1] / counts[1] - sums[0] / counts[0];
}

}  // namespace

class WordTrainerTest : public QObject {
    Q_OBJECT

  private slots:
    void optionsHaveRanges_data();
    void optionsHaveRanges();
    void defaultsAreThoseOfWord2vec();
    void oneThreadAndOneSeedGiveTheSameBytes();
    void stoppingAndGoingOnChangesNothing_data();
    void stoppingAndGoingOnChangesNothing();
    void topicsAreToldApart_data();
    void topicsAreToldApart();
    void wordsOutsideTheVocabularyHaveNoPlace();
    void noWindowReachesOverALine();
    void theLossBeginsAtThatOfChance();
    void theLossFalls();
    void reports();
    void mayBeAskedWhileItWorks();
    void aStopBeforeTheStartLearnsNothing();
    void theFewestWords();
    void theWidestVectors();
};

void WordTrainerTest::optionsHaveRanges_data() {
    QTest::addColumn<WordTrainingOptions>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, auto change, const char* says) {
        WordTrainingOptions options;
        change(options);
        QTest::newRow(name) << options << QString(says);
    };
    using Options = WordTrainingOptions;
    row(
        "no dimension", [](Options& o) { o.dimension = 0; }, "dimension: it must be 1 to 8,192");
    row(
        "many dimensions", [](Options& o) { o.dimension = 8193; }, "dimension: it must be 1 to 8,192");
    row(
        "no window", [](Options& o) { o.window = 0; }, "window: it must be 1 to 1,000");
    row(
        "a wide window", [](Options& o) { o.window = 1001; }, "window: it must be 1 to 1,000");
    row(
        "no negatives", [](Options& o) { o.negatives = 0; }, "negative: it must be 1 to 1,000");
    row(
        "many negatives", [](Options& o) { o.negatives = 1001; }, "negative: it must be 1 to 1,000");
    row(
        "no epochs", [](Options& o) { o.epochs = 0; }, "epochs: it must be 1 to 10,000");
    row(
        "many epochs", [](Options& o) { o.epochs = 10'001; }, "epochs: it must be 1 to 10,000");
    row(
        "many threads", [](Options& o) { o.threads = 1025; }, "threads: it must be 0 to 1,024");
    row(
        "min-count 0", [](Options& o) { o.minCount = 0; }, "min-count: it must be 1 or more");
    row(
        "one word", [](Options& o) { o.mostWords = 1; }, "top: it must be 2 or more");
    row(
        "sample below", [](Options& o) { o.sample = -0.1; }, "sample: it must be 0 to 1");
    row(
        "sample above", [](Options& o) { o.sample = 1.1; }, "sample: it must be 0 to 1");
    row(
        "sample NaN", [](Options& o) { o.sample = notANumber; }, "sample: it must be 0 to 1");
    row(
        "alpha above", [](Options& o) { o.rate = 2; }, "alpha: it must be 0 to 1");
    row(
        "alpha NaN", [](Options& o) { o.rate = notANumber; }, "alpha: it must be 0 to 1");
}

void WordTrainerTest::optionsHaveRanges() {
    QFETCH(WordTrainingOptions, options);
    QFETCH(QString, says);
    const Result<Done> sound = validate(options);
    QVERIFY(!sound.ok());
    QCOMPARE(sound.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(QString::fromStdString(toString(sound.error())), says);
    WorkerPool pool(1);
    NoProgress progress;
    QVERIFY(WordTrainer::create(corpusOf("a b"), options, pool, progress).error() == sound.error());
}

void WordTrainerTest::defaultsAreThoseOfWord2vec() {
    WordTrainingOptions options;
    QVERIFY(validate(options).ok());
    QCOMPARE(options.startRate(), 0.025);
    options.model = WordModel::Cbow;
    QCOMPARE(options.startRate(), 0.05);
    options.rate = 0.5;
    QCOMPARE(options.startRate(), 0.5);
}

void WordTrainerTest::oneThreadAndOneSeedGiveTheSameBytes() {
    const std::string text = topicText(3000, 1);
    WordTrainingOptions options = smallOptions();
    options.sample = 0.01;
    const Learned first = learn(text, options);
    QCOMPARE(first.vectors.size(), std::size_t(20 * 13));
    QVERIFY(first.vectors == learn(text, options).vectors);
    options.seed = 2;
    QVERIFY(first.vectors != learn(text, options).vectors);
}

void WordTrainerTest::stoppingAndGoingOnChangesNothing_data() {
    QTest::addColumn<std::string>("text");
    QTest::newRow("short lines") << topicText(1500, 3);
    std::string oneLine = topicText(1500, 3);
    std::replace(oneLine.begin(), oneLine.end(), '\n', ' ');
    QTest::newRow("no lines") << oneLine;
}

void WordTrainerTest::stoppingAndGoingOnChangesNothing() {
    QFETCH(std::string, text);
    for (const WordModel model : {WordModel::SkipGram, WordModel::Cbow}) {
        WordTrainingOptions options = smallOptions();
        options.model = model;
        options.dimension = 200;
        options.sample = 0.05;
        const Learned whole = learn(text, options);
        const Learned often = learn(text, options, 1);
        QCOMPARE(whole.stops, std::size_t(0));
        QVERIFY2(often.stops > 15, qPrintable(QString::number(often.stops)));
        QVERIFY(!whole.vectors.empty() && whole.vectors == often.vectors);
        QCOMPARE(whole.losses.size(), often.losses.size());
        for (std::size_t i = 0; i < whole.losses.size(); ++i) {
            QCOMPARE(whole.losses[i].words, often.losses[i].words);
            QCOMPARE(whole.losses[i].loss, often.losses[i].loss);
        }
    }
    WordTrainingOptions options = smallOptions();
    options.threads = 3;
    options.dimension = 200;
    const Learned threads = learn(text, options, 2);
    QVERIFY(threads.stops > 3);
    QVERIFY(std::all_of(threads.vectors.begin(), threads.vectors.end(),
                        [](float value) { return std::isfinite(value); }));
}

void WordTrainerTest::topicsAreToldApart_data() {
    QTest::addColumn<WordModel>("model");
    QTest::addColumn<std::size_t>("threads");
    QTest::newRow("skip-gram") << WordModel::SkipGram << std::size_t(1);
    QTest::newRow("skip-gram, many threads") << WordModel::SkipGram << std::size_t(4);
    QTest::newRow("cbow") << WordModel::Cbow << std::size_t(1);
    QTest::newRow("cbow, many threads") << WordModel::Cbow << std::size_t(4);
}

void WordTrainerTest::topicsAreToldApart() {
    QFETCH(WordModel, model);
    QFETCH(std::size_t, threads);
    WordTrainingOptions options = smallOptions();
    options.model = model;
    options.threads = threads;
    const double apart = apartness(topicText(2500, 5), options);
    QVERIFY2(apart > 0.7, qPrintable(QString::number(apart)));
    // The same words in lines of any topic have nothing to tell.
    std::string mixed = topicText(2500, 5);
    std::mt19937 random(6);
    for (std::size_t i = 0; i + 1 < mixed.size(); ++i) {
        if (mixed[i] == 't') {
            mixed[i + 1] = static_cast<char>('0' + random() % topics);
        }
    }
    const double mixedApart = apartness(mixed, options);
    QVERIFY2(std::abs(mixedApart) < 0.3, qPrintable(QString::number(mixedApart)));
}

void WordTrainerTest::wordsOutsideTheVocabularyHaveNoPlace() {
    // Between each two words stands one that is too rare: without it they are neighbours.
    // Both texts are one block, which random numbers follow from.
    const std::string text = topicText(200, 9);
    std::string sparse;
    int number = 0;
    for (const char c : text) {
        sparse += c == ' ' ? " rare" + std::to_string(number++) + " " : std::string(1, c);
    }
    WordTrainingOptions options = smallOptions();
    options.window = 1;
    QVERIFY(learn(text, options).vectors == learn(sparse, options).vectors);
}

void WordTrainerTest::noWindowReachesOverALine() {
    // Every line holds one word, so that there is nothing to learn.
    std::string text;
    for (int i = 0; i < 600; ++i) {
        text += "w" + std::to_string(i % 7) + "\n";
    }
    WordTrainingOptions once = smallOptions();
    once.epochs = 1;
    WordTrainingOptions often = smallOptions();
    often.epochs = 9;
    const Learned learned = learn(text, once);
    QCOMPARE(learned.vectors.size(), std::size_t(7 * 13));
    QVERIFY(learned.vectors == learn(text, often).vectors);
    QVERIFY(learned.losses.empty());
    std::replace(text.begin(), text.end(), '\n', ' ');
    QVERIFY(learned.vectors != learn(text, once).vectors);
}

void WordTrainerTest::theLossBeginsAtThatOfChance() {
    const std::string text = randomText(150'000, 1000);
    for (const WordModel model : {WordModel::SkipGram, WordModel::Cbow}) {
        for (const std::size_t negatives : {2U, 5U}) {
            WordTrainingOptions options = smallOptions();
            options.model = model;
            options.epochs = 1;
            options.negatives = negatives;
            const std::vector<TrainingLoss> losses = learn(text, options).losses;
            QVERIFY(losses.size() >= 5);
            const double chance = static_cast<double>(1 + negatives) * std::log(2.0);
            QVERIFY2(std::abs(losses[0].loss - chance) < 0.03 * chance,
                     qPrintable(QStringLiteral("%1, not %2").arg(losses[0].loss).arg(chance)));
        }
    }
}

void WordTrainerTest::theLossFalls() {
    const std::vector<TrainingLoss> losses = learn(topicText(6000, 5), smallOptions()).losses;
    QVERIFY(losses.size() > 5 && losses.size() <= 401);
    // Words of the topic are twice as likely as at random, others never met, and of five drawn words one in
    // 20 is the right one and does not count: the best there is is -log 2/7 - 0.9 · 2.5 log 5/7.
    const double best = -std::log(2.0 / 7) - 0.9 * 2.5 * std::log(5.0 / 7);
    QVERIFY2(losses.back().loss > 0.95 * best && losses.back().loss < 1.15 * best,
             qPrintable(QStringLiteral("%1, %2").arg(losses.back().loss).arg(best)));
    QVERIFY(losses.front().loss > losses.back().loss);
    QCOMPARE(losses.back().words, std::uint64_t(3 * 12 * 6000));
    for (std::size_t i = 1; i < losses.size(); ++i) {
        QVERIFY(losses[i].words > losses[i - 1].words);
    }
}

void WordTrainerTest::reports() {
    WorkerPool pool(2);
    StoppingProgress counting(1'000'000);
    WordTrainingOptions options = smallOptions();
    options.threads = 2;
    const auto trainer = WordTrainer::create(corpusOf(topicText(8000, 1)), options, pool, counting).value();
    QCOMPARE(counting.reports.back().unit, std::string("bytes"));
    QCOMPARE(trainer->wordsInAll(), std::uint64_t(3 * 12 * 8000));
    QCOMPARE(trainer->wordsDone(), std::uint64_t(0));
    StoppingProgress progress(1'000'000);
    QVERIFY(trainer->run(pool, progress).ok());
    QVERIFY(progress.reports.size() >= 20);
    QCOMPARE(progress.reports.back().done, trainer->wordsInAll());
    QCOMPARE(progress.reports.back().total, trainer->wordsInAll());
    QCOMPARE(progress.reports.back().unit, std::string("words"));
    for (std::size_t i = 1; i < progress.reports.size(); ++i) {
        QVERIFY(progress.reports[i].done >= progress.reports[i - 1].done);
    }
}

void WordTrainerTest::mayBeAskedWhileItWorks() {
    WorkerPool pool(4);
    NoProgress counting;
    WordTrainingOptions options = smallOptions();
    options.threads = 4;
    const auto trainer = WordTrainer::create(corpusOf(topicText(3000, 1)), options, pool, counting).value();
    /// Asks for the losses from within a report, as a display of progress does.
    class Asking final : public Progress {
      public:
        explicit Asking(const WordTrainer& trainer) : m_trainer(trainer) {}
        void report(std::uint64_t, std::uint64_t, std::string_view) override {
            m_points = std::max(m_points, m_trainer.losses().size());
        }
        bool stopRequested() const override { return false; }
        std::size_t points() const { return m_points; }

      private:
        const WordTrainer& m_trainer;
        std::size_t m_points = 0;
    } progress(*trainer);
    std::atomic<bool> ended = false;
    bool isSound = true;
    std::thread watcher([&] {
        do {
            const std::vector<float> vectors = trainer->vectors();
            isSound =
                isSound && trainer->wordsDone() <= trainer->wordsInAll() &&
                std::all_of(vectors.begin(), vectors.end(), [](float value) { return std::isfinite(value); });
        } while (!ended);
    });
    const Result<Done> done = trainer->run(pool, progress);
    ended = true;
    watcher.join();
    QVERIFY(done.ok());
    QVERIFY(isSound);
    QCOMPARE(progress.points(), trainer->losses().size());
}

void WordTrainerTest::aStopBeforeTheStartLearnsNothing() {
    WorkerPool pool(2);
    NoProgress counting;
    const auto trainer =
        WordTrainer::create(corpusOf(topicText(1000, 1)), smallOptions(), pool, counting).value();
    const std::vector<float> before = trainer->vectors();
    QVERIFY(
        std::all_of(before.begin(), before.end(), [](float value) { return std::abs(value) <= 0.5F / 13; }));
    StoppingProgress stopped(0);
    QCOMPARE(trainer->run(pool, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(trainer->wordsDone(), std::uint64_t(0));
    QVERIFY(trainer->vectors() == before);
    StoppingProgress counter(0);
    QCOMPARE(WordTrainer::create(corpusOf("a b a b"), smallOptions(), pool, counter).error().code,
             ErrorCode::Cancelled);
}

void WordTrainerTest::theFewestWords() {
    WordTrainingOptions options = smallOptions();
    options.dimension = 1;
    options.minCount = 1;
    const Learned learned = learn("a b", options);
    QCOMPARE(learned.vectors.size(), std::size_t(2));
    QVERIFY(std::isfinite(learned.vectors[0]) && std::isfinite(learned.vectors[1]));
}

void WordTrainerTest::theWidestVectors() {
    WordTrainingOptions options = smallOptions();
    options.dimension = mostTrainingDimensions;
    options.epochs = 1;
    QCOMPARE(learn(topicText(20, 1), options).vectors.size(), 20 * mostTrainingDimensions);
}

QTEST_GUILESS_MAIN(WordTrainerTest)
#include "word_trainer_test.moc"
