// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenize/normalizer.h"

#include "core/base/patience.h"
#include "core/tokenize/character_map.h"
#include "core/tokenize/split_regex.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <QString>
#include <QTest>

using namespace lexiscope;

namespace {

std::string normalized(const NormalizerPtr& normalizer, std::string_view text) {
    return std::string(normalizer->apply(AlignedText(text), NoProgress()).value().text());
}

/// What each byte of the result stands for, as "begin-end".
QStringList origins(const NormalizerPtr& normalizer, std::string_view text) {
    const AlignedText result = normalizer->apply(AlignedText(text), NoProgress()).value();
    QStringList places;
    for (std::size_t byte = 0; byte < result.size(); ++byte) {
        const ByteSpan span = result.sourceOf(byte, byte + 1);
        places << QStringLiteral("%1-%2").arg(span.begin).arg(span.end);
    }
    return places;
}

QString::NormalizationForm formOfQt(UnicodeForm form) {
    switch (form) {
        case UnicodeForm::Nfc:
            return QString::NormalizationForm_C;
        case UnicodeForm::Nfd:
            return QString::NormalizationForm_D;
        case UnicodeForm::Nfkc:
            return QString::NormalizationForm_KC;
        default:
            return QString::NormalizationForm_KD;
    }
}

/// Marks, letters with and without them, Hangul and its parts, and characters that only look alike.
std::u32string randomText(std::mt19937& random) {
    const std::u32string often =
        U"aeAE\u0301\u0327\u0323\u0345\u00E9\u1E69\u212B\uFB01\u1100\u1161\u11A8\uAC00\u0958"
        U"\u0F73\u0F71\u0F72\u30AB\u3099\u2126\u00BD\u1D15E \u0344\u09C7\u09BE";
    std::u32string text;
    for (std::size_t length = 1 + random() % 24; length > 0; --length) {
        text += often[random() % often.size()];
    }
    return text;
}

}  // namespace

class NormalizerTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void formsAreThoseOfAnotherProgram() {
        std::mt19937 random(11);
        for (int round = 0; round < 20000; ++round) {
            const std::u32string points = randomText(random);
            const QString text = QString::fromUcs4(points.data(), static_cast<qsizetype>(points.size()));
            for (const UnicodeForm form :
                 {UnicodeForm::Nfc, UnicodeForm::Nfd, UnicodeForm::Nfkc, UnicodeForm::Nfkd}) {
                const NormalizerPtr normalizer = makeUnicodeForm(form);
                const QString expected = text.normalized(formOfQt(form));
                const std::string once = normalized(normalizer, text.toStdString());
                QCOMPARE(QString::fromStdString(once), expected);
                QCOMPARE(normalized(normalizer, once), once);
            }
        }
    }

    void whatIsUnchangedStaysTheSource() {
        const std::string text = "plain text";
        const AlignedText result =
            makeUnicodeForm(UnicodeForm::Nfkc)->apply(AlignedText(text, 7), NoProgress()).value();
        QVERIFY(result.text().data() == text.data());
        QCOMPARE(result.sourceOf(2, 5), (ByteSpan{9, 12}));
    }

    void bytesKnowTheirOrigin() {
        // e and the mark become one character, the ligature two letters.
        QCOMPARE(origins(makeUnicodeForm(UnicodeForm::Nfkc), "xe\u0301\uFB01"),
                 (QStringList{"0-1", "1-4", "1-4", "4-7", "4-7"}));
        QCOMPARE(origins(makeStripAccents(), "a\u0301b"), (QStringList{"0-1", "3-4"}));
        QCOMPARE(origins(makePrepend("\u2581"), "ab").mid(3), (QStringList{"0-1", "1-2"}));
        QCOMPARE(origins(makePrepend("_"), "ab").front(), QStringLiteral("0-0"));
        QCOMPARE(origins(makeReplace("ab", "x"), "cabd"), (QStringList{"0-1", "1-3", "3-4"}));
    }

    void eachDoesItsPart_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](int which, const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << which << QByteArray(text) << QByteArray(expected);
        };
        row(0, "lower case", "\u00C0\u0130\u03A3\u1E9E x", "\u00E0i\u0307\u03C3\u00DF x");
        row(1, "marks of all kinds", "a\u0301\u0903\u20DD", "a");
        row(2, "both ends", " \u3000 a b\t\n", "a b");
        row(2, "nothing but space", " \t", "");
        row(3, "left end", " a ", "a ");
        row(4, "right end", " a ", " a");
        row(5, "literal", "aXaXX", "a--a----");
        row(6, "pattern", "a   b  c", "a b c");
        row(7, "put before", "a", "_a");
        row(7, "before nothing", "", "");
        row(8, "BERT", "H\u00C9llo\u4E2D\tx\u0001\uFFFD", "hello \u4E2D  x");
        row(9, "BERT, cased", "H\u00C9", "H\u00C9");
        row(10, "in turn", "\u00C4 ", "a");
    }
    void eachDoesItsPart() {
        QFETCH(int, which);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const std::vector<NormalizerPtr> all = {
            makeLowercase(),
            makeStripAccents(),
            makeStrip(true, true),
            makeStrip(true, false),
            makeStrip(false, true),
            makeReplace("X", "--"),
            makeReplace(SplitRegex::compile(" {2,}").value(), " "),
            makePrepend("_"),
            makeBertNormalizer({}),
            makeBertNormalizer({true, true, std::nullopt, false}),
            makeNormalizerSequence({makeUnicodeForm(UnicodeForm::Nfd), makeStripAccents(), makeLowercase(),
                                    makeStrip(true, true)}),
        };
        QCOMPARE(QByteArray::fromStdString(
                     normalized(all.at(static_cast<std::size_t>(which)), text.toStdString())),
                 expected);
    }

    void brokenBytesPassThrough() {
        const std::string text = "A\xFF\u0301\xC3";
        for (const NormalizerPtr& normalizer :
             {makeUnicodeForm(UnicodeForm::Nfc), makeUnicodeForm(UnicodeForm::Nfkd),
              makeBertNormalizer({false, true, false, false}), makeStrip(true, true),
              makeSentencePieceNormalizer({nullptr, false, false, false, false, {}})}) {
            QCOMPARE(QByteArray::fromStdString(normalized(normalizer, text)),
                     QByteArray::fromStdString(text));
        }
    }

    void sentencePieceMindsItsSpaces() {
        SentencePieceNormalizerOptions options;
        QCOMPARE(normalized(makeSentencePieceNormalizer(options), "  a  b "), std::string("\u2581a\u2581b"));
        options.removesExtraSpaces = false;
        QCOMPARE(normalized(makeSentencePieceNormalizer(options), " a  b "),
                 std::string("\u2581\u2581a\u2581\u2581b\u2581"));
        options.addsDummyPrefix = false;
        options.escapesSpaces = false;
        QCOMPARE(normalized(makeSentencePieceNormalizer(options), " a"), std::string(" a"));
        options = {};
        options.putsSpaceBehind = true;
        QCOMPARE(normalized(makeSentencePieceNormalizer(options), "a b"), std::string("a\u2581b\u2581"));
        QCOMPARE(normalized(makeSentencePieceNormalizer(options), "  "), std::string());
    }

    void aPatternThatGivesUpIsSaid() {
        const auto regex = SplitRegex::compile("(a+)+$");
        QVERIFY(regex.ok());
        const std::string text = std::string(64, 'a') + "b";
        const NormalizerPtr replace = makeReplace(regex.value(), "");
        for (const NormalizerPtr& normalizer :
             {replace, makeNormalizerSequence({makeLowercase(), replace})}) {
            const Result<AlignedText> result = normalizer->apply(AlignedText(text), NoProgress());
            QVERIFY(!result.ok());
            QCOMPARE(result.error().code, ErrorCode::Unsupported);
        }
    }

    void aSlowPatternCanBeStopped() {
        const std::string text = std::string(1'000'000, 'a') + "b";
        const NormalizerPtr replace = makeReplace(SplitRegex::compile("a*bb").value(), "");
        const Patience progress(1);
        const Result<AlignedText> result =
            makeNormalizerSequence({makeLowercase(), replace})->apply(AlignedText(text), progress);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(NormalizerTest)
#include "normalizer_test.moc"
