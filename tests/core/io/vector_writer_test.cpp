// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vector_writer.h"

#include "core/io/model_loader.h"
#include "core/io/safetensors.h"
#include "tests/support/data_folder.h"
#include "tests/support/file_bytes.h"
#include "tests/support/model_files.h"
#include "tests/support/process_output.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/stopping_progress.h"

#include <bit>
#include <cstring>
#include <random>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;
namespace fs = std::filesystem;

namespace {

Model modelOf(const std::vector<WordRow>& rows, const fs::path& path = {}) {
    Vocabulary::Builder words;
    std::vector<float> values;
    for (const WordRow& row : rows) {
        words.add(row.word);
        values.insert(values.end(), row.values.begin(), row.values.end());
    }
    Model model;
    model.path = path;
    model.vocabulary = std::make_shared<const Vocabulary>(std::move(words).build(WordMark::None));
    model.table = EmbeddingTable::owned(std::move(values), rows.size(), rows.at(0).values.size());
    return model;
}

/// Any bits that are a number, small and large.
std::vector<WordRow> randomRows(std::size_t rows, std::size_t dimension) {
    std::mt19937 random(3);
    std::vector<WordRow> all;
    for (std::size_t i = 0; i < rows; ++i) {
        WordRow row{"w" + std::to_string(i), {}};
        while (row.values.size() < dimension) {
            const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
            row.values.push_back(value == value ? value : 0.5F);
        }
        all.push_back(std::move(row));
    }
    return all;
}

bool sameBits(const EmbeddingTable& a, const EmbeddingTable& b, std::size_t rows) {
    for (std::uint32_t i = 0; i < rows; ++i) {
        const std::vector<float> x = a.row(Row{i});
        const std::vector<float> y = b.row(Row{i});
        if (x.size() != y.size() || std::memcmp(x.data(), y.data(), x.size() * sizeof(float)) != 0) {
            return false;
        }
    }
    return true;
}

Result<std::vector<std::string>> write(const Model& model, const fs::path& path, std::size_t rows = 1U << 30U,
                                       WorkerPool* pool = nullptr) {
    NoProgress progress;
    return writeVectors(model, *writerForEnding(path), path, {rows, pool}, progress);
}

std::shared_ptr<const Model> load(const fs::path& path) {
    NoProgress progress;
    const auto model = loadModel(path, progress);
    return model.ok() ? model.value() : nullptr;
}

const std::vector<WordRow> pets = {{"cat", {1, 0.1F}}, {"dog", {-1e-5F, 3e20F}}};

}  // namespace

class VectorWriterTest : public QObject {
    Q_OBJECT

  private slots:
    void writesBytesAsTheFormatsSay() {
        const ScratchFolder folder;
        const Model model = modelOf(pets);
        QVERIFY(write(model, folder.path() / "a.bin").ok());
        QVERIFY(fileBytes(folder.path() / "a.bin") == word2Vec(pets));
        QVERIFY(write(model, folder.path() / "a.vec").ok());
        QCOMPARE(fileBytes(folder.path() / "a.vec"), std::string("2 2\ncat 1 0.1\ndog -1e-05 3e+20\n"));
        QVERIFY(write(model, folder.path() / "b.npy").ok());
        const std::string npy = fileBytes(folder.path() / "b.npy");
        QCOMPARE(npy.size(), std::size_t(128 + 16));
        QVERIFY(npy.find("'shape': (2, 2)") != std::string::npos);
        QVERIFY(npy.ends_with(floatBytes({1, 0.1F, -1e-5F, 3e20F})));
        QCOMPARE(fileBytes(folder.path() / "b.txt"), std::string("cat\ndog\n"));
    }

    void aTensorIsReadBackBitForBit() {
        const ScratchFolder folder;
        const std::vector<WordRow> rows = randomRows(2000, 21);
        const Model model = modelOf(rows);
        const fs::path path = folder.path() / "a.safetensors";
        QVERIFY(write(model, path).ok());
        const auto file = MappedFile::open(path).value();
        const auto entries = readSafetensors(*file);
        QVERIFY2(entries.ok(), entries.ok() ? "" : toString(entries.error()).c_str());
        QCOMPARE(entries.value().size(), std::size_t(1));
        const SafetensorsEntry& weight = entries.value().front();
        QCOMPARE(weight.info.name, std::string("weight"));
        QCOMPARE(weight.info.shape, std::vector<std::uint64_t>({2000, 21}));
        QCOMPARE(weight.begin % 8, std::uint64_t(0));
        const auto table =
            EmbeddingTable::mapped(file, DType::F32, 2000, 21, weight.begin, 21 * sizeof(float));
        QVERIFY(sameBits(*model.table, *table.value(), rows.size()));
        QVERIFY(fileBytes(folder.path() / "a.txt").starts_with("w0\nw1\n"));
    }

