// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/token_lookup.h"

#include "core/search/spelling_distance.h"
#include "tests/support/vocabulary_of.h"

#include <random>

#include <QTest>

using namespace lexiscope;
using test::vocabularyOf;

namespace {

/// Gives each text that it knows as one token, and two tokens for any other.
class TableTokenizer final : public Tokenizer {
  public:
    TableTokenizer(std::string known, TokenId id) : m_known(std::move(known)), m_id(id) {}
    std::string_view kind() const override { return "table"; }
    std::size_t vocabularySize() const override { return 10; }
    Result<Encoding> encode(std::string_view text, const EncodeOptions&, Progress&) const override {
        Encoding encoding;
        encoding.tokens.push_back({m_id, {0, text.size()}, TokenKind::Normal});
        if (text != m_known) {
            encoding.tokens.push_back({m_id, {text.size(), text.size()}, TokenKind::Normal});
        }
        return encoding;
    }
    Result<std::string> decode(std::span<const TokenId>) const override { return std::string(); }
    std::string_view spelling(TokenId) const override { return {}; }
    std::string tokenBytes(TokenId) const override { return {}; }
    TokenKind tokenKind(TokenId) const override { return TokenKind::Normal; }

  private:
    std::string m_known;
    TokenId m_id;
};

Model modelOf(Vocabulary vocabulary) {
    Model model;
    model.vocabulary = std::make_shared<const Vocabulary>(std::move(vocabulary));
    return model;
}

std::vector<std::uint32_t> numbers(const std::vector<Row>& rows) {
    std::vector<std::uint32_t> result;
    for (const Row row : rows) {
        result.push_back(row.value);
    }
    return result;
}

std::vector<std::uint32_t> completed(const Vocabulary& vocabulary, std::string_view prefix,
                                     std::size_t limit = 9) {
    NoProgress progress;
    return numbers(completions(vocabulary, prefix, limit, progress).value());
}

/// The whole table of Wagner and Fischer (1974), over bytes.
std::size_t plainEdits(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> edits(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                edits[i][j] = i + j;
            } else {
                edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1,
                                        edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            }
        }
    }
    return edits[a.size()][b.size()];
}

std::string randomWord(std::mt19937& random) {
    std::string word;
    for (std::size_t left = random() % 12; left > 0; --left) {
        word += static_cast<char>('a' + random() % 3);
    }
    return word;
}

void compareFound(const Model& model, std::string_view text, std::uint32_t row, bool asWritten) {
    const Result<FoundToken> found = findToken(model, text);
    QVERIFY2(found.ok(), std::string(text).c_str());
    QCOMPARE(found.value().row.value, row);
    QCOMPARE(found.value().asWritten, asWritten);
}

class Stopped final : public Progress {
  public:
    void report(std::uint64_t, std::uint64_t, std::string_view) override {}
    bool stopRequested() const override { return true; }
};

}  // namespace

class TokenLookupTest : public QObject {
    Q_OBJECT

  private slots:
    void findsAsWritten();
    void findsWithMark();
    void findsTheEmptyTokenThatIsThere();
    void findsInAnotherCase();
    void findsPhrasesTypedWithSpaces();
    void findsThroughTokenizer();
    void namesTheClosest();
    void editsEqualTheWholeTable();
    void editsCountCharacters();
    void closestInOrder();
    void longTextsAreNotCompared();
    void completesExactCaseFirst();
    void completesPhrasesTypedWithSpaces();
    void completesOverMarks();
    void completesOtherScripts();
    void completionStops();
    void matchesByBareText();
    void matchesWordStart();
    void matchesWordPiece();
    void matchesByCase();
};

void TokenLookupTest::findsAsWritten() {
    compareFound(modelOf(vocabularyOf({"cat", "dog", "cat"})), "cat", 0, true);
    const Model gpt = modelOf(vocabularyOf({"king", "Ġking", "Ã©", "Ċ"}, WordMark::ByteLevel));
    compareFound(gpt, "king", 0, true);
    compareFound(gpt, "Ġking", 1, true);
    compareFound(gpt, " king", 1, true);
    compareFound(gpt, "é", 2, true);
    compareFound(gpt, "\n", 3, true);
    compareFound(modelOf(vocabularyOf({"▁new▁york"}, WordMark::Metaspace)), " new york", 0, true);
}

