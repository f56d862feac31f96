// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/lost_bytes.h"

#include "core/base/mapped_file.h"
#include "core/base/utf8.h"
#include "core/train/tokenizer_learner.h"

#include <random>
#include <string>

#include <QTest>

using namespace lexiscope;

namespace {

std::optional<LostBytes> lostOf(const std::string& text, TokenizerKind kind) {
    WorkerPool pool(2);
    NoProgress progress;
    TokenizerTrainingOptions options;
    options.kind = kind;
    const Corpus corpus = Corpus::ofFile(MappedFile::ofBytes(text, "text"), WordSplit::Spaces).value();
    const PieceCounts counts = countForTokenizer(corpus, options, pool, progress).value();
    return lostBytes(counts, corpus.text(), kind);
}

}  // namespace

class LostBytesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void countsWhatIsNoUtf8AndSaysWhereItBegins() {
        for (const TokenizerKind kind : {TokenizerKind::WordPiece, TokenizerKind::Unigram}) {
            const auto lost = lostOf(
                "ab\n\xFF"
                "c d\xE2\x96 e\n\xFF",
                kind);
            QVERIFY(lost.has_value());
            QCOMPARE(toString(*lost),
                     std::string("4 bytes are no UTF-8 and teach nothing: the first of them is "
                                 "byte 3, in line 2"));
            QCOMPARE(toString(*lostOf("\xC3 a", kind)),
                     std::string("1 byte is no UTF-8 and teaches nothing: byte 0, in line 1"));
            QVERIFY(!lostOf("\u00E9 \u65E5\u672C \U0001F642", kind).has_value());
        }
    }

    void bytesTeachBytePairs() { QVERIFY(!lostOf("a \xFF\xFE b", TokenizerKind::Bpe).has_value()); }

    void countsAsTheTextIsReadFromItsBegin() {
        std::mt19937 random(5);
        for (int round = 0; round < 200; ++round) {
            std::string text;
            for (std::size_t i = 0; i < 1 + random() % 400; ++i) {
                text +=
                    static_cast<char>(random() % 3 == 0 ? random() % 256 : "a \n\xC3\xA9\xE2"[random() % 6]);
            }
            LostBytes expected;
            for (std::size_t place = 0; place < text.size();) {
                const CodePoint point = codePointAt(text, place);
                if (!point.valid) {
                    expected.first = expected.count == 0 ? place : expected.first;
                    ++expected.count;
                }
                place += point.size;
            }
            const auto lost = lostOf(text, TokenizerKind::Unigram);
            QCOMPARE(lost ? lost->count : 0, expected.count);
            QCOMPARE(lost ? lost->first : 0, expected.first);
        }
    }
};

QTEST_APPLESS_MAIN(LostBytesTest)
#include "lost_bytes_test.moc"
