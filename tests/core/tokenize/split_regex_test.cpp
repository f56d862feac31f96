// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/split_regex.h"

#include "core/base/patience.h"
#include "core/base/utf8.h"
#include "core/tokenize/known_patterns.h"
#include "core/tokenize/split_scheme.h"

#include <random>
#include <string>
#include <utility>
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

/// "1-3 5-5", and "!" where the pattern gives up.
std::string spans(const SplitRegex& regex, const std::string& text, std::size_t window) {
    SplitRegex::Matches all(regex, text, nullptr, {.window = window});
    std::string found;
    for (;;) {
        const auto match = all.next();
        if (!match.ok() || !match.value()) {
            return found + (match.ok() ? "" : "!");
        }
        found += std::to_string(match.value()->begin) + "-" + std::to_string(match.value()->end) + " ";
    }
}

std::string anyOf(const std::vector<const char*>& choices, std::mt19937& random) {
    return choices[random() % choices.size()];
}

std::string anyPattern(std::mt19937& random) {
    const std::vector<const char*> parts = {
        "a",      "b",   ".",      "\\s", "[^ab]", "\\w",    "(?:ab|a)", "(a|b)",  "(?=b)", "(?!a)",
        "(?<=a)", "\\b", "(?<!b)", "^",   "$",     "\u00E9", "(?>a*)",   "\\p{L}", "b+c",   " ?"};
    const std::vector<const char*> times = {"", "", "", "*", "+", "?", "*?", "+?", "*+", "{2,5}"};
    std::string pattern;
    for (std::size_t i = 0; i < 2 + random() % 4; ++i) {
        const bool isAlternative = i > 0 && random() % 4 == 0;
        pattern += (isAlternative ? "|" : "") + anyOf(parts, random) + anyOf(times, random);
    }
    return pattern;
}

}  // namespace

class SplitRegexTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void findsWhatIsEmptyButNotBehindAMatch() {
        QCOMPARE(matches("a*", "aabaX"), (Strings{"aa", "a", ""}));
        QCOMPARE(matches("(?=b)", "abb"), (Strings{"", ""}));
        QCOMPARE(matches("x", "abc"), Strings());
        QCOMPARE(matches("b", ""), Strings());
    }

    void classesGoByUnicode() {
        QCOMPARE(matches("\\s+", "a\u3000\u0085b\u180Ec"), (Strings{"\u3000\u0085"}));
        QCOMPARE(matches("\\w+", "e\u0301\u00BD_x\u2460-y"), (Strings{"e\u0301\u00BD_x", "y"}));
        QCOMPARE(matches("[^\\s\\w]+", "a, b\u0301!?"), (Strings{",", "!?"}));
        QCOMPARE(matches("\\W", "a-\u0301"), (Strings{"-"}));
        QCOMPARE(matches("\\\\s", "a\\s"), (Strings{"\\s"}));
        QCOMPARE(matches("[]\\w]+", "a]b-"), (Strings{"a]b"}));
        QCOMPARE(matches("^b$", "a\nb\nc"), (Strings{"b"}));
    }

    /// As Oniguruma reads them. The first is a pattern of BLOOM's family.
    void setsWithinBrackets() {
        QCOMPARE(matches(" ?[^(\\s|[.,!?\u2026\u3002])]+", "a b, (c)|d\u3002e"),
                 (Strings{"a", " b", "c", "d", "e"}));
        QCOMPARE(matches("[a[bc]d]+", "abcdexbd"), (Strings{"abcd", "bd"}));
        QCOMPARE(matches("[a-z&&[^aeiou]]+", "hello"), (Strings{"h", "ll"}));
        QCOMPARE(matches("[^a-z&&[^aeiou]]+", "helloX"), (Strings{"e", "oX"}));
        QCOMPARE(matches("[[^a]b]+", "aab-"), (Strings{"b-"}));
        QCOMPARE(matches("[^\\W_]+", "a_b\u00E9-"), (Strings{"a", "b\u00E9"}));
        QCOMPARE(matches("[a-[x]]+", "a-bx"), (Strings{"a-", "x"}));
        QCOMPARE(matches("[[:digit:]x]+", "1x\u0663y"), (Strings{"1x\u0663"}));
        QCOMPARE(matches("[\\p{L}&&[^\\p{Han}]]+", "ab\u6F22c\u3042"), (Strings{"ab", "c\u3042"}));
    }

    void signsOfItsOwn() {
        QCOMPARE(matches("\\h+", "xAf0g"), (Strings{"Af0"}));
        QCOMPARE(matches("[\\h-]+", "xA-f0g"), (Strings{"A-f0"}));
        QCOMPARE(matches("\\u00e9+", "e\u00E9"), (Strings{"\u00E9"}));
        QCOMPARE(matches("a\\b", "ab a a\u0301"), (Strings{"a"}));
        QCOMPARE(matches("(?m:a.b)", "a\nb"), (Strings{"a\nb"}));
        QCOMPARE(matches("a.b", "a\nb"), Strings());
        // The mark of long vowels is used with two scripts and belongs to neither.
        QCOMPARE(matches("\\p{Hiragana}+", "\u3042\u30FC"), (Strings{"\u3042"}));
    }

    void bracketsThatAreNoSets() {
        QCOMPARE(matches("[a[b]", "ab"),
                 (Strings{"the split pattern [a[b] cannot be read: the bracket at byte 0 is not closed"}));
        const std::string deep(40, '[');
        QVERIFY(matches(deep.c_str(), "a").front().ends_with("nest deeper than 32"));
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

    /// Its own pattern takes Chinese characters out of sets, which ours write as what they leave out.
    void kimiK2LeavesChineseOutOfItsSets() {
        const std::string upper = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]";
        const std::string lower = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]";
        const std::string before = "|[^\\r\\n\\p{L}\\p{N}]?";
        const std::string behind = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
        const std::string own = "[\\p{Han}]+" + before + upper + "*" + lower + "+" + behind + before + upper +
                                "+" + lower + "*" + behind +
                                "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        const std::u32string often =
            U"aB\u00E9\u65E5\u672C\u3005\u3007\u2E80\uF900'sT12 .\n\u0301\u02B0\u3042";
        std::mt19937 random(3);
        for (int round = 0; round < 500; ++round) {
            std::string text;
            for (int i = 0; i < 30; ++i) {
                const char32_t any = random() % 3 == 0 ? static_cast<char32_t>(1 + random() % 0xD7FE)
                                                       : often[random() % often.size()];
                appendUtf8(text, any);
            }
            QCOMPARE(matches(std::string(patterns::kimiK2).c_str(), text), matches(own.c_str(), text));
        }
    }

    void restartingForgetsTheTextBefore() {
        const auto regex = SplitRegex::compile("b*").value();
        SplitRegex::Matches all(*regex, "a\xFF");
        const auto spans = [&all] {
            std::vector<std::pair<std::size_t, std::size_t>> found;
            for (auto match = all.next(); match.value(); match = all.next()) {
                found.emplace_back(match.value()->begin, match.value()->end);
            }
            return found;
        };
        const std::vector<std::pair<std::size_t, std::size_t>> everywhere = {{0, 0}, {1, 1}, {2, 2}};
        QCOMPARE(spans(), everywhere);
        all.restart("xy");
        QCOMPARE(spans(), everywhere);
        all.restart("bb");
        QCOMPARE(spans().size(), std::size_t(1));
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

    /// \s*[\r\n]+ takes all the spaces, and then gives them back one by one.
    void tryingOnceForEachCharacterIsNeverTooMuch() {
        const std::string spaces(3'000'000, ' ');
        QCOMPARE(matches("\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+", spaces + "x"), (Strings{spaces.substr(1), " "}));
    }

    void aLongTextLetsNoPatternTryForEver() {
        const auto regex = SplitRegex::compile("(a+)+c|a+").value();
        const std::string text = std::string(100'000, 'a') + "b";
        SplitRegex::Matches all(*regex, text);
        const auto match = all.next();
        QVERIFY(!match.ok());
        QVERIFY(match.error().what.find("match limit") != std::string::npos);
    }

    void whereItIsLookedForIsTheSameInStretchesAndInTheWhole() {
        std::mt19937 random(17);
        std::size_t compared = 0;
        for (int round = 0; round < 3000; ++round) {
            const std::string pattern = anyPattern(random);
            const auto regex = SplitRegex::compile(pattern);
            if (!regex.ok()) {
                continue;  // a look around that may not be repeated
            }
            std::string text;
            while (text.size() < 100) {
                const std::string run =
                    anyOf({"a", "b", "ab", " ", "\n", "\u00E9", "c", "\xFF", "\U0001F642"}, random);
                for (std::size_t i = 0; i < 1 + random() % 12; ++i) {
                    text += run;
                }
            }
            const std::string whole = spans(*regex.value(), text, 1000);
            for (const std::size_t window : {16, 19, 32}) {
                QVERIFY2(spans(*regex.value(), text, window) == whole, (pattern + " in " + text).c_str());
            }
            ++compared;
        }
        QVERIFY(compared > 2000);
    }

    /// PCRE2 counts only how often it goes back, not how far it then looks.
    void whatTakesLongWithFewTriesGivesUp() {
        const std::string text = std::string(100'000, 'a') + "bc";
        const auto regex = SplitRegex::compile("a*a*c").value();
        SplitRegex::Matches all(*regex, text);
        const auto match = all.next();
        QVERIFY(!match.ok());
        QCOMPARE(match.error().code, ErrorCode::Unsupported);
        QCOMPARE(match.error().where, std::string("byte 0 of the text"));
    }

    /// Each match is quick for the rest of the text that it goes through; all of them take the square of it.
    void goingThroughTheRestFromEachPlaceGivesUp() {
        const std::string text(100'000, 'a');
        const auto regex = SplitRegex::compile(".*?,|.").value();
        constexpr std::uint64_t some = 100'000'000;
        SplitRegex::Matches all(*regex, text, nullptr, {.costAnyway = some});
        std::size_t found = 0;
        Result<std::optional<ByteSpan>> match = all.next();
        for (; match.ok() && match.value(); match = all.next()) {
            ++found;
        }
        QVERIFY(!match.ok());
        QCOMPARE(match.error().code, ErrorCode::Unsupported);
        QVERIFY(match.error().what.find("so far have taken too long") != std::string::npos);
        QCOMPARE(match.error().where, "byte " + std::to_string(found) + " of the text");
        QVERIFY(found > 100);
    }

    void whatIsAllowedGrowsWithTheTexts() {
        const std::string text(1'200, 'a');  // more than a window, so that it is looked for anew
        const auto regex = SplitRegex::compile(".*?,|a+").value();
        SplitRegex::Matches all(*regex, text, nullptr, {.costAnyway = 0});
        for (int i = 0; i < 100; ++i) {
            all.restart(text);
            const auto match = all.next();
            QVERIFY(match.ok());
            QCOMPARE(match.value()->size(), text.size());
        }
    }

    void aSlowPatternCanBeStopped() {
        for (const char* pattern : {".*?,|.", "a*bb", "(?<=a)a+bb|a"}) {
            const std::string text = std::string(1'000'000, 'a') + "b,c";
            const auto regex = SplitRegex::compile(pattern).value();
            const Patience progress(1);
            SplitRegex::Matches all(*regex, text, &progress);
            Result<std::optional<ByteSpan>> match = all.next();
            while (match.ok() && match.value()) {
                match = all.next();
            }
            QVERIFY2(!match.ok(), pattern);
            QCOMPARE(match.error().code, ErrorCode::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(SplitRegexTest)
#include "split_regex_test.moc"
