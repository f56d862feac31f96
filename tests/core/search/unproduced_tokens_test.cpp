// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/unproduced_tokens.h"

#include "core/base/byte_alphabet.h"
#include "core/base/utf8.h"
#include "core/io/sentencepiece_file.h"
#include "core/io/tokenizer_file.h"
#include "core/tokenize/byte_level_bpe.h"
#include "tests/support/data_folder.h"
#include "tests/support/sanitized.h"
#include "tests/support/sentencepiece_bytes.h"
#include "tests/support/stopping_progress.h"

#include <functional>
#include <map>
#include <random>
#include <set>

#include <QTest>

using namespace lexiscope;
using Answer = ProducedTokens::Answer;

namespace {

ByteLevelBpeParts allBytes() {
    ByteLevelBpeParts parts;
    for (int byte = 0; byte < 256; ++byte) {
        parts.spellings.push_back(spellingOfBytes(std::string(1, static_cast<char>(byte))));
    }
    return parts;
}

std::shared_ptr<const ProducedTokens> answersOf(const Tokenizer& tokenizer) {
    WorkerPool pool(2);
    NoProgress progress;
    const auto found = ProducedTokens::of(tokenizer, pool, progress);
    return found.ok() ? found.value() : nullptr;
}

/// Calls `see` with each text of up to `most` of these letters.
void eachText(const std::vector<std::string>& letters, std::size_t most,
              const std::function<void(const std::string&)>& see, const std::string& begun = {}) {
    see(begun);
    for (std::size_t i = 0; most > 0 && i < letters.size(); ++i) {
        eachText(letters, most - 1, see, begun + letters[i]);
    }
}

std::set<std::uint32_t> idsIn(const Tokenizer& tokenizer, const std::string& text) {
    NoProgress progress;
    std::set<std::uint32_t> ids;
    const Encoding encoding = tokenizer.encode(text, {}, progress).value();
    for (const Token& token : encoding.tokens) {
        if (token.id) {
            ids.insert(token.id->value);
        }
    }
    return ids;
}

/// What comes out of any text that has been tried must be found, and of the tokens of those letters alone
/// nothing else.
void compare(const Tokenizer& tokenizer, const std::vector<std::string>& letters, std::size_t most,
             const std::function<bool(std::uint32_t)>& isAsked) {
    std::set<std::uint32_t> seen;
    eachText(letters, most, [&](const std::string& text) { seen.merge(idsIn(tokenizer, text)); });
    const auto found = answersOf(tokenizer);
    QVERIFY(found);
    std::size_t never = 0;
    for (std::uint32_t id = 0; id < tokenizer.vocabularySize(); ++id) {
        const Answer answer = found->answers[id];
        never += answer == Answer::Never ? 1 : 0;
        if (seen.contains(id) && answer != Answer::NotAsked) {
            QCOMPARE(answer, Answer::Produced);
        } else if (isAsked(id)) {
            QVERIFY2(answer == Answer::Never,
                     qPrintable(QString::fromStdString(tokenizer.tokenBytes(TokenId{id}))));
        }
    }
    QCOMPARE(found->never, never);
}

}  // namespace

class UnproducedTokensTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aMergeThatAnotherForestalls() {
        ByteLevelBpeParts parts = allBytes();
        const auto add = [&parts](std::uint32_t left, std::uint32_t right) {
            parts.spellings.push_back(parts.spellings[left] + parts.spellings[right]);
            const auto id = static_cast<std::uint32_t>(parts.spellings.size() - 1);
            parts.merges.push_back({TokenId{left}, TokenId{right}, TokenId{id}});
            return id;
        };
        const std::uint32_t ab = add('a', 'b');
        const std::uint32_t bc = add('b', 'c');
        const std::uint32_t abc = add('a', bc);
        parts.spellings.emplace_back("<|end|>");
        const auto tokenizer = makeByteLevelBpe(parts);
        const auto found = answersOf(*tokenizer);
        QVERIFY(found);
        QCOMPARE(found->answers[ab], Answer::Produced);
        QCOMPARE(found->answers[bc], Answer::Produced);
        QCOMPARE(found->answers[abc], Answer::Never);
        QCOMPARE(found->answers[abc + 1], Answer::NotAsked);
        // The bytes that no UTF-8 has: RFC 3629.
        std::size_t bytes = 0;
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            const bool isNone = byte == 0xC0 || byte == 0xC1 || byte >= 0xF5;
            QCOMPARE(found->answers[byte], isNone ? Answer::Never : Answer::Produced);
            bytes += isNone ? 1 : 0;
        }
        QCOMPARE(bytes, std::size_t{13});
        QCOMPARE(found->never, std::size_t{14});
    }

    void randomMergesAsAllTextsSay() {
        std::mt19937 random(11);
        for (int round = 0; round < (test::isSanitized ? 4 : 12); ++round) {
            ByteLevelBpeParts parts = allBytes();
            std::map<std::string, std::uint32_t> ids = {{"a", 'a'}, {"b", 'b'}, {"c", 'c'}};
            std::set<std::pair<std::string, std::string>> pairs;
            for (int i = 0; i < 9; ++i) {
                const auto any = [&] {
                    return std::next(ids.begin(), static_cast<long>(random() % ids.size()));
                };
                const auto left = *any();
                const auto right = *any();
                const std::string both = left.first + right.first;
                if (both.size() > 4 || !pairs.emplace(left.first, right.first).second) {
                    continue;
                }
                if (ids.try_emplace(both, static_cast<std::uint32_t>(parts.spellings.size())).second) {
                    parts.spellings.push_back(both);
                }
                parts.merges.push_back({TokenId{left.second}, TokenId{right.second}, TokenId{ids[both]}});
            }
            compare(*makeByteLevelBpe(parts), {"a", "b", "c"}, 7, [](std::uint32_t id) { return id >= 256; });
        }
    }

    void randomPiecesAsAllTextsSay() {
        std::mt19937 random(3);
        for (int round = 0; round < (test::isSanitized ? 4 : 12); ++round) {
            std::string bytes = test::piece("<unk>", 0, 2);
            std::set<std::string> words = {"\u2581", "a", "b"};
            while (words.size() < 12) {
                std::string word = random() % 3 == 0 ? "\u2581" : "";
                for (std::size_t letters = 1 + random() % 3; letters > 0; --letters) {
                    word += static_cast<char>('a' + random() % 2);
                }
                words.insert(word);
            }
            for (const std::string& word : words) {
                bytes += test::piece(word, -static_cast<float>(1 + random() % 9));
            }
            for (const unsigned model : {1U, 2U}) {
                NoProgress progress;
                const auto tokenizer = parseSentencePiece(bytes + test::trainer(model), "x.model", progress);
                QVERIFY(tokenizer.ok());
                // The last letter is in no vocabulary.
                compare(*tokenizer.value(), {"a", "b", " ", "\u4E2D"}, 6,
                        [](std::uint32_t id) { return id > 0; });
            }
        }
    }

    void whatComesOutOfTextsIsNotCalledNeverProduced_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"gpt2/tokenizer.json", "bert-base-uncased/tokenizer.json",
                                 "sentencepiece/wiki-bpe.model", "sentencepiece/wiki-unigram.model",
                                 "gguf/ggml-vocab-llama-spm.gguf", "tiktoken/cl100k_base.tiktoken"}) {
            QTest::newRow(file) << QString::fromLatin1(file);
        }
    }
    void whatComesOutOfTextsIsNotCalledNeverProduced() {
        QFETCH(QString, file);
        const auto path = test::dataFolder() / "tokenizers" / file.toStdString();
        LEXISCOPE_NEEDS_DATA(path);
        NoProgress progress;
        const auto read = readTokenizerFile(path, progress);
        QVERIFY(read.ok());
        const Tokenizer& tokenizer = *read.value();
        const auto found = answersOf(tokenizer);
        QVERIFY(found);
        // Tokens beside each other, as chance has it, are the texts in which others might come about.
        std::mt19937 random(17);
        std::size_t tried = 0;
        const std::size_t rounds = test::isSanitized ? 5'000 : 60'000;
        for (std::size_t round = 0; round < rounds; ++round) {
            std::string text;
            for (std::size_t i = 1 + random() % 3; i > 0; --i) {
                text += tokenizer.tokenBytes(
                    TokenId{static_cast<std::uint32_t>(random() % tokenizer.vocabularySize())});
            }
            if (!isUtf8(text)) {
                continue;
            }
            ++tried;
            for (const std::uint32_t id : idsIn(tokenizer, text)) {
                QVERIFY2(
                    found->answers[id] != Answer::Never,
                    qPrintable(QStringLiteral("%1 in \"%2\"").arg(id).arg(QString::fromStdString(text))));
            }
        }
        QVERIFY(tried > rounds / 2);
        qInfo("%zu of %zu are never produced", found->never, tokenizer.vocabularySize());
    }

    void textsAreUtf8AndHoldTheBytes() {
        for (const std::string& bytes :
             {std::string("a"), std::string(" king"), std::string("\x80"), std::string("\xE2"),
              std::string("\xE2\x82"), std::string("\x82\xAC"), std::string("a\xF0\x9F"),
              std::string("\xAC, 5 \xE2"), std::string("\x9F\x98\x80")}) {
            const std::vector<std::string> texts = textsAround(bytes);
            QVERIFY(!texts.empty());
            for (const std::string& text : texts) {
                QVERIFY(isUtf8(text));
                QVERIFY(text.find(bytes) != std::string::npos || text.find(bytes.substr(1)) == 0);
            }
        }
        for (const std::string& bytes : {std::string(), std::string("\xFF"), std::string("\xC0"),
                                         std::string("a\xE2z"), std::string("\x80\x80\x80\x80")}) {
            QVERIFY(textsAround(bytes).empty());
        }
    }

    void aStopIsHeard() {
        const auto tokenizer = makeByteLevelBpe(allBytes());
        WorkerPool pool(2);
        test::StoppingProgress progress(0);
        const auto found = ProducedTokens::of(*tokenizer, pool, progress);
        QVERIFY(!found.ok());
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(UnproducedTokensTest)
#include "unproduced_tokens_test.moc"
