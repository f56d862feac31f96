// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_vectors.h"

#include "core/base/gzip_reader.h"
#include "core/io/model_loader.h"
#include "tests/support/data_folder.h"
#include "tests/support/gzip.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/stopping_progress.h"

#include <cmath>
#include <cstring>
#include <unistd.h>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

Result<WordVectors> read(const std::string& bytes, TextVectorOptions options = {}) {
    NoProgress progress;
    const auto file = MappedFile::ofBytes(bytes, "w.txt");
    const std::string sample = beginsAsGzip(bytes) ? unpackedBegin(bytes, 64 << 10) : bytes;
    return readTextVectors(file, textVectorFormat(sample, true), options, progress);
}

/// Row i is "word<i>" and `dimension` numbers made of i.
std::string manyRows(std::size_t rows, std::size_t dimension) {
    std::string text;
    for (std::size_t i = 0; i < rows; ++i) {
        text += "word" + std::to_string(i);
        for (std::size_t j = 0; j < dimension; ++j) {
            text += " " + std::to_string(i) + "." + std::to_string(j);
        }
        text += '\n';
    }
    return text;
}

bool holdsManyRows(const WordVectors& vectors, std::size_t rows, std::size_t dimension) {
    if (vectors.vocabulary->size() != rows || vectors.table->rows() != rows ||
        vectors.table->dimension() != dimension) {
        return false;
    }
    for (std::uint32_t i = 0; i < rows; ++i) {
        if (vectors.vocabulary->spelling(Row{i}) != "word" + std::to_string(i)) {
            return false;
        }
        const std::vector<float> row = vectors.table->row(Row{i});
        for (std::size_t j = 0; j < dimension; ++j) {
            if (row[j] != std::stof(std::to_string(i) + "." + std::to_string(j))) {
                return false;
            }
        }
    }
    return true;
}

/// FNV-1a over the bytes of all numbers.
quint64 hashOf(const EmbeddingTable& table) {
    quint64 hash = 0xcbf29ce484222325U;
    for (std::uint32_t i = 0; i < table.rows(); ++i) {
        const std::vector<float> row = table.row(Row{i});
        std::vector<unsigned char> bytes(row.size() * sizeof(float));
        std::memcpy(bytes.data(), row.data(), bytes.size());
        for (const unsigned char byte : bytes) {
            hash = (hash ^ byte) * 0x100000001b3U;
        }
    }
    return hash;
}

}  // namespace

class TextVectorsTest : public QObject {
    Q_OBJECT