void TokenLookupTest::findsWithMark() {
    compareFound(modelOf(vocabularyOf({"kin", "Ġking"}, WordMark::ByteLevel)), "king", 1, false);
    compareFound(modelOf(vocabularyOf({"kin", "▁king"}, WordMark::Metaspace)), "king", 1, false);
    compareFound(modelOf(vocabularyOf({"cafe", "ĠcafÃ©"}, WordMark::ByteLevel)), "café", 1, false);
}

void TokenLookupTest::matchesWordPiece() {
    const Vocabulary bert = vocabularyOf({"ing", "##ing", "king", "##s", "##"}, WordMark::WordPiece);
    const Vocabulary gpt = vocabularyOf({"ing", "Ġing", "Ġking", "s", "##"}, WordMark::ByteLevel);
    QCOMPARE(matchToken(gpt, Row{0}, bert), std::optional(Row{1}));
    QCOMPARE(matchToken(gpt, Row{1}, bert), std::optional(Row{0}));
    QCOMPARE(matchToken(gpt, Row{2}, bert), std::optional(Row{2}));
    QCOMPARE(matchToken(gpt, Row{3}, bert), std::optional(Row{3}));
    QCOMPARE(matchToken(gpt, Row{4}, bert), std::optional(Row{4}));
    QCOMPARE(matchToken(bert, Row{0}, gpt), std::optional(Row{1}));
    QCOMPARE(matchToken(bert, Row{1}, gpt), std::optional(Row{0}));
    QCOMPARE(matchToken(vocabularyOf({"s"}), Row{0}, bert), std::optional(Row{3}));  // the only one
    compareFound(modelOf(vocabularyOf({"king", "##ing"}, WordMark::WordPiece)), "ing", 1, false);
    compareFound(modelOf(vocabularyOf({"king", "##ing"}, WordMark::WordPiece)), "##ing", 1, true);
}

void TokenLookupTest::findsTheEmptyTokenThatIsThere() {
    compareFound(modelOf(vocabularyOf({"x", ""})), "", 1, true);
}

void TokenLookupTest::findsInAnotherCase() {
    compareFound(modelOf(vocabularyOf({"london", "Paris", "PARIS"})), "paris", 1, false);
    compareFound(modelOf(vocabularyOf({"x", "Émile"})), "émile", 1, false);
    compareFound(modelOf(vocabularyOf({"x", "ĠParis"}, WordMark::ByteLevel)), "paris", 1, false);
    compareFound(modelOf(vocabularyOf({"x", "parisian", "paris"})), "PARIS", 2, false);
}

void TokenLookupTest::findsPhrasesTypedWithSpaces() {
    const Model news =
        modelOf(vocabularyOf({"new", "NEW_YORK", "New_York", "New_York_Times", "san francisco"}));
    compareFound(news, "New York", 2, false);
    compareFound(news, "New York Times", 3, false);
    compareFound(news, "New_York", 2, true);
    compareFound(news, "new york", 1, false);  // in any case the first
    compareFound(news, "new york times", 3, false);
    compareFound(news, "new_york times", 3, false);
    compareFound(news, "san francisco", 4, true);
    compareFound(news, "San Francisco", 4, false);
    QVERIFY(!findToken(news, "New  York").ok());
    QVERIFY(!findToken(news, "York New").ok());
    // What is spelled with a space comes before what has "_" in its place.
    compareFound(modelOf(vocabularyOf({"New_York", "new york"})), "New York", 0, false);
    compareFound(modelOf(vocabularyOf({"new_york", "NEW YORK"})), "New York", 1, false);
    // Parts of words are no words.
    QVERIFY(!findToken(modelOf(vocabularyOf({"new_york"}, WordMark::ByteLevel)), "new york").ok());
}

void TokenLookupTest::findsThroughTokenizer() {
    Model model = modelOf(vocabularyOf({"a", "b", "c"}));
    model.tokenizer = std::make_shared<TableTokenizer>("xyz", TokenId{2});
    compareFound(model, "xyz", 2, false);
    QVERIFY(!findToken(model, "xy").ok());  // two tokens
    model.tokenizer = std::make_shared<TableTokenizer>("xyz", TokenId{3});
    QVERIFY(!findToken(model, "xyz").ok());  // a token without a row
}

