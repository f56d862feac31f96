// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_loader.h"

#include "tests/support/data_folder.h"
#include "tests/support/gzip.h"
#include "tests/support/model_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/stopping_progress.h"

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

const std::filesystem::path builtins = builtinModels();

Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path) {
    NoProgress progress;
    return loadModel(path, progress);
}

const std::vector<WordRow> pets = {{"cat", {1, 2, 3}}, {"dog", {4, 5, 6}}};

}  // namespace

class ModelLoaderTest : public QObject {
    Q_OBJECT

  private slots:
    void opensTheBuiltInGpt2() {
        const auto path = resolveModel("builtin:tiny-gpt2", builtins);
        QVERIFY(path.ok());
        const auto model = load(path.value());
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        const Model& m = *model.value();
        QCOMPARE(m.name, std::string("tiny-gpt2"));
        QVERIFY(m.warnings.empty());
        QCOMPARE(m.table->rows(), std::size_t(16384));
        QCOMPARE(m.table->dimension(), std::size_t(128));
        QCOMPARE(m.positions->rows(), std::size_t(128));
        QCOMPARE(m.tensors.size(), std::size_t(28));
        // Read from the file by an independent program.
        const auto king = m.vocabulary->find("Ġking");
        QVERIFY(king == Row{2003});
        QCOMPARE(m.table->row(*king).front(), 0x1.d0673cp-5F);
        QCOMPARE(m.table->row(*king).back(), -0x1.f2547p-9F);
        QCOMPARE(m.positions->row(Row{127}).front(), 0x1.63aeap-7F);
        QVERIFY(m.tokenizer != nullptr);
        QCOMPARE(m.tokenizer->vocabularySize(), std::size_t(16384));
    }

    void opensTheBuiltInWords() {
        const auto path = resolveModel("builtin:wiki-words", builtins);
        QVERIFY(path.ok());
        const auto model = load(path.value());
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        const Model& m = *model.value();
        QCOMPARE(m.format, std::string("word2vec binary"));
        QCOMPARE(m.name, std::string("wiki-words"));
        QVERIFY(m.warnings.empty());
        QCOMPARE(m.table->rows(), std::size_t(20000));
        QCOMPARE(m.table->dimension(), std::size_t(100));
        // Read by gensim 4.2.
        QVERIFY(m.vocabulary->find("invariant") == Row{10000});
        QCOMPARE(m.table->row(Row{10000}).front(), 0x1.79bdc6p-3F);
        QCOMPARE(m.table->row(Row{10000}).back(), 0x1.234ad8p-2F);
        QCOMPARE(m.vocabulary->spelling(Row{19999}), std::string_view("mocked"));
        QVERIFY(m.tokenizer != nullptr);
        QVERIFY(m.positions == nullptr && !m.noPositions.empty());
    }

    void readsWordsAsGensimDoes() {
        const std::filesystem::path vectors = dataFolder() / "vectors";
        LEXISCOPE_NEEDS_DATA(vectors);
        const auto google = load(vectors / "googlenews-1000.bin");
        QVERIFY2(google.ok(), google.ok() ? "" : toString(google.error()).c_str());
        QCOMPARE(google.value()->table->rows(), std::size_t(1000));
        QVERIFY(google.value()->vocabulary->find("felt") == Row{500});
        QCOMPARE(google.value()->table->row(Row{500}).front(), -0x1.ad4b28p-6F);
        QCOMPARE(google.value()->table->row(Row{999}).back(), 0x1.2d98c0p-6F);
        QVERIFY(google.value()->warnings.empty());

        const auto euclidean = load(vectors / "gensim-euclidean_vectors.bin");
        QVERIFY2(euclidean.ok(), euclidean.ok() ? "" : toString(euclidean.error()).c_str());
        QCOMPARE(euclidean.value()->table->rows(), std::size_t(2747));
        QVERIFY(euclidean.value()->vocabulary->find("internet") == Row{1373});
        QCOMPARE(euclidean.value()->table->row(Row{1373}).back(), 0x1.cfb388p-5F);
        QCOMPARE(euclidean.value()->table->row(Row{2746}).front(), 0x1.666b1ep-1F);
    }

