// SPDX-License-Identifier: GPL-3.0-or-later
// The best way through a piece, settled bit by bit, is that of looking at the piece as a whole.
#include "core/tokenize/unigram.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

UnigramParts randomParts(std::mt19937& random, bool keepsFloats) {
    std::set<std::string> entries = {"<unk>", "a", "b"};  // c is unknown by itself
    while (entries.size() < 40) {
        std::string entry;
        for (std::size_t size = 1 + random() % 6; size > 0; --size) {
            entry += "abc"[random() % 3];
        }
        entries.insert(entry == "c" ? "ca" : entry);
    }
    UnigramParts parts;
    Vocabulary::Builder builder;
    for (const std::string& entry : entries) {
        builder.add(entry);
        parts.scores.push_back(-static_cast<double>(random() % 1000) / 100 - 1);
        parts.isUsable.push_back(entry != "<unk>");
    }
    parts.vocabulary = std::make_shared<const Vocabulary>(std::move(builder).build(WordMark::None));
    parts.unknown = tokenIdOf(*parts.vocabulary->find("<unk>"));
    parts.unknownScore = -21;
    parts.keepsFloats = keepsFloats;
    return parts;
}

/// The best sum for each place, over all entries that end there, those that begin first tried first.
std::vector<PieceToken> wholeWay(const UnigramParts& parts, const std::string& piece) {
    struct Best {
        double score = -std::numeric_limits<double>::infinity();
        std::size_t begin = 0;
        std::optional<TokenId> id;
    };
    std::vector<Best> best(piece.size() + 1);
    best[0].score = 0;
    for (std::size_t end = 1; end <= piece.size(); ++end) {
        for (std::size_t begin = end > 6 ? end - 6 : 0; begin < end; ++begin) {
            const std::string entry = piece.substr(begin, end - begin);
            const std::optional<Row> row = parts.vocabulary->find(entry);
            if (!row && entry != "c") {
                continue;
            }
            const double sum = best[begin].score + (row ? parts.scores[row->value] : parts.unknownScore);
            if (sum > best[end].score) {
                best[end] = {parts.keepsFloats ? static_cast<float>(sum) : sum, begin,
                             row ? std::optional(tokenIdOf(*row)) : std::nullopt};
            }
        }
    }
    std::vector<PieceToken> tokens;
    for (std::size_t end = piece.size(); end > 0; end = best[end].begin) {
        const bool isUnknown = !best[end].id;
        if (isUnknown && !tokens.empty() && tokens.back().kind == TokenKind::Unknown) {
            tokens.back().begin = best[end].begin;
        } else {
            tokens.push_back({isUnknown ? parts.unknown : best[end].id, best[end].begin, end,
                              isUnknown ? TokenKind::Unknown : TokenKind::Normal});
        }
    }
    std::reverse(tokens.begin(), tokens.end());
    return tokens;
}

}  // namespace

class UnigramTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void longPiecesTakeTheBestWay() {
        std::mt19937 random(4);
        const NoProgress progress;
        for (int round = 0; round < 12; ++round) {
            const UnigramParts parts = randomParts(random, round % 2 == 1);
            const TokenModelPtr model = makeUnigram(parts);
            const std::unique_ptr<TokenModel::Run> run = model->begin();
            for (const std::size_t size : {std::size_t{0}, std::size_t{9}, std::size_t{50'000}}) {
                std::string piece;
                const bool isOneLetter = random() % 4 == 0;
                while (piece.size() < size) {
                    piece += isOneLetter ? 'a' : "abc"[random() % 3];
                }
                std::vector<PieceToken> tokens;
                QVERIFY(run->tokenize(piece, tokens, progress));
                const std::vector<PieceToken> expected = wholeWay(parts, piece);
                QVERIFY(tokens == expected);
                std::vector<PieceToken> given;
                QVERIFY(run->tokenizeLong(
                    piece,
                    [&given](std::span<const PieceToken> some) {
                        given.insert(given.end(), some.begin(), some.end());
                    },
                    progress));
                QVERIFY(given == expected);
            }
        }
    }
};

QTEST_APPLESS_MAIN(UnigramTest)
#include "unigram_test.moc"
