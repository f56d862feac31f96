// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/byte_level_bpe.h"

#include "core/base/byte_alphabet.h"
#include "core/tokenize/split_scheme.h"
#include "core/tokenize/stage_trace.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <QTest>

using namespace lexiscope;

namespace {

class StopAtOnce final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return true; }
};

/// Lets the first question pass: what remains to be stopped is the work on one long piece.
class StopAtSecond final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return ++m_asked > 1; }

  private:
    mutable int m_asked = 0;
};

class KeepReports final : public Progress {
  public:
    void report(std::uint64_t done, std::uint64_t total, std::string_view unit) override {
        QVERIFY(reports.empty() || reports.back() <= done);
        QVERIFY(done <= total);
        QCOMPARE(std::string(unit), std::string("bytes"));
        reports.push_back(done);
    }
    bool stopRequested() const override { return false; }
    std::vector<std::uint64_t> reports;
};

ByteLevelBpeParts allBytes() {
    ByteLevelBpeParts parts;
    for (int byte = 0; byte < 256; ++byte) {
        parts.spellings.push_back(spellingOfBytes(std::string(1, static_cast<char>(byte))));
    }
    return parts;
}

/// Adds a merge of two spellings that stand in the list already.
void addMerge(ByteLevelBpeParts& parts, const std::string& left, const std::string& right) {
    const auto idOf = [&parts](const std::string& spelling) {
        const auto place = std::find(parts.spellings.begin(), parts.spellings.end(), spelling);
        if (place == parts.spellings.end()) {
            parts.spellings.push_back(spelling);
            return TokenId{static_cast<std::uint32_t>(parts.spellings.size() - 1)};
        }
        return TokenId{static_cast<std::uint32_t>(place - parts.spellings.begin())};
    };
    const TokenId leftId = idOf(left);
    const TokenId rightId = idOf(right);
    parts.merges.push_back({leftId, rightId, idOf(left + right)});
}

/// All bytes and random merges of the letters a to d and of a two-byte character, in random order of rank, so
/// that later merges may make the parts of earlier ones.
ByteLevelBpeParts randomParts(std::mt19937& random) {
    ByteLevelBpeParts parts = allBytes();
    std::vector<std::string> made = {"a", "b", "c", "d", spellingOfBytes("\xC3"), spellingOfBytes("\xA9")};
    std::map<std::pair<std::string, std::string>, bool> seen;
    for (int i = 0; i < 60; ++i) {
        const std::string left = made[random() % made.size()];
        const std::string right = made[random() % made.size()];
        if (left.size() + right.size() <= 24 && !std::exchange(seen[{left, right}], true)) {
            addMerge(parts, left, right);
            made.push_back(left + right);
        }
    }
    std::shuffle(parts.merges.begin(), parts.merges.end(), random);
    return parts;
}

/// As the definition has it: look at all pairs, merge the leftmost of lowest rank, begin again.
std::vector<std::string> naiveMerge(const ByteLevelBpeParts& parts, const std::string& piece) {
    std::map<std::pair<std::string, std::string>, std::size_t> ranks;
    for (std::size_t rank = 0; rank < parts.merges.size(); ++rank) {
        const BpeMerge& merge = parts.merges[rank];
        ranks[{parts.spellings[merge.left.value], parts.spellings[merge.right.value]}] = rank;
    }
    std::vector<std::string> tokens;
    for (const char byte : piece) {
        tokens.push_back(spellingOfBytes(std::string(1, byte)));
    }
    for (;;) {
        std::size_t best = parts.merges.size();
        std::size_t place = 0;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            const auto found = ranks.find({tokens[i], tokens[i + 1]});
            if (found != ranks.end() && found->second < best) {
                best = found->second;
                place = i;
            }
        }
        if (best == parts.merges.size()) {
            return tokens;
        }
        tokens[place] += tokens[place + 1];
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(place) + 1);
    }
}

std::vector<std::string> naiveEncode(const ByteLevelBpeParts& parts, const std::string& text) {
    std::vector<std::string> tokens;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = endOfPiece(SplitScheme::Gpt2, text, begin);
        const std::vector<std::string> piece = naiveMerge(parts, text.substr(begin, end - begin));
        tokens.insert(tokens.end(), piece.begin(), piece.end());
        begin = end;
    }
    return tokens;
}

