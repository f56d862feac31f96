// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: positions.
#include "core/base/byte_alphabet.h"
#include "tests/support/model_files.h"
#include "tests/support/other_programs.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include <QTest>

using namespace lexiscope::test;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

/// What a reader of .npy sees; empty where the file is none of the kind that is written.
struct Npy {
    std::string shape;
    std::vector<float> values;
};

Npy readNpy(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream stream;
    stream << file.rdbuf();
    const std::string bytes = stream.str();
    if (!bytes.starts_with(std::string("\x93NUMPY\x01\x00", 8))) {
        return {};
    }
    const std::size_t header =
        static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    const std::string description = bytes.substr(10, header);
    const std::string before = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    if ((10 + header) % 64 != 0 || !description.starts_with(before)) {
        return {};
    }
    Npy npy{description.substr(before.size(), description.find(')') - before.size()), {}};
    npy.values.resize((bytes.size() - 10 - header) / sizeof(float));
    std::memcpy(npy.values.data(), bytes.data() + 10 + header, npy.values.size() * sizeof(float));
    return npy;
}

/// A GPT-2 folder of 256 bytes as tokens, two dimensions, and these positions.
void writeGpt2(const ScratchFolder& folder, const std::vector<float>& positions) {
    std::string vocabulary = "{";
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::string spelling = lexiscope::spellingOfBytes(std::string(1, static_cast<char>(byte)));
        if (spelling == "\"" || spelling == "\\") {
            spelling.insert(0, "\\");
        }
        vocabulary += (byte == 0 ? "\"" : ",\"") + spelling + "\":" + std::to_string(byte);
    }
    folder.write("vocab.json", vocabulary + "}");
    folder.write("merges.txt", "#version: 0.2\n");
    const std::string rows = std::to_string(positions.size() / 2);
    folder.write("config.json",
                 R"({"model_type":"gpt2","vocab_size":256,"n_embd":2,"n_positions":)" + rows + "}");
    const std::string tokens = floatBytes(std::vector<float>(512, 0.5F));
    const std::string header =
        "{" + tensorJson("wte.weight", "F32", "256,2", 0, tokens.size()) + "," +
        tensorJson("wpe.weight", "F32", rows + ",2", tokens.size(), tokens.size() + positions.size() * 4) +
        "}";
    folder.write("model.safetensors", safetensors(header, tokens + floatBytes(positions)));
}

}  // namespace

class PositionsCommandTest : public QObject {
    Q_OBJECT

  private:
    /// Runs `positions` with these arguments; fails the test where that does not end well.
    Npy make(const QStringList& arguments) {
        const std::filesystem::path out = m_folder.path() / "out.npy";
        std::filesystem::remove(out);
        const Outcome outcome = runProgram(QStringList{"positions"} + arguments +
                                           QStringList{"--out", QString::fromStdString(out.string())});
        m_outcome = outcome;
        return outcome.status == 0 ? readNpy(out) : Npy();
    }

    const ScratchFolder m_folder;
    Outcome m_outcome;

  private slots:
    void sinusoidalIsThePapers() {
        const Npy npy = make({"--length", "40", "--dimension", "9"});
        QVERIFY2(m_outcome.status == 0, m_outcome.errors.c_str());
        QCOMPARE(npy.shape, std::string("40, 9"));
        QCOMPARE(npy.values.size(), std::size_t(360));
        for (int p = 0; p < 40; ++p) {
            for (int d = 0; d < 9; ++d) {
                const double angle = p / std::pow(10000.0, (d - d % 2) / 9.0);
                const double expected = d % 2 == 0 ? std::sin(angle) : std::cos(angle);
                QVERIFY(std::abs(static_cast<double>(npy.values[static_cast<std::size_t>(p * 9 + d)]) -
                                 expected) < 1e-6);
            }
        }
        QVERIFY(m_outcome.output.find("40 × 9") != std::string::npos);
        const Npy split = make({"--kind", "sinusoidal", "--length", "2", "--dimension", "4", "--base", "1e2",
                                "--layout", "split"});
        QCOMPARE(split.values.size(), std::size_t(8));
        QCOMPARE(split.values[5], static_cast<float>(std::sin(0.1)));
        QCOMPARE(split.values[6], static_cast<float>(std::cos(1)));
    }

