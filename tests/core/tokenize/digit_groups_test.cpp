// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/digit_groups.h"

#include "core/tokenize/split_regex.h"

#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

using Pieces = std::vector<std::string>;

Pieces piecesOf(DigitGroups groups, const std::string& text) {
    SplitText cut{AlignedText(text), {}};
    if (!text.empty()) {
        cut.pieces.push_back({0, text.size()});
    }
    if (!makeSplit(groups)->apply(cut).ok()) {
        return {};
    }
    Pieces pieces;
    for (const ByteSpan& piece : cut.pieces) {
        pieces.push_back(text.substr(piece.begin, piece.size()));
    }
    return pieces;
}

/// The same by the pattern.
Pieces piecesByPattern(DigitGroups groups, const std::string& text) {
    const auto pattern = SplitRegex::compile(patternOf(groups)).value();
    SplitRegex::Matches matches(*pattern, text);
    Pieces pieces;
    const auto add = [&](std::size_t begin, std::size_t end) {
        if (end > begin) {
            pieces.push_back(text.substr(begin, end - begin));
        }
    };
    std::size_t done = 0;
    while (const std::optional<ByteSpan> match = matches.next().value()) {
        add(done, match->begin);
        add(match->begin, match->end);
        done = match->end;
    }
    add(done, text.size());
    return pieces;
}

}  // namespace

class DigitGroupsTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void countFromTheEnd() {
        QCOMPARE(piecesOf(DigitGroups::Numbers, "a1234567,89\u00BDb"),
                 (Pieces{"a", "1", "234", "567", ",", "89\u00BD", "b"}));
        QCOMPARE(piecesOf(DigitGroups::DigitsBeforeEdge, "a1234 5678b 9"),
                 (Pieces{"a", "1", "234", " 5678b ", "9"}));
        QCOMPARE(piecesOf(DigitGroups::CutsOfDigits, "a123 b1234c56"), (Pieces{"a", "123 b1", "234c56"}));
        QCOMPARE(piecesOf(DigitGroups::Numbers, ""), Pieces());
    }

    void areThePatternsOwn() {
        const std::array<const char*, 20> signs = {
            "0",      "1", "2",      "3", "4", "5",      "\u0663", "9", "\u00BD", "\u00B2",
            "\u2167", "a", "\u00E9", " ", "_", "\u0301", "\u4E00", ",", "\xFF",   "\u2460"};
        std::mt19937 random(5);
        for (int round = 0; round < 3000; ++round) {
            std::string text;
            for (std::size_t size = random() % 14; size > 0; --size) {
                text += random() % 3 == 0 ? signs[random() % signs.size()] : signs[random() % 8];
            }
            for (const DigitGroups groups : allDigitGroups) {
                if (piecesOf(groups, text) != piecesByPattern(groups, text)) {
                    QFAIL(("of " + text + " by " + std::string(patternOf(groups))).c_str());
                }
            }
        }
    }

    void standForTheirPatterns() {
        for (const DigitGroups groups : allDigitGroups) {
            QCOMPARE(digitGroupsOf(patternOf(groups)), std::optional(groups));
        }
        QVERIFY(!digitGroupsOf("\\d{1,3}"));
        // A pattern that looks ahead for each group would take hours.
        const std::string number(3'000'001, '7');
        QCOMPARE(piecesOf(DigitGroups::CutsOfDigits, number).size(), std::size_t{1'000'001});
    }
};

QTEST_APPLESS_MAIN(DigitGroupsTest)
#include "digit_groups_test.moc"
