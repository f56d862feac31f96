// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program: its usage, its errors, info, vector, tokens and decode.
#include "tests/support/data_folder.h"
#include "tests/support/file_bytes.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <bit>
#include <random>
#include <set>

#include <QRegularExpression>
#include <QTest>

using namespace lexiscope::test;

namespace {

const QString gpt2 = QStringLiteral("builtin:tiny-gpt2");
const QString words = QStringLiteral("builtin:wiki-words");

std::set<std::string> keysOf(const nlohmann::json& object) {
    std::set<std::string> keys;
    for (const auto& member : object.items()) {
        keys.insert(member.key());
    }
    return keys;
}

std::string randomBytes(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random() & 255U);
    }
    return bytes;
}

std::string fromHex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

QStringList splitWords(const std::string& text) {
    return QString::fromStdString(text).split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
}

bool isOneErrorLine(const std::string& errors) {
    return errors.starts_with("lexiscope: ") && std::count(errors.begin(), errors.end(), '\n') == 1 &&
           errors.back() == '\n';
}

}  // namespace

class CommandLineTest : public QObject {
    Q_OBJECT

  private slots:
    void endsWithTheRightStatus_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QStringList& arguments, int status, const char* says) {
            QTest::newRow(name) << arguments << status << QString::fromUtf8(says);
        };
        row("no model", {"info"}, 2, "info: an argument is missing");
        row("two models", {"info", gpt2, words}, 2, "builtin:wiki-words: one argument too many");
        row("unknown option", {"info", gpt2, "--yaml"}, 2, "--yaml: unknown option");
        row("unknown short option", {"info", gpt2, "-x"}, 2, "-x: unknown option");
        row("a flag with a value", {"info", gpt2, "--json=1"}, 2, "--json: takes no value");
        row("an option without its value", {"neighbors", words, "cat", "-k"}, 2, "-k: needs a value");
        row("k of zero", {"neighbors", words, "cat", "-k", "0"}, 2, "-k: takes a whole number");
        row("k that is no number", {"neighbors", words, "cat", "-k", "3x"}, 2, "-k: takes a whole number");
        row("unknown metric", {"neighbors", words, "cat", "--metric", "taxi"}, 2, "--metric: takes one of");
        row("no token", {"neighbors", words}, 2, "neighbors: an argument is missing");
        row("one token", {"similarity", words, "cat"}, 2, "similarity: an argument is missing");
        row("analogy of nothing", {"analogy", words}, 2, "--positive W… is missing");
        row("an empty list", {"analogy", words, "--positive", "--json"}, 2,
            "--positive: needs at least one word");
        row("a product of no positives", {"analogy", words, "--negative", "cat", "--method", "mul"}, 2,
            "--positive");
        row("no IDs", {"decode", gpt2}, 2, "decode: an argument is missing");
        row("an ID that is no number", {"decode", gpt2, "x"}, 2, "x: is no token ID");
        row("an ID beyond the vocabulary", {"decode", gpt2, "16384"}, 1, "16384: ");
        row("an ID beyond all numbers", {"decode", gpt2, "99999999999999999999999"}, 1,
            "no token has this ID");
        row("text and file", {"tokens", gpt2, "--text", "a", "--file", "b"}, 2, "exclude each other");
        row("an empty separator", {"tokens", gpt2, "--text", "a", "--separator", ""}, 2,
            "--separator: must not be");
        row("no such text file", {"tokens", gpt2, "--file", "/nowhere/text"}, 1, "/nowhere/text: ");
        row("a folder as text file", {"tokens", gpt2, "--file", "/"}, 1, "/: ");
        row("too many dimensions", {"project", words, "--dimensions", "51"}, 2,
            "--dimensions: takes a whole number");
        row("no dimensions", {"project", words, "--dimensions", "0"}, 2,
            "--dimensions: takes a whole number");
        row("coordinates as a picture", {"project", words, "--out", "f.png"}, 2, "--out: ");
        row("unknown projection", {"project", words, "--method", "lda"}, 2, "--method: takes one of");
        row("a figure of nothing", {"render", "nothing", "--out", "f.png"}, 2, "nothing: ");
        row("a figure to nowhere", {"render", "window"}, 2, "--out");
        row("a size that is none", {"render", "window", "--out", "f.png", "--size", "large"}, 2, "--size: ");
        row("a window on five models", {gpt2, gpt2, gpt2, gpt2, gpt2}, 2, "one argument too many");
        row("an option the window has not", {"--fullscreen"}, 2, "--fullscreen: unknown option");
        row("neither command nor model", {"frobnicate"}, 1, "frobnicate: ");
        row("a command that is none, with options", {"frobnicate", "--fast"}, 1, "frobnicate: ");
        row("a model without a name", {"info", ""}, 1, "“”: ");
        row("a token without characters", {"vector", words, ""}, 1, "“”: ");
        row("words that cancel out", {"analogy", words, "--positive", "cat", "--negative", "cat"}, 1,
            "cat − cat: ");
        row("no such model", {"info", "/nowhere/model.bin"}, 1, "/nowhere/model.bin: ");
        row("no such built-in model", {"info", "builtin:nothing"}, 1, "tiny-gpt2");
        row("a dash is a word", {"vector", words, "--", "--json"}, 1, "--json: ");
    }
    void endsWithTheRightStatus() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, says);
        const Outcome outcome = runProgram(arguments);
        QVERIFY2(outcome.status == status, outcome.errors.c_str());
        QVERIFY2(isOneErrorLine(outcome.errors), outcome.errors.c_str());
        QVERIFY2(outcome.errors.find(says.toStdString()) != std::string::npos, outcome.errors.c_str());
        QVERIFY2(outcome.output.empty(), outcome.output.c_str());
    }

    void helpIsPrintedOnStandardOutput() {
        const Outcome overview = runProgram({"--help"});
        QCOMPARE(overview.status, 0);
        QVERIFY(overview.errors.empty());
        for (const char* name : {"info", "tokens", "decode", "vector", "neighbors", "similarity", "analogy",
                                 "odd-one-out", "project", "compare", "render"}) {
            QVERIFY2(overview.output.find(std::string("\n  ") + name) != std::string::npos, name);
            const Outcome help = runProgram({QString::fromLatin1(name), "--help"});
            QCOMPARE(help.status, 0);
            QVERIFY(help.output.starts_with(std::string("Usage: lexiscope ") + name));
        }
        const Outcome version = runProgram({"--version"});
        QCOMPARE(version.status, 0);
        QVERIFY(version.output.starts_with("lexiscope "));
    }

    void aFullDiskIsAFailure() {
        if (!std::filesystem::exists("/dev/full")) {
            QSKIP("this system has no /dev/full");
        }
        for (const QStringList& arguments :
             {QStringList{"--help"}, QStringList{"info", gpt2}, QStringList{"project", words},
              QStringList{"decode", gpt2, "65"}}) {
            const Outcome outcome = runProgram(arguments, {}, "/dev/full");
            QCOMPARE(outcome.status, 1);
            QVERIFY2(isOneErrorLine(outcome.errors), outcome.errors.c_str());
            QVERIFY(outcome.errors.find("standard output") != std::string::npos);
        }
    }

    void infoSaysWhatAModelHolds() {
        const Outcome outcome = runProgram({"info", gpt2, "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json info = outcome.json();
        const std::set<std::string> keys = {"format",    "vocab_size", "dimension", "dtype",   "weights",
                                            "file_size", "tokenizer",  "positions", "tensors", "warnings"};
        QVERIFY(keysOf(info) == keys);
        QCOMPARE(info["vocab_size"].get<int>(), 16384);
        QCOMPARE(info["dimension"].get<int>(), 128);
        QCOMPARE(info["weights"].get<int>(), 16384 * 128);
        QCOMPARE(info["dtype"].get<std::string>(), std::string("F32"));
        QCOMPARE(info["positions"].get<int>(), 128);
        QCOMPARE(info["tokenizer"].get<std::string>(), std::string("byte-level BPE"));
        QCOMPARE(info["file_size"].get<std::uintmax_t>(),
                 std::filesystem::file_size(builtinModels() / "tiny-gpt2/model.safetensors"));
        const nlohmann::json& tensors = info["tensors"];
        const auto wte = std::find_if(tensors.begin(), tensors.end(), [](const nlohmann::json& tensor) {
            return tensor["name"].get<std::string>().ends_with("wte.weight");
        });
        QVERIFY(wte != tensors.end());
        QVERIFY((*wte)["shape"] == nlohmann::json({16384, 128}));
        QCOMPARE((*wte)["dtype"].get<std::string>(), std::string("F32"));

        const nlohmann::json other = runProgram({"info", words, "--json"}).json();
        QVERIFY(keysOf(other) == keys);
        QCOMPARE(other["vocab_size"].get<int>(), 20000);
        QVERIFY(other["positions"].is_null());
        QVERIFY(runProgram({"info", words}).output.find("20,000 × 100 = 2,000,000") != std::string::npos);
    }

    void theVectorOfATokenIsItsRowBitForBit() {
        const std::string file = fileBytes(builtinModels() / "tiny-gpt2/model.safetensors");
        QVERIFY(file.size() > 8);
        std::uint64_t headerSize = 0;
        std::memcpy(&headerSize, file.data(), 8);
        const nlohmann::json header = nlohmann::json::parse(file.substr(8, headerSize));
        const char* name = header.contains("wte.weight") ? "wte.weight" : "transformer.wte.weight";
        const std::size_t begin = 8 + headerSize + header[name]["data_offsets"][0].get<std::size_t>();
        for (const char* token : {"Ġking", "Ġthe", "!", "<|endoftext|>"}) {
            const Outcome outcome = runProgram({"vector", gpt2, QString::fromUtf8(token), "--json"});
            QVERIFY2(outcome.status == 0, outcome.errors.c_str());
            const nlohmann::json vector = outcome.json();
            QVERIFY((keysOf(vector) == std::set<std::string>{"token", "id", "values"}));
            QCOMPARE(vector["token"].get<std::string>(), std::string(token));
            QCOMPARE(vector["values"].size(), std::size_t(128));
            const std::size_t row = vector["id"].get<std::size_t>();
            for (std::size_t i = 0; i < 128; ++i) {
                std::uint32_t stored = 0;
                std::memcpy(&stored, file.data() + begin + (row * 128 + i) * 4, 4);
                QCOMPARE(std::bit_cast<std::uint32_t>(vector["values"][i].get<float>()), stored);
            }
        }
    }

    void numbersSurviveBeingPrinted() {
        const ScratchFolder folder;
        const std::vector<float> values = {0.1F,          -0.0F,       1.0F,  1e-45F,
                                           3.4028235e38F, 16777216.0F, 1e-7F, -123.456F};
        const auto path = folder.write("numbers.bin", word2vecBytes({{"word", values}, {"other", values}}));
        const Outcome outcome =
            runProgram({"vector", QString::fromStdString(path.string()), "word", "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        const nlohmann::json printed = outcome.json()["values"];
        QCOMPARE(printed.size(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            QVERIFY(printed[i].is_number_float());
            QCOMPARE(std::bit_cast<std::uint32_t>(printed[i].get<float>()),
                     std::bit_cast<std::uint32_t>(values[i]));
        }
        QVERIFY(outcome.output.find("[0.1,-0.0,1.0,1e-45,") != std::string::npos);
    }

    void aWordWrittenOtherwiseIsFoundAndSaidSo() {
        const Outcome outcome = runProgram({"vector", words, "Paris", "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QCOMPARE(outcome.json()["token"].get<std::string>(), std::string("paris"));
        QVERIFY(isOneErrorLine(outcome.errors));
        QVERIFY(outcome.errors.find("paris") != std::string::npos);
        const Outcome missing = runProgram({"vector", words, "queeen"});
        QCOMPARE(missing.status, 1);
        QVERIFY2(missing.errors.find("queen") != std::string::npos, missing.errors.c_str());
        QVERIFY(missing.output.empty());
    }

    void tokensComeInFourForms() {
        const QStringList call = {"tokens", gpt2, "--text", "The king", "--format"};
        const nlohmann::json document = runProgram(call + QStringList{"json"}).json();
        const std::size_t count = document["count"].get<std::size_t>();
        QCOMPARE(document["tokens"].size(), count);
        std::string ids;
        std::string text;
        for (const nlohmann::json& token : document["tokens"]) {
            QVERIFY((keysOf(token) ==
                     std::set<std::string>{"id", "token", "text", "bytes", "start", "end", "kind"}));
            QCOMPARE(token["start"].get<std::size_t>(), text.size());
            text += fromHex(token["bytes"].get<std::string>());
            QCOMPARE(token["end"].get<std::size_t>(), text.size());
            QCOMPARE(token["kind"].get<std::string>(), std::string("normal"));
            ids += (ids.empty() ? "" : " ") + std::to_string(token["id"].get<int>());
        }
        QCOMPARE(text, std::string("The king"));
        QCOMPARE(document["tokens"].back()["token"].get<std::string>(), std::string("Ġking"));
        QCOMPARE(document["tokens"].back()["text"].get<std::string>(), std::string(" king"));
        QCOMPARE(runProgram(call + QStringList{"ids"}).output, ids + "\n");
        QCOMPARE(runProgram(call + QStringList{"count"}).output, std::to_string(count) + "\n");
        const std::string table = runProgram(call + QStringList{"table"}).output;
        QCOMPARE(table, runProgram({"tokens", gpt2, "--text", "The king"}).output);
        QVERIFY(table.find("Ġking") != std::string::npos && table.find("·king") != std::string::npos);
    }

    void aTextIsCutAtTheSeparatorAlone() {
        const QStringList call = {"tokens", gpt2, "--format", "count"};
        QCOMPARE(runProgram(call, "").output, std::string("0\n"));
        QCOMPARE(runProgram(call, "\n").output, std::string("1\n"));
        QCOMPARE(runProgram(call + QStringList{"--separator", "\\n"}, "\n").output, std::string("0\n0\n"));
        QCOMPARE(runProgram(call + QStringList{"--separator", "\\n"}, "a\n\nb").output,
                 std::string("1\n0\n1\n"));
        QCOMPARE(runProgram(call + QStringList{"--separator", "\\n--\\n"}, "a\n--\nb\n").output,
                 std::string("1\n2\n"));
        QCOMPARE(runProgram({"tokens", gpt2, "--format", "ids", "--separator", "\\n"}, "\n\n").output,
                 std::string("\n\n\n"));
        const Outcome documents = runProgram({"tokens", gpt2, "--format", "json", "--separator", "|"}, "a|");
        QCOMPARE(std::count(documents.output.begin(), documents.output.end(), '\n'), 2);
        QVERIFY(documents.output.ends_with("{\"count\":0,\"tokens\":[]}\n"));
    }

    void specialTokensAreReadOnlyWhenAsked() {
        const QStringList call = {"tokens", gpt2, "--text", "<|endoftext|>", "--format", "ids"};
        const Outcome plain = runProgram(call);
        const Outcome parsed = runProgram(call + QStringList{"--parse-special"});
        QVERIFY(splitWords(plain.output).size() > 1);
        QCOMPARE(splitWords(parsed.output).size(), 1);
        const nlohmann::json document =
            runProgram({"tokens", gpt2, "--text", "<|endoftext|>", "--parse-special", "--format", "json"})
                .json();
        QCOMPARE(document["tokens"][0]["kind"].get<std::string>(), std::string("special"));
    }

    void anUnknownWordIsShownAndHasNoId() {
        const QStringList call = {"tokens", words, "--text", "king zzyzzx", "--format"};
        QVERIFY(runProgram(call + QStringList{"ids"}).output.ends_with(" -1\n"));
        const nlohmann::json tokens = runProgram(call + QStringList{"json"}).json()["tokens"];
        QCOMPARE(tokens.size(), std::size_t(2));
        QVERIFY(tokens[1]["id"].is_null());
        QCOMPARE(tokens[1]["kind"].get<std::string>(), std::string("unknown"));
        QCOMPARE(tokens[1]["text"].get<std::string>(), std::string("zzyzzx"));
    }

    void anyBytesComeBackFromDecode() {
        for (const unsigned seed : {1U, 2U, 3U}) {
            const std::string bytes = randomBytes(2000, seed);
            const Outcome ids = runProgram({"tokens", gpt2, "--format", "ids"}, bytes);
            QVERIFY2(ids.status == 0, ids.errors.c_str());
            const Outcome decoded = runProgram(QStringList{"decode", gpt2} + splitWords(ids.output));
            QVERIFY2(decoded.status == 0, decoded.errors.c_str());
            QVERIFY(decoded.output == bytes);
            const nlohmann::json document = runProgram({"tokens", gpt2, "--format", "json"}, bytes).json();
            QVERIFY(!document.is_discarded());
            std::string spelled;
            for (const nlohmann::json& token : document["tokens"]) {
                spelled += fromHex(token["bytes"].get<std::string>());
            }
            QVERIFY(spelled == bytes);
        }
    }

    void brokenModelsAreToldInOneLine_data() {
        QTest::addColumn<QByteArray>("bytes");
        const std::string whole = word2vecBytes({{"cat", {1, 2, 3}}, {"dog", {4, 5, 6}}});
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("empty", "");
        row("header alone", "2 3\n");
        row("last row cut short", whole.substr(0, whole.size() - 6));
        row("more rows promised than there are", "200" + whole.substr(1));
        row("rows beyond all memory", "18446744073709551615 300\ncat ");
        row("a dimension of zero", "2 0\ncat dog ");
        row("no model at all", "This is a letter, and no model.\n");
        row("noise", randomBytes(5000, 7));
    }
    void brokenModelsAreToldInOneLine() {
        QFETCH(QByteArray, bytes);
        const ScratchFolder folder;
        const std::string path = folder.write("broken.bin", bytes.toStdString()).string();
        for (const QStringList& call : {QStringList{"info"}, QStringList{"vector"}, QStringList{"tokens"}}) {
            QStringList arguments = call + QStringList{QString::fromStdString(path)};
            arguments += call[0] == "vector" ? QStringList{"cat"} : QStringList{};
            const Outcome outcome = runProgram(arguments, "text");
            QVERIFY2(outcome.status == 1, outcome.errors.c_str());
            QVERIFY2(isOneErrorLine(outcome.errors), outcome.errors.c_str());
            QVERIFY2(outcome.errors.find("broken.bin") != std::string::npos, outcome.errors.c_str());
            QVERIFY(outcome.output.empty());
        }
    }

    void aFolderWithoutAModelIsToldInOneLine() {
        const ScratchFolder folder;
        const Outcome outcome = runProgram({"info", QString::fromStdString(folder.path().string())});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(isOneErrorLine(outcome.errors), outcome.errors.c_str());
    }

    void warningsChangeNoStatus() {
        const ScratchFolder folder;
        const auto path =
            folder.write("double.bin", word2vecBytes({{"cat", {1, 2}}, {"cat", {3, 4}}, {"dog", {5, 6}}}));
        const Outcome outcome = runProgram({"info", QString::fromStdString(path.string()), "--json"});
        QVERIFY2(outcome.status == 0, outcome.errors.c_str());
        QVERIFY(!outcome.json()["warnings"].empty());
        QVERIFY2(outcome.errors.starts_with("lexiscope: warning: "), outcome.errors.c_str());
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
