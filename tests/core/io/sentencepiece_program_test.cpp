// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/sentencepiece_file.h"
#include "tests/support/process_output.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/token_ids.h"

#include <cstdint>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace lexiscope;
using namespace lexiscope::test;

/// The reader and what it reads beside the program whose format it is, on models and texts made here.
class SentencePieceProgramTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bothGiveTheSameIdsAndTexts_data() {
        QTest::addColumn<QByteArray>("settings");
        const auto row = [](const char* name, const char* settings) {
            QTest::newRow(name) << QByteArray(settings);
        };
        row("Unigram", R"({"model_type": "unigram", "vocab_size": 200})");
        row("Unigram with bytes, case folded",
            R"({"model_type": "unigram", "vocab_size": 400, "byte_fallback": true,
            "normalization_rule_name": "nmt_nfkc_cf"})");
        row("Unigram, spaces kept", R"({"model_type": "unigram", "vocab_size": 200,
            "remove_extra_whitespaces": false, "add_dummy_prefix": false})");
        row("Unigram, spaces behind words", R"({"model_type": "unigram", "vocab_size": 200,
            "treat_whitespace_as_suffix": true})");
        row("Unigram with symbols of a user", R"({"model_type": "unigram", "vocab_size": 200,
            "user_defined_symbols": ["<x>", "ka", "日本語"], "control_symbols": ["<y>"]})");
        row("BPE", R"({"model_type": "bpe", "vocab_size": 200})");
        row("BPE with bytes, as it is", R"({"model_type": "bpe", "vocab_size": 400, "byte_fallback": true,
            "normalization_rule_name": "identity", "remove_extra_whitespaces": false})");
        row("BPE, digits apart, symbols of a user", R"({"model_type": "bpe", "vocab_size": 300,
            "split_digits": true, "user_defined_symbols": ["<x>", "ra", "  "]})");
        row("BPE across words", R"({"model_type": "bpe", "vocab_size": 300, "split_by_whitespace": false,
            "split_by_unicode_script": false, "normalization_rule_name": "nfkc"})");
        row("BPE whose unknown piece is a sign", R"({"model_type": "bpe", "vocab_size": 400,
            "byte_fallback": true, "unk_piece": "-"})");
        row("characters, the unknown among them",
            R"({"model_type": "char", "vocab_size": 40, "unk_piece": "7", "unk_surface": "?"})");
        row("Unigram with rules for decoding", R"({"model_type": "unigram", "vocab_size": 200,
            "denormalization_rules": "6B 61\t4B\n2D\t\n20\t5F\n"})");
        row("words", R"({"model_type": "word", "vocab_size": 150})");
        row("characters", R"({"model_type": "char", "vocab_size": 45})");
    }
    void bothGiveTheSameIdsAndTexts() {
        QFETCH(const QByteArray, settings);
        LEXISCOPE_NEEDS_PYTHON("sentencepiece");
        const ScratchFolder folder;
        const std::string model = (folder.path() / "made").string();
        const QByteArray answer = outputOf(
            python, {QStringLiteral(LEXISCOPE_SOURCE_DIR "/tests/core/io/sentencepiece_answers.py"),
                     QString::fromStdString(model), QStringLiteral("7"), QString::fromUtf8(settings)});
        const nlohmann::json cases = nlohmann::json::parse(answer.begin(), answer.end(), nullptr, false);
        QVERIFY(cases.is_array());
        QCOMPARE(cases.size(), std::size_t{1000});
        NoProgress progress;
        const auto tokenizer = readSentencePiece(model + ".model", progress);
        QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : toString(tokenizer.error()).c_str());
        for (const nlohmann::json& one : cases) {
            const std::vector<std::int64_t> ids = idsOf(*tokenizer.value(), one["text"].get<std::string>());
            if (ids != one["ids"].get<std::vector<std::int64_t>>()) {
                QFAIL((one.dump() + " and here " + nlohmann::json(ids).dump()).c_str());
            }
            std::vector<TokenId> known;
            for (const std::int64_t id : ids) {
                known.push_back(TokenId{static_cast<std::uint32_t>(id)});
            }
            QCOMPARE(QString::fromStdString(tokenizer.value()->decode(known).value()),
                     QString::fromStdString(one["decoded"].get<std::string>()));
        }
    }
};

QTEST_GUILESS_MAIN(SentencePieceProgramTest)
#include "sentencepiece_program_test.moc"