Encoding encoded(const Tokenizer& tokenizer, const std::string& text, const EncodeOptions& options = {}) {
    NoProgress progress;
    return tokenizer.encode(text, options, progress).value();
}

std::vector<std::string> spellings(const Tokenizer& tokenizer, const Encoding& encoding) {
    std::vector<std::string> result;
    for (const Token& token : encoding.tokens) {
        result.push_back(token.id ? std::string(tokenizer.spelling(*token.id)) : "?");
    }
    return result;
}

std::vector<TokenId> idsOf(const Encoding& encoding) {
    std::vector<TokenId> ids;
    for (const Token& token : encoding.tokens) {
        ids.push_back(token.id.value());
    }
    return ids;
}

using Spellings = std::vector<std::string>;

}  // namespace

class ByteLevelBpeTest : public QObject {
    Q_OBJECT

  private slots:
    void ranksAreThoseOfTheMerges() {
        ByteLevelBpeParts parts = allBytes();
        addMerge(parts, "a", "b");
        addMerge(parts, "b", "c");
        addMerge(parts, "ab", "c");
        addMerge(parts, "a", "bc");  // makes the same token, later
        QCOMPARE(parts.spellings.size(), std::size_t{259});
        const auto tokenizer = makeByteLevelBpe(parts);
        QVERIFY(!tokenizer->mergeRank(TokenId{'a'}));
        for (std::uint32_t rank = 0; rank < 3; ++rank) {
            QCOMPARE(tokenizer->mergeRank(TokenId{256 + rank}), std::optional(rank));
        }
        parts.ranks = {7, 5, 9, 2};
        const auto ranked = makeByteLevelBpe(parts);
        QCOMPARE(ranked->mergeRank(TokenId{256}), std::optional(7U));
        QCOMPARE(ranked->mergeRank(TokenId{258}), std::optional(2U));
        QVERIFY(!ranked->score(TokenId{258}));
    }

    void lowerRankGoesFirstAndLeftBeforeRight() {
        ByteLevelBpeParts parts = allBytes();
        addMerge(parts, "b", "c");
        addMerge(parts, "a", "b");
        addMerge(parts, "a", "a");
        addMerge(parts, "aa", "aa");
        const auto bpe = makeByteLevelBpe(parts);
        QVERIFY(spellings(*bpe, encoded(*bpe, "abc")) == (Spellings{"a", "bc"}));
        QVERIFY(spellings(*bpe, encoded(*bpe, "aaa")) == (Spellings{"aa", "a"}));
        QVERIFY(spellings(*bpe, encoded(*bpe, "aaaaaaa")) == (Spellings{"aaaa", "aa", "a"}));
        QVERIFY(spellings(*bpe, encoded(*bpe, "")).empty());
    }

    void agreesWithTheDefinition() {
        std::mt19937 random(11);
        const std::vector<std::string> letters = {"a", "b", "c", "d", "é", " "};
        for (int vocabulary = 0; vocabulary < 60; ++vocabulary) {
            const ByteLevelBpeParts parts = randomParts(random);
            const auto bpe = makeByteLevelBpe(parts);
            for (int i = 0; i < 25; ++i) {
                // Short pieces, the pieces that are just too long for the cache, and those that take the
                // queue.
                const std::size_t length = 1 + random() % (i % 5 == 0 ? 200U : 30U);
                const std::size_t kinds = i % 2 == 0 ? 6 : 5;
                std::string text;
                for (std::size_t k = 0; k < length; ++k) {
                    text += letters[random() % kinds];
                }
                QVERIFY(spellings(*bpe, encoded(*bpe, text)) == naiveEncode(parts, text));
            }
        }
    }

    void aPieceReadAgainGivesTheSame() {
        std::mt19937 random(5);
        const ByteLevelBpeParts parts = randomParts(random);
        const auto bpe = makeByteLevelBpe(parts);
        std::string text;
        for (int i = 0; i < 4000; ++i) {
            text += " ";
            for (std::size_t k = 1 + random() % 5; k > 0; --k) {
                text += static_cast<char>('a' + random() % 4);
            }
        }
        QVERIFY(spellings(*bpe, encoded(*bpe, text)) == naiveEncode(parts, text));
    }