  private slots:
    // The hashes were computed from what gensim 4.2 reads.
    void readsAsGensimDoes_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("dimension");
        QTest::addColumn<quint64>("hash");
        QTest::newRow("fastText, Russian") << "gensim-crime-and-punishment.vec"
                                           << "word2vec text" << 291 << 5 << quint64(0x176deaa16d515672U);
        QTest::newRow("fastText") << "gensim-lee_fasttext.vec"
                                  << "word2vec text" << 1762 << 10 << quint64(0x1abbf2e49645951U);
        QTest::newRow("word2vec") << "gensim-word2vec_pre_kv_c"
                                  << "word2vec text" << 1750 << 10 << quint64(0x7682f6e72a872d49U);
        QTest::newRow("GloVe") << "gensim-test_glove.txt"
                               << "GloVe text" << 76 << 50 << quint64(0xfcdfd420f93f0898U);
    }
    void readsAsGensimDoes() {
        QFETCH(QString, file);
        QFETCH(QString, format);
        QFETCH(int, rows);
        QFETCH(int, dimension);
        QFETCH(quint64, hash);
        const std::filesystem::path path = dataFolder() / "vectors" / file.toStdString();
        LEXISCOPE_NEEDS_DATA(path);
        WorkerPool pool(3);
        NoProgress progress;
        const auto plain = loadModel(path, progress, {&pool, {}});
        QVERIFY2(plain.ok(), plain.ok() ? "" : toString(plain.error()).c_str());

        const ScratchFolder folder;
        const auto file2 = MappedFile::open(path);
        const auto packedPath = folder.write("glove.6B.50d.txt.gz", gzipped(file2.value()->text()));
        const auto packed = loadModel(packedPath, progress, {&pool, {}});
        QVERIFY2(packed.ok(), packed.ok() ? "" : toString(packed.error()).c_str());
        QCOMPARE(packed.value()->name, std::string("glove.6B.50d"));
        QCOMPARE(packed.value()->format, format.toStdString() + ", gzip");

        QCOMPARE(plain.value()->format, format.toStdString());
        for (const auto& model : {plain.value(), packed.value()}) {
            QVERIFY(model->warnings.empty());
            QVERIFY(!model->partOf.has_value());
            QCOMPARE(model->table->rows(), static_cast<std::size_t>(rows));
            QCOMPARE(model->table->dimension(), static_cast<std::size_t>(dimension));
            QCOMPARE(hashOf(*model->table), hash);
            QVERIFY(model->tokenizer != nullptr);
        }
    }

    void readsInPiecesOnManyThreads() {
        WorkerPool pool(4);
        const std::string rows = manyRows(40000, 4);  // more than one piece a block
        for (const std::string& head : {std::string(), std::string("40000 4\n")}) {
            for (const std::size_t block :
                 {std::size_t(1), std::size_t(1000), std::size_t(1) << 20, std::size_t(64) << 20}) {
                if (block == 1 && !head.empty()) {
                    continue;  // a block a line is slow, once is enough
                }
                TextVectorOptions options;
                options.pool = block == 1000 ? nullptr : &pool;
                options.blockBytes = block;
                const auto vectors = read(head + rows, options);
                QVERIFY2(vectors.ok(), vectors.ok() ? "" : toString(vectors.error()).c_str());
                QVERIFY(vectors.value().warnings.empty());
                QVERIFY(holdsManyRows(vectors.value(), 40000, 4));
            }
        }
        TextVectorOptions options;
        options.pool = &pool;
        options.blockBytes = 100000;
        const auto packed = read(gzipped(rows), options);
        QVERIFY(packed.ok());
        QVERIFY(holdsManyRows(packed.value(), 40000, 4));
    }

    void theLastLineNeedsNoEnd() {
        const auto vectors = read("2 2\ncat 1 2\ndog 3 4");
        QVERIFY(vectors.ok());
        QCOMPARE(vectors.value().table->row(Row{1}), (std::vector<float>{3, 4}));
    }

    void warnsOfWhatIsOdd_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("warning");
        const auto row = [](const char* name, const std::string& bytes, const char* warning) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(warning);
        };
        row("a word twice", "cat 1.5 2\ndog 1 2\ncat 3 4\n",
            "1 word is there more than once (the first: “cat”, row 2); looking one up gives its first row");
        row("words that are no UTF-8", "3 2\ncat 1 2\nd\xFFg 1 2\nc\xC3 1 2\n",
            "2 words are not UTF-8 (the first: line 3, column 2); kept byte for byte");
        row("an empty word", "2 2\ncat 1 2\n 3 4\n", "1 word is empty (line 3, column 1)");
        row("empty lines", "2 2\ncat 1 2\n\n \r\ndog 3 4\n\n",
            "3 lines are empty (the first: line 3, column 1); left out");
        row("a carriage return in a word", "2 2\ncat 1 2\nd\rg 3 4\n",
            "1 word holds a carriage return (line 3, column 2); kept");
        row("a number in a word", "2 2\ncat 1 2\nwindows 95 3 4\n",
            "1 word ends in a number after a space (line 3, column 9); it may be one number too many in the "
            "row");
        row("NaN and infinity", "3 2\nκατ 1 nan\ndog -inf 4\ncow 1 2\n",
            "2 rows hold NaN or infinity (the first: line 2, column 7)");
        row("more rows than line 1 says", "1 2\ncat 1 2\ndog 1 2\n",
            "line 1 says 1 words, but there are 2 rows; all of them were read");
        row("a byte order mark",
            "\xEF\xBB\xBF"
            "1 2\ncat 1 2\n",
            "the byte order mark at the file's begin was left out");
        row("bytes after what is packed", gzipped("1 2\ncat 1 2\n") + "more",
            "4 bytes behind what gzip has packed were not read");
    }
    void warnsOfWhatIsOdd() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, warning);
        const auto vectors = read(bytes.toStdString());
        QVERIFY2(vectors.ok(), vectors.ok() ? "" : toString(vectors.error()).c_str());
        QCOMPARE(vectors.value().warnings.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(vectors.value().warnings[0]), warning);
    }

    void saysWhatIsBrokenAndWhere_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& bytes, const char* where,
                            const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(where) << QString(saying);
        };
        const std::string good = "cat 1.5 2\ndog 3 4\nhen 1 2\n";
        row("a row too short", good + "ant 1\n", "w.txt, line 4, column 6",
            "has 1 number, but the first rows have 2");
        row("a row too long", good + "ant 1.5 2 3\n", "w.txt, line 4, column 5", "has 3 numbers, but");
        row("a row too short, header", "3 2\ncat 1 2\ndog 1\ncow 1 2\n", "w.txt, line 3, column 6",
            "but line 1 says 2");
        row("comma decimals", "1 2\ncat 0,1 0,2\n", "w.txt, line 2, column 9", "\"0,2\" is no number");
        row("a column in characters", good + "κατ 1 zwei\n", "w.txt, line 4, column 7",
            "\"zwei\" is no number");
        row("a lone carriage return", "cat 1.5 2\rdog 3 4\rcow 5 6\r", "w.txt, line 1, column 10",
            "carriage return");
        row("line 1 says too many rows", "4 2\n" + good, "w.txt, line 5",
            "ends after 3 rows, but line 1 says 4");
        row("line 1 says a wrong dimension", "3 3\n" + good, "w.txt, line 2, column 10",
            "has 2 numbers, but line 1 says 3");
        row("line 1 says a smaller dimension", "3 1\n" + good, "w.txt, line 2, column 5",
            "has 2 numbers, but line 1 says 1");
        row("line 1 says no rows", "0 2\n" + good, "w.txt, line 1", "cannot be");
        row("line 1 says rows below nothing", "-3 2\n" + good, "w.txt, line 1", "cannot be");
        row("line 1 says no numbers", "3 0\n" + good, "w.txt, line 1", "cannot be");
        row("rows past 64 bits", "18446744073709551616 2\n" + good, "w.txt, line 1", "cannot be");
        row("rows that fit only 64 bits", "18446744073709551615 2\n" + good, "w.txt, line 1",
            "than the file can hold");
        row("dimension that fits only 64 bits", "3 18446744073709551615\n" + good, "w.txt, line 1",
            "than the file can hold");
        row("product that overflows", "4294967296 4294967296\n" + good, "w.txt, line 1",
            "than the file can hold");
        row("rows for a packed file", gzipped("99999999999 2\n" + good), "w.txt, line 1",
            "than the file can hold");
        row("packed data cut short", gzipped(manyRows(100, 2)).substr(0, 100), "w.txt, byte 100",
            "ends too early");
        row("a line of 17 MB", good + std::string(17 << 20, 'x'), "w.txt, line 4", "longer than 16 MB");
        row("a long line with a carriage return", good + "cat 1 2\r" + std::string(17 << 20, 'x'),
            "w.txt, line 4, byte 8 of it", "carriage return");
        row("a packed line of 17 MB", gzipped(good + std::string(17 << 20, 'x')), "w.txt, line 4",
            "longer than 16 MB");
    }
    void saysWhatIsBrokenAndWhere() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, where);
        QFETCH(QString, saying);
        TextVectorOptions options;
        options.blockBytes = bytes.size() > (1 << 20) ? 1 << 16 : 1 << 20;
        const auto vectors = read(bytes.toStdString(), options);
        QVERIFY(!vectors.ok());
        QCOMPARE(vectors.error().code, ErrorCode::Broken);
        QCOMPARE(QString::fromStdString(vectors.error().where), where);
        QVERIFY2(QString::fromStdString(vectors.error().what).contains(saying), vectors.error().what.c_str());
        QVERIFY(!vectors.error().hint.empty());
    }

    void theFirstFaultCountsWhoeverFindsIt() {
        WorkerPool pool(4);
        std::string rows = manyRows(60000, 4);
        rows.replace(rows.find("20000.1"), 5, "2000x");
        rows.replace(rows.find("50000.1"), 5, "5000x");
        TextVectorOptions options;
        options.pool = &pool;
        for (int round = 0; round < 5; ++round) {
            const auto vectors = read(rows, options);
            QVERIFY(!vectors.ok());
            QCOMPARE(QString::fromStdString(vectors.error().where),
                     QStringLiteral("w.txt, line 20001, column 19"));
        }
    }

    void everyCutOfAFileWithAHeaderIsRefused() {
        const std::string whole = "2 2\ncat 1.5 2.5\ndog -3.5 4";
        for (std::size_t length = whole.size() - 2; length > 4; --length) {
            const auto vectors = read(whole.substr(0, length));
            QVERIFY2(!vectors.ok(), whole.substr(0, length).c_str());
        }
    }

    void publishesTheFirstRowsWhileTheRestLoads() {
        TextVectorOptions options;
        options.blockBytes = 1 << 16;
        options.bytesLeft = 1 << 16;
        options.firstRows = 2000;
        std::vector<FirstVectors> published;
        options.publishFirst = [&](FirstVectors first) { published.push_back(std::move(first)); };
        const std::string rows = manyRows(20000, 4);
        for (const std::string& head : {std::string(), std::string("20000 4\n")}) {
            published.clear();
            const auto whole = read(head + rows, options);
            QVERIFY(whole.ok());
            QVERIFY(holdsManyRows(whole.value(), 20000, 4));
            QCOMPARE(published.size(), std::size_t(1));
            QVERIFY(holdsManyRows(published[0].vectors, 2000, 4));
            QCOMPARE(published[0].isEstimate, head.empty());
            QVERIFY(published[0].rowsInAll > 18000 && published[0].rowsInAll < 26000);
            QVERIFY(head.empty() || published[0].rowsInAll == 20000);
        }
        published.clear();
        options.bytesLeft = rows.size();  // too little would be left
        QVERIFY(read(rows, options).ok());
        QVERIFY(published.empty());
    }

    void reportsBytesAndStopsWhenAsked() {
        const std::string rows = manyRows(20000, 4);
        const auto file = MappedFile::ofBytes(rows, "w.txt");
        const TextVectorFormat format = textVectorFormat(rows, true);
        TextVectorOptions options;
        options.blockBytes = 1 << 16;
        StoppingProgress patient(100000);
        QVERIFY(readTextVectors(file, format, options, patient).ok());
        QVERIFY(patient.reports.size() > 5);
        QCOMPARE(patient.reports.back().done, std::uint64_t(rows.size()));
        QCOMPARE(patient.reports.back().total, std::uint64_t(rows.size()));
        QCOMPARE(patient.reports.back().unit, std::string("bytes"));
        for (const std::size_t after : {std::size_t(0), std::size_t(1), std::size_t(3)}) {
            StoppingProgress hasty(after);
            const auto stopped = readTextVectors(file, format, options, hasty);
            QVERIFY(!stopped.ok());
            QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
            QCOMPARE(hasty.reports.size(), after);
        }
    }

    void aFileCutShortWhileOpenIsUnreadable() {
        const ScratchFolder folder;
        const std::string rows = manyRows(2000, 4);
        const auto path = folder.write("w.txt", rows);
        const auto file = MappedFile::open(path);
        QVERIFY(file.ok());
        QCOMPARE(::truncate(path.c_str(), 20000), 0);
        NoProgress progress;
        const auto vectors = readTextVectors(file.value(), textVectorFormat(rows, true), {}, progress);
        QVERIFY(!vectors.ok());
        QCOMPARE(vectors.error().code, ErrorCode::Unreadable);
        QCOMPARE(vectors.error().where, path.string() + ", byte 20000");
    }
};

QTEST_APPLESS_MAIN(TextVectorsTest)
#include "text_vectors_test.moc"
