// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_trace.h"

#include "core/train/prediction_step.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace lexiscope;

Q_DECLARE_METATYPE(lexiscope::WordModel)

namespace {

constexpr std::uint32_t tableRows = 12;

using Rows = std::vector<std::uint32_t>;

std::vector<std::uint64_t> countsOf(std::size_t words) {
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < words; ++i) {
        counts.push_back(400 / (i + 1) + 1);
    }
    return counts;
}

/// All rows of both tables, by chance.
StepRows someRows(std::size_t dimension, float scale = 0.5F) {
    std::mt19937 random(5);
    std::normal_distribution<float> normal(0, scale);
    StepRows rows;
    rows.dimension = dimension;
    for (auto* table : {&rows.inputs, &rows.outputs}) {
        for (std::uint32_t row = 0; row < tableRows; ++row) {
            std::vector<float> values(dimension);
            std::generate(values.begin(), values.end(), [&] { return normal(random); });
            table->emplace(row, std::move(values));
        }
    }
    return rows;
}

StepOptions optionsOf(WordModel model, float rate = 0.25F) {
    StepOptions options;
    options.model = model;
    options.window = 3;
    options.negatives = 3;
    options.rate = rate;
    return options;
}

const Rows& someLine() {
    static const Rows line = {0, 4, 1, 0, 7, 2, 2, 9, 0, 11, 3};
    return line;
}

std::vector<PlannedStep> somePlan(const StepOptions& options) {
    return planSteps(someLine(), NegativeSampler(countsOf(tableRows)), options);
}

QJsonArray arrayOf(std::span<const float> values) {
    QJsonArray array;
    for (const float value : values) {
        array.append(static_cast<double>(value));
    }
    return array;
}

QJsonArray rowsBefore(const std::vector<TracedRow>& rows) {
    QJsonArray array;
    for (const TracedRow& row : rows) {
        array.append(QJsonObject{{QStringLiteral("row"), static_cast<int>(row.row)},
                                 {QStringLiteral("values"), arrayOf(row.before)}});
    }
    return array;
}

/// The same step by NumPy in double precision, by the formulas of Mikolov et al. (2013).
constexpr auto program = R"(
import json, sys
import numpy
asked = json.load(sys.stdin)
rate, weight, cbow = asked['rate'], asked['weight'], asked['cbow']
table = lambda rows: {r['row']: numpy.array(r['values']) for r in rows}
ins, outs = [r['row'] for r in asked['inputs']], [r['row'] for r in asked['outputs']]
inputs, outputs = table(asked['inputs']), table(asked['outputs'])
target = numpy.zeros(len(outs)); target[0] = 1
weights = numpy.full(len(outs), weight); weights[0] = 1
def state():
    x = numpy.array([inputs[r] for r in ins])
    x = x.mean(axis=0, keepdims=True) if cbow else x
    y = numpy.array([outputs[r] for r in outs])
    products = x @ y.T
    signs = 2 * target - 1
    loss = (weights * numpy.log1p(numpy.exp(-signs * products))).sum() / len(x)
    return x, y, products, loss
x, y, products, before = state()
sigmoid = 1 / (1 + numpy.exp(-products))
error = target - sigmoid
factor = rate * weights * error
for n, r in enumerate(ins):
    inputs[r] = inputs[r] + (factor @ y)[0 if cbow else n]
for m, r in enumerate(outs):
    outputs[r] = outputs[r] + (factor.T @ x)[m]
after = state()[3]
json.dump({'products': products.ravel().tolist(), 'sigmoid': sigmoid.ravel().tolist(),
           'error': error.ravel().tolist(), 'factor': factor.ravel().tolist(),
           'inputs': [v for r in ins for v in inputs[r]], 'outputs': [v for r in outs for v in outputs[r]],
           'before': before, 'after': after}, sys.stdout)
)";