    void realFilesOfOtherFormatsAreNamed_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("saying");
        QTest::newRow("fastText binary") << "vectors/gensim-toy-model.bin"
                                         << "fastText";
        QTest::newRow("zstd") << "corpus/wiki-en-200mb.txt.zst"
                              << "zstd";
        QTest::newRow("text") << "eval/questions-words.txt"
                              << "text";
        QTest::newRow("pairs of words") << "eval/wordsim353.tsv"
                                        << "text";
        QTest::newRow("pairs of words, many numbers") << "eval/simlex999.txt"
                                                      << "text";
        QTest::newRow("folder without a model") << "eval"
                                                << "folder without a model";
    }
    void realFilesOfOtherFormatsAreNamed() {
        QFETCH(QString, file);
        QFETCH(QString, saying);
        const std::filesystem::path path = dataFolder() / file.toStdString();
        LEXISCOPE_NEEDS_DATA(path);
        const auto model = load(path);
        QVERIFY(!model.ok());
        QCOMPARE(model.error().code, ErrorCode::Unsupported);
        QVERIFY2(QString::fromStdString(model.error().what).contains(saying),
                 toString(model.error()).c_str());
    }

    void filesThatAreNoModelAreNamed_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& bytes, ErrorCode code, const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code)
                                << QString(saying);
        };
        const auto unsupported = [&](const char* name, const std::string& bytes, const char* saying) {
            row(name, bytes, ErrorCode::Unsupported, saying);
        };
        row("nothing", "", ErrorCode::Broken, "empty");
        unsupported("ZIP", "PK\x03\x04xxxx", "ZIP");
        unsupported("pickle", "\x80\x04\x95xxxx", "pickle");
        unsupported("NumPy", "\x93NUMPY\x01", "NumPy");
        unsupported("gzip", "\x1F\x8B\x08", "gzip");
        unsupported("HDF5", "\x89HDF\r\n\x1A\n", "HDF5");
        unsupported("one line of text", "hello", "text");
        unsupported("text after two numbers", "12 30\nand then prose, line by line,\nfor some time\n",
                    "text");
        unsupported("a table of numbers", "0.5 0.25 1\n0.125 2 1\n", "numbers without words");
        unsupported("packed word2vec binary", gzipped(word2Vec(pets)),
                    "word2vec binary file packed with gzip");
        unsupported("packed text", gzipped("It was the best of times,\nit was the worst."),
                    "text packed with gzip");
        unsupported("packed bytes", gzipped(std::string("\x01\xFF\x00\xFE", 4)), "packed with gzip");
        unsupported("text in a ZIP archive",
                    std::string("PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x11\0\0\0", 30) +
                        "glove.6B.300d.txt" + "packed",
                    "ZIP archive with glove.6B.300d.txt in it");
        unsupported("bytes", std::string("\x01\x02\x00\xFF\xFE", 5), "no format that is known");
        row("word2vec binary cut after the header", "3 4\n", ErrorCode::Broken, "can hold");
        row("word2vec binary cut in its first word", "3 4\nca", ErrorCode::Broken, "can hold");
    }
    void filesThatAreNoModelAreNamed() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QString, saying);
        const ScratchFolder folder;
        const auto path = folder.write("file.bin", bytes.toStdString());
        const auto model = load(path);
        QVERIFY(!model.ok());
        QCOMPARE(static_cast<int>(model.error().code), code);
        QVERIFY2(QString::fromStdString(model.error().what).contains(saying),
                 toString(model.error()).c_str());
        QCOMPARE(model.error().where.find(path.string()), std::size_t(0));
        QVERIFY(!model.error().hint.empty());
    }

    void opensVectorsWrittenAsText_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("dimension");
        const auto row = [](const char* name, const std::string& bytes, const char* format, int rows,
                            int dimension) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(format) << rows << dimension;
        };
        std::string wide;
        for (int i = 0; i < 20000; ++i) {
            wide += " -0.5e-1";
        }
        row("word2vec, one row", "1 3\ncat 0.1 -2e-3 5\n", "word2vec text", 1, 3);
        row("word2vec, word of two words", "1 2\nnew york 0.1 1\n", "word2vec text", 1, 2);
        row("word2vec, long rows", "2 20000\ncat" + wide + "\ndog" + wide + "\n", "word2vec text", 2, 20000);
        row("word2vec, packed", gzipped("1 2\nnew york 0.1 1\n"), "word2vec text, gzip", 1, 2);
        row("GloVe, long rows", "cat" + wide + "\ndog" + wide + "\n", "GloVe text", 2, 20000);
        row("GloVe, long rows, packed", gzipped("cat" + wide + "\ndog" + wide), "GloVe text, gzip", 2, 20000);
        row("GloVe", "cat 0.1 2\ndog 1 2\n", "GloVe text", 2, 2);
    }
    void opensVectorsWrittenAsText() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, format);
        QFETCH(int, rows);
        QFETCH(int, dimension);
        const ScratchFolder folder;
        const auto path = folder.write("pets.any", bytes.toStdString());
        const auto model = load(path);
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QCOMPARE(QString::fromStdString(model.value()->format), format);
        QCOMPARE(model.value()->name, std::string("pets"));
        QCOMPARE(static_cast<int>(model.value()->table->rows()), rows);
        QCOMPARE(static_cast<int>(model.value()->table->dimension()), dimension);
        QCOMPARE(model.value()->fileSize, std::uint64_t(bytes.size()));
        QVERIFY(model.value()->warnings.empty());
        QVERIFY(model.value()->tokenizer != nullptr && !model.value()->noPositions.empty());
    }

    void wordsInAnotherEncodingAreOpened_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("long numbers") << QByteArray("2 3\ncaf\xE9 0.1 2 -3\nnid 1 2 3\n");
        QTest::newRow("short numbers") << QByteArray("2 3\ncaf\xE9 1 0 1\nna\xEFve 0 1 1\n");
    }
    void wordsInAnotherEncodingAreOpened() {
        QFETCH(QByteArray, bytes);
        const ScratchFolder folder;
        const auto model = load(folder.write("words.txt", bytes.toStdString()));
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QVERIFY(model.value()->vocabulary->find("caf\xE9") == Row{0});
        QCOMPARE(model.value()->warnings.size(), std::size_t(1));
    }

    void saysWhenNothingIsThere() {
        const auto model = load(builtins / "absent.bin");
        QVERIFY(!model.ok());
        QCOMPARE(model.error().code, ErrorCode::NotFound);
    }

    void aFolderStandsForTheOneModelInIt() {
        const ScratchFolder folder;
        folder.write("notes.txt", "about these words");
        folder.write("pets.bin", word2Vec(pets));
        const auto one = load(folder.path());
        QVERIFY2(one.ok(), one.ok() ? "" : toString(one.error()).c_str());
        QCOMPARE(one.value()->name, std::string("pets"));

        folder.write("more.bin", word2Vec(pets));
        const auto two = load(folder.path());
        QVERIFY(!two.ok());
        QCOMPARE(two.error().code, ErrorCode::InvalidArgument);
        QVERIFY(two.error().what.find("more.bin and pets.bin") != std::string::npos);

        const ScratchFolder empty;
        const auto none = load(empty.path());
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::Unsupported);
    }

    void stopsWhenAsked() {
        StoppingProgress stopped(0);
        for (const char* name : {"tiny-gpt2", "wiki-words"}) {
            const auto model = loadModel(builtins / name, stopped);
            QVERIFY(!model.ok());
            QCOMPARE(model.error().code, ErrorCode::Cancelled);
        }
        StoppingProgress soon(1);
        const auto words = loadModel(builtins / "wiki-words", soon);
        QVERIFY(!words.ok());
        QCOMPARE(words.error().code, ErrorCode::Cancelled);
    }

    void opensTokenizersAlone() {
        NoProgress progress;
        for (const char* name : {"tiny-gpt2", "tiny-gpt2/vocab.json", "tiny-gpt2/merges.txt"}) {
            const auto tokenizer = loadTokenizer(builtins / name, progress);
            QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
            QCOMPARE(tokenizer.value()->kind(), std::string_view("byte-level BPE"));
        }
        const auto words = loadTokenizer(builtins / "wiki-words", progress);
        QVERIFY(words.ok());
        QCOMPARE(words.value()->vocabularySize(), std::size_t(20000));

        const ScratchFolder folder;
        folder.write("model.safetensors",
                     safetensors("{" + tensorJson("wte.weight", "F32", "1,1", 0, 4) + "}", "abcd"));
        const auto none = loadTokenizer(folder.path(), progress);
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::Unsupported);
        QVERIFY(none.error().what.find("vocab.json") != std::string::npos);
    }

    void resolvesNames() {
        QCOMPARE(resolveModel("some/file.bin", builtins).value(), std::filesystem::path("some/file.bin"));
        QCOMPARE(resolveModel("builtin:wiki-words", builtins).value(), builtins / "wiki-words");
        for (const char* name :
             {"builtin:", "builtin:nothing", "builtin:../models", "builtin:.", "builtin:.."}) {
            const auto path = resolveModel(name, builtins);
            QVERIFY(!path.ok());
            QCOMPARE(path.error().code, ErrorCode::NotFound);
            QCOMPARE(path.error().hint,
                     std::string("there are: builtin:features, builtin:tiny-gpt2, builtin:wiki-words"));
        }
    }
};

QTEST_APPLESS_MAIN(ModelLoaderTest)
#include "model_loader_test.moc"