    void learnedAreTheModelsOwnBitForBit() {
        const ScratchFolder models;
        const std::vector<float> positions = {1, 2, 0.1F, -4, 5e-9F, 6};
        writeGpt2(models, positions);
        const QString model = QString::fromStdString(models.path().string());
        const Npy all = make({"--kind", "learned", "--model", model});
        QVERIFY2(m_outcome.status == 0, m_outcome.errors.c_str());
        QCOMPARE(all.shape, std::string("3, 2"));
        QCOMPARE(floatBytes(all.values), floatBytes(positions));
        const Npy some = make({"--kind", "learned", "--model", model, "--length", "2", "--dimension", "2"});
        QCOMPARE(some.shape, std::string("2, 2"));
        QCOMPARE(floatBytes(some.values), floatBytes({1, 2, 0.1F, -4}));
        make({"--kind", "learned", "--model", model, "--length", "4"});
        QCOMPARE(m_outcome.status, 1);
        QVERIFY2(m_outcome.errors.find("has 3 positions, not 4") != std::string::npos,
                 m_outcome.errors.c_str());
        make({"--kind", "learned", "--model", model, "--dimension", "4"});
        QCOMPARE(m_outcome.status, 1);
        QVERIFY2(m_outcome.errors.find("have 2 numbers, not 4") != std::string::npos,
                 m_outcome.errors.c_str());
    }

    void theSizeOfAModelIsTheDefault() {
        QCOMPARE(make({"--model", gpt2}).shape, std::string("128, 128"));
        QCOMPARE(make({"--model", words, "--length", "7"}).shape, std::string("7, 100"));
        make({"--model", words});
        QCOMPARE(m_outcome.status, 1);
        QVERIFY2(m_outcome.errors.find("say it with --length") != std::string::npos,
                 m_outcome.errors.c_str());
        make({"--kind", "learned", "--model", words});
        QCOMPARE(m_outcome.status, 1);
        QVERIFY2(m_outcome.errors.starts_with("lexiscope: builtin:wiki-words: "), m_outcome.errors.c_str());
    }

