// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/prediction_step.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

/// Which rows of a small table a step is about; a row may be named twice.
struct Case {
    std::size_t dimension = 0;
    std::vector<std::size_t> inputs;
    std::vector<std::size_t> outputs;
    float weight = 1;
    bool isMean = false;
    float scale = 0.5F;  // of the numbers
};

constexpr std::size_t rows = 24;
constexpr float rate = 0.25F;

struct Tables {
    std::vector<float> in;
    std::vector<float> out;
};

Tables randomTables(const Case& example) {
    std::mt19937 random(11);
    std::normal_distribution<float> normal(0, example.scale);
    Tables tables;
    for (std::vector<float>* table : {&tables.in, &tables.out}) {
        table->resize(rows * example.dimension);
        std::generate(table->begin(), table->end(), [&] { return normal(random); });
    }
    return tables;
}

double minusLogSigma(double t) {
    return std::max(-t, 0.0) + std::log1p(std::exp(-std::abs(t)));
}

/// E as the header writes it, of tables in double precision.
double lossOf(const Case& example, const std::vector<double>& in, const std::vector<double>& out) {
    const std::size_t dimension = example.dimension;
    std::vector<std::vector<double>> inputs;
    for (const std::size_t row : example.inputs) {
        inputs.emplace_back(in.begin() + static_cast<std::ptrdiff_t>(row * dimension),
                            in.begin() + static_cast<std::ptrdiff_t>((row + 1) * dimension));
    }
    if (example.isMean) {
        std::vector<double> mean(dimension);
        for (const std::vector<double>& input : inputs) {
            for (std::size_t d = 0; d < dimension; ++d) {
                mean[d] += input[d] / static_cast<double>(inputs.size());
            }
        }
        inputs = {mean};
    }
    double loss = 0;
    for (const std::vector<double>& input : inputs) {
        for (std::size_t m = 0; m < example.outputs.size(); ++m) {
            double product = 0;
            for (std::size_t d = 0; d < dimension; ++d) {
                product += input[d] * out[example.outputs[m] * dimension + d];
            }
            loss += m == 0 ? minusLogSigma(product)
                           : static_cast<double>(example.weight) * minusLogSigma(-product);
        }
    }
    return loss;
}

std::vector<float*> rowsOf(std::vector<float>& table, const std::vector<std::size_t>& wanted,
                           std::size_t dimension) {
    std::vector<float*> found;
    for (const std::size_t row : wanted) {
        found.push_back(table.data() + row * dimension);
    }
    return found;
}

/// The step itself; gives what lastLoss() says.
double take(const Case& example, Tables& tables) {
    const std::vector<float*> inputs = rowsOf(tables.in, example.inputs, example.dimension);
    const std::vector<float*> outputs = rowsOf(tables.out, example.outputs, example.dimension);
    PredictionStepper stepper(inputs.size(), outputs.size(), example.dimension);
    const PredictionStep step{inputs, outputs, example.dimension, rate, example.weight};
    example.isMean ? stepper.takeMean(step) : stepper.take(step);
    return stepper.lastLoss();
}

/// Every number that changed against the slope of the loss there, and every one that should not.
void compareWithSlopes(const Case& example) {
    const Tables before = randomTables(example);
    Tables after = before;
    const double loss = take(example, after);
    std::vector<double> in(before.in.begin(), before.in.end());
    std::vector<double> out(before.out.begin(), before.out.end());
    const double inputs = example.isMean ? 1 : static_cast<double>(example.inputs.size());
    QVERIFY(std::abs(loss - lossOf(example, in, out) / inputs) < 1e-4 * (1 + loss));
    const auto compare = [&](std::vector<double>& numbers, const std::vector<float>& now, double times) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            constexpr double h = 1e-4;
            const double value = numbers[i];
            numbers[i] = value + h;
            const double above = lossOf(example, in, out);
            numbers[i] = value - h;
            const double below = lossOf(example, in, out);
            numbers[i] = value;
            const double expected = -static_cast<double>(rate) * times * (above - below) / (2 * h);
            const double change = static_cast<double>(now[i]) - value;
            QVERIFY2(std::abs(change - expected) < 2e-5 * (1 + std::abs(expected)),
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(change).arg(expected)));
        }
    };
    compare(in, after.in, example.isMean ? static_cast<double>(example.inputs.size()) : 1);
    compare(out, after.out, 1);
}

std::vector<std::size_t> firstRows(std::size_t count, std::size_t from) {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < count; ++i) {
        result.push_back((from + i) % rows);
    }
    return result;
}

}  // namespace

class PredictionStepTest : public QObject {
    Q_OBJECT

  private slots:
    void followsTheSlopeInAnyDimension() {
        for (std::size_t dimension = 1; dimension <= 19; ++dimension) {
            compareWithSlopes({dimension, {3, 5, 1}, {0, 7, 2, 4}});
        }
        compareWithSlopes({100, {3, 5, 1}, {0, 7, 2, 4}, 0.5F, false, 0.1F});
    }