    void spansCoverTheTextAndDecodeGivesItBack() {
        std::mt19937 random(3);
        const auto bpe = makeByteLevelBpe(randomParts(random));
        for (int i = 0; i < 2000; ++i) {
            std::string text(random() % 120, '\0');
            for (char& byte : text) {
                byte = static_cast<char>(i % 2 == 0 ? random() % 256 : "ab \xC3\xA9\n"[random() % 6]);
            }
            const Encoding encoding = encoded(*bpe, text);
            std::size_t at = 0;
            for (const Token& token : encoding.tokens) {
                QCOMPARE(token.source.begin, at);
                QVERIFY(token.source.end > at);
                QCOMPARE(text.substr(at, token.source.size()), bpe->tokenBytes(token.id.value()));
                QVERIFY(token.kind == bpe->tokenKind(token.id.value()));
                at = token.source.end;
            }
            QCOMPARE(at, text.size());
            QCOMPARE(bpe->decode(idsOf(encoding)).value(), text);
        }
    }

    void kindsOfTokens() {
        ByteLevelBpeParts parts = allBytes();
        addMerge(parts, spellingOfBytes("\xE2"), spellingOfBytes("\x96"));
        parts.spellings.push_back("<|endoftext|>");
        parts.spellings.push_back("madeupword0");
        parts.spellings.push_back("<>");
        const auto bpe = makeByteLevelBpe(parts);
        QVERIFY(bpe->tokenKind(TokenId{'a'}) == TokenKind::Normal);
        QVERIFY(bpe->tokenKind(TokenId{'\n'}) == TokenKind::Normal);
        QVERIFY(bpe->tokenKind(TokenId{0x80}) == TokenKind::Byte);
        QVERIFY(bpe->tokenKind(TokenId{256}) == TokenKind::Normal);
        QVERIFY(bpe->tokenKind(TokenId{257}) == TokenKind::Special);
        QVERIFY(bpe->tokenKind(TokenId{258}) == TokenKind::Normal);
        QVERIFY(bpe->tokenKind(TokenId{259}) == TokenKind::Normal);
        const VocabularyMakeup makeup = bpe->makeup().value();
        QCOMPARE(makeup.bytes, std::size_t{256});
        QCOMPARE(makeup.merges, std::size_t{1});
        QCOMPARE(makeup.specials, std::size_t{1});
        QCOMPARE(makeup.other, std::size_t{2});
        const Encoding cut = encoded(*bpe, "\xE2\x96\x81");
        QCOMPARE(cut.tokens.size(), std::size_t{2});
        QVERIFY(cut.tokens[0].kind == TokenKind::Normal);
        QVERIFY(cut.tokens[1].kind == TokenKind::Byte);
    }

    void specialsArePlainTextUnlessAskedFor() {
        ByteLevelBpeParts parts = allBytes();
        parts.spellings.push_back("<s>");
        parts.spellings.push_back("<s>x]>");
        parts.spellings.push_back("[PAD]");
        const auto bpe = makeByteLevelBpe(parts);
        const std::string text = "a <s> <s>x]> <s>x [PAD]<s><s";
        const Encoding plain = encoded(*bpe, text);
        QCOMPARE(plain.tokens.size(), text.size());
        QVERIFY(std::none_of(plain.tokens.begin(), plain.tokens.end(),
                             [](const Token& token) { return token.kind == TokenKind::Special; }));
        const Encoding parsed = encoded(*bpe, text, {false, true});
        QVERIFY(spellings(*bpe, parsed) ==
                (Spellings{"a", "Ġ", "<s>", "Ġ", "<s>x]>", "Ġ", "<s>", "x", "Ġ", "[PAD]", "<s>", "<", "s"}));
        QCOMPARE(bpe->decode(idsOf(parsed)).value(), text);
        std::size_t at = 0;
        for (const Token& token : parsed.tokens) {
            QCOMPARE(token.source.begin, at);
            at = token.source.end;
        }
        QCOMPARE(at, text.size());
    }