    void theOthersHaveTheAgreedShapes() {
        const Npy rotary = make({"--kind", "rotary", "--length", "3", "--dimension", "4", "--base", "100"});
        QCOMPARE(rotary.shape, std::string("3, 4"));
        const std::vector<double> second = {std::cos(1), std::cos(0.1), std::sin(1), std::sin(0.1)};
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY(std::abs(static_cast<double>(rotary.values[4 + i]) - second[i]) < 1e-7);
        }
        const Npy alibi = make({"--kind", "alibi", "--length", "2", "--dimension", "64", "--heads", "3"});
        QCOMPARE(alibi.shape, std::string("3, 2, 2"));
        QCOMPARE(alibi.values, (std::vector<float>{0, -0.0625F, -0.0625F, 0, 0, -0.00390625F, -0.00390625F, 0,
                                                   0, -0.25F, -0.25F, 0}));
        const Npy t5 = make({"--kind", "t5", "--length", "3"});
        QCOMPARE(t5.shape, std::string("3, 3"));
        QCOMPARE(t5.values, (std::vector<float>{0, 17, 18, 1, 0, 17, 2, 1, 0}));
    }

    void rotaryAsNumPyHasIt_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("reference");
        const auto row = [](const char* name, const QStringList& arguments, const char* reference) {
            QTest::newRow(name) << arguments << QString::fromUtf8(reference);
        };
        const QStringList size{"--length", "700", "--dimension", "64"};
        row("halves", size, "700, 64, 1e4, 'split', 'none'");
        row("pairs", size + QStringList{"--layout", "interleaved"}, "700, 64, 1e4, 'interleaved', 'none'");
        row("linear", size + QStringList{"--scaling", "linear", "--factor", "2.5"},
            "700, 64, 1e4, 'split', 'linear', s=2.5");
        row("dynamic",
            size + QStringList{"--scaling", "dynamic", "--factor", "2", "--original-length", "256"},
            "700, 64, 1e4, 'split', 'dynamic', s=2, T=256");
        row("yarn", size + QStringList{"--scaling", "yarn", "--factor", "4", "--original-length", "256"},
            "700, 64, 1e4, 'split', 'yarn', s=4, T=256");
        row("yarn of one's own",
            size + QStringList{"--scaling", "yarn", "--factor", "16", "--original-length", "4096",
                               "--attention-factor", "0.75", "--beta-fast", "64", "--beta-slow", "2",
                               "--layout", "interleaved"},
            "700, 64, 1e4, 'interleaved', 'yarn', s=16, T=4096, att=0.75, bf=64, bs=2");
        row("Llama 3.1",
            {"--length", "3000", "--dimension", "128", "--base", "500000", "--scaling", "llama3", "--factor",
             "8", "--original-length", "8192"},
            "3000, 128, 5e5, 'split', 'llama3', s=8, T=8192");
        row("llama3 of one's own",
            size + QStringList{"--scaling", "llama3", "--factor", "32", "--original-length", "128",
                               "--low-frequency-factor", "2", "--high-frequency-factor", "8"},
            "700, 64, 1e4, 'split', 'llama3', s=32, T=128, lo=2, hi=8");
        row("one pair",
            {"--length", "99", "--dimension", "2", "--scaling", "dynamic", "--factor", "8",
             "--original-length", "10"},
            "99, 2, 1e4, 'split', 'dynamic', s=8, T=10");
        row("one position",
            {"--length", "1", "--dimension", "64", "--scaling", "yarn", "--factor", "8", "--original-length",
             "10"},
            "1, 64, 1e4, 'split', 'yarn', s=8, T=10");
        row("a huge base",
            {"--length", "5000", "--dimension", "128", "--base", "1e9", "--scaling", "yarn", "--factor", "1",
             "--original-length", "4096"},
            "5000, 128, 1e9, 'split', 'yarn', s=1, T=4096");
    }
    // The formulas as the programs of others state them, with frequencies in place of divisors.
    void rotaryAsNumPyHasIt() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, reference);
        const Npy npy = make(QStringList{"--kind", "rotary"} + arguments);
        QVERIFY2(m_outcome.status == 0, m_outcome.errors.c_str());
        QCOMPARE(m_outcome.errors, std::string());
        const QString script = QStringLiteral(R"(
import math, sys, numpy as np
def table(L, D, base, layout, kind, s=1, T=1, att=None, bf=32, bs=1, lo=1, hi=4):
    k = np.arange(0, D, 2, dtype=np.float64)
    m = 1
    if kind == 'dynamic' and D > 2:
        base = base * (s * max(L, T) / T - (s - 1)) ** (D / (D - 2))
    f = 1 / base ** (k / D)
    if kind == 'linear':
        f = f / s
    if kind == 'yarn':
        at = lambda turns: D * math.log(T / (turns * 2 * math.pi)) / (2 * math.log(base))
        low, high = max(math.floor(at(bf)), 0), min(math.ceil(at(bs)), D - 1)
        ramp = np.clip((np.arange(D // 2) - low) / (high - low + (0.001 if low == high else 0)), 0, 1)
        f = f / s * ramp + f * (1 - ramp)
        m = 0.1 * math.log(s) + 1 if att is None else att
    if kind == 'llama3':
        wave = 2 * np.pi / f
        smooth = (T / wave - lo) / (hi - lo)
        f = np.where(wave < T / hi, f, np.where(wave > T / lo, f / s, (1 - smooth) * f / s + smooth * f))
    angle = np.outer(np.arange(L), f)
    parts = [m * np.cos(angle), m * np.sin(angle)]
    return np.hstack(parts) if layout == 'split' else np.stack(parts, axis=2).reshape(L, D)
print(np.abs(np.load(sys.argv[1]) - table(%1)).max()))")
                                   .arg(reference);
        const QByteArray difference = outputOf(
            QStringLiteral("/usr/bin/python3"),
            {QStringLiteral("-c"), script, QString::fromStdString((m_folder.path() / "out.npy").string())});
        bool isNumber = false;
        QVERIFY2(difference.trimmed().toDouble(&isNumber) < 1e-6 && isNumber, difference.constData());
    }

    void optionsWithoutEffectAreToldOf() {
        make({"--kind", "t5", "--length", "3", "--heads", "2"});
        QCOMPARE(m_outcome.status, 0);
        QCOMPARE(m_outcome.errors, std::string("lexiscope: warning: --heads: changes nothing for t5\n"));
        make({"--kind", "rotary", "--length", "3", "--dimension", "2", "--scaling", "linear", "--factor", "2",
              "--beta-fast", "9"});
        QCOMPARE(m_outcome.status, 0);
        QCOMPARE(m_outcome.errors,
                 std::string("lexiscope: warning: --beta-fast: changes nothing for scaling linear\n"));
    }

    void endsWithTheRightStatus_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, int status, const char* says) {
            QTest::newRow(name) << arguments << status << QString::fromUtf8(says);
        };
        const QStringList size{"--length", "4", "--dimension", "4"};
        row("no length", {"--dimension", "4"}, 2, "--length L is missing");
        row("no dimension", {"--length", "4"}, 2, "--dimension D is missing");
        row("a length of zero", {"--length", "0", "--dimension", "4"}, 2, "--length: takes a whole number");
        row("a dimension of zero", {"--length", "4", "--dimension", "0"}, 2, "--dimension: takes a whole");
        row("too long", {"--length", "1048577", "--dimension", "4"}, 2, "from 1 to 1,048,576");
        row("too wide", {"--length", "4", "--dimension", "99999999999999999999"}, 2, "from 1 to 65,536");
        row("too much together", {"--length", "1048576", "--dimension", "65536"}, 1,
            "1,048,576 × 65,536 values are more than 268,435,456");
        row("a base of zero", size + QStringList{"--base", "0"}, 2, "--base: takes a number above 0");
        row("a base that is none", size + QStringList{"--base", "ten"}, 2, "--base: takes a number above 0");
        row("another kind", size + QStringList{"--kind", "spiral"}, 2, "--kind: takes one of");
        row("another layout", size + QStringList{"--layout", "woven"}, 2, "--layout: takes one of");
        row("learned of no model", {"--kind", "learned"}, 2, "--model M is missing");
        row("alibi without heads", {"--kind", "alibi", "--length", "4"}, 2, "--heads H is missing");
        row("half a pair", {"--kind", "rotary", "--length", "4", "--dimension", "5"}, 2, "an even number");
        const QStringList rotary = size + QStringList{"--kind", "rotary", "--scaling"};
        row("another scaling", rotary + QStringList{"stretch"}, 2, "--scaling: takes one of");
        row("scaling without a factor", rotary + QStringList{"linear"}, 2, "--factor S is missing");
        row("scaling of no length", rotary + QStringList{"yarn", "--factor", "2"}, 2,
            "--original-length T is missing");
        row("a factor of zero", rotary + QStringList{"linear", "--factor", "0"}, 2,
            "--factor: takes a number above 0");
        row("a factor below one", rotary + QStringList{"linear", "--factor", "0.5"}, 1,
            "factor: is no number from 1 up");
        row("an operand", size + QStringList{"model"}, 2, "model: one argument too many");
        row("a model that is not there", size + QStringList{"--model", "no/such/model"}, 1, "no/such/model");
    }
    void endsWithTheRightStatus() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, says);
        make(arguments);
        QCOMPARE(m_outcome.status, status);
        QVERIFY2(m_outcome.errors.find(says.toStdString()) != std::string::npos, m_outcome.errors.c_str());
        QVERIFY(!std::filesystem::exists(m_folder.path() / "out.npy"));
    }

    void theFileIsNeeded() {
        const QStringList call = {"positions", "--length", "4", "--dimension", "4"};
        QCOMPARE(runProgram(call).status, 2);
        const Outcome ending = runProgram(call + QStringList{"--out", "positions.txt"});
        QCOMPARE(ending.status, 2);
        QVERIFY2(ending.errors.find("ends in .npy") != std::string::npos, ending.errors.c_str());
        const Outcome nowhere = runProgram(call + QStringList{"--out", "/no/such/folder/positions.npy"});
        QCOMPARE(nowhere.status, 1);
        QVERIFY2(nowhere.errors.find("/no/such/folder") != std::string::npos, nowhere.errors.c_str());
    }
};

QTEST_GUILESS_MAIN(PositionsCommandTest)
#include "positions_command_test.moc"