    void pytorchIsToldTheFile() {
        QCOMPARE(pytorchLine(*writerForEnding("a.npy"), "my \"a\".npy"),
                 std::string("import numpy, torch; embedding = torch.nn.Embedding.from_pretrained("
                             "torch.from_numpy(numpy.load(\"my \\\"a\\\".npy\")))"));
        QVERIFY(pytorchLine(*writerForEnding("a.safetensors"), "a.safetensors")
                    .starts_with("import json, torch; file = open(\"a.safetensors\", \"rb\")"));
        QVERIFY(pytorchLine(*writerForEnding("a.bin"), "a.bin").empty());
        QVERIFY(pytorchLine(*writerForEnding("a.npy"), "a.npy", {true, 3})
                    .ends_with("numpy.load(\"a.npy\")), freeze=False, padding_idx=3)"));
    }

    void pytorchRunsTheLineAsItStands_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("array") << "pets.npy";
        QTest::newRow("tensor") << "my \"pets\".safetensors";
    }
    void pytorchRunsTheLineAsItStands() {
        LEXISCOPE_NEEDS_PYTHON("torch");
        QFETCH(QString, name);
        const ScratchFolder folder;
        const Model model = modelOf(pets);
        const fs::path path = folder.path() / name.toStdString();
        QVERIFY(write(model, path).ok());
        for (const PyTorchUse& use : {PyTorchUse{}, PyTorchUse{true, 1}}) {
            const QString line = QString::fromStdString(pytorchLine(*writerForEnding(path), path, use));
            const QByteArray printed = outputOf(
                python, {QStringLiteral("-c"),
                         line + QStringLiteral("\nprint(embedding.weight.detach().numpy().tobytes().hex(), "
                                               "embedding.weight.requires_grad, embedding.padding_idx)")});
            const QByteArray bytes = QByteArray::fromStdString(floatBytes({1, 0.1F, -1e-5F, 3e20F})).toHex();
            QCOMPARE(printed, bytes + (use.isTrained ? " True 1\n" : " False None\n"));
        }
    }

    void whatIsWrittenIsReadBackBitForBit_data() {
        QTest::addColumn<QString>("ending");
        QTest::newRow("binary") << ".bin";
        QTest::newRow("text") << ".txt";
    }
    void whatIsWrittenIsReadBackBitForBit() {
        QFETCH(QString, ending);
        const ScratchFolder folder;
        const std::vector<WordRow> rows = randomRows(30000, 20);  // several rounds of pieces
        const Model model = modelOf(rows);
        WorkerPool pool(3);
        const fs::path path = folder.path() / ("a" + ending.toStdString());
        for (WorkerPool* workers : {static_cast<WorkerPool*>(nullptr), &pool}) {
            QVERIFY(write(model, path, rows.size(), workers).ok());
            const auto back = load(path);
            QVERIFY(back != nullptr);
            QCOMPARE(back->table->rows(), rows.size());
            QVERIFY(sameBits(*model.table, *back->table, rows.size()));
            QCOMPARE(back->vocabulary->spelling(Row{29999}), std::string_view("w29999"));
        }
        QVERIFY(write(model, path, 7, &pool).ok());
        QCOMPARE(load(path)->table->rows(), std::size_t(7));
    }

    void aRealModelGoesThroughTextAndBack() {
        const ScratchFolder folder;
        const auto model = load(builtinModels() / "wiki-words");
        QVERIFY(model != nullptr);
        QVERIFY(write(*model, folder.path() / "a.txt", 3000).ok());
        const auto text = load(folder.path() / "a.txt");
        QVERIFY(text != nullptr && text->warnings.empty());
        QVERIFY(sameBits(*model->table, *text->table, 3000));
        QVERIFY(write(*text, folder.path() / "a.bin").ok());
        const auto binary = load(folder.path() / "a.bin");
        QVERIFY(binary != nullptr && binary->warnings.empty());
        QVERIFY(sameBits(*model->table, *binary->table, 3000));
        for (std::uint32_t row = 0; row < 3000; ++row) {
            QCOMPARE(binary->vocabulary->spelling(Row{row}), model->vocabulary->spelling(Row{row}));
        }
    }

    void saysWhatBecomesOfWordsThatDoNotFit_data() {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("back");  // empty: refused
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const char* word, const char* file, const char* back,
                            const char* saying) {
            QTest::newRow(name) << QByteArray(word) << QString(file) << QByteArray(back) << QString(saying);
        };
        row("binary, a space", "new york", "a.bin", "new_york",
            "1 word with a space, where this format ends a word");
        row("binary, a newline in it", "a\nb", "a.bin", "a\nb", "");
        row("binary, a newline before it", "\nb", "a.bin", "", "begins with a newline");
        row("binary, no UTF-8", "\xFF\t", "a.bin", "\xFF\t", "");
        row("text, a space", "new york", "a.txt", "new york", "1 word with a space: programs that cut");
        row("text, spaces alone", "  ", "a.txt", "  ", "1 word with a space: programs that cut");
        row("text, a tab", "a\tb", "a.txt", "a\tb", "");
        row("text, a carriage return", "a\rb", "a.txt", "a\rb", "");
        row("text, a carriage return after a number", "x 1\rb", "a.txt", "", "cannot be told from");
        row("text, a newline", "a\nb", "a.txt", "", "cannot be told from");
        row("text, a number at its end", "windows 3.1", "a.txt", "", "cannot be told from");
        row("text, a whole number at its end", "windows 95", "a.txt", "windows 95", "1 word with a space");
        row("text, no characters", "", "a.txt", "", "");
        row("array, a newline", "a\nb", "a.npy", "", "holds a newline");
        row("array, a space", "new york", "a.npy", "-", "");
    }
    void saysWhatBecomesOfWordsThatDoNotFit() {
        QFETCH(QByteArray, word);
        QFETCH(QString, file);
        QFETCH(QByteArray, back);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        const fs::path path = folder.path() / file.toStdString();
        const Model model = modelOf({{"cat", {1, 2}}, {word.toStdString(), {3, 4}}});
        const auto written = write(model, path);
        if (back.isEmpty() && !word.isEmpty()) {
            QVERIFY(!written.ok());
            QCOMPARE(written.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(written.error().where, std::string("row 1"));
            QVERIFY2(QString::fromStdString(written.error().what).contains(saying),
                     written.error().what.c_str());
            QVERIFY(fs::is_empty(folder.path()));
            return;
        }
        QVERIFY2(written.ok(), written.ok() ? "" : toString(written.error()).c_str());
        QCOMPARE(written.value().size(), std::size_t(saying.isEmpty() ? 0 : 1));
        if (!saying.isEmpty()) {
            QVERIFY2(QString::fromStdString(written.value()[0]).contains(saying), written.value()[0].c_str());
            QVERIFY(QString::fromStdString(written.value()[0]).contains(QStringLiteral("row 1: \"")));
        }
        if (file != QStringLiteral("a.npy")) {
            const auto read = load(path);
            QVERIFY(read != nullptr);
            QCOMPARE(QByteArray::fromStdString(std::string(read->vocabulary->spelling(Row{1}))), back);
            QVERIFY(read->table->row(Row{1}) == (std::vector<float>{3, 4}));
        }
    }

    void whatFailsLeavesTheOldFilesWhole() {
        const ScratchFolder folder;
        folder.write("a.npy", "old numbers");
        folder.write("a.txt", "old words");
        StoppingProgress hasty(1);
        const auto stopped = writeVectors(modelOf(randomRows(30000, 20)), *writerForEnding("a.npy"),
                                          folder.path() / "a.npy", {30000, nullptr}, hasty);
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(fileBytes(folder.path() / "a.npy"), std::string("old numbers"));
        QCOMPARE(fileBytes(folder.path() / "a.txt"), std::string("old words"));
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()),
                 std::ptrdiff_t(2));
        QVERIFY(!write(modelOf(pets), folder.path() / "none" / "a.bin").ok());
        NoProgress progress;
        QVERIFY(!writeVectors(modelOf(randomRows(3000, 20)), *writerForEnding("a.bin"), "/dev/full",
                              {3000, nullptr}, progress)
                     .ok());
    }

    void theWordsNeverReplaceTheModel() {
        const ScratchFolder folder;
        const fs::path path = folder.write("a.txt", "2 2\ncat 1 2\ndog 3 4\n");
        const auto written = write(modelOf(pets, path), folder.path() / "a.npy");
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::InvalidArgument);
        QVERIFY(fileBytes(path).starts_with("2 2\n"));
        // The model's own file may be named: it is read before it is replaced.
        const auto model = load(path);
        QVERIFY(write(*model, path, 1).ok());
        QCOMPARE(fileBytes(path), std::string("1 2\ncat 1 2\n"));
    }

    void endingsTellTheFormat() {
        QCOMPARE(writerForEnding("a.bin")->format, std::string_view("word2vec binary"));
        QCOMPARE(writerForEnding("a.b/c.txt")->name, std::string_view("word2vec-text"));
        QCOMPARE(writerForEnding("a.vec")->name, std::string_view("word2vec-text"));
        QCOMPARE(writerForEnding("a.npy")->name, std::string_view("npy"));
        QVERIFY(writerForEnding("a") == nullptr && writerForEnding("a.txt.gz") == nullptr);
        QCOMPARE(labelsPath("x/a.npy"), fs::path("x/a.txt"));
    }

    void reportsRows() {
        StoppingProgress patient(1000);
        const ScratchFolder folder;
        QVERIFY(writeVectors(modelOf(randomRows(30000, 200)), *writerForEnding("a.bin"),
                             folder.path() / "a.bin", {30000, nullptr}, patient)
                    .ok());
        QVERIFY(patient.reports.size() >= 2);
        QCOMPARE(patient.reports.back().done, std::uint64_t(30000));
        QCOMPARE(patient.reports.back().total, std::uint64_t(30000));
        QCOMPARE(patient.reports.back().unit, std::string("rows"));
    }
};

QTEST_APPLESS_MAIN(VectorWriterTest)
#include "vector_writer_test.moc"
