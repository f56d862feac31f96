// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/word2vec_binary.h"

#include "tests/support/model_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/stopping_progress.h"

#include <cmath>
#include <limits>
#include <unistd.h>

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

Result<WordVectors> read(std::string bytes) {
    NoProgress progress;
    return readWord2VecBinary(MappedFile::ofBytes(std::move(bytes), "w.bin"), progress);
}

const std::vector<WordRow> pets = {{"cat", {1, 2, 3}}, {"dog", {4, 5, 6}}, {"cow", {7, 8, 9}}};

}  // namespace

class Word2VecBinaryTest : public QObject {
    Q_OBJECT

  private slots:
    void readsRowsHoweverTheyEnd_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("newline after each row", word2Vec(pets, "\n"));
        row("nothing after each row", word2Vec(pets, ""));
        row("several newlines", word2Vec(pets, "\n\n"));
        row("header ends as on Windows", "3 3\r\n" + word2Vec(pets).substr(4));
        row("header with more white space", " 3\t3 \n" + word2Vec(pets).substr(4));
    }
    void readsRowsHoweverTheyEnd() {
        QFETCH(QByteArray, bytes);
        const auto vectors = read(bytes.toStdString());
        QVERIFY2(vectors.ok(), vectors.ok() ? "" : toString(vectors.error()).c_str());
        QVERIFY(vectors.value().warnings.empty());
        QCOMPARE(vectors.value().vocabulary->size(), std::size_t(3));
        QCOMPARE(vectors.value().table->rows(), std::size_t(3));
        for (std::uint32_t row = 0; row < 3; ++row) {
            QCOMPARE(vectors.value().vocabulary->spelling(Row{row}), std::string_view(pets[row].word));
            QVERIFY(vectors.value().table->row(Row{row}) == pets[row].values);
        }
    }

    void numbersThatLookLikeSpacesAndNewlinesAreNumbers() {
        // 0x20202020 and 0x0A0A0A0A as floats.
        const auto vectors = read("2 2\na         b \n\n\n\n\n\n\n\n");
        QVERIFY2(vectors.ok(), vectors.ok() ? "" : toString(vectors.error()).c_str());
        QCOMPARE(vectors.value().vocabulary->spelling(Row{1}), std::string_view("b"));
        QVERIFY(vectors.value().warnings.empty());
    }

    void warnsOfWhatIsOdd_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("warning");
        const auto row = [](const char* name, const std::string& bytes, const char* warning) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(warning);
        };
        row("a word twice", word2Vec({{"cat", {1}}, {"dog", {2}}, {"cat", {3}}}),
            "1 word is there more than once (the first: “cat”, row 2); looking one up gives its first row");
        row("a word that is no UTF-8", word2Vec({{"cat", {1}}, {"d\xFFg", {2}}, {"c\xC3", {3}}}),
            "2 words are not UTF-8 (the first in row 1); kept byte for byte");
        row("an empty word", word2Vec({{"cat", {1}}, {"", {2}}}), "1 word is empty");
        row("bytes after the last row", word2Vec(pets, "") + "xyz",
            "3 bytes after the last row (from byte 52) were not read");
    }
    void warnsOfWhatIsOdd() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, warning);
        const auto vectors = read(bytes.toStdString());
        QVERIFY(vectors.ok());
        QCOMPARE(vectors.value().warnings.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(vectors.value().warnings[0]), warning);
    }

    void oddWordsKeepTheirBytes() {
        const std::string odd("a\0\xFF\tb", 5);
        const auto vectors = read(word2Vec({{odd, {1}}, {std::string(100000, 'x'), {2}}}));
        QVERIFY(vectors.ok());
        QCOMPARE(vectors.value().vocabulary->spelling(Row{0}), std::string_view(odd));
        QVERIFY(vectors.value().vocabulary->find(std::string(100000, 'x')) == Row{1});
    }

    void notANumberStaysAsItIs() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const auto vectors =
            read(word2Vec({{"cat", {nan, 1}}, {"dog", {2, std::numeric_limits<float>::infinity()}}}));
        QVERIFY(vectors.ok());
        QVERIFY(std::isnan(vectors.value().table->row(Row{0})[0]));
        QVERIFY(std::isinf(vectors.value().table->row(Row{1})[1]));
    }

    void saysWhatIsBroken_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const std::string& bytes, const char* where,
                            const char* saying) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(where) << QString(saying);
        };
        const std::string whole = word2Vec(pets, "\n");
        row("nothing", "", "w.bin, byte 0", "two whole numbers");
        row("no header", "cat dog", "w.bin, byte 0", "two whole numbers");
        row("header only", "3 3\n", "w.bin, byte 0", "more than the 0 bytes");
        row("no words", "0 3\n" + whole, "w.bin, byte 0", "cannot be");
        row("no numbers", "3 0\n" + whole, "w.bin, byte 0", "cannot be");
        row("negative rows", "-3 3\n" + whole, "w.bin, byte 0", "cannot be");
        row("rows past 64 bits", "18446744073709551616 3\n" + whole, "w.bin, byte 0", "cannot be");
        row("rows that fit only 64 bits", "18446744073709551615 3\n" + whole, "w.bin, byte 0", "can hold");
        row("dimension that fits only 64 bits", "3 18446744073709551615\n" + whole, "w.bin, byte 0",
            "can hold");
        row("dimension whose bytes overflow", "3 4611686018427387905\n" + whole, "w.bin, byte 0", "can hold");
        row("product that overflows", "4294967296 1073741824\n" + whole, "w.bin, byte 0", "can hold");
        row("one row too many", "4 3\n" + whole.substr(4), "w.bin, byte 0", "can hold");
        row("last numbers cut", whole.substr(0, whole.size() - 2), "w.bin, byte 42", "row 3 of the 3");
        row("last word cut", word2Vec({{"cat", {1}}, {"dog", {2}}, {"elephantine", {3}}}).substr(0, 30),
            "w.bin, byte 21", "row 3 of the 3");
        row("a row without a space", "2 1\n" + std::string(100, 'x'), "w.bin, byte 4", "row 1 of the 2");
        row("a word of more than 1 MB", "2 1\n" + std::string((1 << 20) + 1, 'x') + " 1234", "w.bin, byte 4",
            "1 MB");
    }
    void saysWhatIsBroken() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, where);
        QFETCH(QString, saying);
        const auto vectors = read(bytes.toStdString());
        QVERIFY(!vectors.ok());
        QCOMPARE(vectors.error().code, ErrorCode::Broken);
        QCOMPARE(QString::fromStdString(vectors.error().where), where);
        QVERIFY2(QString::fromStdString(vectors.error().what).contains(saying), vectors.error().what.c_str());
    }

    void everyCutOfASoundFileIsRefused() {
        const std::string whole = word2Vec(pets, "");
        for (std::size_t length = 0; length < whole.size(); ++length) {
            QVERIFY(!read(whole.substr(0, length)).ok());
        }
    }

    void reportsRowsAndStopsWhenAsked() {
        std::vector<WordRow> rows;
        for (int i = 0; i < 10000; ++i) {
            rows.push_back({"w" + std::to_string(i), {1, 2}});
        }
        const auto file = MappedFile::ofBytes(word2Vec(rows), "w.bin");
        StoppingProgress patient(1000);
        QVERIFY(readWord2VecBinary(file, patient).ok());
        QCOMPARE(patient.reports.size(), std::size_t(3));
        QCOMPARE(patient.reports.back().done, std::uint64_t(10000));
        QCOMPARE(patient.reports.back().total, std::uint64_t(10000));
        QCOMPARE(patient.reports.back().unit, std::string("rows"));

        StoppingProgress hasty(1);
        const auto stopped = readWord2VecBinary(file, hasty);
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(hasty.reports.size(), std::size_t(1));
    }

    void aFileCutShortWhileOpenIsUnreadable() {
        const ScratchFolder folder;
        std::vector<WordRow> rows;
        for (int i = 0; i < 1000; ++i) {
            rows.push_back({"w" + std::to_string(i), std::vector<float>(16, 1)});
        }
        const auto path = folder.write("w.bin", word2Vec(rows));
        const auto file = MappedFile::open(path);
        QVERIFY(file.ok());
        QCOMPARE(::truncate(path.c_str(), 20000), 0);
        NoProgress progress;
        const auto vectors = readWord2VecBinary(file.value(), progress);
        QVERIFY(!vectors.ok());
        QCOMPARE(vectors.error().code, ErrorCode::Unreadable);
        QCOMPARE(vectors.error().where, path.string() + ", byte 20000");
    }

    void holdsLittleMemoryOfItsOwn() {
        std::vector<WordRow> rows;
        for (int i = 0; i < 30000; ++i) {
            rows.push_back({"word" + std::to_string(i), std::vector<float>(8, 1)});
        }
        const auto vectors = read(word2Vec(rows));
        QVERIFY(vectors.ok());
        QVERIFY(vectors.value().table->isMapped());
        // Words, their ends and the look-up: with the row's offset, well under 100 bytes a row.
        QVERIFY(vectors.value().vocabulary->memory() < 30000 * 64);
    }
};

QTEST_APPLESS_MAIN(Word2VecBinaryTest)
#include "word2vec_binary_test.moc"