void TokenLookupTest::namesTheClosest() {
    const Model model =
        modelOf(vocabularyOf({"Ġqueen", "Ġring", "Ġkings", "Ġkin", "Ġthe"}, WordMark::ByteLevel));
    const Result<FoundToken> found = findToken(model, "king");
    QVERIFY(!found.ok());
    QCOMPARE(found.error().code, ErrorCode::NotFound);
    QCOMPARE(found.error().where, std::string("king"));
    QCOMPARE(found.error().hint, std::string("closest: Ġring, Ġkings, Ġkin"));
    QCOMPARE(findToken(model, "").error().code, ErrorCode::NotFound);
    QVERIFY(!findToken(model, "").error().where.empty());
    const Model twins = modelOf(vocabularyOf({"kings", "Ġkings", "kin", "Ġthe"}, WordMark::ByteLevel));
    QCOMPARE(findToken(twins, "king").error().hint, std::string("closest: kings, Ġkings, kin"));
    const Model repeated = modelOf(vocabularyOf({"ring", "ring", "ring", "ring", "wing", "queen"}));
    QCOMPARE(findToken(repeated, "king").error().hint, std::string("closest: ring, wing, queen"));
    QCOMPARE(findToken(modelOf(vocabularyOf({})), "x").error().hint, std::string());
}

void TokenLookupTest::editsEqualTheWholeTable() {
    std::mt19937 random(3);
    for (int i = 0; i < 20000; ++i) {
        const std::string a = randomWord(random);
        const std::string b = randomWord(random);
        const std::size_t expected = plainEdits(a, b);
        SpellingDistance distance(a);
        for (const std::size_t limit : {0u, 1u, 2u, 3u, 5u, 20u}) {
            const std::optional<std::size_t> edits = distance.within(b, limit);
            QCOMPARE(edits, expected <= limit ? std::optional(expected) : std::nullopt);
        }
    }
}

void TokenLookupTest::editsCountCharacters() {
    SpellingDistance distance("naïve");
    QCOMPARE(distance.length(), std::size_t(5));
    QCOMPARE(distance.within("naive", 9), std::optional<std::size_t>(1));
    QCOMPARE(distance.within("na\xC3ve", 9), std::optional<std::size_t>(1));  // a stray byte for a character
    QCOMPARE(SpellingDistance("日本").within("日本語", 9), std::optional<std::size_t>(1));
    QCOMPARE(SpellingDistance("\xE9").within("é", 9), std::optional<std::size_t>(1));
}

void TokenLookupTest::closestInOrder() {
    const Vocabulary words = vocabularyOf({"zzzzzzzz", "bat", "cats", "cut", "dog", "cat", "at"});
    QCOMPARE(numbers(closestSpellings(words, "cat", 4)), (std::vector<std::uint32_t>{5, 1, 2, 3}));
    QCOMPARE(numbers(closestSpellings(words, "cat", 99)), (std::vector<std::uint32_t>{5, 1, 2, 3, 6, 4, 0}));
    QVERIFY(closestSpellings(words, "cat", 0).empty());
    QCOMPARE(numbers(closestSpellings(words, "", 2)), (std::vector<std::uint32_t>{6, 1}));
}

void TokenLookupTest::longTextsAreNotCompared() {
    const Vocabulary words = vocabularyOf({"cat"});
    QCOMPARE(closestSpellings(words, std::string(128, 'c'), 1).size(), std::size_t(1));
    QVERIFY(closestSpellings(words, std::string(129, 'c'), 1).empty());
}

void TokenLookupTest::completesExactCaseFirst() {
    const Vocabulary words = vocabularyOf({"Paris", "park", "PARK", "spar", "parking", "pa"});
    QCOMPARE(completed(words, "par"), (std::vector<std::uint32_t>{1, 4, 0, 2}));
    QCOMPARE(completed(words, "par", 3), (std::vector<std::uint32_t>{1, 4, 0}));
    QCOMPARE(completed(words, "par", 1), (std::vector<std::uint32_t>{1}));
    QCOMPARE(completed(words, "PAR"), (std::vector<std::uint32_t>{2, 0, 1, 4}));
    QCOMPARE(completed(words, "", 2), (std::vector<std::uint32_t>{0, 1}));
    QCOMPARE(completed(words, "par", 0), (std::vector<std::uint32_t>{}));
    QCOMPARE(completed(words, "parkings"), (std::vector<std::uint32_t>{}));
}