QJsonObject byNumpy(const StepTrace& trace) {
    const QJsonObject asked{
        {QStringLiteral("rate"), static_cast<double>(trace.options.rate)},
        {QStringLiteral("weight"), static_cast<double>(weightOfDrawn(trace.options.model))},
        {QStringLiteral("cbow"), trace.options.model == WordModel::Cbow},
        {QStringLiteral("inputs"), rowsBefore(trace.inputs)},
        {QStringLiteral("outputs"), rowsBefore(trace.outputs)}};
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QLatin1String(program)});
    python.write(QJsonDocument(asked).toJson());
    python.closeWriteChannel();
    return python.waitForFinished() ? QJsonDocument::fromJson(python.readAllStandardOutput()).object()
                                    : QJsonObject();
}

double farthest(std::span<const float> ours, const QJsonArray& theirs) {
    if (ours.empty() || static_cast<qsizetype>(ours.size()) != theirs.size()) {
        return 1e9;
    }
    double most = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const double other = theirs.at(static_cast<qsizetype>(i)).toDouble(1e9);
        most = std::max(most, std::abs(static_cast<double>(ours[i]) - other));
    }
    return most;
}

std::vector<float> flat(const std::vector<TracedRow>& rows) {
    std::vector<float> values;
    for (const TracedRow& row : rows) {
        values.insert(values.end(), row.after.begin(), row.after.end());
    }
    return values;
}

template <typename Number>
std::vector<float> each(const std::vector<TracedPair>& pairs, Number number) {
    std::vector<float> values;
    for (const TracedPair& pair : pairs) {
        values.push_back(pair.*number);
    }
    return values;
}

}  // namespace

class StepTraceTest : public QObject {
    Q_OBJECT

  private slots:
    void aLineIsWhatTheTrainerMakesOfIt_data() { bothModels(); }
    void aLineIsWhatTheTrainerMakesOfIt();
    void aStepIsThatOfTheKernel_data() { bothModels(); }
    void aStepIsThatOfTheKernel();
    void aStepIsWhatNumpyComputes_data() { bothModels(); }
    void aStepIsWhatNumpyComputes();
    void windowsStayInTheLine();
    void theWordItselfIsLeftOut();
    void aWordAloneHasNoStep();
    void aRowThatStandsTwiceMovesTwice();
    void theLossFallsStepByStep();

  private:
    static void bothModels() {
        QTest::addColumn<WordModel>("model");
        QTest::newRow("skip-gram") << WordModel::SkipGram;
        QTest::newRow("cbow") << WordModel::Cbow;
    }
};

void StepTraceTest::aLineIsWhatTheTrainerMakesOfIt() {
    QFETCH(const WordModel, model);
    std::string text;
    std::mt19937 random(3);
    for (int i = 0; i < 60; ++i) {
        text += "w" + std::to_string(random() % 9) + " ";
    }
    WordTrainingOptions training;
    training.model = model;
    training.dimension = 13;
    training.window = 4;
    training.negatives = 3;
    training.epochs = 2;
    training.minCount = 1;
    training.sample = 0;
    training.rate = 0.5;
    training.threads = 1;
    training.seed = 77;
    WorkerPool pool(1);
    NoProgress counting;
    Corpus corpus = Corpus::ofFile(MappedFile::ofBytes(text + "\n", "line.txt"), WordSplit::Letters).value();
    const auto trainer = WordTrainer::create(std::move(corpus), training, pool, counting).value();
    const Vocabulary& vocabulary = trainer->words().vocabulary;
    Rows line;
    WordCursor cursor(text, WordSplit::Letters);
    while (cursor.next() == WordCursor::Found::Word) {
        line.push_back(vocabulary.find(cursor.word())->value);
    }
    QCOMPARE(line.size(), std::size_t(60));

    // Half of the two passes is read when the steps of the line begin.
    const StepOptions options{model, training.window, training.negatives,
                              static_cast<float>(training.startRate() * 0.5), training.seed};
    const std::vector<PlannedStep> plan = planSteps(line, NegativeSampler(trainer->words().counts), options);
    QCOMPARE(plan.size(), line.size());
    StepRows rows = readRows(*trainer, plan);
    QCOMPARE(rows.inputs.size(), vocabulary.size());
    for (const PlannedStep& step : plan) {
        const StepTrace trace = traceStep(step, options, rows);
        QVERIFY(trace.lossAfter < trace.lossBefore);
    }
    test::StoppingProgress onePass(1);
    const Result<Done> stopped = trainer->run(pool, onePass);
    QVERIFY(!stopped.ok() && stopped.error().code == ErrorCode::Cancelled);
    QCOMPARE(trainer->wordsDone(), std::uint64_t(60));
    for (std::uint32_t row = 0; row < vocabulary.size(); ++row) {
        QVERIFY(rows.inputs.at(row) == trainer->row(WordTable::Inputs, Row{row}));
        if (rows.outputs.contains(row)) {
            QVERIFY(rows.outputs.at(row) == trainer->row(WordTable::Outputs, Row{row}));
        }
    }
    const std::vector<float> vectors = trainer->vectors();
    QVERIFY(std::equal(rows.inputs.at(3).begin(), rows.inputs.at(3).end(), vectors.begin() + 3 * 13));
}

