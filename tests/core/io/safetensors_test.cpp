// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"

#include "tests/support/model_files.h"

#include <QTest>

using namespace lexiscope;
using namespace lexiscope::test;

namespace {

Result<std::vector<SafetensorsEntry>> read(std::string bytes) {
    return readSafetensors(*MappedFile::ofBytes(std::move(bytes), "m.safetensors"));
}

const std::string twoTensors = "{\"__metadata__\":{\"format\":\"pt\"}," +
                               tensorJson("b", "F16", "2,3", 8, 20) + "," +
                               tensorJson("a", "F32", "2", 0, 8) + "}";

}  // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

  private slots:
    void listsTensorsInTheOrderOfTheirNumbers() {
        const auto entries = read(safetensors(twoTensors + "   ", std::string(20, 'x')));
        QVERIFY(entries.ok());
        QCOMPARE(entries.value().size(), std::size_t(2));
        const std::uint64_t dataBegin = 8 + twoTensors.size() + 3;
        QCOMPARE(entries.value()[0].info.name, std::string("a"));
        QCOMPARE(entries.value()[0].begin, dataBegin);
        QCOMPARE(entries.value()[0].end, dataBegin + 8);
        QCOMPARE(entries.value()[1].info.name, std::string("b"));
        QCOMPARE(entries.value()[1].info.dtype, std::string("F16"));
        QVERIFY((entries.value()[1].info.shape == std::vector<std::uint64_t>{2, 3}));
        QCOMPARE(entries.value()[1].end, dataBegin + 20);
    }

    void acceptsWhatTheFormatAllows_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("numbers");
        QTest::addColumn<int>("tensors");
        const auto row = [](const char* name, const std::string& header, int numbers, int tensors) {
            QTest::newRow(name) << QByteArray::fromStdString(header) << numbers << tensors;
        };
        row("no tensors", "{}", 0, 0);
        row("a single number", "{" + tensorJson("a", "F32", "", 0, 4) + "}", 4, 1);
        row("no numbers", "{" + tensorJson("a", "F32", "0,5", 0, 0) + "}", 0, 1);
        row("zero times a huge number", "{" + tensorJson("a", "F32", "18446744073709551615,0,9", 0, 0) + "}",
            0, 1);
        row("a dtype of tomorrow", "{" + tensorJson("a", "F3", "5", 0, 2) + "}", 2, 1);
        row("a field of tomorrow",
            R"({"a":{"dtype":"U8","note":{"x":[1,-2,{"dtype":"F32"}]},"shape":[3],"data_offsets":[0,3]}})", 3,
            1);
    }
    void acceptsWhatTheFormatAllows() {
        QFETCH(QByteArray, header);
        QFETCH(int, numbers);
        QFETCH(int, tensors);
        const auto entries =
            read(safetensors(header.toStdString(), std::string(static_cast<std::size_t>(numbers), 'x')));
        QVERIFY2(entries.ok(), entries.ok() ? "" : toString(entries.error()).c_str());
        QCOMPARE(static_cast<int>(entries.value().size()), tensors);
    }

    void saysWhatIsBroken_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("where");
        const std::string numbers(16, 'x');
        const auto file = [](const char* name, const std::string& bytes, const char* where) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(where);
        };
        const auto header = [&](const char* name, const std::string& json, const char* where) {
            file(name, safetensors(json, numbers), where);
        };
        file("nothing", "", "m.safetensors, byte 0");
        file("cut inside the length", "\x10\0\0", "m.safetensors, byte 0");
        file("header longer than the file", safetensors("{}", "", 3), "m.safetensors, byte 0");
        file("header longer than any", safetensors("{}", "", ~std::uint64_t{0}), "m.safetensors, byte 0");
        file("header cut short", safetensors(twoTensors.substr(0, 30), ""), "m.safetensors, byte 38");
        file("numbers cut short", safetensors(twoTensors, std::string(19, 'x')), "m.safetensors, tensor b");
        header("no JSON", "{\"a\":}", "m.safetensors, byte 13");
        header("something after the JSON", "{} {", "m.safetensors, byte 11");
        header("name that is no UTF-8", "{\"\xFF\":1}", "m.safetensors, byte 10");
        header("a list", "[]", "m.safetensors, byte 8");
        header("a number", "7", "m.safetensors, byte 8");
        header("thousands of lists", std::string(100000, '['), "m.safetensors, byte 8");
        header("tensor is a number", "{\"a\":5}", "m.safetensors, tensor a");
        header("tensor is a list", "{\"a\":[{}]}", "m.safetensors, tensor a");
        header("tensor lacks everything", "{\"a\":{}}", "m.safetensors, tensor a");
        header("tensor lacks its shape", R"({"a":{"dtype":"F32","data_offsets":[0,16]}})",
               "m.safetensors, tensor a");
        header("tensor twice",
               "{" + tensorJson("a", "U8", "8", 0, 8) + "," + tensorJson("a", "U8", "8", 8, 16) + "}",
               "m.safetensors, tensor a");
        header("field twice", R"({"a":{"dtype":"F32","dtype":"F16","shape":[4],"data_offsets":[0,16]}})",
               "m.safetensors, tensor a");
        header("negative length", "{" + tensorJson("a", "F32", "-4", 0, 16) + "}", "m.safetensors, tensor a");
        header("length with a fraction", "{" + tensorJson("a", "F32", "4.5", 0, 16) + "}",
               "m.safetensors, tensor a");
        header("length past 64 bits", "{" + tensorJson("a", "F32", "18446744073709551616", 0, 16) + "}",
               "m.safetensors, tensor a");
        header("length past any number", "{" + tensorJson("a", "F32", "1e999", 0, 16) + "}",
               "m.safetensors, byte 41");
        header("length in words", "{" + tensorJson("a", "F32", "\"four\"", 0, 16) + "}",
               "m.safetensors, tensor a");
        header("shape in shape", "{" + tensorJson("a", "F32", "[4]", 0, 16) + "}", "m.safetensors, tensor a");
        header("product overflows", "{" + tensorJson("a", "F32", "4294967296,4294967296,4", 0, 16) + "}",
               "m.safetensors, tensor a");
        header("bits overflow", "{" + tensorJson("a", "F32", "576460752303423492", 0, 16) + "}",
               "m.safetensors, tensor a");
        header("shape too small", "{" + tensorJson("a", "F32", "3", 0, 16) + "}", "m.safetensors, tensor a");
        header("shape too large", "{" + tensorJson("a", "F32", "5", 0, 16) + "}", "m.safetensors, tensor a");
        header("ends before it begins", "{" + tensorJson("a", "F32", "4", 16, 0) + "}",
               "m.safetensors, tensor a");
        header("ends outside", "{" + tensorJson("a", "F32", "8", 0, 32) + "}", "m.safetensors, tensor a");
        header("huge offsets",
               "{" + tensorJson("a", "F32", "4", ~std::uint64_t{0} - 15, ~std::uint64_t{0}) + "}",
               "m.safetensors, tensor a");
        header("one offset", R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[16]}})",
               "m.safetensors, tensor a");
        header("three offsets", R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16,16]}})",
               "m.safetensors, tensor a");
        header("overlap",
               "{" + tensorJson("a", "F32", "3", 0, 12) + "," + tensorJson("b", "F32", "2", 8, 16) + "}",
               "m.safetensors, tensor b");
        header("gap",
               "{" + tensorJson("a", "F32", "1", 0, 4) + "," + tensorJson("b", "F32", "2", 8, 16) + "}",
               "m.safetensors, tensor b");
        header("numbers of no tensor", "{" + tensorJson("a", "F32", "3", 0, 12) + "}", "m.safetensors");
        header("65 dimensions",
               "{" +
                   tensorJson(
                       "a", "U8",
                       "16" +
                           []() {
                               std::string ones;
                               for (int i = 0; i < 64; ++i) {
                                   ones += ",1";
                               }
                               return ones;
                           }(),
                       0, 16) +
                   "}",
               "m.safetensors, tensor a");
        header("list in the metadata", R"({"__metadata__":{"x":[]}})", "m.safetensors, tensor __metadata__");
    }
    void saysWhatIsBroken() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, where);
        const auto entries = read(bytes.toStdString());
        QVERIFY(!entries.ok());
        QCOMPARE(entries.error().code, ErrorCode::Broken);
        QCOMPARE(QString::fromStdString(entries.error().where), where);
        QVERIFY(!entries.error().what.empty());
    }

    void everyCutOfASoundFileIsRefused() {
        const std::string whole = safetensors(twoTensors, std::string(20, 'x'));
        QVERIFY(read(whole).ok());
        for (std::size_t length = 0; length < whole.size(); ++length) {
            QVERIFY(!read(whole.substr(0, length)).ok());
        }
    }

    void knowsItsFirstBytes() {
        QVERIFY(beginsAsSafetensors(safetensors(twoTensors, "")));
        QVERIFY(!beginsAsSafetensors("3 4\nabc {"));
        QVERIFY(!beginsAsSafetensors(""));
    }
};

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
