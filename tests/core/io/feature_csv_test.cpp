// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/feature_csv.h"

#include "core/io/model_loader.h"
#include "core/search/nearest.h"
#include "core/search/token_lookup.h"
#include "tests/support/data_folder.h"
#include "tests/support/scratch_folder.h"

#include <fstream>

#include <QTest>

using namespace lexiscope;

namespace {

Result<FeatureTable> read(std::string_view text) {
    return readFeatureCsv(text, "t.csv");
}

constexpr std::string_view small = "thing,has fur,barks\r\ncat,10,0\r\ndog,9.5,10\r\n";

}  // namespace

class FeatureCsvTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aTableIsRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("as it is written") << QByteArray(small.data(), small.size());
        QTest::newRow("Unix") << QByteArray("thing,has fur,barks\ncat,10,0\ndog,9.5,10");
        QTest::newRow("old Mac") << QByteArray("thing,has fur,barks\rcat,10,0\rdog,9.5,10\r");
        QTest::newRow("no corner") << QByteArray(",has fur,barks\ncat,10,0\ndog,9.5,10\n");
        QTest::newRow("quotes and spaces")
            << QByteArray("\"\",\"has fur\",barks \n cat,\"10\", 0 \ndog,+9.50,1e1\n");
        QTest::newRow("spreadsheet") << QByteArray(
            "\xEF\xBB\xBFthing;has fur;barks\r\ncat;10;0\r\ndog;9,5;10\r\n");
        QTest::newRow("tabs") << QByteArray("thing\thas fur\tbarks\ncat\t10\t0\ndog\t9,5\t10\n");
        QTest::newRow("empty lines") << QByteArray("\nthing,has fur,barks\n\ncat,10,0\n\ndog,9.5,10\n\n");
    }
    void aTableIsRead() {
        QFETCH(const QByteArray, text);
        const auto table = read(text.toStdString());
        QVERIFY2(table.ok(), table.ok() ? "" : toString(table.error()).c_str());
        QCOMPARE(featureCsv(table.value()), std::string(small));
    }

    void brokenFilesAreNamed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("saying");
        const auto row = [](const char* name, const QByteArray& text, const char* where, const char* saying) {
            QTest::newRow(name) << text << QString::fromUtf8(where) << QString::fromUtf8(saying);
        };
        row("empty", "", "t.csv, line 1", "names no question");
        row("a single column", "thing\ncat\n", "t.csv, line 1", "names no question");
        row("questions alone", "thing,barks\n", "t.csv, line 2", "no thing");
        row("too few", "thing,a,b\ncat,1,2\ndog,1\n", "t.csv, line 3",
            "2 fields, where the first line has 3");
        row("comma decimals", "thing,a,b\ncat,1,2,5\n", "t.csv, line 2", "4 fields");
        row("a word", "thing,a,b\ncat,1,much\n", "t.csv, line 2, column 7",
            "“much” is no number from 0 to 10");
        row("missing", "thing,a,b\nküche,,2\n", "t.csv, line 2, column 7", "a rating is missing");
        row("too large", "thing,a\ncat,11\n", "t.csv, line 2, column 5", "“11”");
        row("negative", "thing,a\ncat,-1\n", "t.csv, line 2, column 5", "“-1”");
        row("not a number", "thing,a\ncat,nan\n", "t.csv, line 2, column 5", "“nan”");
        row("two numbers", "thing,a\ncat,1 2\n", "t.csv, line 2, column 5", "“1·2”");
        row("a thing twice", "thing,a\ncat,1\ndog,1\n\ncat,2\n", "t.csv, line 5, column 1",
            "“cat” is there already, in line 2");
        row("a question twice", "thing,a,a\ncat,1,2\n", "t.csv, line 1, column 9", "“a” is there already");
        row("no name", "thing,a\n ,1\n", "t.csv, line 2, column 1", "the thing has no name");
        row("no question's name", "thing,a,\ncat,1,2\n", "t.csv, line 1, column 9",
            "the question has no name");
        row("not UTF-8", "thing,a\nc\xFFt,1\n", "t.csv, line 2, column 1", "no UTF-8");
        row("a line in a name", "thing,a\n\"c\nt\",1\n", "t.csv, line 2, column 1", "line's end");
        row("no end of quote", "thing,a\ncat,\"1\n", "t.csv, line 2, column 5", "has no end");
    }
    void brokenFilesAreNamed() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, where);
        QFETCH(const QString, saying);
        const auto table = read(text.toStdString());
        QVERIFY(!table.ok());
        QCOMPARE(table.error().code, ErrorCode::Broken);
        QCOMPARE(QString::fromStdString(table.error().where), where);
        QVERIFY2(QString::fromStdString(table.error().what).contains(saying),
                 toString(table.error()).c_str());
    }

    void tooMuchIsRefusedBeforeItIsKept() {
        std::string wide = "thing";
        for (std::size_t i = 0; i <= FeatureTable::mostQuestions; ++i) {
            wide += ",q" + std::to_string(i);
        }
        QCOMPARE(read(wide + "\n").error().code, ErrorCode::Unsupported);
        std::string high = "thing,a\n";
        for (std::size_t i = 0; i <= FeatureTable::mostThings; ++i) {
            high += "t" + std::to_string(i) + ",1\n";
        }
        QCOMPARE(read(high).error().code, ErrorCode::Unsupported);
    }

    void whatIsWrittenIsReadBack() {
        const FeatureTable odd = FeatureTable::make({"New York", "say \"no\"", "a;b,c"}, {"größer?", "5"},
                                                    {0.1F, 1e-30F, 10, 3.3333333F, 0, 9.9999990F})
                                     .value();
        const auto back = read(featureCsv(odd));
        QVERIFY(back.ok());
        QCOMPARE(back.value(), odd);
    }

    void whatElseIsNoTableIsLeftToOthers_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isTable");
        QTest::newRow("a table") << QByteArray(small.data(), small.size()) << true;
        QTest::newRow("a broken one") << QByteArray("thing,a\ncat,1\ndog,x\n") << true;
        QTest::newRow("prose") << QByteArray("The cat, the dog.\nA car, 10 wheels\n") << false;
        QTest::newRow("prose on one line") << QByteArray("Cat, dog and horse") << false;
        QTest::newRow("a neighbour table") << QByteArray("rank,id,token,cosine\n1,3,king,0.7\n") << false;
        QTest::newRow("rows of a matrix") << QByteArray("dimension,value\n0,0.5\n1,-0.2\n") << false;
        QTest::newRow("numbers alone") << QByteArray("1,2,3\n4,5,6\n") << false;
        QTest::newRow("other numbers") << QByteArray("name,age\nBob,42\n") << false;
        QTest::newRow("ragged") << QByteArray("a,b,c\nx,1\n") << false;
        QTest::newRow("bytes") << QByteArray("\xFF\xFE,\x01\nx,1\n") << false;
    }
    void whatElseIsNoTableIsLeftToOthers() {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, isTable);
        QCOMPARE(looksLikeFeatures(text.toStdString()), isTable);
    }

    void aFileIsAModel() {
        const test::ScratchFolder folder;
        const std::filesystem::path path = folder.path() / "pets.csv";
        std::ofstream(path, std::ios::binary) << small;
        NoProgress progress;
        const auto model = loadModel(path, progress);
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        QCOMPARE(model.value()->name, std::string("pets"));
        QCOMPARE(model.value()->format, std::string("feature table"));
        QCOMPARE(model.value()->fileSize, std::uint64_t(small.size()));
        QCOMPARE(model.value()->table->row(Row{1}), std::vector<float>({9.5F, 10}));
        QVERIFY(model.value()->vocabulary->find("dog") == Row{1});
        QVERIFY(model.value()->tokenizer && !model.value()->positions && !model.value()->noPositions.empty());
        std::ofstream(path, std::ios::binary) << small << "cow,1,\r\n";
        const auto broken = loadModel(path, progress);
        QCOMPARE(broken.error().where, path.string() + ", line 4, column 7");
    }

    void theExampleTeaches() {
        NoProgress progress;
        const auto model = loadModel(test::builtinModels() / "features", progress);
        QVERIFY2(model.ok(), model.ok() ? "" : toString(model.error()).c_str());
        const auto table = readFeatureFile(test::builtinModels() / "features/features.csv");
        QVERIFY(table.ok());
        const auto thing = [&](const char* name) {
            return static_cast<std::size_t>(model.value()->vocabulary->find(name)->value);
        };
        const std::vector<ThingDistance> others = distancesFrom(table.value(), thing("cat"));
        // numpy.linalg.norm of the differences.
        QCOMPARE(others.front().thing, thing("dog"));
        QVERIFY(std::abs(others.front().distance - 10.295630140987) < 1e-11);
        QCOMPARE(others.back().thing, thing("plane"));
        QVERIFY(std::abs(others.back().distance - 24.515301344263) < 1e-11);
    }
};

QTEST_APPLESS_MAIN(FeatureCsvTest)
#include "feature_csv_test.moc"