void StepTraceTest::aStepIsThatOfTheKernel() {
    QFETCH(const WordModel, model);
    for (const std::size_t dimension : {1U, 7U, 8U, 50U}) {
        const StepOptions options = optionsOf(model);
        StepRows traced = someRows(dimension);
        StepRows plain = traced;
        for (const PlannedStep& step : somePlan(options)) {
            const StepTrace trace = traceStep(step, options, traced);
            std::vector<float*> inputs;
            std::vector<float*> outputs;
            for (const std::uint32_t row : step.inputs) {
                inputs.push_back(plain.inputs.at(row).data());
            }
            for (const std::uint32_t row : step.outputs) {
                outputs.push_back(plain.outputs.at(row).data());
            }
            PredictionStepper stepper(inputs.size(), outputs.size(), dimension);
            const PredictionStep taken{inputs, outputs, dimension, options.rate, weightOfDrawn(model)};
            model == WordModel::Cbow ? stepper.takeMean(taken) : stepper.take(taken);
            QVERIFY(traced.inputs == plain.inputs && traced.outputs == plain.outputs);
            QCOMPARE(trace.lossBefore, stepper.lastLoss());
            QVERIFY(each(trace.pairs, &TracedPair::product) ==
                    std::vector<float>(stepper.lastProducts().begin(), stepper.lastProducts().end()));
        }
    }
}

void StepTraceTest::aStepIsWhatNumpyComputes() {
    QFETCH(const WordModel, model);
    const StepOptions options = optionsOf(model);
    StepRows rows = someRows(11);
    const std::vector<PlannedStep> plan = somePlan(options);
    QVERIFY(plan.size() == someLine().size());
    for (const PlannedStep& step : {plan[3], plan[6], plan[10]}) {
        const StepTrace trace = traceStep(step, options, rows);
        const QJsonObject theirs = byNumpy(trace);
        const auto far = [&](const char* name, const std::vector<float>& ours) {
            return farthest(ours, theirs[QLatin1String(name)].toArray());
        };
        QVERIFY(far("products", each(trace.pairs, &TracedPair::product)) < 2e-6);
        QVERIFY(far("sigmoid", each(trace.pairs, &TracedPair::sigmoid)) < 1e-5);
        QVERIFY(far("error", each(trace.pairs, &TracedPair::error)) < 1e-5);
        QVERIFY(far("factor", each(trace.pairs, &TracedPair::factor)) < 1e-5);
        QVERIFY(far("inputs", flat(trace.inputs)) < 1e-5);
        QVERIFY(far("outputs", flat(trace.outputs)) < 1e-5);
        QVERIFY(std::abs(trace.lossBefore - theirs[QStringLiteral("before")].toDouble()) < 1e-5);
        QVERIFY(std::abs(trace.lossAfter - theirs[QStringLiteral("after")].toDouble()) < 1e-4);
    }
}