    void aTextEndsWhereASpecialBegins() {
        ByteLevelBpeParts parts = allBytes();
        addMerge(parts, "Ġ", "Ġ");
        parts.spellings.push_back("<s>");
        const auto bpe = makeByteLevelBpe(parts);
        QVERIFY(spellings(*bpe, encoded(*bpe, "a  <s>", {false, true})) == (Spellings{"a", "ĠĠ", "<s>"}));
        QVERIFY(spellings(*bpe, encoded(*bpe, "a  <s>")) == (Spellings{"a", "Ġ", "Ġ", "<", "s", ">"}));
    }

    void addSpecialAddsNothing() {
        ByteLevelBpeParts parts = allBytes();
        parts.spellings.push_back("<|endoftext|>");
        const auto bpe = makeByteLevelBpe(parts);
        QVERIFY(encoded(*bpe, "ab", {true, false}).tokens == encoded(*bpe, "ab").tokens);
        QVERIFY(encoded(*bpe, "", {true, true}).tokens.empty());
    }

    void addSpecialPutsWhatThePartsNameAroundAText() {
        ByteLevelBpeParts parts = allBytes();
        parts.spellings.insert(parts.spellings.end(), {"<s>", "</s>"});
        parts.before = {TokenId{256}};
        parts.after = {TokenId{257}, TokenId{256}};
        const auto bpe = makeByteLevelBpe(parts);
        QVERIFY(spellings(*bpe, encoded(*bpe, "ab")) == (Spellings{"a", "b"}));
        const Encoding around = encoded(*bpe, "ab", {true, false});
        QVERIFY(spellings(*bpe, around) == (Spellings{"<s>", "a", "b", "</s>", "<s>"}));
        QVERIFY(around.tokens.front() == (Token{TokenId{256}, {0, 0}, TokenKind::Special}));
        QVERIFY(around.tokens.back() == (Token{TokenId{256}, {2, 2}, TokenKind::Special}));
        QVERIFY(spellings(*bpe, encoded(*bpe, "", {true, true})) == (Spellings{"<s>", "</s>", "<s>"}));
    }

    void aSpecialMayTakeTheSpaceBeforeIt() {
        ByteLevelBpeParts parts = allBytes();
        parts.spellings.insert(parts.spellings.end(), {"<m>", "<s>"});
        parts.strippingBefore = {TokenId{256}};
        const auto bpe = makeByteLevelBpe(parts);
        // A no-break space and one of three bytes are white space as well; of half a character nothing is.
        const std::string text = "a \u00A0\n\u2003<m> <m> <s>  \xC2<m>";
        const Encoding parsed = encoded(*bpe, text, {false, true});
        std::vector<ByteSpan> spans;
        for (const Token& token : parsed.tokens) {
            if (token.kind == TokenKind::Special) {
                spans.push_back(token.source);
            }
        }
        QVERIFY(spans == (std::vector<ByteSpan>{{1, 11}, {11, 15}, {16, 19}, {22, 25}}));
        QVERIFY(spellings(*bpe, encoded(*bpe, "a <m>")) == (Spellings{"a", "Ġ", "<", "m", ">"}));
    }

    void aByteWithoutTokenIsUnknownAndKeepsItsPlace() {
        ByteLevelBpeParts parts;
        parts.spellings = {"a", "b"};
        addMerge(parts, "a", "b");
        const auto bpe = makeByteLevelBpe(parts);
        for (const std::string& text : {std::string("ab?ab"), std::string("ab?ab ab?ab ab?ab")}) {
            std::size_t at = 0;
            for (const Token& token : encoded(*bpe, text).tokens) {
                QCOMPARE(token.source.begin, at);
                at = token.source.end;
                QCOMPARE(token.kind == TokenKind::Unknown, !token.id.has_value());
                QCOMPARE(text.substr(token.source.begin, token.source.size()),
                         token.id ? std::string("ab") : text.substr(token.source.begin, 1));
            }
            QCOMPARE(at, text.size());
        }
    }

    void anEmptyVocabularyStillKeepsEveryByte() {
        const auto bpe = makeByteLevelBpe({});
        QCOMPARE(encoded(*bpe, "abc").tokens.size(), std::size_t{3});
        QVERIFY(!bpe->decode(std::vector<TokenId>{TokenId{0}}).ok());
    }

