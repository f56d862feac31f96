// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/token_traits.h"

#include "tests/support/stopping_progress.h"
#include "tests/support/vocabulary_of.h"

#include <QTest>

using namespace lexiscope;

namespace {}  // namespace

class TokenTraitsTest : public QObject {
    Q_OBJECT

  private slots:
    void aMarkedVocabularyTellsStartsFromParts() {
        // "Ã©" is how a byte-level vocabulary spells the two bytes of "é"; "â" alone is the byte E2.
        const Vocabulary vocabulary = test::vocabularyOf(
            {"Ġqueen", "queen", "Ġ", "Ċ", "Ã©", "â", "Ġ1", "", "<|end|>"}, WordMark::ByteLevel);
        const auto traits = TokenTraits::of(vocabulary, {}, m_pool, m_progress).value();
        QVERIFY((traits->lengths == std::vector<std::uint16_t>{5, 5, 1, 1, 1, 1, 1, 0, 7}));
        QCOMPARE(traits->lengthScale.low, 0.0);
        QCOMPARE(traits->lengthScale.high, 7.0);
        QVERIFY((traits->scripts == std::vector<Script>{Script::Latin, Script::Latin, Script::Other,
                                                        Script::Other, Script::Latin, Script::Other,
                                                        Script::Digits, Script::Other, Script::Latin}));
        QVERIFY((traits->starts == std::vector<std::uint8_t>{1, 0, 1, 0, 0, 0, 1, 0, 0}));
    }

    void anUnmarkedVocabularyHasNoStarts() {
        const auto traits = TokenTraits::of(test::vocabularyOf({"the", "New_York", " x"}, WordMark::None), {},
                                            m_pool, m_progress)
                                .value();
        QVERIFY(traits->starts.empty());
        QVERIFY((traits->lengths == std::vector<std::uint16_t>{3, 8, 2}));
        const auto none =
            TokenTraits::of(test::vocabularyOf({}, WordMark::None), {}, m_pool, m_progress).value();
        QVERIFY(none->lengths.empty() && none->scripts.empty());
    }

    void manyTokensAndALongOne() {
        std::vector<std::string> words;
        for (int i = 0; i < 100'000; ++i) {
            words.push_back((i % 3 == 0 ? "▁" : "") + std::string(static_cast<std::size_t>(i % 7), 'a') +
                            std::to_string(i));
        }
        words.push_back(std::string(70'000, 'b'));
        const auto traits =
            TokenTraits::of(test::vocabularyOf(words, WordMark::Metaspace), {}, m_pool, m_progress).value();
        for (std::size_t i = 0; i < 100'000; ++i) {
            QCOMPARE(traits->lengths[i], static_cast<std::uint16_t>(i % 7 + std::to_string(i).size()));
            QCOMPARE(traits->scripts[i], i % 7 == 0 ? Script::Digits : Script::Latin);
            QCOMPARE(traits->starts[i] != 0, i % 3 == 0);
        }
        QCOMPARE(traits->lengths.back(), std::uint16_t(65'535));
    }

    void whatStandsForAByteIsNoText() {
        const Vocabulary vocabulary =
            test::vocabularyOf({"<0x41>", "\u2581a", "<0xFF>", "<0x42>"}, WordMark::Metaspace);
        const auto isByte = [](Row row) { return row.value == 0 || row.value == 2; };
        const auto traits = TokenTraits::of(vocabulary, isByte, m_pool, m_progress).value();
        QVERIFY((traits->lengths == std::vector<std::uint16_t>{1, 1, 1, 6}));
        QVERIFY((traits->scripts ==
                 std::vector<Script>{Script::Other, Script::Latin, Script::Other, Script::Latin}));
    }

    void itStopsWhenAsked() {
        test::StoppingProgress progress(1);
        const auto traits =
            TokenTraits::of(test::vocabularyOf(std::vector<std::string>(100'000, "word"), WordMark::None), {},
                            m_pool, progress);
        QVERIFY(!traits.ok());
        QCOMPARE(traits.error().code, ErrorCode::Cancelled);
    }

  private:
    WorkerPool m_pool;
    NoProgress m_progress;
};

QTEST_GUILESS_MAIN(TokenTraitsTest)
#include "token_traits_test.moc"