void StepTraceTest::windowsStayInTheLine() {
    for (const std::size_t window : {1U, 2U, 5U, 1000U}) {
        StepOptions options = optionsOf(WordModel::SkipGram);
        options.window = window;
        const std::vector<PlannedStep> plan = somePlan(options);
        const Rows& line = someLine();
        QCOMPARE(plan.size(), line.size());
        std::set<std::size_t> reaches;
        for (std::size_t i = 0; i < plan.size(); ++i) {
            const WordWindow& found = plan[i].window;
            QCOMPARE(found.middle, i);
            QVERIFY(found.reach >= 1 && found.reach <= window);
            QCOMPARE(found.begin, i < found.reach ? 0 : i - found.reach);
            QCOMPARE(found.end, std::min(i + found.reach + 1, line.size()));
            Rows around(line.begin() + static_cast<std::ptrdiff_t>(found.begin),
                        line.begin() + static_cast<std::ptrdiff_t>(found.end));
            around.erase(around.begin() + static_cast<std::ptrdiff_t>(i - found.begin));
            QVERIFY(plan[i].inputs == around);
            QCOMPARE(plan[i].outputs.front(), line[i]);
            reaches.insert(found.reach);
        }
        QVERIFY(window == 1 || reaches.size() > 1);
    }
}

void StepTraceTest::theWordItselfIsLeftOut() {
    // Of two words nearly every other draw is the one in the middle.
    StepOptions options = optionsOf(WordModel::SkipGram);
    options.negatives = 20;
    const Rows line = {0, 1, 0, 1};
    const std::vector<std::uint64_t> counts = {100, 100};
    for (const PlannedStep& step : planSteps(line, NegativeSampler(counts), options)) {
        QCOMPARE(step.outputs.size() + step.leftOut, std::size_t(2 * 20 + 1));
        QVERIFY(step.leftOut > 5 && step.leftOut < 35);
        QCOMPARE(std::count(step.outputs.begin(), step.outputs.end(), step.outputs.front()), 1);
    }
    options.model = WordModel::Cbow;
    for (const PlannedStep& step : planSteps(line, NegativeSampler(counts), options)) {
        QCOMPARE(step.outputs.size() + step.leftOut, std::size_t(20 + 1));
    }
}

void StepTraceTest::aWordAloneHasNoStep() {
    const NegativeSampler sampler(countsOf(3));
    QVERIFY(planSteps(Rows{}, sampler, optionsOf(WordModel::SkipGram)).empty());
    QVERIFY(planSteps(Rows{1}, sampler, optionsOf(WordModel::SkipGram)).empty());
    QCOMPARE(planSteps(Rows{1, 1}, sampler, optionsOf(WordModel::SkipGram)).size(), std::size_t(2));
}

void StepTraceTest::aRowThatStandsTwiceMovesTwice() {
    PlannedStep step;
    step.inputs = {4, 4};
    step.outputs = {1, 2};
    const StepOptions options = optionsOf(WordModel::SkipGram, 0.01F);
    StepRows rows = someRows(6);
    const StepTrace trace = traceStep(step, options, rows);
    QVERIFY(trace.inputs[0].after == trace.inputs[1].after);
    for (std::size_t d = 0; d < 6; ++d) {
        const float once = trace.pair(0, 0).factor * trace.outputs[0].before[d] +
                           trace.pair(0, 1).factor * trace.outputs[1].before[d];
        QVERIFY(std::abs(trace.inputs[0].after[d] - trace.inputs[0].before[d] - 2 * once) < 1e-6F);
    }
}

void StepTraceTest::theLossFallsStepByStep() {
    for (const WordModel model : {WordModel::SkipGram, WordModel::Cbow}) {
        const StepOptions options = optionsOf(model, 0.1F);
        StepRows rows = someRows(20, 0.1F);
        const PlannedStep step = somePlan(options)[4];
        double last = 1e9;
        for (int i = 0; i < 20; ++i) {
            const StepTrace trace = traceStep(step, options, rows);
            QVERIFY(trace.lossBefore <= last + 1e-9);
            QVERIFY(trace.lossAfter < trace.lossBefore);
            last = trace.lossAfter;
        }
    }
}

QTEST_GUILESS_MAIN(StepTraceTest)
#include "step_trace_test.moc"