    void decodeRefusesWhatIsNoId() {
        const auto bpe = makeByteLevelBpe(allBytes());
        const auto result = bpe->decode(std::vector<TokenId>{TokenId{'a'}, TokenId{256}});
        QVERIFY(!result.ok());
        QVERIFY(result.error().code == ErrorCode::InvalidArgument);
        QCOMPARE(result.error().where, std::string("ID 256"));
    }

    void longRunsAreMergedToTheEnd_data() {
        QTest::addColumn<QByteArray>("unit");
        QTest::newRow("one letter") << QByteArray("a");
        QTest::newRow("spaces") << QByteArray(" ");
        QTest::newRow("emoji") << QByteArray("🙂");
        QTest::newRow("punctuation") << QByteArray("!?");
    }
    void longRunsAreMergedToTheEnd() {
        QFETCH(QByteArray, unit);
        ByteLevelBpeParts parts = allBytes();
        std::string token = spellingOfBytes(std::string(1, unit[0]));
        for (const char byte : unit.toStdString().substr(1)) {
            const std::string next = spellingOfBytes(std::string(1, byte));
            addMerge(parts, token, next);
            token += next;
        }
        for (int i = 0; i < 10; ++i) {
            addMerge(parts, token, token);
            token += token;
        }
        const auto bpe = makeByteLevelBpe(parts);
        const std::string text = QByteArray(unit).repeated(1 << 18).toStdString();
        const Encoding encoding = encoded(*bpe, text);
        QCOMPARE(encoding.tokens.size(), std::size_t{(1 << 18) / 1024});
        QCOMPARE(bpe->decode(idsOf(encoding)).value(), text);
    }

    void usersTokensAreTakenFromEveryText() {
        ByteLevelBpeParts parts = allBytes();
        addMerge(parts, "a", "b");
        parts.spellings.insert(parts.spellings.end(), {"<u>", "<u><s>", "<s>"});
        const auto idOf = [&parts](const char* spelling) {
            const auto place = std::find(parts.spellings.begin(), parts.spellings.end(), spelling);
            return TokenId{static_cast<std::uint32_t>(place - parts.spellings.begin())};
        };
        parts.users = {idOf("<u>")};
        parts.specials = {idOf("<u><s>"), idOf("<s>")};
        const auto bpe = makeByteLevelBpe(parts);
        const Encoding plain = encoded(*bpe, "ab<u>ab");
        QCOMPARE(idsOf(plain), (std::vector<TokenId>{idOf("ab"), idOf("<u>"), idOf("ab")}));
        QCOMPARE(plain.tokens[1].kind, TokenKind::Normal);
        EncodeOptions options;
        options.parseSpecial = true;
        NoProgress progress;
        const Encoding parsed = bpe->encode("<u><s><u><s", options, progress).value();
        QCOMPARE(idsOf(parsed), (std::vector<TokenId>{idOf("<u><s>"), idOf("<u>"), idOf("<"), idOf("s")}));
        QCOMPARE(parsed.tokens[0].kind, TokenKind::Special);
        const StageTrace trace = bpe->traceStages("ab<u>ab", {}, progress).value();
        QCOMPARE(trace.encoding.tokens, plain.tokens);
    }

    void stopsWhenAsked() {
        ByteLevelBpeParts parts = allBytes();
        addMerge(parts, "a", "a");
        const auto bpe = makeByteLevelBpe(parts);
        StopAtOnce atOnce;
        QVERIFY(bpe->encode("a b", {}, atOnce).error().code == ErrorCode::Cancelled);
        StopAtSecond insideAPiece;
        QVERIFY(bpe->encode(std::string(100000, 'a'), {}, insideAPiece).error().code == ErrorCode::Cancelled);
    }

    void reportsHowFarItIs() {
        const auto bpe = makeByteLevelBpe(allBytes());
        KeepReports progress;
        std::string text;
        while (text.size() < 1000000) {
            text += "words and words ";
        }
        QVERIFY(bpe->encode(text, {}, progress).ok());
        QVERIFY(progress.reports.size() > 10);
    }
};

QTEST_APPLESS_MAIN(ByteLevelBpeTest)
#include "byte_level_bpe_test.moc"