    void followsTheSlopeInAnyNumber() {
        for (std::size_t inputs = 1; inputs <= 7; ++inputs) {
            for (std::size_t outputs = 1; outputs <= 9; ++outputs) {
                compareWithSlopes({9, firstRows(inputs, 2), firstRows(outputs, 5)});
            }
        }
        compareWithSlopes({5, firstRows(20, 0), firstRows(21, 3), 0.25F});
    }

    void othersWeighAsAsked() {
        for (const float weight : {0.0F, 0.5F, 2.0F}) {
            compareWithSlopes({10, {1, 2, 3}, {0, 1, 2, 3, 4, 5}, weight});
        }
    }

    void rowsThatStandThereTwice() {
        compareWithSlopes({9, {4, 4}, {0, 1, 2}});
        compareWithSlopes({9, {4, 2, 4, 4, 2}, {0, 1, 2}});
        compareWithSlopes({9, {1, 2, 3}, {5, 6, 6, 7, 6}});
        compareWithSlopes({9, {4, 4, 4, 4}, {5, 5, 6, 6, 7, 7}, 0.5F});
    }

    void theMeanOfAWindow() {
        for (std::size_t dimension : {1U, 3U, 8U, 17U}) {
            for (std::size_t inputs = 1; inputs <= 6; ++inputs) {
                compareWithSlopes({dimension, firstRows(inputs, 2), {0, 7, 2, 4, 7}, 0.5F, true});
            }
        }
        compareWithSlopes({9, {4, 2, 4}, {0, 1, 2}, 1, true});
    }

    void aStepLowersTheLoss() {
        const Case example{50, {1, 2, 3}, {0, 5, 6, 7}};
        Tables tables = randomTables(example);
        double last = take(example, tables);
        for (int i = 0; i < 30; ++i) {
            const double loss = take(example, tables);
            QVERIFY(loss < last);
            last = loss;
        }
        QVERIFY(last < 0.2);
    }

    void farProductsStayNumbers() {
        // σ of ±1e6: nothing to learn where it is right, a whole step where it is wrong, no NaN anywhere.
        for (const float sign : {1.0F, -1.0F}) {
            std::vector<float> in = {1000, 0};
            std::vector<float> out = {sign * 1000, 0, -sign * 1000, 0};
            std::vector<float*> inputs = {in.data()};
            std::vector<float*> outputs = {out.data(), out.data() + 2};
            PredictionStepper stepper(1, 2, 2);
            stepper.take({inputs, outputs, 2, rate, 1});
            QCOMPARE(in[0], sign > 0 ? 1000.0F : 500.0F);
            QCOMPARE(stepper.lastLoss(), sign > 0 ? 0.0 : 2e6);
        }
    }

    void oneStepperTakesStepsOfAnySize() {
        const Case large{12, firstRows(8, 0), firstRows(9, 1)};
        const Case small{12, {3}, {4, 5}};
        PredictionStepper stepper(8, 9, 12);
        Tables shared = randomTables(large);
        Tables single = shared;
        for (const Case* example : {&large, &small, &large}) {
            const std::vector<float*> inputs = rowsOf(shared.in, example->inputs, 12);
            const std::vector<float*> outputs = rowsOf(shared.out, example->outputs, 12);
            stepper.take({inputs, outputs, 12, rate, 1});
            take(*example, single);
        }
        QVERIFY(shared.in == single.in && shared.out == single.out);
    }

    void lookingChangesNothing() {
        for (const bool isMean : {false, true}) {
            const Case example{12, {3, 5, 1}, {0, 7, 2, 4}, 0.5F, isMean};
            Tables tables = randomTables(example);
            const Tables before = tables;
            const std::vector<float*> inputs = rowsOf(tables.in, example.inputs, 12);
            const std::vector<float*> outputs = rowsOf(tables.out, example.outputs, 12);
            PredictionStepper stepper(3, 4, 12);
            const PredictionStep step{inputs, outputs, 12, rate, 0.5F};
            const double loss = isMean ? stepper.lossOfMean(step) : stepper.loss(step);
            QVERIFY(tables.in == before.in && tables.out == before.out);
            const std::size_t xs = isMean ? 1 : 3;
            QCOMPARE(stepper.lastProducts().size(), xs * 4);
            isMean ? stepper.takeMean(step) : stepper.take(step);
            QCOMPARE(stepper.lastLoss(), loss);
            for (std::size_t i = 0; i < xs * 4; ++i) {
                const float sigma = stepSigmoid(stepper.lastProducts()[i]);
                const float exact = 1 / (1 + std::exp(-stepper.lastProducts()[i]));
                QVERIFY(std::abs(sigma - exact) < 1e-5F);
                const float factor = rate * (i % 4 == 0 ? 1 - sigma : -0.5F * sigma);
                QVERIFY(std::abs(stepper.lastFactors()[i] - factor) < 1e-7F);
            }
        }
    }

    void copies() {
        for (std::size_t size = 0; size < 20; ++size) {
            std::vector<float> from(size);
            for (std::size_t i = 0; i < size; ++i) {
                from[i] = static_cast<float>(i) + 0.5F;
            }
            std::vector<float> to(size);
            copyWhileChanging(from, to);
            QVERIFY(from == to);
        }
    }
};

QTEST_GUILESS_MAIN(PredictionStepTest)
#include "prediction_step_test.moc"