void TokenLookupTest::completesPhrasesTypedWithSpaces() {
    const Vocabulary news =
        vocabularyOf({"new", "New_York", "new_year", "new york", "New_Yorker", "Newyork"});
    QCOMPARE(completed(news, "New Y"), (std::vector<std::uint32_t>{1, 4, 2, 3}));
    QCOMPARE(completed(news, "new y"), (std::vector<std::uint32_t>{2, 3, 1, 4}));
    QCOMPARE(completed(news, "New_Y"), (std::vector<std::uint32_t>{1, 4, 2}));
    QCOMPARE(completed(news, "new "), (std::vector<std::uint32_t>{2, 3, 1, 4}));
    QCOMPARE(completed(vocabularyOf({"new_york"}, WordMark::ByteLevel), "new y"),
             (std::vector<std::uint32_t>{}));
}

void TokenLookupTest::completesOverMarks() {
    QCOMPARE(completed(vocabularyOf({"Ġking", "king", "Ġ", "xking", "ĠKing"}, WordMark::ByteLevel), "kin"),
             (std::vector<std::uint32_t>{0, 1, 4}));
    QCOMPARE(completed(vocabularyOf({"▁new▁york", "new"}, WordMark::Metaspace), "new y"),
             (std::vector<std::uint32_t>{0}));
}

void TokenLookupTest::completesOtherScripts() {
    const Vocabulary words =
        vocabularyOf({"École", "école", "ecole", "日本語", "\u212Aelvin", "ÉCOLE", "e\xFF"});
    QCOMPARE(completed(words, "éco"), (std::vector<std::uint32_t>{1, 0, 5}));
    QCOMPARE(completed(words, "日"), (std::vector<std::uint32_t>{3}));
    QCOMPARE(completed(words, "kel"), (std::vector<std::uint32_t>{4}));  // the sign for kelvin is a K
    QCOMPARE(completed(words, "e\xFF"), (std::vector<std::uint32_t>{6}));
}

void TokenLookupTest::completionStops() {
    Stopped progress;
    const auto result = completions(vocabularyOf({"a"}), "a", 5, progress);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
}

void TokenLookupTest::matchesByBareText() {
    const Vocabulary gpt = vocabularyOf({"Ġking", "ĠcafÃ©", "Ġunknown"}, WordMark::ByteLevel);
    const Vocabulary words = vocabularyOf({"queen", "king", "café"});
    QCOMPARE(matchToken(gpt, Row{0}, words), std::optional(Row{1}));
    QCOMPARE(matchToken(gpt, Row{1}, words), std::optional(Row{2}));
    QCOMPARE(matchToken(gpt, Row{2}, words), std::nullopt);
    QCOMPARE(matchToken(words, Row{2}, gpt), std::optional(Row{1}));
    QCOMPARE(matchToken(words, Row{0}, gpt), std::nullopt);
}

void TokenLookupTest::matchesWordStart() {
    const Vocabulary gpt = vocabularyOf({"king", "Ġking", "ing"}, WordMark::ByteLevel);
    const Vocabulary llama = vocabularyOf({"▁king", "king", "▁ing"}, WordMark::Metaspace);
    QCOMPARE(matchToken(gpt, Row{0}, llama), std::optional(Row{1}));
    QCOMPARE(matchToken(gpt, Row{1}, llama), std::optional(Row{0}));
    QCOMPARE(matchToken(gpt, Row{2}, llama), std::optional(Row{2}));  // the only one
    QCOMPARE(matchToken(vocabularyOf({"king"}), Row{0}, gpt),
             std::optional(Row{1}));  // a word of a list of words
    // Two spaces are no "space with a mark": what is spelled alike must mean the same.
    QCOMPARE(matchToken(vocabularyOf({" x"}), Row{0}, vocabularyOf({"Ġx"}, WordMark::ByteLevel)),
             std::nullopt);
}

void TokenLookupTest::matchesByCase() {
    const Vocabulary words = vocabularyOf({"paris"});
    const Vocabulary gpt = vocabularyOf({"Paris", "ĠParis", "ĠPARIS"}, WordMark::ByteLevel);
    QCOMPARE(matchToken(words, Row{0}, gpt), std::optional(Row{1}));
    QCOMPARE(matchToken(gpt, Row{2}, words), std::optional(Row{0}));
}

QTEST_APPLESS_MAIN(TokenLookupTest)
#include "token_lookup_test.moc"
