// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/embedding_layer.h"

#include "tests/support/process_output.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/stopping_progress.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;

namespace {

using Table = std::shared_ptr<const EmbeddingTable>;

LayerOptions optionsOf(std::size_t rows, std::size_t dimension, LayerStart start = LayerStart::Normal,
                       double spread = 1) {
    LayerOptions options;
    options.rows = rows;
    options.dimension = dimension;
    options.start = start;
    options.spread = spread;
    return options;
}

Table made(const LayerOptions& options, unsigned threads = 2) {
    WorkerPool pool(threads);
    NoProgress progress;
    const Result<Table> table = makeLayer(options, pool, progress);
    return table.ok() ? table.value() : nullptr;
}

std::vector<float> valuesOf(const EmbeddingTable& table) {
    std::vector<float> values(table.rows() * table.dimension());
    table.widen(Row{0}, table.rows(), values);
    return values;
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

std::vector<TokenId> idsOf(std::initializer_list<std::uint32_t> numbers) {
    std::vector<TokenId> ids;
    for (const std::uint32_t number : numbers) {
        ids.push_back(TokenId{number});
    }
    return ids;
}

/// The gradient with all its zeros.
std::vector<float> whole(const LayerGradient& gradient, const EmbeddingTable& table) {
    std::vector<float> values(table.rows() * table.dimension(), 0.0F);
    for (std::size_t i = 0; i < gradient.rows.size(); ++i) {
        std::copy_n(gradient.values.begin() + static_cast<std::ptrdiff_t>(i * table.dimension()),
                    table.dimension(),
                    values.begin() + static_cast<std::ptrdiff_t>(gradient.rows[i].value * table.dimension()));
    }
    return values;
}

std::string bytesOf(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

/// Largest distance of the sample's distribution from `distribution`, times the root of its size: above 1.95
/// for one sample in a thousand (Kolmogorov).
template <typename Distribution>
double kolmogorov(std::vector<float> sample, Distribution distribution) {
    std::sort(sample.begin(), sample.end());
    const double count = static_cast<double>(sample.size());
    double most = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double expected = distribution(static_cast<double>(sample[i]));
        most = std::max({most, std::abs(static_cast<double>(i) / count - expected),
                         std::abs(static_cast<double>(i + 1) / count - expected)});
    }
    return most * std::sqrt(count);
}

}  // namespace

class EmbeddingLayerTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void optionsHaveLimits_data() {
        QTest::addColumn<LayerOptions>("options");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const LayerOptions& options, const char* says) {
            QTest::newRow(name) << options << QString::fromUtf8(says);
        };
        row("no rows", optionsOf(0, 8), "rows V: it must be 1 to 4,000,000");
        row("no dimension", optionsOf(8, 0), "dimension D: it must be 1 to 16,384");
        row("many rows", optionsOf(4'000'001, 1), "rows V: it must be");
        row("a million of each", optionsOf(1'000'000, 1'000'000), "dimension D: it must be 1 to 16,384");
        row("as many as can be written", optionsOf(~std::size_t{0}, ~std::size_t{0}), "rows V: it must be");
        row("too much memory", optionsOf(1'000'000, 68),
            "1,000,000 × 68: is more than the 67,108,864 weights");
        row("no spread", optionsOf(8, 8, LayerStart::Normal, 0), "spread: it must be above 0");
        row("a negative bound", optionsOf(8, 8, LayerStart::Uniform, -1), "spread: it must be above 0");
        row("no number", optionsOf(8, 8, LayerStart::Uniform, std::nan("")), "spread: it must be above 0");
        row("an endless bound", optionsOf(8, 8, LayerStart::Uniform, HUGE_VAL), "spread: it must be above 0");
        LayerOptions padded = optionsOf(8, 8);
        padded.paddingRow = 8;
        row("padding beyond", padded, "padding row: it must be 0 to 7");
    }
    void optionsHaveLimits() {
        QFETCH(LayerOptions, options);
        QFETCH(QString, says);
        WorkerPool pool(2);
        NoProgress progress;
        const Result<Table> table = makeLayer(options, pool, progress);
        QVERIFY(!table.ok());
        QCOMPARE(table.error().code, ErrorCode::InvalidArgument);
        const QString said = QString::fromStdString(toString(table.error()));
        QVERIFY2(said.startsWith(says), qPrintable(said));
    }

    void theLeastAndTheLargestAreMade() {
        QCOMPARE(valuesOf(*made(optionsOf(1, 1))).size(), std::size_t(1));
        QVERIFY(validate(optionsOf(mostLayerRows, 16)).ok());
        QVERIFY(validate(optionsOf(4096, mostLayerDimensions)).ok());
        QVERIFY(validate(optionsOf(8, 8, LayerStart::Zeros, 0)).ok());  // its spread is of no account
    }

    void theSeedSaysEverything() {
        LayerOptions options = optionsOf(3000, 101);
        const std::vector<float> values = valuesOf(*made(options, 1));
        QVERIFY(sameBits(values, valuesOf(*made(options, 3))));
        options.seed = 2;
        QVERIFY(!sameBits(values, valuesOf(*made(options))));
        // A row does not depend on how many others there are.
        options.seed = 1;
        options.rows = 7;
        const std::vector<float> few = valuesOf(*made(options));
        QVERIFY(std::equal(few.begin(), few.end(), values.begin()));
        // Rows of neighbouring seeds and neighbouring rows have nothing in common.
        options.seed = 0;
        const Table other = made(options);
        for (std::uint32_t row = 0; row < 7; ++row) {
            const std::vector<float> drawn = other->row(Row{row});
            QVERIFY(std::search(values.begin(), values.end(), drawn.begin(), drawn.begin() + 2) ==
                    values.end());
        }
    }

    void theNumbersAreDistributedAsAsked() {
        const auto normal = [](double sigma) {
            return [sigma](double x) { return 0.5 * std::erfc(-x / (sigma * std::sqrt(2.0))); };
        };
        const auto uniform = [](double bound) {
            return [bound](double x) { return std::clamp((x / bound + 1) / 2, 0.0, 1.0); };
        };
        QVERIFY(kolmogorov(valuesOf(*made(optionsOf(2000, 51))), normal(1)) < 1.95);
        QVERIFY(kolmogorov(valuesOf(*made(optionsOf(2000, 50, LayerStart::Normal, 0.02))), normal(0.02)) <
                1.95);
        QVERIFY(kolmogorov(valuesOf(*made(optionsOf(2000, 51, LayerStart::Uniform, 0.5))), uniform(0.5)) <
                1.95);
        const double sigma = std::sqrt(2.0 / 2050);
        const double bound = std::sqrt(6.0 / 2050);
        QCOMPARE(layerSpread(optionsOf(2000, 50, LayerStart::XavierNormal)), sigma);
        QVERIFY(kolmogorov(valuesOf(*made(optionsOf(2000, 50, LayerStart::XavierNormal))), normal(sigma)) <
                1.95);
        const std::vector<float> drawn = valuesOf(*made(optionsOf(2000, 50, LayerStart::XavierUniform)));
        QVERIFY(kolmogorov(drawn, uniform(bound)) < 1.95);
        QVERIFY(std::all_of(drawn.begin(), drawn.end(),
                            [bound](float value) { return std::abs(value) <= static_cast<float>(bound); }));
        // The test above can tell.
        QVERIFY(kolmogorov(drawn, uniform(bound * 1.03)) > 1.95);
        // The two numbers of a pair have nothing to do with each other.
        const std::vector<float> pairs = valuesOf(*made(optionsOf(50'000, 2)));
        double sum = 0;
        for (std::size_t i = 0; i < pairs.size(); i += 2) {
            sum += static_cast<double>(pairs[i]) * static_cast<double>(pairs[i + 1]);
        }
        QVERIFY(std::abs(sum / std::sqrt(50'000.0)) < 3.3);
        QCOMPARE(valuesOf(*made(optionsOf(2, 2, LayerStart::Zeros))), std::vector<float>(4, 0.0F));
        QCOMPARE(valuesOf(*made(optionsOf(2, 2, LayerStart::Ones))), std::vector<float>(4, 1.0F));
    }

    void thePaddingRowIsZeros() {
        for (const LayerStart start : {LayerStart::Normal, LayerStart::Ones}) {
            LayerOptions options = optionsOf(5, 4, start);
            const Table without = made(options);
            options.paddingRow = 3;
            const Table with = made(options);
            QCOMPARE(with->row(Row{3}), std::vector<float>(4, 0.0F));
            for (const std::uint32_t other : {0U, 1U, 2U, 4U}) {
                QCOMPARE(with->row(Row{other}), without->row(Row{other}));
            }
        }
    }

    void makingStopsWhenAsked() {
        WorkerPool pool(2);
        test::StoppingProgress progress(0);
        const Result<Table> table = makeLayer(optionsOf(100'000, 64), pool, progress);
        QVERIFY(!table.ok());
        QCOMPARE(table.error().code, ErrorCode::Cancelled);
        test::StoppingProgress again(0);
        const Result<std::vector<float>> row = lookUpByProduct(*made(optionsOf(9, 9)), Row{1}, again);
        QVERIFY(!row.ok());
        QCOMPARE(row.error().code, ErrorCode::Cancelled);
    }

    void theProductIsTheRowBitForBit() {
        NoProgress progress;
        const Table table = made(optionsOf(30'000, 24));  // several blocks
        for (const std::uint32_t row : {0U, 1U, 12'345U, 29'999U}) {
            const Result<std::vector<float>> product = lookUpByProduct(*table, Row{row}, progress);
            QVERIFY(product.ok());
            QVERIFY(sameBits(product.value(), table->row(Row{row})));
        }
    }

    void theProductIsAProduct() {
        // What tells it from a look-up: zero times infinity, and minus zero in a sum.
        NoProgress progress;
        const float infinite = std::numeric_limits<float>::infinity();
        const Table table = EmbeddingTable::owned({-0.0F, 2, 3, infinite}, 2, 2);
        const std::vector<float> product = lookUpByProduct(*table, Row{0}, progress).value();
        QVERIFY(product[0] == 0 && !std::signbit(product[0]));
        QVERIFY(std::isnan(product[1]));
    }

    void rowsThatOccurTwiceAddUpAndOthersHaveNone() {
        const Table table = EmbeddingTable::owned({1, 2, 3, 4, 5, 6, 0, 0}, 4, 2);
        const std::vector<float> goal = {1, 1};
        const LayerGradient gradient = pullGradient(*table, idsOf({2, 0, 2, 3}), goal, Row{3}).value();
        QCOMPARE(gradient.rows, (std::vector<Row>{Row{0}, Row{2}}));
        QCOMPARE(gradient.values, (std::vector<float>{0, 1, 8, 10}));
        QCOMPARE(gradient.loss, 0.5 * (0 + 1) + 2 * 0.5 * (16 + 25) + 0.5 * (1 + 1));
        const Table after = steppedTable(*table, gradient, 0.5F).value();
        QCOMPARE(valuesOf(*after), (std::vector<float>{1, 1.5F, 3, 4, 1, 1, 0, 0}));
        QVERIFY(sameBits(valuesOf(*table), {1, 2, 3, 4, 5, 6, 0, 0}));
        const LayerGradient none = pullGradient(*table, {}, goal, std::nullopt).value();
        QCOMPARE(none.loss, 0.0);
        QVERIFY(sameBits(valuesOf(*steppedTable(*table, none, 1).value()), valuesOf(*table)));
    }

    void anIdWithoutARowIsRefused() {
        const Table table = made(optionsOf(4, 2));
        const std::vector<float> goal = {0, 0};
        const Result<LayerGradient> gradient = pullGradient(*table, idsOf({1, 4}), goal, std::nullopt);
        QVERIFY(!gradient.ok());
        QCOMPARE(gradient.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(toString(gradient.error()),
                 std::string("ID 4: has no row (the table's IDs run from 0 to 3)"));
    }

    void theGradientIsThatOfTheLoss() {
        const Table table = made(optionsOf(6, 5));
        const std::vector<float> goal = made(optionsOf(1, 5, LayerStart::Uniform, 2))->row(Row{0});
        const std::vector<TokenId> batch = idsOf({4, 1, 4, 4, 0});
        const std::optional<Row> padding = Row{0};
        const std::vector<float> values = valuesOf(*table);
        const std::vector<float> slopes = whole(pullGradient(*table, batch, goal, padding).value(), *table);
        // In steps that are powers of two, of a loss that is quadratic: exact but for rounding.
        constexpr float step = 0.125F;
        for (std::size_t at = 0; at < values.size(); ++at) {
            const auto lossAt = [&](float change) {
                std::vector<float> moved = values;
                moved[at] += change;
                const Table there = EmbeddingTable::owned(moved, 6, 5);
                return pullGradient(*there, batch, goal, padding).value().loss;
            };
            const double slope = (lossAt(step) - lossAt(-step)) / (2 * static_cast<double>(step));
            const bool isPadding = at < 5;
            QVERIFY2(
                isPadding ? slopes[at] == 0.0F && slope != 0.0
                          : std::abs(slope - static_cast<double>(slopes[at])) < 1e-5,
                qPrintable(
                    QStringLiteral("%1: %2, %3").arg(at).arg(slope).arg(static_cast<double>(slopes[at]))));
        }
    }

    void aStepOfRateOneIsThere() {
        const Table table = made(optionsOf(8, 16));
        const std::vector<float> goal = table->row(Row{7});
        const LayerGradient gradient = pullGradient(*table, idsOf({3}), goal, std::nullopt).value();
        const Table after = steppedTable(*table, gradient, 1).value();
        for (std::size_t column = 0; column < 16; ++column) {
            QVERIFY(std::abs(after->row(Row{3})[column] - goal[column]) < 1e-6F);
        }
        QVERIFY(pullGradient(*after, idsOf({3}), goal, std::nullopt).value().loss < 1e-10);
    }

    void aStepOnOneRowIsThatOfTheTable() {
        const Table table = made(optionsOf(9, 7));
        const std::vector<float> goal = table->row(Row{2});
        const RowStep step = pullStep(table->row(Row{5}), goal, 3, 0.125F, false);
        const LayerGradient gradient = pullGradient(*table, idsOf({5, 5, 5}), goal, std::nullopt).value();
        const Table after = steppedTable(*table, gradient, 0.125F).value();
        QVERIFY(sameBits(step.before, table->row(Row{5})));
        QVERIFY(sameBits(step.gradient, gradient.values));
        QVERIFY(sameBits(step.after, after->row(Row{5})));
        QCOMPARE(step.lossBefore, gradient.loss);
        // Each number goes 3 × 0.125 of the way, and the loss falls with the square of what is left.
        QVERIFY(std::abs(step.lossAfter / step.lossBefore - 0.625 * 0.625) < 1e-5);
        const RowStep padding = pullStep(std::vector<float>(7), goal, 2, 0.5F, true);
        QVERIFY(sameBits(padding.gradient, std::vector<float>(7)));
        QVERIFY(sameBits(padding.after, std::vector<float>(7)));
        QVERIFY(padding.lossBefore > 0 && padding.lossAfter == padding.lossBefore);
    }

    // The same table in PyTorch: look-up, product, gradient, step and initial distributions.
    void pytorchGivesTheSame() {
        LEXISCOPE_NEEDS_PYTHON("torch");
        LayerOptions options = optionsOf(50, 12);
        options.paddingRow = 2;
        const Table table = made(options);
        const std::vector<float> goal = made(optionsOf(1, 12, LayerStart::Uniform, 2))->row(Row{0});
        const LayerGradient gradient = pullGradient(*table, idsOf({7, 3, 7, 2, 49, 7}), goal, Row{2}).value();
        const Table after = steppedTable(*table, gradient, 0.3F).value();
        NoProgress progress;
        const std::vector<float> product = lookUpByProduct(*table, Row{7}, progress).value();
        const test::ScratchFolder folder;
        folder.write("table", bytesOf(valuesOf(*table)));
        folder.write("goal", bytesOf(goal));
        folder.write("gradient", bytesOf(whole(gradient, *table)));
        folder.write("after", bytesOf(valuesOf(*after)));
        folder.write("product", bytesOf(product));
        const QByteArray output =
            test::outputOf(test::python, {QStringLiteral("-c"), QString::fromUtf8(R"(
import json, sys, torch
folder = sys.argv[1] + '/'
read = lambda name: torch.frombuffer(bytearray(open(folder + name, 'rb').read()), dtype=torch.float32)
table, goal = read('table').reshape(50, 12), read('goal')
embedding = torch.nn.Embedding.from_pretrained(table.clone(), freeze=False, padding_idx=2)
one_hot = torch.zeros(1, 50); one_hot[0, 7] = 1
ids = torch.tensor([7, 3, 7, 2, 49, 7])
loss = 0.5 * (embedding(ids) - goal).pow(2).sum()
optimizer = torch.optim.SGD(embedding.parameters(), lr=0.3)
loss.backward()
gradient = embedding.weight.grad.clone()
optimizer.step()
ours = read('gradient').reshape(50, 12)
bounds = {}
for name, make in (('uniform', torch.nn.init.xavier_uniform_), ('normal', torch.nn.init.xavier_normal_)):
    weights = torch.empty(2000, 50)
    torch.manual_seed(0)
    make(weights)
    bounds[name] = weights.abs().max().item() if name == 'uniform' else weights.std().item()
json.dump({'lookup': torch.equal(table[7], read('product')),
           'product': torch.equal((one_hot @ table)[0], read('product')),
           'zeros': torch.equal(gradient == 0, ours == 0),
           'gradient': (gradient - ours).abs().max().item(),
           'largest': gradient.abs().max().item(),
           'after': (embedding.weight - read('after').reshape(50, 12)).abs().max().item(),
           'loss': loss.item(), 'bounds': bounds}, sys.stdout)
)"),
                                          QString::fromStdString(folder.path().string())});
        const nlohmann::json json = nlohmann::json::parse(output.toStdString(), nullptr, false);
        QVERIFY(!json.is_discarded());
        QVERIFY(json["lookup"] == true && json["product"] == true && json["zeros"] == true);
        QVERIFY(json["largest"] > 1.0);
        QVERIFY2(json["gradient"] <= 1e-6, output.constData());
        QVERIFY2(json["after"] <= 1e-6, output.constData());
        QVERIFY(std::abs(json["loss"].get<double>() / gradient.loss - 1) < 1e-6);
        const double bound = layerSpread(optionsOf(2000, 50, LayerStart::XavierUniform));
        const double sigma = layerSpread(optionsOf(2000, 50, LayerStart::XavierNormal));
        QVERIFY2(std::abs(json["bounds"]["uniform"].get<double>() / bound - 1) < 1e-3, output.constData());
        QVERIFY2(std::abs(json["bounds"]["normal"].get<double>() / sigma - 1) < 1e-2, output.constData());
    }
};

QTEST_GUILESS_MAIN(EmbeddingLayerTest)
#include "embedding_layer_test.moc"
