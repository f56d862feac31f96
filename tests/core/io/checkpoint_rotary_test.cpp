// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint_rotary.h"

#include <QTest>

using namespace lexiscope;

namespace {

/// What is read from this config.json of a family whose rows have 4,096 numbers.
RotaryReading read(const char* type, const std::string& json) {
    const Result<CheckpointConfig> config = CheckpointConfig::parse(json, "config.json");
    return config.ok() ? readRotary(config.value(), *familyOfType(type), 4096)
                       : RotaryReading{std::nullopt, config.error().what};
}

}  // namespace

class CheckpointRotaryTest : public QObject {
    Q_OBJECT

  private slots:
    void readsAsTheModelsHaveThem_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("json");
        QTest::addColumn<int>("dimension");
        QTest::addColumn<double>("base");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* type, const char* json, int dimension, double base,
                            const char* text) {
            QTest::newRow(name) << QString(type) << QString(json) << dimension << base << QString(text);
        };
        row("Llama 2", "llama", R"({"num_attention_heads":32,"rope_scaling":null})", 128, 10000,
            "base 10,000");
        row("Llama 3", "llama", R"({"num_attention_heads":32,"rope_theta":500000.0})", 128, 500000,
            "base 500,000");
        row("Llama 3.1", "llama",
            R"({"num_attention_heads":32,"rope_theta":500000.0,"max_position_embeddings":131072,
                "rope_scaling":{"factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,
                "original_max_position_embeddings":8192,"rope_type":"llama3"}})",
            128, 500000, "base 500,000, scaled “llama3” × 8");
        row("Mistral with a head of its own", "mistral",
            R"({"num_attention_heads":32,"head_dim":160,"rope_theta":1e6})", 160, 1e6, "base 1,000,000");
        row("the older spelling", "llama",
            R"({"num_attention_heads":32,"rope_scaling":{"type":"linear","factor":2.5}})", 128, 10000,
            "base 10,000, scaled “linear” × 2.5");
        row("both spellings: the newer counts", "llama",
            R"({"num_attention_heads":32,"rope_scaling":{"type":"yarn","rope_type":"linear","factor":2}})",
            128, 10000, "base 10,000, scaled “linear” × 2");
        row("dynamic", "llama",
            R"({"num_attention_heads":32,"max_position_embeddings":2048,
                "rope_scaling":{"type":"dynamic","factor":4}})",
            128, 10000, "base 10,000, scaled “dynamic” × 4");
        row("rope_parameters", "llama",
            R"({"num_attention_heads":32,"rope_parameters":{"rope_theta":5e5,"rope_type":"default"}})", 128,
            500000, "base 500,000");
        row("rope_parameters with the base alone", "llama",
            R"({"num_attention_heads":32,"rope_parameters":{"rope_theta":5e5}})", 128, 500000,
            "base 500,000");
        row("Phi-2", "phi", R"({"num_attention_heads":32,"partial_rotary_factor":0.4})", 50, 10000, nullptr);
        row("GPT-NeoX", "gpt_neox", R"({"num_attention_heads":64,"rotary_pct":0.25,"rotary_emb_base":20000})",
            16, 20000, "base 20,000, 16 of the 64 numbers of a head");
        row("GPT-J", "gptj", R"({"n_head":16,"rotary_dim":64})", 64, 10000,
            "base 10,000, 64 of the 256 numbers of a head");
        row("Mixtral, whose base is another", "mixtral", R"({"num_attention_heads":32})", 128, 1e6,
            "base 1,000,000");
    }
    void readsAsTheModelsHaveThem() {
        QFETCH(QString, type);
        QFETCH(QString, json);
        QFETCH(int, dimension);
        QFETCH(double, base);
        QFETCH(QString, text);
        const RotaryReading reading = read(type.toUtf8().constData(), json.toStdString());
        if (text.isEmpty()) {  // 51.2 numbers of 128 are no pairs
            QVERIFY(!reading.settings);
            QVERIFY2(reading.unknown.find("turned part") != std::string::npos, reading.unknown.c_str());
            return;
        }
        QVERIFY2(reading.settings, reading.unknown.c_str());
        QVERIFY(reading.unknown.empty());
        QCOMPARE(reading.settings->dimension, static_cast<std::size_t>(dimension));
        QCOMPARE(reading.settings->base, base);
        QCOMPARE(QString::fromStdString(rotaryText(*reading.settings)), text);
    }

    void readsAllNumbersOfAScaling() {
        const RotaryReading llama = read("llama", R"({"num_attention_heads":32,"rope_theta":500000.0,
            "max_position_embeddings":131072,"rope_scaling":{"factor":8.0,"low_freq_factor":1.5,
            "high_freq_factor":6.0,"original_max_position_embeddings":8192,"rope_type":"llama3"}})");
        QVERIFY2(llama.settings, llama.unknown.c_str());
        RotaryScaling expected;
        expected.kind = RotaryScalingKind::Llama3;
        expected.factor = 8;
        expected.originalLength = 8192;
        expected.lowFrequencyFactor = 1.5;
        expected.highFrequencyFactor = 6;
        QVERIFY(llama.settings->scaling == expected);
        QCOMPARE(llama.settings->headDimension, std::size_t(128));
        QCOMPARE(llama.settings->longest, std::size_t(131072));
        QVERIFY(llama.settings->layout == RotaryLayout::Split);

        const RotaryReading yarn = read("qwen2", R"({"num_attention_heads":32,"max_position_embeddings":32768,
            "rope_scaling":{"type":"yarn","factor":4.0,"beta_fast":16,"beta_slow":2,"attention_factor":1.25}})");
        QVERIFY2(yarn.settings, yarn.unknown.c_str());
        expected = {};
        expected.kind = RotaryScalingKind::Yarn;
        expected.factor = 4;
        expected.originalLength = 32768;
        expected.attentionFactor = 1.25;
        expected.betaFast = 16;
        expected.betaSlow = 2;
        QVERIFY(yarn.settings->scaling == expected);

        const RotaryReading neighbours = read("cohere", R"({"num_attention_heads":32})");
        QVERIFY(neighbours.settings->layout == RotaryLayout::Interleaved);
    }

    void guessesNothing_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& json, const char* saying) {
            QTest::newRow(name) << QString::fromStdString(json) << QString(saying);
        };
        const auto scaled = [](const char* inside) {
            return std::string(
                       R"({"num_attention_heads":32,"max_position_embeddings":2048,"rope_scaling":{)") +
                   inside + "}}";
        };
        row("no heads", "{}", "how many numbers a head has");
        row("heads that do not divide", R"({"num_attention_heads":3})", "3 heads do not divide");
        row("no heads at all", R"({"num_attention_heads":0})", "num_attention_heads");
        row("a negative head", R"({"head_dim":-64})", "head_dim");
        row("an odd head", R"({"head_dim":63})", "even number up to 63");
        row("a fractional head", R"({"head_dim":64.5})", "head_dim");
        row("a base of 0", R"({"num_attention_heads":32,"rope_theta":0})", "rope_theta");
        row("a base that is text", R"({"num_attention_heads":32,"rope_theta":"10000"})", "rope_theta");
        row("more than a head", R"({"num_attention_heads":32,"partial_rotary_factor":1.5})", "turned part");
        row("an unknown kind", scaled(R"("rope_type":"longrope","factor":4)"), "“longrope” is not known");
        row("no kind", scaled(R"("factor":4)"), "which kind of scaling");
        row("a kind that is a number", scaled(R"("type":4,"factor":4)"), "is not known");
        row("no factor", scaled(R"("type":"linear")"), "has no factor");
        row("a factor of 0", scaled(R"("type":"linear","factor":0)"), "rope_scaling.factor");
        row("a factor below 1", scaled(R"("type":"linear","factor":0.5)"), "has no factor from 1 up");
        row("a factor that is no number", scaled(R"("type":"linear","factor":"NaN")"), "rope_scaling.factor");
        row("a factor of NaN", scaled(R"("type":"linear","factor":NaN)"), "not valid JSON");
        row("a factor beyond all numbers", scaled(R"("type":"linear","factor":1e999)"), "“1e999” is larger");
        row("Llama 3 without its bounds", scaled(R"("type":"llama3","factor":8,"low_freq_factor":1)"),
            "lacks its “high_freq_factor”");
        row("bounds that are crossed",
            scaled(R"("type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":1)"), "not below");
        row("yarn without a length",
            R"({"num_attention_heads":32,"rope_scaling":{"type":"yarn","factor":4}})", "how long the texts");
        row("one for each kind of layer",
            R"({"num_attention_heads":32,"rope_parameters":{"full_attention":{"rope_theta":1e6}}})",
            "which kind of scaling");
    }
    void guessesNothing() {
        QFETCH(QString, json);
        QFETCH(QString, saying);
        const RotaryReading reading = read("llama", json.toStdString());
        QVERIFY(!reading.settings);
        QVERIFY2(QString::fromStdString(reading.unknown).contains(saying), reading.unknown.c_str());
    }
};

QTEST_APPLESS_MAIN(CheckpointRotaryTest)
#include "checkpoint_rotary_test.moc"
