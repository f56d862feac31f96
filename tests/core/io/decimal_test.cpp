// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/decimal.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

std::optional<float> read(const std::string& text) {
    float value = 0;
    const char* const end = text.data() + text.size();
    const char* const read = readDecimal(text.data(), end, value);
    return read == end ? std::optional(value) : std::nullopt;
}

/// By the standard library: the nearest double, then the nearest float.
float reference(const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return static_cast<float>(value);
}

}  // namespace

class DecimalTest : public QObject {
    Q_OBJECT

  private slots:
    // Bits as numpy.float32(text) of NumPy 1.24 has them.
    void readsAsNumPyDoes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint32>("bits");
        const auto row = [](const char* text, quint32 bits) { QTest::newRow(text) << QString(text) << bits; };
        row("0", 0x00000000);
        row("-0", 0x80000000);
        row("1", 0x3F800000);
        row("0.1", 0x3DCCCCCD);
        row("+0.5", 0x3F000000);
        row(".5", 0x3F000000);
        row("5.", 0x40A00000);
        row("1E+3", 0x447A0000);
        row("-2.5e-05", 0xB7D1B717);
        row("1.4e-45", 0x00000001);
        row("7e-46", 0x00000000);
        row("3.4028235e38", 0x7F7FFFFF);
        row("1e39", 0x7F800000);
        row("1e400", 0x7F800000);
        row("-1e400", 0xFF800000);
        row("1e-400", 0x00000000);
        row("-1e-400", 0x80000000);
        row("nan", 0x7FC00000);
        row("-nan", 0xFFC00000);
        row("NaN", 0x7FC00000);
        row("inf", 0x7F800000);
        row("-Infinity", 0xFF800000);
        // Just above the middle of two floats, but not by as much as half a double: rounded twice.
        row("1.00000005960464477539062500001", 0x3F800000);
        row("1.0000000596046449", 0x3F800001);
        row("123456789012345678901234567890.5", 0x6FC77488);
    }
    void readsAsNumPyDoes() {
        QFETCH(QString, text);
        QFETCH(quint32, bits);
        const std::optional<float> value = read(text.toStdString());
        QVERIFY(value.has_value());
        QCOMPARE(std::bit_cast<std::uint32_t>(*value), bits);
    }

    void refusesWhatIsNoNumber() {
        for (const char* text :
             {"",      "+",   "-",   ".",  "e5", "1e",   "1e+",      "0x1p3", "0x10", "1_0", "0,5",
              "1.2.3", "--1", "+-1", "1-", "5f", "nano", "infinite", "in",    "١",    "-.e1"}) {
            QVERIFY2(!read(text).has_value(), text);
            QVERIFY2(!isDecimal(text), text);
        }
    }

    void endsAtTheFieldsEnd() {
        const std::string line = "0.25 -1e2\t3";
        float value = 0;
        const char* at = readDecimal(line.data(), line.data() + line.size(), value);
        QCOMPARE(at - line.data(), std::ptrdiff_t(4));
        QCOMPARE(value, 0.25F);
        at = readDecimal(at + 1, line.data() + line.size(), value);
        QCOMPARE(at - line.data(), std::ptrdiff_t(9));
        QCOMPARE(value, -100.0F);
        QVERIFY(readDecimal(line.data(), line.data() + 4, value) == line.data() + 4);
        QVERIFY(readDecimal(line.data() + 4, line.data() + line.size(), value) == nullptr);
    }

    void whatFollowsANumberDoesNotChangeIt() {
        std::mt19937 random(3);
        for (int i = 0; i < 100000; ++i) {
            const std::string number = "0." + std::to_string(random() >> (random() % 32));
            std::string line = number + (random() % 2 == 0 ? " " : "\t");
            for (std::size_t length = random() % 12; length > 0; --length) {
                line += static_cast<char>(random());
            }
            float value = 0;
            const char* const end = readDecimal(line.data(), line.data() + line.size(), value);
            QVERIFY2(end == line.data() + number.size(), line.c_str());
            QCOMPARE(value, reference(number));
        }
        // Eight digits are read at a time; a byte that is none ends them wherever it stands.
        for (std::size_t at = 0; at < 8; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string text = "0.12345678 ";
                text[2 + at] = static_cast<char>(byte);
                const bool isDigit = byte >= '0' && byte <= '9';
                const bool isSeparator = byte == ' ' || byte == '\t';
                const bool isExponent = (byte == 'e' || byte == 'E') && at < 7;
                float value = 0;
                const char* const end = readDecimal(text.data(), text.data() + text.size(), value);
                QCOMPARE(end != nullptr, isDigit || isSeparator || isExponent);
                QVERIFY(!isDigit || value == reference(text));
                QVERIFY(!isSeparator || end == text.data() + 2 + at);
            }
        }
    }

    void readsManyInARow() {
        const std::string line = " 1\t-2.5 3e1";
        std::array<float, 3> numbers{};
        const char* const end = line.data() + line.size();
        QVERIFY(readDecimals(line.data(), end, numbers) == end);
        QVERIFY((numbers == std::array<float, 3>{1, -2.5F, 30}));
        std::array<float, 4> more{};
        QVERIFY(readDecimals(line.data(), end, more) == nullptr);
        std::array<float, 2> fewer{};
        QVERIFY(readDecimals(line.data(), end, fewer) == line.data() + 7);
        QVERIFY(readDecimals(line.data(), line.data() + 1, numbers) == nullptr);
    }

    void agreesWithTheStandardLibrary() {
        std::mt19937_64 random(1);
        for (int i = 0; i < 300000; ++i) {
            std::string text = random() % 2 == 0 ? "-" : "";
            const std::uint64_t digits = random() >> (random() % 64);
            text += std::to_string(digits);
            if (random() % 4 != 0) {
                text.insert(text.size() - random() % (text.size() - text.starts_with('-') + 1), ".");
            }
            if (random() % 3 == 0) {
                text += "e" + std::to_string(static_cast<int>(random() % 80) - 40);
            }
            const std::optional<float> value = read(text);
            QVERIFY2(value.has_value(), text.c_str());
            QVERIFY2(std::bit_cast<std::uint32_t>(*value) == std::bit_cast<std::uint32_t>(reference(text)),
                     text.c_str());
        }
    }

    void veryLongNumbersHaveTheirSize() {
        const std::string zeros(5000, '0');
        QCOMPARE(read("1" + zeros), std::optional(std::numeric_limits<float>::infinity()));
        QCOMPARE(read("0." + zeros + "1"), std::optional(0.0F));
        QCOMPARE(read("0." + zeros + "1e5001"), std::optional(1.0F));
        QCOMPARE(read("1" + zeros + "e-5000"), std::optional(1.0F));
        QCOMPARE(read("0." + zeros + "1e999999999999"),
                 std::optional(std::numeric_limits<float>::infinity()));
        QCOMPARE(read("1" + zeros + "e-999999999999"), std::optional(0.0F));
        QCOMPARE(read(zeros + "12"), std::optional(12.0F));
    }

    void writtenFloatsComeBack() {
        std::mt19937 random(2);
        std::vector<std::uint32_t> samples = {0x15AE43FD, 0x95AE43FD, 0x15AE43FC, 0x80000000, 1,
                                              0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0xFFC00000};
        for (int i = 0; i < 300000; ++i) {
            samples.push_back(static_cast<std::uint32_t>(random()));
        }
        for (const std::uint32_t sample : samples) {
            const auto value = std::bit_cast<float>(sample);
            if (std::isnan(value) && (sample & 0x3FFFFF) != 0) {
                continue;  // what else a NaN may carry has no digits
            }
            char digits[longestDecimal];
            const std::string text(digits, writeDecimal(digits, value));
            const std::optional<float> back = read(text);
            QVERIFY(back.has_value());
            QCOMPARE(std::bit_cast<std::uint32_t>(*back), sample);
            float direct = 0;
            std::from_chars(text.data(), text.data() + text.size(), direct);
            QVERIFY(std::isnan(value) || direct == value);
        }
    }

    void writesTheFewestDigits() {
        const auto written = [](float value) {
            char digits[longestDecimal];
            return std::string(digits, writeDecimal(digits, value));
        };
        QCOMPARE(written(0.1F), std::string("0.1"));
        QCOMPARE(written(-0.0F), std::string("-0"));
        QCOMPARE(written(0.00001F), std::string("1e-05"));
        QCOMPARE(written(16777216.0F), std::string("16777216"));
        QCOMPARE(written(std::numeric_limits<float>::min()), std::string("1.1754944e-38"));
        QCOMPARE(written(std::numeric_limits<float>::quiet_NaN()), std::string("nan"));
        QCOMPARE(written(-std::numeric_limits<float>::infinity()), std::string("-inf"));
    }
};

QTEST_APPLESS_MAIN(DecimalTest)
#include "decimal_test.moc"
