// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_regex.h"

#include "core/tokenize/split_scheme.h"

#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

std::vector<std::string> matches(const char* pattern, const std::string& text) {
    const auto regex = SplitRegex::compile(pattern);
    if (!regex.ok()) {
        return {toString(regex.error())};
    }
    SplitRegex::Matches all(*regex.value(), text);
    std::vector<std::string> found;
    for (;;) {
        const auto match = all.next();
        if (!match.ok() || !match.value()) {
            return found;
        }
        found.push_back(text.substr(match.value()->begin, match.value()->size()));
    }
}

using Strings = std::vector<std::string>;

}  // namespace

class SplitRegexTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void findsWhatIsNotEmpty() {
        QCOMPARE(matches("a*", "aabaX"), (Strings{"aa", "a"}));
        QCOMPARE(matches("x", "abc"), Strings());
        QCOMPARE(matches("b", ""), Strings());
    }

    void classesGoByUnicode() {
        QCOMPARE(matches("\\s+", "a\u3000\u0085b\u180Ec"), (Strings{"\u3000\u0085"}));
        QCOMPARE(matches("\\w+", "e\u0301\u00BD_x-y"), (Strings{"e\u0301\u00BD_x", "y"}));
        QCOMPARE(matches("[^\\s\\w]+", "a, b\u0301!?"), (Strings{",", "!?"}));
        QCOMPARE(matches("\\W", "a-\u0301"), (Strings{"-"}));
        QCOMPARE(matches("\\\\s", "a\\s"), (Strings{"\\s"}));
        QCOMPARE(matches("[]\\w]+", "a]b-"), (Strings{"a]b"}));
        QCOMPARE(matches("^b$", "a\nb\nc"), (Strings{"b"}));
    }

    void brokenBytesAreNeitherLetterNorSpace() {
        QCOMPARE(matches("[^\\s\\p{L}\\p{N}]+|\\p{L}+", "ab\xFF\xC3 \xE2z"),
                 (Strings{"ab", "\xFF\xC3", "\xE2", "z"}));
    }

    void agreesWithTheScanners() {
        const std::string text = "I'LL  see 12345 \u65E5\u672C!!\n\n x";
        for (const SplitScheme scheme : allSplitSchemes) {
            Strings pieces;
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = endOfPiece(scheme, text, begin);
                pieces.push_back(text.substr(begin, end - begin));
                begin = end;
            }
            QCOMPARE(matches(std::string(patternOf(scheme)).c_str(), text), pieces);
        }
    }

    void whatCannotBeReadIsRefused() {
        for (const char* pattern : {"(a", "[a", "a{3,1}", "\\p{Nothing}", "(?<n>a)(?<n>b)"}) {
            const auto regex = SplitRegex::compile(pattern);
            QVERIFY2(!regex.ok(), pattern);
            QCOMPARE(regex.error().code, ErrorCode::Unsupported);
            QVERIFY(regex.error().what.find("cannot be read") != std::string::npos);
        }
        QVERIFY(!SplitRegex::compile(std::string(SplitRegex::mostBytes + 1, 'a')).ok());
    }

    void aPatternThatNestsRepetitionsGivesUp() {
        const auto regex = SplitRegex::compile("(a+)+$");
        QVERIFY(regex.ok());
        const std::string text = std::string(60, 'a') + "b";
        SplitRegex::Matches all(*regex.value(), text);
        const auto match = all.next();
        QVERIFY(!match.ok());
        QCOMPARE(match.error().code, ErrorCode::Unsupported);
        QVERIFY(match.error().where.find("byte 0") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(SplitRegexTest)
#include "split_regex_test.moc"
